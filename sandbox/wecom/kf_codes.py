"""The codes that events give for `kf/send_msg_on_event`.

Source: D95122; https://developer.work.weixin.qq.com/document/path/95122
"""

import secrets
from dataclasses import dataclass

from sandbox.wecom.corp import HOUR_S, Corp
from sandbox.wecom.errors import ApiError
from sandbox.wecom.kf_sessions import ENDED, KfSessions

_WELCOME_S = 20
_LONG_S = 48 * HOUR_S


@dataclass
class EventCode:
    """The right to send one message because of an event.

    Args:
        state: the session state that gave the code, None for a welcome.
        msgtypes: what may be sent with it.
        expires_s: when it ends, seconds since the epoch.
    """

    open_kfid: str
    external_userid: str
    state: int | None
    msgtypes: tuple[str, ...]
    expires_s: float
    used: bool = False


class EventCodes:
    """Issue and spend the codes."""

    def __init__(self, corp: Corp, sessions: KfSessions) -> None:
        self._corp = corp
        self._sessions = sessions
        self._codes: dict[str, EventCode] = {}

    def issue_welcome(self, open_kfid: str, external_userid: str) -> str:
        """Return a welcome code, or nothing when the customer wrote or was welcomed within 48 h."""
        session = self._sessions.session(open_kfid, external_userid)
        if self._corp.now() - max(session.said_s, session.welcomed_s) < _LONG_S:
            return ""
        return self._issue(open_kfid, external_userid, None, ("text", "msgmenu"), _WELCOME_S)

    def issue_for_state(self, open_kfid: str, external_userid: str, state: int) -> str:
        """Return the code of a session that moved to the pool, to a human or to its end."""
        if state == ENDED:
            return self._issue(open_kfid, external_userid, state, ("text", "msgmenu"), _WELCOME_S)
        return self._issue(open_kfid, external_userid, state, ("text",), _LONG_S)

    def _issue(
        self,
        open_kfid: str,
        external_userid: str,
        state: int | None,
        msgtypes: tuple[str, ...],
        life_s: float,
    ) -> str:
        code = secrets.token_urlsafe(36)
        self._codes[code] = EventCode(open_kfid, external_userid, state, msgtypes, self._corp.now() + life_s)
        return code

    def find(self, code: str, msgtype: str) -> EventCode:
        """Return a code that may be spent now.

        Raises:
            ApiError: unknown, used or expired; type forbidden; session moved on.
        """
        found = self._codes.get(code)
        if found is None or found.used or found.expires_s <= self._corp.now():
            raise ApiError(41050, "code")
        if msgtype not in found.msgtypes:
            raise ApiError(95030)
        session = self._sessions.session(found.open_kfid, found.external_userid)
        if found.state is not None and session.state != found.state:
            raise ApiError(95018)
        return found

    def spend(self, code: EventCode) -> None:
        """Mark a code used, and the customer welcomed if it was a welcome."""
        code.used = True
        if code.state is None:
            session = self._sessions.session(code.open_kfid, code.external_userid)
            session.welcomed_s = self._corp.now()
