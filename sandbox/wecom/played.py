"""The whole played WeCom: server, actors and views in one object."""

from sandbox.core.clock import SandboxClock
from sandbox.core.faults import Faults
from sandbox.core.http import LoopbackServer
from sandbox.core.journal import Journal
from sandbox.wecom.aibot import Aibot
from sandbox.wecom.auth import Tokens
from sandbox.wecom.callbacks import Callbacks, RawResponse
from sandbox.wecom.card_updates import CardUpdates
from sandbox.wecom.chats import ShownMessage
from sandbox.wecom.customers import CustomerActors
from sandbox.wecom.directory import Directory
from sandbox.wecom.jssdk import JsTickets
from sandbox.wecom.kf_codes import EventCodes
from sandbox.wecom.kf_send import KfSending
from sandbox.wecom.kf_sessions import KfSessions
from sandbox.wecom.kf_sync import KfReading
from sandbox.wecom.media import Media
from sandbox.wecom.members import MemberActors
from sandbox.wecom.messages import Messages
from sandbox.wecom.server import Api
from sandbox.wecom.webhook import Webhook


class WecomSandbox(CustomerActors, MemberActors):
    """One corp with one app, one kf account and one group robot on a loopback server.

    The port is taken at once, so `api_base` is known before `start()`. Switches for tests are the plain
    attributes that `Corp` sets and explains; they may be changed at any moment.

    Args:
        clock: the platform's clock.
        journal: where everything seen is told.
        faults: disturbances per operation, e.g. `message/send`.
        port: 0 takes a free one.
    """

    def __init__(self, clock: SandboxClock, journal: Journal, faults: Faults, port: int = 0) -> None:
        super().__init__(clock, journal, faults)
        self._media = Media(self)
        self._tokens = Tokens(self)
        self._callbacks = Callbacks(self)
        self._updates = CardUpdates(self)
        self._js_tickets = JsTickets(self)
        self._kf = KfSessions(self, self._callbacks)
        self._kf_codes = EventCodes(self, self._kf)
        self._kf_sending = KfSending(self, self._kf, self._kf_codes, self._media)
        api = self._api()
        self.operations = api.operations
        self._server = LoopbackServer(api.app, port)
        self._serving = False

    def _api(self) -> Api:
        messages = Messages(self, self._media, self._updates)
        self.aibot = Aibot(self, messages, lambda: self.api_base)
        routes = (
            self._tokens.routes()
            | messages.routes()
            | self._updates.routes(messages)
            | self._media.routes()
            | Directory(self).routes()
            | self._js_tickets.routes()
            | KfReading(self, self._kf, self._kf_codes).routes()
            | self._kf_sending.routes()
            | Webhook(self, self._media, messages).routes()
            | self.aibot.routes()
        )
        return Api(self, self._tokens, routes)

    @property
    def api_base(self) -> str:
        """Return `http://127.0.0.1:port`; the product appends /cgi-bin/…."""
        return self._server.base_url

    @property
    def webhook_url(self) -> str:
        """Return the full URL of the group robot."""
        return f"{self.api_base}/cgi-bin/webhook/send?key={self.webhook_key}"

    def start(self) -> None:
        """Begin to answer."""
        self._server.start()
        self._serving = True

    def stop(self) -> None:
        """Stop answering and retrying; harmless when never started."""
        self._callbacks.stop()
        self.aibot.wire.stop()
        if self._serving:
            self._serving = False
            self._server.stop()

    def connect(self, callback_url: str) -> None:
        """Save a callback URL as the admin page does: check it first.

        Raises:
            VerificationFailed: the URL did not answer as it must within one second.
        """
        self._callbacks.connect(callback_url)

    def revoke_tokens(self) -> None:
        """Make every access token invalid before its time."""
        with self.lock:
            self._tokens.revoke()

    def accepts_page(
        self, url: str, *, timestamp: object, nonce: str, signature: str, kind: str = "corp"
    ) -> bool:
        """Return whether the client would let a page at this URL call anything; `kind` is `corp` or `app`."""
        with self.lock:
            return self._js_tickets.accepts(kind, url, timestamp=timestamp, nonce=nonce, signature=signature)

    def media(self, media_id: str) -> bytes:
        """Return the bytes of a picture, voice, video or file in a chat.

        Raises:
            LookupError: it was never uploaded, or three days ago.
        """
        with self.lock:
            found = self._media.find(media_id)
        if found is None:
            raise LookupError(f"no media {media_id!r}")
        return found.content

    def fail_sent(self, msgid: str, fail_type: int) -> None:
        """Let a kf message that was accepted fail afterwards (event msg_send_fail).

        Raises:
            LookupError: no such message was sent.
        """
        with self.lock:
            self._kf_sending.fail(msgid, fail_type)

    def kf_state(self, external_userid: str) -> int:
        """Return the state of a customer's session at the first kf account, 0 to 4."""
        with self.lock:
            return self._kf.session(self.kf_open_kfid, external_userid).state

    def post_raw(self, body: bytes, query: dict[str, str]) -> RawResponse:
        """Post any bytes to the callback URL once and return the answer, status 0 for none in time."""
        return self._callbacks.post(query, body)

    def encrypt_callback(
        self,
        xml: str,
        *,
        timestamp: str | None = None,
        nonce: str | None = None,
        receive_id: str | None = None,
        token: str | None = None,
        with_agent: bool = True,
    ) -> tuple[dict[str, str], bytes]:
        """Return query and body of a callback around a plaintext XML; the options make it stale or wrong."""
        return self._callbacks.seal(
            xml, timestamp=timestamp, nonce=nonce, receive_id=receive_id, token=token, with_agent=with_agent
        )

    def chat(self, chat_id: str) -> list[ShownMessage]:
        """Return what a chat shows now.

        Args:
            chat_id: `kf:<external_userid>`, `user:<userid>`, `group:<webhook key>`, or `aibot:<chatid>` and
                `aibot:<userid>` for the AI bot.
        """
        kind, _, name = chat_id.partition(":")
        member = self.member(name) if kind == "user" else None
        with self.lock:
            return self.chats.view(f"user:{member.userid}" if member else chat_id)
