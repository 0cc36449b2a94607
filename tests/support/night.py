"""One story in which the power fails, told by real processes."""

import contextlib
import random
import re
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import func, select, text

from adapters.storage.engine import Database
from adapters.storage.tables import EventRow
from bootstrap.demo.stage import ProductDied, Stage
from domain.workorder.events import WorkOrderEvent
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status
from tests.support.builders import customer, everybody, work_order
from tests.support.launching import Zygote

NUMBER = re.compile(r"WO-\d{8}-\d{4}")
SEEN_S = 25.0
AGAIN_S = 1.0
"""How long a person waits for something to happen before they say or tap it again."""
LIVED = (
    *("status", "assignee_id", "status_since", "next_due_at", "offer_expires_at", "held_from", "hold_reason"),
    *("eta_at", "report_version", "rejections", "reopenings", "rating", "completed_at", "signed_off_at"),
    *("followed_up_at", "closed_at", "settled_fen", "payer"),
)
"""What of a work order comes from its events alone."""
_UNFINISHED = text(
    """
    SELECT (SELECT count(*) FROM kf_account WHERE dirty)
         + (SELECT count(*) FROM inbox WHERE state = 'pending')
         + (SELECT count(*) FROM outbox WHERE state = 'pending')
    """
)


class Night:
    """The product as a process that dies where it is told to, and comes back with the power.

    Args:
        crash: where the first product dies; later ones live.
    """

    def __init__(self, folder: Path, url: str, zygote: Zygote, crash: str) -> None:
        self._zygote = zygote
        self._zygote.crash = crash
        quick = {"FIXLOOP_DELIVERY_LEASE_S": "1", "FIXLOOP_INTAKE_WINDOW_S": "0"}
        self.stage = Stage(folder, port=_lasting_port(), database_url=url, launch=zygote, extra=quick)
        self.stage.wecom.retry_after_s = 0.2
        self.stage.dingtalk.redeliver_after_s = 0.3
        self.stage.dingtalk.card_window_s = 0.5
        self.database = Database(url)
        with self.database.write() as session, session.begin():
            session.add(customer())
            session.flush()
            session.add_all(everybody())
        for userid, name in (("li", "李强"), ("wang", "王芳"), ("zhao", "赵敏")):
            self.stage.dingtalk.add_user(userid, name)
        self.stage.wecom.add_customer("wmChen", "陈静")
        self.stage.start_platforms(["li", "wang", "zhao"])
        self.losses = 0
        self._said_at = 0.0

    def play(self, interlude: Callable[[], None] = lambda: None) -> None:
        """Report, decline, accept, and go on after the power is back, until everybody knows everything."""
        self._power_on()
        self.stage.wecom.customer_says("wmChen", "3号冷库机组不制冷了，库温8度")
        interlude()
        self.until(self._confirm, "the registered work order")
        self.until(lambda: self._offer("li"), "Li's card")
        self.until(self._decline, "the decline")
        self.until(lambda: self._offer("wang"), "Wang's card")
        interlude()
        self.until(self._accept, "the accepted work order")
        self.until(self._everybody_knows, "every notice")

    def close(self) -> None:
        """Stop everything."""
        self.stage.stop()
        self.database.close()

    def until(self, look: Callable[[], object], what: str) -> None:
        """Wait until something is seen; when the power fails meanwhile, it comes back."""

        def look_or_restart() -> bool:
            if not self.stage.alive():
                self._restart()
            return bool(look())

        self.stage.journal.wait_for(look_or_restart, SEEN_S, f"{what}; see {self.stage.log_file}")

    def now_and_then(self, act: Callable[[], object]) -> None:
        """Do something as a person does: again, when nothing happened for a while."""
        now = time.monotonic()
        if now > self._said_at + AGAIN_S:
            with contextlib.suppress(LookupError):
                act()
                self._said_at = now

    def events(self, name: str) -> int:
        """Return how often something happened."""
        with self.database.read() as session:
            return session.execute(select(func.count()).where(EventRow.name == name)).scalar_one()

    def only_order(self) -> WorkOrder:
        """Return the one work order there is."""
        with self.database.read() as session:
            return session.execute(select(WorkOrder)).scalar_one()

    def is_quiet(self) -> bool:
        """Return whether nothing is on its way."""
        with self.database.read() as session:
            return not session.execute(_UNFINISHED).scalar_one()

    def told(self, chat: str) -> list[str]:
        """Return what the product has put into a chat, oldest first."""
        chats = self.stage.wecom if chat.startswith("kf:") else self.stage.dingtalk
        return [shown.text for shown in chats.chat(chat) if shown.sender in ("bot", "robot")]

    def insist(self) -> None:
        """Insist on one work order with one owner, on both sides."""
        with self.database.read() as session:
            orders = session.execute(select(WorkOrder)).scalars().all()
        numbers = {
            number for shown in self.stage.wecom.chat("kf:wmChen") for number in NUMBER.findall(shown.text)
        }
        assert [order.number for order in orders] == list(numbers)
        for once in ("WorkOrderRegistered", "WorkOrderDeclined", "WorkOrderAccepted"):
            assert self.events(once) == 1, once
        assert self.events("WorkOrderOffered") == 2

    def insist_on_replay(self) -> None:
        """Insist that the recorded events lead to the work order as it is."""
        kinds = {kind.__name__: kind for kind in _kinds_of(WorkOrderEvent)}
        again = work_order(Status.NEW)
        with self.database.read() as session:
            for row in session.execute(select(EventRow).order_by(EventRow.seq)).scalars():
                if row.name in kinds:
                    facts = {**row.payload, "occurred_at": row.occurred_at, "actor_id": row.actor_id}
                    again.apply(kinds[row.name].model_validate(facts))
        order = self.only_order()
        assert {name: getattr(again, name) for name in LIVED} == {
            name: getattr(order, name) for name in LIVED
        }

    def _power_on(self) -> None:
        try:
            self.stage.start_product()
        except (ProductDied, TimeoutError, OSError):
            self._restart()

    def _restart(self) -> None:
        assert not self.stage.alive(), self.stage.log_file.read_text()
        self.losses += 1
        self._zygote.crash = self._next_crash()
        try:
            self.stage.start_product()
        except ProductDied as died:
            raise AssertionError(self.stage.log_file.read_text()) from died

    def _next_crash(self) -> str:
        return ""

    def _confirm(self) -> bool:
        self.now_and_then(lambda: self.stage.wecom.customer_taps("wmChen", "确认报修"))
        return self.events("WorkOrderRegistered") == 1

    def _offer(self, userid: str) -> str:
        """Return the number on a card that can be accepted now."""
        shown = self.stage.dingtalk.chat(f"user:{userid}")
        return next((NUMBER.findall(one.text)[0] for one in shown if "接单" in one.buttons), "")

    def _decline(self) -> bool:
        if number := self._offer("li"):
            self.now_and_then(lambda: self.stage.dingtalk.user_says("li", f"拒单 {number} 在外地"))
        return self.events("WorkOrderDeclined") == 1

    def _accept(self) -> bool:
        """Press for as long as the card invites to."""
        if self._offer("wang"):
            with contextlib.suppress(LookupError):
                self.stage.dingtalk.user_presses("wang", "接单")
        return self.events("WorkOrderAccepted") == 1

    def _everybody_knows(self) -> bool:
        done = "已接单：王芳"
        told = "\n".join(self.told("kf:wmChen"))
        chats = [f"group:{self.stage.desk_group}", "user:li", "user:wang"]
        return (
            "已收到您的报修" in told
            and "王芳 技师" in told
            and all(
                any(
                    done in shown.text and "接单" not in shown.buttons
                    for shown in self.stage.dingtalk.chat(chat)
                )
                for chat in chats
            )
        )


def _kinds_of(kind: type[WorkOrderEvent]) -> Iterator[type[WorkOrderEvent]]:
    yield kind
    for one in kind.__subclasses__():
        yield from _kinds_of(one)


def _lasting_port() -> int:
    """Return a port that stays ours while the product is down: no system hands these out by itself."""
    while True:
        port = random.randrange(20_000, 32_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
