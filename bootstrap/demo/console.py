"""Playing on by hand: one line typed is one thing said or pressed."""

import re
import sys
from collections.abc import Callable

from bootstrap.demo.cast import Cast
from bootstrap.demo.chats import PICTURE
from bootstrap.demo.stage import Stage

HELP = """
您可以接着扮演任何人，每行一句：
  姓名：要说的话          例如  {customer}：1号冷库的门关不严
  姓名 点 按钮            例如  {technician} 点 接单
  姓名 群里：要说的话     例如  {dispatcher} 群里：@机器人 进度 工单号
  姓名 发图片             还有：发语音 说的内容、发位置 地点（发位置只限微信客户）
可扮演：{names}
按 Ctrl-C 结束。"""

_PRESS = re.compile(r"^([^：:\s]+?)\s*点\s*([^：:]+)$")
_SENDS = re.compile(r"^([^：:\s]+)\s*发(图片|语音|位置)(?:[\s：:]+(.+))?$")
_SAYS = re.compile(r"^([^：:\s]+)(\s*群里)?\s*[：:]\s*(.+)$")
_MENTION = re.compile(r"^@(?:机器人|Fixloop)\s*", re.IGNORECASE)
"""Who speaks in the group mentions the robot anyway."""
SITE = (31.3725, 121.2384)
PLACE = "银翔路停车场"


class Console:
    """Turns typed lines into what people do on the played platforms.

    Args:
        stage: where they do it; may be exchanged for another one.
    """

    def __init__(self, stage: Stage, cast: Cast, write: Callable[[str], None]) -> None:
        self.stage = stage
        self._cast = cast
        self._write = write
        self._sent = 0

    def run(self) -> None:
        """Read lines until the input ends."""
        self._write(
            HELP.format(
                customer=self._cast.with_role("customer")[-1].name,
                technician=self._cast.with_role("technician")[0].name,
                dispatcher=self._cast.with_role("dispatcher")[0].name,
                names="、".join(player.name for player in self._cast.players),
            )
        )
        for line in sys.stdin:
            if line.strip():
                self._do(line.strip())

    def _do(self, line: str) -> None:
        try:
            self._play(line)
        except LookupError as error:
            self._write(f"没有做：{error.args[0] if error.args else error}")

    def _play(self, line: str) -> None:
        if sends := _SENDS.match(line):
            self._send(sends.group(1), sends.group(2), sends.group(3) or "")
        elif press := _PRESS.match(line):
            self._press(press.group(1), press.group(2).strip())
        elif says := _SAYS.match(line):
            self._say(says.group(1), bool(says.group(2)), says.group(3))
        else:
            self._write("没有看懂。写“姓名：要说的话”、“姓名 点 按钮”或“姓名 发图片”。")

    def _press(self, name: str, label: str) -> None:
        player = self._cast.named(name)
        try:
            if player.platform == "kf":
                self.stage.wecom.customer_taps(player.user_id, label)
                return
            result = self.stage.dingtalk.user_presses(player.user_id, label)
        except LookupError:
            raise LookupError(f"{player.name} 现在没有可以点的“{label}”按钮") from None
        self._write(f"平台收到应答：{result.code}，{result.latency_s * 1000:.0f} 毫秒")

    def _send(self, name: str, what: str, words: str) -> None:
        """Send a picture, a voice or a place; every picture is another one."""
        player = self._cast.named(name)
        self._sent += 1
        picture = PICTURE + str(self._sent).encode()
        wecom, dingtalk, user_id = self.stage.wecom, self.stage.dingtalk, player.user_id
        match (player.platform == "kf", what):
            case (True, "图片"):
                wecom.customer_sends_image(user_id, picture)
            case (True, "语音"):
                wecom.customer_sends_voice(user_id)
            case (True, _):
                latitude, longitude = SITE
                wecom.customer_sends_location(
                    user_id, name=words or PLACE, address="", latitude=latitude, longitude=longitude
                )
            case (False, "图片"):
                dingtalk.user_sends_picture(user_id, picture)
            case (False, "语音"):
                dingtalk.user_sends_voice(user_id, b"#!AMR\n", words)
            case _:
                raise LookupError(f"{player.name} 在钉钉单聊里不能给机器人发位置")

    def _say(self, name: str, in_group: bool, words: str) -> None:
        player = self._cast.named(name)
        if player.platform == "kf":
            self.stage.wecom.customer_says(player.user_id, words)
        else:
            group = self.stage.desk_group if in_group else ""
            heard = _MENTION.sub("", words) if in_group else words
            self.stage.dingtalk.user_says(player.user_id, heard, group=group)
