"""What members of the corp can do in the app's chat."""

from typing import Any

from sandbox.wecom.callbacks import Callbacks
from sandbox.wecom.card_updates import CardUpdates
from sandbox.wecom.chats import Posted
from sandbox.wecom.corp import Corp, Member
from sandbox.wecom.media import TINY_AMR, TINY_MP4, TINY_PNG, Media
from sandbox.wecom.presses import Press, find_press
from sandbox.wecom.xml import to_xml

_PLACE: dict[str, Any] = {
    "Location_X": 31.2,
    "Location_Y": 121.6,
    "Scale": 15,
    "Label": "上海市浦东新区张江路 1 号",
    "AppType": "wxwork",
}
_LINK = {
    "Title": "链接",
    "Description": "",
    "Url": "https://example.com/",
    "PicUrl": "",
}
_FILES = {"image": ("p.png", TINY_PNG), "voice": ("v.amr", TINY_AMR), "video": ("v.mp4", TINY_MP4)}


class MemberActors(Corp):
    """Actors of the app callback; every method returns at once and the callback follows in the background."""

    _media: Media
    _callbacks: Callbacks
    _updates: CardUpdates

    def add_member(self, userid: str, name: str, mobile: str = "") -> None:
        """Let a member exist inside the app's visibility."""
        self.members[userid.lower()] = Member(userid, name, mobile)

    def member_says(self, userid: str, text: str) -> str:
        """Write to the app and return the MsgId."""
        return self._send(userid, "text", {"Content": text}, {"content": text})

    def member_sends(self, userid: str, msgtype: str, *, content: bytes = b"", **elements: Any) -> str:
        """Send another type of message and return the MsgId.

        Args:
            userid: who sends.
            msgtype: image, voice, video, location, link, file or anything else.
            content: the bytes of a media message, a tiny real file when empty.
            elements: XML elements by name, which replace or add to plausible ones, e.g. `Label="工厂"`.
        """
        parts: dict[str, Any] = {}
        if msgtype in ("image", "voice", "video", "file"):
            filename, tiny = _FILES.get(msgtype, (str(elements.get("FileName", "a.pdf")), b"%PDF-1.4\n"))
            parts["MediaId"] = self._media.add(msgtype, filename, content or tiny)
            parts |= {"image": {"PicUrl": "https://p.example.com/p.png"}, "voice": {"Format": "amr"}}.get(
                msgtype, {}
            )
            parts |= {"FileName": filename} if msgtype == "file" else {}
        elif msgtype in ("location", "link"):
            parts |= _PLACE if msgtype == "location" else _LINK
        parts |= elements
        return self._send(userid, msgtype, parts, _shown(parts))

    def member_sends_image(self, userid: str, content: bytes = TINY_PNG) -> str:
        """Send a photo and return the MsgId."""
        return self.member_sends(userid, "image", content=content)

    def member_sends_voice(self, userid: str, content: bytes = TINY_AMR) -> str:
        """Send a voice message and return the MsgId."""
        return self.member_sends(userid, "voice", content=content)

    def member_sends_video(self, userid: str, content: bytes = TINY_MP4) -> str:
        """Send a video and return the MsgId."""
        return self.member_sends(userid, "video", content=content)

    def member_sends_location(
        self, userid: str, *, latitude: float = 31.2, longitude: float = 121.6, label: str = "客户工厂"
    ) -> str:
        """Send a place and return the MsgId."""
        return self.member_sends(userid, "location", Location_X=latitude, Location_Y=longitude, Label=label)

    def _send(self, userid: str, msgtype: str, elements: dict[str, Any], shown: dict[str, Any]) -> str:
        member = self._member(userid)
        msgid = self.next_id()
        with self.lock:
            self.chats.post(
                f"user:{member.userid}", self.posted(member.userid, msgtype, shown, msgid), "said"
            )
        message = self._common(member.userid, msgtype) | elements
        message |= {"MsgId": int(msgid), "AgentID": self.agent_id}
        self._callbacks.send(to_xml(message), msgtype, userid=member.userid)
        return msgid

    def member_enters(self, userid: str) -> None:
        """Open the app's chat (event enter_agent)."""
        member = self._member(userid)
        self.journal.add("wecom", "said", chat=f"user:{member.userid}", text="（进入应用）")
        self.member_event(member.userid, "enter_agent", EventKey="")

    def member_event(self, userid: str, event: str, **elements: Any) -> None:
        """Raise any event of a member; elements are XML elements by name."""
        message = self._common(userid, "event") | {"Event": event} | elements | {"AgentID": self.agent_id}
        self._callbacks.send(to_xml(message), event, userid=userid)

    def member_presses(
        self,
        userid: str,
        label: str,
        *,
        contains: str = "",
        selected: dict[str, list[str]] | None = None,
        msgid: str = "",
    ) -> None:
        """Press a button or menu entry on the newest card in the member's chat that offers it now.

        Args:
            userid: who presses.
            label: the words on the button.
            contains: words that the card's text must hold.
            selected: answers by question key; what the card preselects is sent for the others.
            msgid: press this card and no other; empty for any.

        Raises:
            LookupError: no card shows such a live button, or the button opens a link.
        """
        member = self._member(userid)
        with self.lock:
            stored = self.chats.stored(f"user:{member.userid}")
            message, press = find_press(stored, label, contains, selected, msgid)
            code = self._click_code(message, member.userid)
        self._press(member.userid, press, code, label)

    def press_raw(
        self,
        userid: str,
        key: str,
        task_id: str,
        *,
        card_type: str = "button_interaction",
        selected: dict[str, list[str]] | None = None,
        response_code: str = "",
        event: str = "template_card_event",
    ) -> None:
        """Send any press: of an outdated card, of somebody else's card, with an invented key."""
        press = Press(event, key, task_id, card_type, selected or {})
        member = self.member(userid)
        userid = member.userid if member else userid
        with self.lock:
            mine = [
                m for m in self.chats.stored(f"user:{userid}") if m.task_id == task_id and m.sender == "bot"
            ]
            code = response_code or (
                self._click_code(mine[-1], userid) if mine else self._updates.issue("", set())
            )
        self._press(userid, press, code, key)

    def _click_code(self, message: Posted, userid: str) -> str:
        receivers = {chat.partition(":")[2] for chat in self.chats.copies(message.msgid)}
        return self._updates.issue(message.msgid, receivers if self.click_code_reaches_all else {userid})

    def _press(self, userid: str, press: Press, code: str, label: str) -> None:
        self.journal.add(
            "wecom",
            "pressed",
            chat=f"user:{userid}",
            text=f"〔{label}〕",
            userid=userid,
            key=press.key,
            task_id=press.task_id,
            response_code=code,
        )
        self.member_event(userid, press.event, **press.elements(code))

    def _common(self, userid: str, msgtype: str) -> dict[str, Any]:
        return {
            "ToUserName": self.corp_id,
            "FromUserName": userid,
            "CreateTime": self.clock.now_s(),
            "MsgType": msgtype,
        }

    def _member(self, userid: str) -> Member:
        member = self.member(userid)
        if member is None:
            raise LookupError(f"no member {userid!r}; add_member first")
        return member


def _shown(elements: dict[str, Any]) -> dict[str, Any]:
    """Return a message's XML elements under the names that the chat view reads."""
    names = {
        "Title": "title",
        "Description": "desc",
        "Url": "url",
        "Label": "address",
        "Location_X": "latitude",
        "Location_Y": "longitude",
        "FileName": "filename",
        "MediaId": "media_id",
    }
    return {names[name]: value for name, value in elements.items() if name in names}
