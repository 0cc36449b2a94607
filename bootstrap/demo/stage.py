"""A stage: the played platforms, and the product as a process that is connected by settings and one clock."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import requests

from sandbox.core.clock import Pace, SandboxClock
from sandbox.core.faults import Faults
from sandbox.core.journal import Journal
from sandbox.dingtalk import DingtalkSandbox
from sandbox.wecom import VerificationFailed, WecomSandbox

DESK_GROUP = "售后调度群"
READY_S = 90.0
PAUSE_S = 0.05
CONNECTED_S = 0.5
"""How long one look waits for the stream client, so that a product that died meanwhile is noticed."""
CLOCK_FILE = "clock.json"
PATIENCE = {"FIXLOOP_DELIVERY_LEASE_S": "900"}
"""Leases that outlast a slow call also where a minute is played in a second."""


class ProductDied(RuntimeError):
    """The product's process ended when it should have been running; see its log."""


class Process(Protocol):
    """A running product."""

    def poll(self) -> int | None:
        """Return None while it runs."""

    def terminate(self) -> None:
        """Ask it to stop."""

    def kill(self) -> None:
        """End it without any chance to tidy up."""

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end, or raise subprocess.TimeoutExpired."""


Launch = Callable[[Mapping[str, str], Path], Process]
"""Starts a product with an environment and a file for its log."""


def launch_serve(environment: Mapping[str, str], log_file: Path) -> Process:
    """Start `fixloop serve` with the clock of the stage in whose folder the log is."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FIXLOOP_")}
    with log_file.open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "bootstrap.demo.product", str(log_file.parent / CLOCK_FILE)],
            env={**kept, **PATIENCE, **environment},
            stdout=log,
            stderr=log,
            cwd=log_file.parent,
        )


