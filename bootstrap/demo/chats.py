"""What players do and see in their chats, whichever platform those are on."""

import re
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from bootstrap.demo.cast import Player
from bootstrap.demo.stage import Stage
from sandbox.wall import SAMPLE_PHOTO

T = TypeVar("T")
NUMBER = re.compile(r"WO-\d{8}-\d{4,}")
SEEN_S = 30.0
ASKED_S = 4.0
"""How long to wait for a question that may not come."""
PICTURE = SAMPLE_PHOTO


class _Shown(Protocol):
    @property
    def text(self) -> str:
        """Return what a message reads like."""

    @property
    def buttons(self) -> tuple[str, ...]:
        """Return what can be pressed on it."""


class StepNotSeen(Exception):
    """A step of the story was not seen on the platform's side."""


class Chats:
    """Acts for players, and insists on seeing what they would see.

    Args:
        write: prints one line of narration.
    """

    def __init__(self, stage: Stage, write: Callable[[str], None]) -> None:
        self._stage = stage
        self.write = write

    def says(self, player: Player, words: str) -> None:
        """Let a player say something in their own chat with us."""
        if player.platform == "kf":
            self._stage.wecom.customer_says(player.user_id, words)
        else:
            self._stage.dingtalk.user_says(player.user_id, words)

    def sends_picture(self, player: Player) -> None:
        """Let a technician send a picture of the work, and wait until it was taken in."""
        message = self._stage.dingtalk.user_sends_picture(player.user_id, PICTURE)
        self.see("平台收到了图片的应答", lambda: self._is_acknowledged(message))

    def presses(self, player: Player, label: str, number: str = "") -> None:
        """Wait for a button, press it, and insist on the platform's answer in time."""
        self.see(f"{player.name} 可以点“{label}”", lambda: self.has_button(player, label, number))
        if player.platform == "kf":
            self._stage.wecom.customer_taps(player.user_id, label)
            return
        pressed = self._stage.dingtalk.user_presses(player.user_id, label, contains=number)
        self.insist(pressed.code == 200, f"平台收到了点击的应答（{pressed.latency_s * 1000:.0f} 毫秒）")

    def hears(self, player: Player, *words: str, before: int = 0) -> str:
        """Wait until a player's chat shows all the words in one message, and return the newest one.

        Args:
            before: how many such messages there were before, where an older one would be taken for it.
        """
        what = f"{player.name} 看到：{'，'.join(words)}"
        return self.see(what, lambda: next(reversed(self._texts(player, words)[before:]), ""))

    def told(self, player: Player, *words: str) -> int:
        """Return how many messages of a player's chat hold all the words."""
        return len(self._texts(player, words))

    def desk_sees(self, *words: str) -> None:
        """Wait until the service desk's group shows all the words in one message."""
        self.see(f"调度群看到：{'，'.join(words)}", lambda: bool(_with(self._desk(), words)))

    def has_button(self, player: Player, label: str, number: str = "") -> bool:
        """Return whether a player could press a button now."""
        return any(label in one.buttons and number in one.text for one in self._shown(player))

    def offers(self, player: Player, label: str) -> int:
        """Return how many messages offer a button to a player now, old ones included."""
        return sum(label in one.buttons for one in self._shown(player))

    def is_asked(self, player: Player, label: str, before: int) -> bool:
        """Return whether more messages than before offer a button to a player soon."""
        try:
            self._stage.journal.wait_for(lambda: self.offers(player, label) > before, ASKED_S, label)
        except TimeoutError:
            return False
        return True

    def numbers(self, player: Player) -> set[str]:
        """Return every work-order number that a player's chat shows."""
        return {number for one in self._shown(player) for number in NUMBER.findall(one.text)}

    def see(self, what: str, look: Callable[[], T | None]) -> T:
        """Wait until something is seen, and tell it.

        Raises:
            StepNotSeen: it was not seen in time.
        """
        try:
            found = self._stage.journal.wait_for(look, SEEN_S, what)
        except TimeoutError as error:
            raise StepNotSeen(f"{what}；日志：{self._stage.log_file}") from error
        self.write(f"    ✓ {what}")
        return found

    def insist(self, seen: bool, what: str) -> None:
        """Tell what was seen, or raise StepNotSeen."""
        if not seen:
            raise StepNotSeen(f"{what}；日志：{self._stage.log_file}")
        self.write(f"    ✓ {what}")

    def _is_acknowledged(self, message: str) -> bool:
        answers = self._stage.journal.entries("ack", "dingtalk")
        return any(one.data.get("msg_id") == message and one.data.get("code") == 200 for one in answers)

    def _texts(self, player: Player, words: Iterable[str]) -> list[str]:
        return [one.text for one in _with(self._shown(player), words)]

    def _shown(self, player: Player) -> Iterable[_Shown]:
        if player.platform == "kf":
            return self._stage.wecom.chat(f"kf:{player.user_id}")
        return self._stage.dingtalk.chat(f"user:{player.user_id}")

    def _desk(self) -> Iterable[_Shown]:
        return self._stage.dingtalk.chat(f"group:{self._stage.desk_group}")


S = TypeVar("S", bound=_Shown)


def _with(shown: Iterable[S], words: Iterable[str]) -> list[S]:
    return [one for one in shown if all(word in one.text for word in words)]
