"""What customers on WeChat can do, and servicers beside the bot."""

from typing import Any

from sandbox.wecom.chats import Posted
from sandbox.wecom.corp import Corp, Customer
from sandbox.wecom.kf_codes import EventCodes
from sandbox.wecom.kf_sessions import ENDED, HUMAN, KfSessions
from sandbox.wecom.media import TINY_AMR, TINY_MP4, TINY_PNG, Media
from sandbox.wecom.rendering import live_buttons


class CustomerActors(Corp):
    """Actors of 微信客服; every method returns at once and the callback follows in the background."""

    _media: Media
    _kf: KfSessions
    _kf_codes: EventCodes

    def add_customer(self, external_userid: str, nickname: str) -> None:
        """Let a person on WeChat exist."""
        self.customers[external_userid] = Customer(external_userid, nickname)

    def add_servicer(self, userid: str, on_duty: bool = True) -> None:
        """Make a member a servicer of the kf account."""
        self._kf.servicers[userid] = on_duty

    def add_kf_account(self, open_kfid: str, name: str) -> None:
        """Open one more kf account."""
        self._kf.accounts[open_kfid] = name

    def customer_says(
        self, external_userid: str, text: str, *, menu_id: str = "", open_kfid: str = ""
    ) -> str:
        """Write to the kf account; with `menu_id` as if a menu entry was tapped."""
        part = {"content": text, **({"menu_id": menu_id} if menu_id else {})}
        return self.customer_sends(external_userid, "text", open_kfid=open_kfid, **part)

    def customer_taps(self, external_userid: str, label: str, *, msgid: str = "") -> str:
        """Tap a click entry of the newest menu that shows it, or of the menu with this msgid.

        Raises:
            LookupError: no menu in the chat has this entry.
        """
        for message in reversed(self.chats.stored(f"kf:{external_userid}")):
            looked_at = message.msgtype == "msgmenu" and msgid in ("", message.msgid)
            if looked_at and label in live_buttons("msgmenu", message.content):
                clicks = [item["click"] for item in message.content["list"] if item["type"] == "click"]
                menu_id = next(click["id"] for click in clicks if click["content"] == label)
                return self.customer_says(external_userid, label, menu_id=menu_id)
        raise LookupError(f"no menu with {label!r} in the chat of {external_userid}")

    def customer_sends_image(
        self, external_userid: str, content: bytes = TINY_PNG, *, filename: str = "p.png"
    ) -> str:
        """Send a photo."""
        return self.customer_sends(
            external_userid, "image", media_id=self._media.add("image", filename, content)
        )

    def customer_sends_voice(
        self, external_userid: str, content: bytes = TINY_AMR, *, filename: str = "v.amr"
    ) -> str:
        """Send a voice message."""
        return self.customer_sends(
            external_userid, "voice", media_id=self._media.add("voice", filename, content)
        )

    def customer_sends_video(
        self, external_userid: str, content: bytes = TINY_MP4, *, filename: str = "v.mp4"
    ) -> str:
        """Send a video."""
        return self.customer_sends(
            external_userid, "video", media_id=self._media.add("video", filename, content)
        )

    def customer_sends_file(self, external_userid: str, content: bytes, *, filename: str = "a.pdf") -> str:
        """Send a document."""
        return self.customer_sends(
            external_userid, "file", media_id=self._media.add("file", filename, content)
        )

    def customer_sends_location(
        self,
        external_userid: str,
        *,
        name: str = "客户工厂",
        address: str = "上海市浦东新区张江路 1 号",
        latitude: float = 31.2,
        longitude: float = 121.6,
    ) -> str:
        """Send a place."""
        part: dict[str, Any] = {
            "name": name,
            "address": address,
            "latitude": latitude,
            "longitude": longitude,
        }
        return self.customer_sends(external_userid, "location", **part)

    def customer_sends(self, external_userid: str, msgtype: str, *, open_kfid: str = "", **part: Any) -> str:
        """Send any type of message; `part` is the JSON that `kf/sync_msg` gives."""
        self._known(external_userid)
        chat = f"kf:{external_userid}"
        with self.lock:
            message = self.posted("customer", msgtype, part, "")
            message.msgid = self._kf.customer_wrote(
                open_kfid or self.kf_open_kfid, external_userid, msgtype, part
            )
            self.chats.post(chat, message, "said")
        return message.msgid

    def customer_enters(self, external_userid: str, scene: str = "") -> str:
        """Open the chat, with a welcome_code where the rules give one, and return the event's msgid."""
        self._known(external_userid)
        with self.lock:
            part = {"event_type": "enter_session", "scene": scene, "scene_param": ""}
            code = self._kf_codes.issue_welcome(self.kf_open_kfid, external_userid)
            if code:
                part["welcome_code"] = code
            self._kf.session(self.kf_open_kfid, external_userid).scene = scene
            self.journal.add("wecom", "said", chat=f"kf:{external_userid}", text="（进入会话）", scene=scene)
            return self._kf.log(self.kf_open_kfid, external_userid, 4, "event", part)

    def customer_recalls(self, external_userid: str, msgid: str) -> str:
        """Take back a message of the customer's; the app is told by an event."""
        for message in self.chats.copies(msgid).values():
            message.hidden = True
        self.journal.add("wecom", "said", chat=f"kf:{external_userid}", text="（撤回一条消息）", msgid=msgid)
        part = {"event_type": "user_recall_msg", "recall_msgid": msgid}
        return self._kf.log(self.kf_open_kfid, external_userid, 4, "event", part)

    def servicer_says(self, external_userid: str, servicer: str, text: str) -> str:
        """Let a human servicer take the session, if needed, and write from the WeCom client (origin 5)."""
        with self.lock:
            session = self._kf.session(self.kf_open_kfid, external_userid)
            if session.state != HUMAN:
                self._status(external_userid, 4 if session.state == ENDED else 1, "", servicer, HUMAN)
                session.state, session.servicer = HUMAN, servicer
            part = {"content": text}
            message: Posted = self.posted(servicer, "text", dict(part), "")
            message.msgid = self._kf.log(self.kf_open_kfid, external_userid, 5, "text", part, servicer)
            self.chats.post(f"kf:{external_userid}", message, "said")
        return message.msgid

    def servicer_ends(self, external_userid: str) -> None:
        """Let the human servicer close the session; the event carries a msg_code."""
        with self.lock:
            session = self._kf.session(self.kf_open_kfid, external_userid)
            servicer, session.state, session.servicer = session.servicer, ENDED, ""
            self._status(external_userid, 3, servicer, "", ENDED)

    def _status(self, external_userid: str, change_type: int, old: str, new: str, state: int) -> None:
        part: dict[str, Any] = {"event_type": "session_status_change", "change_type": change_type}
        part |= {"old_servicer_userid": old} if old else {}
        part |= {"new_servicer_userid": new} if new else {}
        if change_type in (1, 3):
            part["msg_code"] = self._kf_codes.issue_for_state(self.kf_open_kfid, external_userid, state)
        self._kf.log(self.kf_open_kfid, external_userid, 4, "event", part)

    def _known(self, external_userid: str) -> None:
        if external_userid not in self.customers:
            raise LookupError(f"no customer {external_userid!r}; add_customer first")
