"""The whole loop in one process: both played platforms, the product between them, and one clock for all."""

import logging
import re
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from waitress import wasyncore
from waitress.server import create_server

from adapters.storage.engine import Database
from adapters.storage.tables import CardCopyRow, EventRow, InboxRow, OutboxRow
from bootstrap.settings import load_settings
from bootstrap.wiring import Product
from console.submissions import REQUEST_LIMIT
from domain.people.model import Identity, Person
from domain.workorder.model import WorkOrder
from sandbox.core.clock import SandboxClock
from sandbox.core.faults import Faults
from sandbox.core.journal import Entry, Journal
from sandbox.dingtalk import DingtalkSandbox
from sandbox.wecom import VerificationFailed, WecomSandbox
from tests.support import cast
from tests.support.actors import (
    SEEN_S,
    AibotChat,
    AibotGroup,
    DingtalkGroup,
    Member,
    User,
    Visitor,
    WecomGroup,
)
from tests.support.dingtalk import wait_until
from tests.support.eager import EagerCustomers
from tests.support.looking import News
from tests.support.unfinished import UNFINISHED

MOMENT = timedelta(seconds=0.3)
"""What becomes due so soon counts as due: the steps of the product follow each other."""


class Loop:
    """Everything between a customer's words and a technician's card, within reach of a test.

    Args:
        database_url: a migrated database.
    """

    def __init__(self, database_url: str) -> None:
        self.clock = SandboxClock()
        self.journal = Journal(self.clock)
        self.faults = Faults()
        self.wecom = WecomSandbox(self.clock, self.journal, self.faults)
        self.dingtalk = DingtalkSandbox(self.clock, self.journal, self.faults)
        cast.populate(self.wecom, self.dingtalk)
        self.desk_group = self.dingtalk.add_group("售后调度群", ["li", "wang", "zhao", "qian", "wu"])
        self.database_url = database_url
        self.database = Database(database_url)
        cast.register_everybody(self.database, self.clock.now())
        self._folder = tempfile.TemporaryDirectory(prefix="fixloop-files-")
        self.files_dir = Path(self._folder.name)
        self.errors = ErrorLog()
        self.news = News()
        self._stops: list[Callable[[], object]] = []
        self._eager: EagerCustomers | None = None
        self._meet()

    def _meet(self) -> None:
        wecom, dingtalk, journal = self.wecom, self.dingtalk, self.journal
        self.chen, self.visitor = Visitor(wecom, cast.CHEN), Visitor(wecom, cast.NEW_VISITOR)
        self.lin, self.sun = Member(wecom, "lin"), Member(wecom, "sun")
        self.li, self.wang = User(dingtalk, journal, "li"), User(dingtalk, journal, "wang")
        self.zhao, self.qian = User(dingtalk, journal, "zhao"), User(dingtalk, journal, "qian")
        self.wu, self.zheng = User(dingtalk, journal, "wu"), Member(wecom, "zheng")
        self.desk = DingtalkGroup(dingtalk, journal, self.desk_group)
        self.webhook_group = WecomGroup(wecom)
        self.aibot_group = AibotGroup(wecom, ["lin", "sun", "zheng", "zhou.tao", "stranger"])
        self.lin_aibot, self.sun_aibot = AibotChat(wecom, "lin"), AibotChat(wecom, "sun")

    # Beginning and end.

    def start_platforms(self) -> None:
        """Let both platforms answer."""
        self.wecom.start()
        self._stops.append(self.wecom.stop)
        self.dingtalk.start()
        self._stops.append(self.dingtalk.stop)

    def start_product(
        self,
        *,
        wecom: Mapping[str, Any] | None = None,
        dingtalk: Mapping[str, Any] | None = None,
        connect: bool = True,
        **changes: Any,
    ) -> None:
        """Start the product against the platforms as `fixloop serve` does, and wait for its connection."""
        web = self.web = WebServer()
        settings = load_settings(
            **{
                "database_url": self.database_url,
                "public_url": web.base_url,
                "files_dir": self.files_dir,
                # Every message is looked at in its own transaction, so that nobody waits for a window's end.
                "intake_window_s": 0,
                "wecom": self._wecom_settings() | dict(wecom or {}),
                "dingtalk": self._dingtalk_settings() | dict(dingtalk or {}),
                **changes,
            }
        )
        self.product = Product(settings)
        self._stops.append(self.product.database.close)
        web.serve(self.product.web())
        self._stops.append(web.stop)
        self.web_url = web.base_url
        stream = self.product.stream()
        assert stream is not None
        stream.start()
        self._stops.append(lambda: stream.stop(5))
        self._stops.append(self.product.start_background())
        if connect:
            self.dingtalk.wait_connected(SEEN_S)
            self._connect()
            self.settle()

    def _connect(self) -> None:
        """Let WeCom verify the address; it wants an answer in a second, which a busy machine may miss."""
        for left in range(4, -1, -1):
            try:
                self.wecom.connect(f"{self.web_url}/wecom/callback")
            except VerificationFailed:
                if not left:
                    raise
            else:
                aibot = f"{self.web_url}/wecom_aibot/callback"
                assert any(self.wecom.aibot.wire.connect(aibot) for _ in range(5))
                return

    def stop_product(self) -> None:
        """End the product in an orderly way; the platforms go on."""
        self._stop_down_to(2 + (self._eager is not None))

    def stop(self) -> None:
        """End everything."""
        self._stop_down_to(0)
        self.news.close()
        self.database.close()
        self._folder.cleanup()

    def _stop_down_to(self, kept: int) -> None:
        while len(self._stops) > kept:
            self._stops.pop()()

    def _wecom_settings(self) -> dict[str, Any]:
        wecom = self.wecom
        return {
            "corp_id": wecom.corp_id,
            "agent_id": wecom.agent_id,
            "secret": wecom.secret,
            "token": wecom.token,
            "encoding_aes_key": wecom.encoding_aes_key,
            "api_base": wecom.api_base,
            "kf_open_kfid": wecom.kf_open_kfid,
            "group_webhook_url": wecom.webhook_url,
            "aibot_token": wecom.aibot.keys.token,
            "aibot_encoding_aes_key": wecom.aibot.keys.encoding_aes_key,
            "aibot_id": wecom.aibot.keys.aibot_id,
        }

    def _dingtalk_settings(self) -> dict[str, Any]:
        dingtalk = self.dingtalk
        return {
            "client_id": dingtalk.client_id,
            "client_secret": dingtalk.client_secret,
            "robot_code": dingtalk.robot_code,
            "corp_id": dingtalk.corp_id,
            "agent_id": dingtalk.agent_id,
            "card_template_id": dingtalk.card_template_id,
            "api_base": dingtalk.api_base,
            "oapi_base": dingtalk.oapi_base,
            "group_conversation_id": self.desk_group,
        }

    # Time.

    def advance(self, seconds: float) -> None:
        """Move the one clock of platforms and product."""
        self.clock.advance(seconds)
        self.news.tell()

    def let_customers_confirm(self) -> None:
        """Let customers confirm every summary at once; most tests are about what comes after it."""
        self._eager = EagerCustomers(self.chen, self.visitor, self.lin)
        self._stops.insert(0, self._eager.stop)

    def let_customers_decide(self) -> None:
        """Let customers confirm nothing by themselves any more."""
        if self._eager is not None:
            self._stops.remove(self._eager.stop)
            self._eager.stop()
            self._eager = None

    def settle(self) -> None:
        """Wait until nothing is on its way and nothing that is due is unfinished."""
        try:
            wait_until(self._is_settled, "everything that is due is finished", SEEN_S)
        except TimeoutError as error:
            raise TimeoutError(f"{error}: {self._what_is_left()}") from None

    def _what_is_left(self) -> str:
        rows = [(row.card, row.audience, str(row.due_at), row.last_error) for row in self.outbox("pending")]
        left = [(row.kind, row.sender_key, str(row.next_try_at)) for row in self.inbox("pending")]
        due = [(order.number, order.status, str(order.next_due_at)) for order in self.orders()]
        on_the_way = (_callbacks_on_the_way(), self._unacknowledged())
        return f"now {self.clock.now()}, on the way {on_the_way}, outbox {rows}, inbox {left}, orders {due}"

    def _is_settled(self) -> bool:
        # Twice, because customers and callbacks may bring something new after the first look at the database.
        return not self._unfinished() and self._is_quiet() and not self._unfinished()

    def _is_quiet(self) -> bool:
        idle = self._eager is None or self._eager.idle()
        return idle and not _callbacks_on_the_way() and not self._unacknowledged()

    def _unacknowledged(self) -> bool:
        """Return whether DingTalk waits for an answer; one answer is enough for all repeats of a message."""
        answered = {""}
        for entry in self.journal.entries("ack", "dingtalk"):
            if entry.data.get("code"):
                answered |= {str(entry.data.get("message_id")), str(entry.data.get("msg_id", ""))}
        pushed = [entry.data for entry in self.journal.entries("callback", "dingtalk")]
        return any(
            data.get("message_id", "") not in answered and (data.get("msg_id") or "-") not in answered
            for data in pushed
        )

    def _unfinished(self) -> int:
        now = self.clock.now() + MOMENT
        with self.database.read() as session:
            if session.get_bind().dialect.name == "sqlite":
                now = now.replace(tzinfo=None)
            return int(session.execute(UNFINISHED, {"now": now}).scalar_one())

    # What the product knows.

    def orders(self) -> Sequence[WorkOrder]:
        """Return every work order, oldest first."""
        return self._all(select(WorkOrder).order_by(WorkOrder.created_at))

    def only_order(self) -> WorkOrder:
        """Return the one work order there is."""
        (order,) = self.orders()
        return order

    def person(self, name: str) -> Person:
        """Return the one person of this name."""
        found: Sequence[Person] = self._all(select(Person).where(Person.name == name))
        (person,) = found
        return person

    def identities(self, name: str) -> Sequence[Identity]:
        """Return who a person is on the platforms."""
        return self._all(select(Identity).where(Identity.person_id == self.person(name).id))

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return the facts of every event of this name, oldest first."""
        rows = self._all(select(EventRow).where(EventRow.name == name).order_by(EventRow.seq))
        return [row.payload for row in rows]

    def inbox(self, state: str = "") -> Sequence[InboxRow]:
        """Return deliveries, oldest first."""
        query = select(InboxRow).order_by(InboxRow.seq)
        return self._all(query.where(InboxRow.state == state) if state else query)

    def outbox(self, state: str = "") -> Sequence[OutboxRow]:
        """Return what is or was owed, oldest first."""
        query = select(OutboxRow).order_by(OutboxRow.seq)
        return self._all(query.where(OutboxRow.state == state) if state else query)

    def refusals(self) -> list[str]:
        """Return the codes of everything that was refused, oldest first."""
        return [row.refusal for row in self.inbox() if row.refusal]

    def order_becomes(self, status: str) -> WorkOrder:
        """Wait until the only work order has a status."""

        def look() -> WorkOrder | None:
            found = self.orders()
            return found[0] if [order.status for order in found] == [status] else None

        return self.journal.wait_for(look, SEEN_S, f"the work order to be {status}")

    def update_code_of(self, ref: str) -> str:
        """Return the code that may change a template card once."""
        (row,) = self._all(select(CardCopyRow).where(CardCopyRow.ref == ref))
        return str(row.update_code)

    def other_member(self, userid: str) -> Member:
        """Return one more member of the corp in the app's chat."""
        return Member(self.wecom, userid)

    def change(self, table: type[Any], **values: Any) -> None:
        """Write into every row of a table behind the product's back."""
        with self.database.write() as session, session.begin():
            session.execute(update(table).values(**values))

    def _all(self, query: Any) -> Sequence[Any]:
        with self.database.read() as session:
            return session.execute(query).scalars().all()

    # What the platforms saw.

    def calls(self, operation: str) -> list[Entry]:
        """Return the product's calls of one operation."""
        return [entry for entry in self.journal.entries("call") if entry.data["operation"] == operation]

    def callbacks(self, what: str, number: int) -> list[Entry]:
        """Wait for so many deliveries of WeCom, and return them."""

        def look() -> list[Entry] | None:
            found = [e for e in self.journal.entries("callback", "wecom") if e.data["what"] == what]
            return found if len(found) >= number else None

        return self.journal.wait_for(look, SEEN_S, f"{number} callbacks {what}")


