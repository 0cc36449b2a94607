"""What happens in each chat, line by line, as it is seen on the platforms."""

import re
import threading
from collections.abc import Callable

from bootstrap.demo.cast import COLLEAGUE, Cast
from bootstrap.demo.stage import DESK_GROUP, Stage
from domain.kernel.localtime import CHINA
from sandbox.core.journal import Entry

SEEN = {"said": "▶", "pressed": "▶", "shown": "◀", "updated": "↻", "dropped": "✕", "lost": "✕"}
INDENT = " " * 11


class Transcript:
    """Prints every message, card change and press with its chat."""

    def __init__(self, cast: Cast, stage: Stage, write: Callable[[str], None]) -> None:
        self._names = {
            ("kf" if player.platform == "kf" else "user", player.user_id): player.name
            for player in (*cast.players, COLLEAGUE)
        }
        self._desk = stage.desk_group
        self._write = write
        self._lock = threading.Lock()
        self._last_chat = ""

    def __call__(self, entry: Entry) -> None:
        """Print one entry if people would see it."""
        mark = SEEN.get(entry.kind)
        if mark is None or not entry.chat or not entry.text or entry.text.startswith("（会话状态"):
            return
        lines = _changed(entry.data.get("public")) or _readable(entry)
        with self._lock:
            if entry.chat != self._last_chat:
                self._write(f"\n── {self._title(entry)} ──")
                self._last_chat = entry.chat
            self._write(f"{entry.at.astimezone(CHINA):%H:%M:%S} {mark} {lines[0]}")
            for line in lines[1:]:
                self._write(INDENT + line)

    def narrate(self, line: str) -> None:
        """Print a line of the story between two entries, never inside one."""
        with self._lock:
            self._write(line)

    def _title(self, entry: Entry) -> str:
        kind, _, identifier = entry.chat.partition(":")
        name = self._names.get((kind, identifier), identifier)
        if kind == "kf":
            return f"企业微信客服 · {name}"
        if kind == "user":
            return f"企业微信应用 · {name}" if entry.platform == "wecom" else f"钉钉单聊 · {name}"
        return f"钉钉群 · {DESK_GROUP}" if identifier == self._desk else "企业微信群机器人"


def _changed(variables: dict[str, str] | None) -> list[str]:
    """Return what is new on a changed card: its state and the one line that explains it."""
    if not variables:
        return []
    status = f"【{variables['status']}】" if variables.get("status") else ""
    title = f"卡片更新：{variables.get('title', '')}{status}"
    hint = variables.get("hint")
    return [title, hint] if hint else [title]


def _readable(entry: Entry) -> list[str]:
    """Return the words without markup, line by line; what can be tapped stands once, in brackets."""
    buttons = entry.data.get("buttons") or ()
    offered = " ".join(f"[{label}]" for label in buttons)
    said = str(entry.data.get("content") or entry.text.removesuffix(offered).replace(" / ", "\n"))
    plain = re.sub(r"<[^>]+>|\*\*|^#+ |^> ?", "", said, flags=re.MULTILINE)
    plain = re.sub(r"\[([^\]]+)\]\((\S+)\)", r"\1 \2", plain)
    lines = [line.strip() for line in plain.splitlines() if line.strip() not in ("", *buttons)]
    if offered and offered not in plain and entry.text.endswith(offered):
        lines.append(offered)
    return lines or [entry.text]
