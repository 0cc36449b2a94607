"""People in their chats: what they say and press, and what the product told them."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from sandbox.core.journal import Journal
from sandbox.dingtalk import DingtalkSandbox
from sandbox.dingtalk.presses import PressResult
from sandbox.wecom import WecomSandbox

SEEN_S = 8.0
NUMBER = re.compile(r"WO-\d{8}-\d{4}")
RECEIPT, CONFIRM, SEPARATE = "已收到您的报修", "确认报修", "不是，单独报修"
_PRODUCT = frozenset({"bot", "robot"})


class Shown(Protocol):
    """One message as a chat of either platform shows it now."""

    @property
    def sender(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def buttons(self) -> tuple[str, ...]: ...


class Chat:
    """One chat on the platform's side; who is `eager` confirms every summary without being told."""

    eager = False

    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    def view(self) -> Sequence[Any]:
        """Return every message of the chat, oldest first."""
        raise NotImplementedError

    def shown(self) -> list[Any]:
        """Return what the product has put into the chat, as it looks now."""
        return [message for message in self.view() if message.sender in _PRODUCT]

    def told(self, *words: str) -> list[str]:
        """Return the product's messages that hold all the words."""
        return [one.text for one in self.shown() if all(word in one.text for word in words)]

    def hears(self, *words: str, times: int = 1) -> str:
        """Wait until so many messages hold all the words, and return the newest of them."""

        def look() -> str | None:
            found = self.told(*words)
            return found[-1] if len(found) >= times else None

        return self.journal.wait_for(look, SEEN_S, f"{times} × {words}; the chat shows {self.told()}")

    def card(self, label: str, *words: str) -> Any:
        """Wait for a card with a live button, and return it."""

        def look() -> Any:
            cards = [one for one in self.shown() if label in one.buttons]
            return next((one for one in reversed(cards) if all(word in one.text for word in words)), None)

        return self.journal.wait_for(look, SEEN_S, f"a card with {label} {words}")

    def offers(self, label: str) -> int:
        """Return how many cards offer this now."""
        return sum(label in message.buttons for message in self.shown())

    def has_button(self, label: str) -> bool:
        """Return whether any card offers this now."""
        return any(label in message.buttons for message in self.shown())


class Visitor(Chat):
    """A WeChat customer in 微信客服."""

    def __init__(self, wecom: WecomSandbox, external_userid: str) -> None:
        super().__init__(wecom.journal)
        self._wecom = wecom
        self.userid = external_userid

    def view(self) -> Sequence[Any]:
        return self._wecom.chat(f"kf:{self.userid}")

    def says(self, text: str) -> str:
        """Write to the kf account and return the msgid."""
        return self._wecom.customer_says(self.userid, text)

    def taps(self, label: str) -> str:
        """Tap an entry of the newest menu that shows it, and return the msgid."""
        return self._wecom.customer_taps(self.userid, label)

    def shares_place(self, latitude: float, longitude: float, label: str) -> str:
        """Send a place and return the msgid."""
        return self._wecom.customer_sends_location(
            self.userid, name=label, address="", latitude=latitude, longitude=longitude
        )

    def reports(self, fault: str = "3号冷库机组不制冷了") -> str:
        """Report a fault and return the number on the receipt."""
        return _reported(self, self.says, self.taps, fault)


class Member(Chat):
    """A member of the WeCom corp in the app's chat."""

    def __init__(self, wecom: WecomSandbox, userid: str) -> None:
        super().__init__(wecom.journal)
        self._wecom = wecom
        self.userid = userid

    def view(self) -> Sequence[Any]:
        return self._wecom.chat(f"user:{self.userid}")

    def says(self, text: str) -> str:
        """Write to the app and return the MsgId."""
        return self._wecom.member_says(self.userid, text)

    def shares_place(self, latitude: float, longitude: float, label: str) -> str:
        """Send a place and return the MsgId."""
        return self._wecom.member_sends_location(
            self.userid, latitude=latitude, longitude=longitude, label=label
        )

    def reports(self, fault: str = "制冰机一直报警") -> str:
        """Report a fault and return the number on the receipt."""
        return _reported(self, self.says, self.presses, fault)

    def presses(self, label: str) -> None:
        """Press a button on the newest card that offers it."""
        self._wecom.member_presses(self.userid, label)


