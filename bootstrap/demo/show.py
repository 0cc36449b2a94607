"""The demonstration as a whole: a stage, the wall before it, and another stage when one begins anew."""

import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from adapters.csvfiles import import_files
from adapters.links import SignedLinks
from adapters.storage.engine import Database
from adapters.storage.migrate import upgrade
from bootstrap.demo.cast import SAMPLE_FILES, Cast, enter
from bootstrap.demo.console import Console
from bootstrap.demo.labels import label_machines
from bootstrap.demo.ledger import read_ledger
from bootstrap.demo.phones import Backstage, acts, board, playbill
from bootstrap.demo.stage import ProductDied, Stage
from bootstrap.demo.story import Story
from bootstrap.demo.transcript import Transcript
from sandbox.wall import Board, Wall
from sandbox.wecom import VerificationFailed

PAUSE_S = 0.2
STARTING = "启动"


class Show:
    """One stage after the other, behind one wall.

    Args:
        folder: where each stage gets a folder of its own.
        port: the product's web port; 0 takes a free one.
        write: prints one line.
    """

    def __init__(self, folder: Path, cast: Cast, *, port: int, write: Callable[[str], None]) -> None:
        self._folder, self._cast, self._port, self._write = folder, cast, port, write
        self._count = 0
        self._resetting = threading.Event()
        self._playbill = playbill()
        self.stage = self._platforms()
        self.wall = Wall(self._board())
        self.console = Console(self.stage, cast, write)

    def open(self) -> None:
        """Start the wall and the product with the sample data; the wall offers the story and its parts."""
        self.wall.start()
        self._playbill.begin(STARTING, tells=False)
        try:
            self._start_product()
        finally:
            self._playbill.end()
        self._playbill.offer(acts(self._story))

    def play(self) -> None:
        """Play the whole story.

        Raises:
            StepNotSeen: with what was missing.
        """
        self._playbill.begin("整个故事")
        try:
            self._story.play()
        finally:
            self._playbill.end()

    def reset(self) -> None:
        """End this stage and begin anew with nothing but the sample data."""
        self._resetting.set()
        try:
            self._playbill.narrate("正在重置：停止产品，清空两个平台…")
            self._strike()
            self._playbill = playbill()
            self.stage = self.console.stage = self._platforms()
            self.wall.show(self._board())
            self._playbill.begin("重置", tells=False)
            self._start_product()
            self._playbill.offer(acts(self._story))
            self._playbill.narrate("✓ 已重置：只剩示例数据")
        except (ProductDied, TimeoutError, VerificationFailed) as error:
            self._playbill.narrate(f"✗ 产品没有启动：{error}")
        finally:
            self._playbill.end()
            self._resetting.clear()

    def wait_forever(self) -> None:
        """Stay until the product ends by itself."""
        while True:
            stage = self.stage
            stage.wait_forever()
            if stage is self.stage and not self._resetting.is_set():
                return
            time.sleep(PAUSE_S)

    def stop(self) -> None:
        """Stop everything."""
        self.wall.stop()
        self._strike()

    def _strike(self) -> None:
        """End a stage and everything that looks at its product."""
        self.stage.stop()
        self._database.close()

    def _board(self) -> Board:
        backstage = Backstage(self.reset, partial(read_ledger, self._database), self._addresses)
        return board(self.stage, self._cast, self._playbill, backstage)

    def _platforms(self) -> Stage:
        self._count += 1
        folder = self._folder / str(self._count)
        folder.mkdir()
        stage = Stage(folder, port=self._port or _free_port())
        enter(self._cast, stage)
        upgrade(stage.database_url)
        self._database = Database(stage.database_url)
        self._addresses = dict[str, str]()
        return stage

    def _start_product(self) -> None:
        stage = self.stage
        for line in import_files(self._database, SAMPLE_FILES, stage.clock.now()):
            self._write(f"    {line}")
        links = SignedLinks(stage.base_url, stage.wecom.secret)
        self._addresses.update(label_machines(self._database, links, stage.clock.now()))
        stage.start_product()
        transcript = Transcript(self._cast, stage, self._write)
        stage.journal.listen(transcript)

        def narrate(line: str) -> None:
            transcript.narrate(line)
            self._playbill.narrate(line)

        self._story = Story(stage, self._cast, narrate)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
