"""The WeCom callback address, free of any web framework."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from adapters.inbound import Receiver
from adapters.wecom.crypto import CallbackCrypto, CallbackRefused
from adapters.wecom.envelope import read_envelope
from adapters.wecom.inbound import read_head, read_kf_wake, to_inbound
from adapters.wecom.payloads import Head
from adapters.wecom.ports import KfLedger
from adapters.wecom.xml import CallbackMalformed, Tree, parse_xml

log = logging.getLogger(__name__)

# The approval app's own AgentID stands in this event, whichever app receives it (D91815).
_OTHER_APPS_EVENTS = frozenset({"sys_approval_change"})


class WecomDoor:
    """Let in what is proven to come from WeCom.

    Args:
        crypto: checks and opens; knows the corp.
        receiver: takes in messages and presses.
        kf: notes which 微信客服 account has something to pull.
        agent_id: the only app whose messages are let in.
        now: the clock.
    """

    def __init__(
        self,
        crypto: CallbackCrypto,
        receiver: Receiver,
        kf: KfLedger,
        agent_id: int,
        now: Callable[[], datetime],
    ) -> None:
        self._crypto = crypto
        self._receiver = receiver
        self._kf = kf
        self._agent_id = str(agent_id)
        self._now = now

    def greet(self, query: Mapping[str, str]) -> str:
        """Return the plain text of `echostr`, the whole answer to a URL verification.

        Args:
            query: decoded once, one value per field.

        Raises:
            CallbackRefused: answer 403.
        """
        try:
            return self._crypto.open(query, query.get("echostr", ""), self._now())
        except CallbackRefused as error:
            log.warning("wecom URL verification refused: %s", error)
            raise

    def accept(self, query: Mapping[str, str], body: bytes) -> str:
        """Take in one callback; the returned body is sent with 200 once everything is durable.

        Raises:
            CallbackRefused: answer 403.
            CallbackMalformed: answer 400.
            Exception: it could not be made durable; answer 500, and the platform delivers it again.
        """
        try:
            tree, plain, outer_agent_id = self._open(query, body)
            head = read_head(tree)
            self._check_receiver(head, outer_agent_id)
            wake = read_kf_wake(head, tree)
        except (CallbackRefused, CallbackMalformed) as error:
            log.warning("wecom callback refused: %s: %s", type(error).__name__, error)
            raise
        if wake is not None:
            self._kf.wake(wake.open_kfid, wake.token, self._now())
        else:
            self._receiver.receive(to_inbound(head, tree, plain))
        return ""

    def _open(self, query: Mapping[str, str], body: bytes) -> tuple[Tree, str, str]:
        now = self._now()
        self._crypto.check_query(query, now)
        encrypt, outer_agent_id = read_envelope(body)
        plain = self._crypto.open(query, encrypt, now)
        return parse_xml(plain), plain, outer_agent_id

    def _check_receiver(self, head: Head, outer_agent_id: str) -> None:
        """Refuse a message for another corp or app; 微信客服 and directory events name no app."""
        if head.to_user != self._crypto.corp_id:
            raise CallbackRefused("inner ToUserName")
        agent_id = head.agent_id or outer_agent_id
        if agent_id not in ("", self._agent_id) and head.event not in _OTHER_APPS_EVENTS:
            raise CallbackRefused("AgentID")