class WebServer:
    """The product's web server on a free port, as `fixloop serve` has it."""

    def __init__(self) -> None:
        self._listen(0)
        self.base_url = f"http://127.0.0.1:{self._server.effective_port}"

    def _listen(self, port: int) -> None:
        self._map: dict[int, Any] = {}
        self._server = create_server(
            self._answer,
            map=self._map,
            host="127.0.0.1",
            port=port,
            threads=8,
            max_request_body_size=REQUEST_LIMIT,
        )
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def _answer(self, environ: Any, start_response: Any) -> Any:
        return self._app(environ, start_response)

    def serve(self, app: Any) -> None:
        """Begin to answer."""
        self._app = app
        self._thread.start()

    def come_back(self) -> None:
        """Answer again at the same address after `stop`."""
        self._listen(int(self.base_url.rpartition(":")[2]))
        self._thread.start()

    def stop(self) -> None:
        """Close every connection from inside the server's own loop, which ends it."""
        self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._map, ignore_all=True))
        self._thread.join(5)
        self._server.task_dispatcher.shutdown()


class ErrorLog(logging.Handler):
    """Keeps what the product logged as an error; a test that expects some must say so."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        self.seen.append(self.format(record))

    def expect(self, words: str) -> None:
        """Insist that there were such errors, and forget them."""
        expected = [line for line in self.seen if re.search(words, line)]
        assert expected, f"no error with {words!r} in {self.seen}"
        self.seen = [line for line in self.seen if line not in expected]


def _callbacks_on_the_way() -> bool:
    """Return whether the played WeCom is still delivering; a delivery is a thread of its own."""
    return any("(_deliver)" in thread.name for thread in threading.enumerate())
