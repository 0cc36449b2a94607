"""People in their chats: what they say and press, and what the product told them."""

import re
from collections.abc import Sequence
from typing import Any, Protocol

from sandbox.core.journal import Journal
from sandbox.dingtalk import DingtalkSandbox
from sandbox.dingtalk.presses import PressResult
from sandbox.wecom import WecomSandbox

SEEN_S = 8.0
NUMBER = re.compile(r"WO-\d{8}-\d{4}")
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
    """One chat on the platform's side."""

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

    def reports(self, fault: str = "3号冷库机组不制冷了") -> str:
        """Report a fault and return the number on the receipt."""
        return _reported(self, self.says, fault)


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

    def reports(self, fault: str = "制冰机一直报警") -> str:
        """Report a fault and return the number on the receipt."""
        return _reported(self, self.says, fault)

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


class WecomGroup(Chat):
    """The group of the WeCom group robot."""

    def __init__(self, wecom: WecomSandbox) -> None:
        super().__init__(wecom.journal)
        self._wecom = wecom

    def view(self) -> Sequence[Any]:
        return self._wecom.chat(f"group:{self._wecom.webhook_key}")


def _reported(chat: Chat, says: Any, fault: str) -> str:
    said_before = len(chat.told("已收到您的报修"))
    says(fault)
    receipt = chat.hears("已收到您的报修", times=said_before + 1)
    return str(NUMBER.findall(receipt)[0])
