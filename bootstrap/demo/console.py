"""Playing on by hand: one line typed is one thing said or pressed."""

import re
import sys
from collections.abc import Callable

from bootstrap.demo.cast import Cast
from bootstrap.demo.stage import Stage

HELP = """
您可以接着扮演任何人，每行一句：
  姓名：要说的话          例如  {customer}：1号冷库的门关不严
  姓名 点 按钮            例如  {technician} 点 接单
  姓名 群里：要说的话     例如  {dispatcher} 群里：进度 工单号
可扮演：{names}
按 Ctrl-C 结束。"""

_PRESS = re.compile(r"^(\S+)\s*点\s*(\S+)$")
_SAYS = re.compile(r"^([^：:\s]+)(\s*群里)?\s*[：:]\s*(.+)$")


class Console:
    """Turns typed lines into what people do on the played platforms."""

    def __init__(self, stage: Stage, cast: Cast, write: Callable[[str], None]) -> None:
        self._stage = stage
        self._cast = cast
        self._write = write

    def run(self) -> None:
        """Read lines until the input ends, then wait; Ctrl-C ends both."""
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
        self._stage.wait_forever()

    def _do(self, line: str) -> None:
        try:
            self._play(line)
        except LookupError as error:
            self._write(f"没有做：{error.args[0] if error.args else error}")

    def _play(self, line: str) -> None:
        if press := _PRESS.match(line):
            player = self._cast.named(press.group(1))
            try:
                result = self._stage.dingtalk.user_presses(player.user_id, press.group(2))
            except LookupError:
                raise LookupError(f"{player.name} 现在没有可以点的“{press.group(2)}”按钮") from None
            self._write(f"平台收到应答：{result.code}，{result.latency_s * 1000:.0f} 毫秒")
        elif says := _SAYS.match(line):
            self._say(says.group(1), bool(says.group(2)), says.group(3))
        else:
            self._write("没有看懂。写“姓名：要说的话”或“姓名 点 按钮”。")

    def _say(self, name: str, in_group: bool, words: str) -> None:
        player = self._cast.named(name)
        if player.platform == "kf":
            self._stage.wecom.customer_says(player.user_id, words)
        else:
            group = self._stage.desk_group if in_group else ""
            self._stage.dingtalk.user_says(player.user_id, words, group=group)
