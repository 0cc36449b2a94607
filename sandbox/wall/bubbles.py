"""What the chats of a phone show now, as plain data for the page; both platforms in one shape.

Every bubble has `id`, `at` (ms), `who` (a name), `side` (`me`, `them` or `product`) and `kind`; the rest
depends on the kind. Nothing is markup: the page puts every text into text nodes.
"""

from typing import Any

from sandbox.wall import dingtalk_bubbles, wecom_bubbles
from sandbox.wall.board import Board
from sandbox.wall.phones import Chat, Phone, Refused


def bubbles(board: Board, phone: Phone, chat: Chat) -> list[dict[str, Any]]:
    """Return a chat as this phone shows it, oldest first."""
    if chat.platform == "dingtalk":
        return dingtalk_bubbles.bubbles(board.dingtalk, phone, chat)
    return wecom_bubbles.bubbles(board.wecom, phone, chat)


def find(board: Board, phone: Phone, chat: Chat, bubble_id: str) -> dict[str, Any]:
    """Return one bubble.

    Raises:
        Refused: this phone does not show it.
    """
    for bubble in bubbles(board, phone, chat):
        if bubble["id"] == bubble_id:
            return bubble
    raise Refused("这条消息已经不在会话里了", 404)


def media(board: Board, platform: str, name: str) -> bytes:
    """Return a file that some chat shows.

    Raises:
        Refused: there is none of this name.
    """
    try:
        if platform == "wecom":
            return board.wecom.media(name)
        if platform == "dingtalk":
            return board.dingtalk.uploaded(name)
        if platform == "dingtalk-sent":
            return board.dingtalk.sent_file(name)
    except LookupError:
        pass
    raise Refused("没有这个文件", 404)