class Stage:
    """Both platforms in this process, the product in one of its own.

    Args:
        folder: where the product keeps its database and its log.
        database_url: the product's database; by default SQLite in `folder`.
        port: the product's web port.
        launch: how the product is started.
        extra: more settings as environment variables.
        ready_s: how long the product may take until it is ready.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int,
        database_url: str = "",
        launch: Launch = launch_serve,
        extra: Mapping[str, str] | None = None,
        ready_s: float = READY_S,
    ) -> None:
        self.clock = SandboxClock()
        self.journal = Journal(self.clock)
        self.faults = Faults()
        self.wecom = WecomSandbox(self.clock, self.journal, self.faults)
        self.dingtalk = DingtalkSandbox(self.clock, self.journal, self.faults)
        self.desk_group = ""
        self.database_url = database_url or f"sqlite:///{folder / 'fixloop.db'}"
        self.base_url = f"http://127.0.0.1:{port}"
        self._folder = folder
        self._port = port
        self.launch = launch
        self._extra = dict(extra or {})
        self._ready_s = ready_s
        self._process: Process | None = None
        self.clock.listen(self._wind)

    @property
    def log_file(self) -> Path:
        """Return where the product writes its log."""
        return self._folder / "fixloop.log"

    def start_platforms(self, desk: Sequence[str]) -> None:
        """Start both platforms; the service desk's group has these DingTalk members."""
        self.wecom.start()
        self.dingtalk.start()
        self.desk_group = self.dingtalk.add_group(DESK_GROUP, list(desk))

    def environment(self) -> dict[str, str]:
        """Return the settings that point the product at the played platforms."""
        wecom, dingtalk = self.wecom, self.dingtalk
        return {
            "FIXLOOP_DATABASE_URL": self.database_url,
            "FIXLOOP_FILES_DIR": str(self._folder / "files"),
            "FIXLOOP_PUBLIC_URL": self.base_url,
            "FIXLOOP_PORT": str(self._port),
            "FIXLOOP_HOST": "127.0.0.1",
            "FIXLOOP_WECOM__CORP_ID": wecom.corp_id,
            "FIXLOOP_WECOM__AGENT_ID": str(wecom.agent_id),
            "FIXLOOP_WECOM__SECRET": wecom.secret,
            "FIXLOOP_WECOM__TOKEN": wecom.token,
            "FIXLOOP_WECOM__ENCODING_AES_KEY": wecom.encoding_aes_key,
            "FIXLOOP_WECOM__API_BASE": wecom.api_base,
            "FIXLOOP_WECOM__KF_OPEN_KFID": wecom.kf_open_kfid,
            "FIXLOOP_WECOM__GROUP_WEBHOOK_URL": wecom.webhook_url,
            "FIXLOOP_DINGTALK__CLIENT_ID": dingtalk.client_id,
            "FIXLOOP_DINGTALK__CLIENT_SECRET": dingtalk.client_secret,
            "FIXLOOP_DINGTALK__ROBOT_CODE": dingtalk.robot_code,
            "FIXLOOP_DINGTALK__CARD_TEMPLATE_ID": dingtalk.card_template_id,
            "FIXLOOP_DINGTALK__CORP_ID": dingtalk.corp_id,
            "FIXLOOP_DINGTALK__AGENT_ID": str(dingtalk.agent_id),
            "FIXLOOP_DINGTALK__API_BASE": dingtalk.api_base,
            "FIXLOOP_DINGTALK__OAPI_BASE": dingtalk.oapi_base,
            "FIXLOOP_DINGTALK__GROUP_CONVERSATION_ID": self.desk_group,
            # A proxy that the machine's user has set must not stand between the product and the sandbox.
            "NO_PROXY": "127.0.0.1,localhost",
            **self._extra,
        }

    def start_product(self) -> None:
        """Start the product and wait until it answers and is connected.

        Raises:
            ProductDied, TimeoutError, VerificationFailed: as `wait_ready`.
        """
        self._process = self.launch(self.environment(), self.log_file)
        self.wait_ready()

    def wait_ready(self) -> None:
        """Wait for the web server and the stream client, and let WeCom verify the address.

        Raises:
            ProductDied: the product ended instead, whatever it was doing.
            TimeoutError: it runs, but did not answer or connect in time.
            VerificationFailed: it runs, but gave WeCom no right answer in time.
        """
        deadline = time.monotonic() + self._ready_s
        while True:
            try:
                return self._connect()
            except (TimeoutError, VerificationFailed) as missing:
                if not self.alive():
                    raise ProductDied(f"see {self.log_file}") from missing
                if time.monotonic() > deadline:
                    raise
            time.sleep(PAUSE_S)

    def _connect(self) -> None:
        """Look once whether the product is ready.

        Raises:
            TimeoutError, VerificationFailed: as `wait_ready`.
        """
        if not self._answers():
            raise TimeoutError(f"the product did not answer; see {self.log_file}")
        self.dingtalk.wait_connected(CONNECTED_S)
        self.wecom.connect(f"{self.base_url}/wecom/callback")

    def await_product(self) -> None:
        """Wait as long as it takes for a product that somebody else starts, and connect to it."""
        while not self._answers():
            time.sleep(0.5)
        self.wecom.connect(f"{self.base_url}/wecom/callback")

    def wait_forever(self) -> None:
        """Stay up until the process is interrupted or the product ends."""
        while self._process is None or self.alive():
            time.sleep(0.5)

    def alive(self) -> bool:
        """Return whether the product's process runs."""
        return self._process is not None and self._process.poll() is None

    def kill_product(self) -> None:
        """End the product without any chance to tidy up, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """Stop everything."""
        if self._process is not None and self.alive():
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill_product()
        self.dingtalk.stop()
        self.wecom.stop()

    def _wind(self, pace: Pace) -> None:
        """Let the product's clock go like the platforms'; it is replaced as a whole, so it is read whole."""
        told = {
            "real_at": pace.real_at.isoformat(),
            "shown_at": pace.shown_at.isoformat(),
            "speed": pace.speed,
        }
        draft = self._folder / f"{CLOCK_FILE}.new"
        draft.write_text(json.dumps(told), "utf-8")
        draft.replace(self._folder / CLOCK_FILE)

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.base_url}/healthz", timeout=2).ok
        except requests.RequestException:
            return False