class User(Chat):
    """A DingTalk user in the 1:1 chat with the robot."""

    def __init__(self, dingtalk: DingtalkSandbox, journal: Journal, userid: str) -> None:
        super().__init__(journal)
        self._dingtalk = dingtalk
        self.userid = userid

    def view(self) -> Sequence[Any]:
        return self._dingtalk.chat(f"user:{self.userid}")

    def says(self, text: str) -> str:
        """Write to the robot and return the msgId."""
        return self._dingtalk.user_says(self.userid, text)

    def reports(self, fault: str = "包装机一直报警") -> str:
        """Report a fault and return the number on the receipt."""
        return _reported(self, self.says, self.presses, fault)

    def presses(self, label: str) -> PressResult:
        """Press a button on the newest card that offers it."""
        return self._dingtalk.user_presses(self.userid, label)

    def forges(self, token: str, card: str = "") -> PressResult:
        """Send the press of any token on any card."""
        return self._dingtalk.press_raw(self.userid, card, [token], {"action": token})


class DingtalkGroup(Chat):
    """The service desk's group on DingTalk."""

    def __init__(self, dingtalk: DingtalkSandbox, journal: Journal, conversation_id: str) -> None:
        super().__init__(journal)
        self._dingtalk = dingtalk
        self.conversation_id = conversation_id

    def view(self) -> Sequence[Any]:
        return self._dingtalk.chat(f"group:{self.conversation_id}")

    def says(self, userid: str, text: str, at: Sequence[str] = ()) -> str:
        """Let a member write with a mention of the robot, and of others, and return the msgId."""
        return self._dingtalk.user_says(userid, text, group=self.conversation_id, at=at)

    def sends(self, userid: str, *parts: str | bytes, at: Sequence[str] = ()) -> str:
        """Let a member send words and pictures (bytes) as one message, and return the msgId."""
        return self._dingtalk.user_sends_rich(userid, parts, group=self.conversation_id, at=at)


class WecomGroup(Chat):
    """The group of the WeCom group robot."""

    def __init__(self, wecom: WecomSandbox) -> None:
        super().__init__(wecom.journal)
        self._wecom = wecom

    def view(self) -> Sequence[Any]:
        return self._wecom.chat(f"group:{self._wecom.webhook_key}")


class AibotGroup(Chat):
    """An internal WeCom group with the AI bot in it."""

    def __init__(self, wecom: WecomSandbox, members: Sequence[str]) -> None:
        super().__init__(wecom.journal)
        self._wecom = wecom
        self.chatid = wecom.aibot.add_group(members)

    def view(self) -> Sequence[Any]:
        return self._wecom.chat(f"aibot:{self.chatid}")

    def says(self, userid: str, text: str, **quoting: Any) -> str:
        """Let a member write with a mention of the bot, and return the msgid."""
        return self._wecom.aibot.says(userid, text, group=self.chatid, **quoting)

    def sends(self, userid: str, *parts: str | bytes) -> str:
        """Let a member send words and pictures (bytes) as one message, and return the msgid."""
        return self._wecom.aibot.sends_mixed(userid, parts, group=self.chatid)

    def presses(self, userid: str, label: str, times: int = 1) -> None:
        """Let a member press a button on the newest card that offers it."""
        self._wecom.aibot.presses(userid, label, group=self.chatid, times=times)


class AibotChat(Chat):
    """A member's chat of two with the AI bot."""

    def __init__(self, wecom: WecomSandbox, userid: str) -> None:
        super().__init__(wecom.journal)
        self._wecom = wecom
        self.userid = userid

    def view(self) -> Sequence[Any]:
        return self._wecom.chat(f"aibot:{self.userid}")

    def says(self, text: str, **quoting: Any) -> str:
        """Write to the bot and return the msgid."""
        return self._wecom.aibot.says(self.userid, text, **quoting)

    def sends(self, *parts: str | bytes) -> str:
        """Send words and pictures (bytes) as one message, and return the msgid."""
        return self._wecom.aibot.sends_mixed(self.userid, parts)

    def enters(self) -> None:
        """Open the chat."""
        self._wecom.aibot.enters(self.userid)

    def presses(self, label: str) -> None:
        """Press a button on the newest card that offers it."""
        self._wecom.aibot.presses(self.userid, label)


def _reported(chat: Chat, says: Any, press: Callable[[str], object], fault: str) -> str:
    """Report a fault, confirm it as one of its own, and return the number on the receipt."""
    receipts, offered = len(chat.told(RECEIPT)), {label: chat.offers(label) for label in (SEPARATE, CONFIRM)}
    says(fault)

    def look() -> str:
        if chat.eager or len(chat.told(RECEIPT)) > receipts:
            return RECEIPT
        return next((label for label, before in offered.items() if chat.offers(label) > before), "")

    what = f"a summary or a receipt; the chat shows {chat.told()}"
    while (label := chat.journal.wait_for(look, SEEN_S, what)) != RECEIPT:
        offered.pop(label)
        press(label)
    return str(NUMBER.findall(chat.hears(RECEIPT, times=receipts + 1))[0])
