"""`fixloop demo` and `fixloop sandbox`."""

import shlex
import socket
import sys
import tempfile
from pathlib import Path

from adapters.clock import utc_now
from adapters.csvfiles import import_files
from adapters.storage.engine import Database
from adapters.storage.migrate import upgrade
from bootstrap.demo.cast import SAMPLE_FILES, enter, read_cast
from bootstrap.demo.chats import StepNotSeen
from bootstrap.demo.console import Console
from bootstrap.demo.stage import Stage
from bootstrap.demo.story import Story
from bootstrap.demo.transcript import Transcript


def demo(*, exit_after_story: bool, port: int) -> int:
    """Play the story with a live transcript; return 0 only if every step was seen on the platforms' side."""
    with tempfile.TemporaryDirectory(prefix="fixloop-demo-") as folder:
        stage = Stage(Path(folder), port=port or _free_port())
        try:
            return _play(stage, exit_after_story=exit_after_story)
        except KeyboardInterrupt:
            return 0
        finally:
            stage.stop()


def sandbox(*, port: int) -> int:
    """Play only the platforms, and print the settings that connect a product to them."""
    with tempfile.TemporaryDirectory(prefix="fixloop-sandbox-") as folder:
        stage = Stage(Path(folder), port=port or 8080)
        cast = read_cast()
        enter(cast, stage)
        stage.journal.listen(Transcript(cast, stage, _write))
        _write("两个平台的沙箱已就绪。另开一个终端，用下面的设置启动产品：\n")
        for name, value in stage.environment().items():
            if name != "FIXLOOP_DATABASE_URL":
                _write(f"export {name}={shlex.quote(value)}")
        _write(f"fixloop import {' '.join(shlex.quote(str(path)) for path in SAMPLE_FILES)}\nfixloop serve\n")
        try:
            stage.await_product()
            Console(stage, cast, _write).run()
        except KeyboardInterrupt:
            pass
        finally:
            stage.stop()
    return 0


def _play(stage: Stage, *, exit_after_story: bool) -> int:
    cast = read_cast()
    _write("Fixloop 演示：企业微信和钉钉由本机沙箱扮演，产品是真的。正在启动…")
    enter(cast, stage)
    upgrade(stage.database_url)
    database = Database(stage.database_url)
    for line in import_files(database, SAMPLE_FILES, utc_now()):
        _write(f"    {line}")
    database.close()
    stage.start_product()
    transcript = Transcript(cast, stage, _write)
    stage.journal.listen(transcript)
    try:
        Story(stage, cast, transcript.narrate).play()
    except StepNotSeen as missing:
        _write(f"\n    ✗ 没有看到：{missing}")
        _write(stage.log_file.read_text(encoding="utf-8")[-4000:])
        return 1
    _write("\n故事演完，每一步都在平台一侧看到了。")
    if not exit_after_story:
        Console(stage, cast, _write).run()
    return 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
