"""`fixloop demo` and `fixloop sandbox`."""

import shlex
import sys
import tempfile
from pathlib import Path

from bootstrap.demo.cast import SAMPLE_FILES, enter, read_cast
from bootstrap.demo.chats import StepNotSeen
from bootstrap.demo.console import Console
from bootstrap.demo.phones import board, playbill
from bootstrap.demo.show import Show
from bootstrap.demo.stage import Stage
from bootstrap.demo.transcript import Transcript
from sandbox.wall import Wall

TO_BEGIN = "打开后照着上面蓝色的一行做，它会说轮到谁、点什么；想先看系统自己演一遍，点“整个故事”。"


def demo(*, exit_after_story: bool, port: int) -> int:
    """Open the wall, with a live transcript of what is done there; without a terminal, play the story first.

    Args:
        exit_after_story: play the story and end; return 0 only if every step was seen on the platforms' side.
    """
    with tempfile.TemporaryDirectory(prefix="fixloop-demo-") as folder:
        _write("Fixloop 演示：企业微信和钉钉由本机沙箱扮演，产品是真的。正在启动…")
        show = Show(Path(folder), read_cast(), port=port, write=_write)
        try:
            return _play(show, exit_after_story=exit_after_story)
        except KeyboardInterrupt:
            return 0
        finally:
            show.stop()


def sandbox(*, port: int) -> int:
    """Play only the platforms, and print the settings that connect a product to them."""
    with tempfile.TemporaryDirectory(prefix="fixloop-sandbox-") as folder:
        stage = Stage(Path(folder), port=port or 8080)
        cast = read_cast()
        enter(cast, stage)
        stage.journal.listen(Transcript(cast, stage, _write))
        wall = Wall(board(stage, cast, playbill()))
        wall.start()
        _write("两个平台的沙箱已就绪。另开一个终端，用下面的设置启动产品：\n")
        for name, value in stage.environment().items():
            if name != "FIXLOOP_DATABASE_URL":
                _write(f"export {name}={shlex.quote(value)}")
        _write(f"fixloop import {' '.join(shlex.quote(str(path)) for path in SAMPLE_FILES)}\nfixloop serve\n")
        _write(_where_to_look(wall))
        try:
            stage.await_product()
            Console(stage, cast, _write).run()
            stage.wait_forever()
        except KeyboardInterrupt:
            pass
        finally:
            wall.stop()
            stage.stop()
    return 0


def _play(show: Show, *, exit_after_story: bool) -> int:
    show.open()
    if not exit_after_story:
        _write(f"\n{_where_to_look(show.wall)}")
        if sys.stdin.isatty():
            _write(TO_BEGIN)
    # Where nobody can type, there is nothing to wait for: what is told is then all there is to see.
    if (exit_after_story or not sys.stdin.isatty()) and not _story_is_seen(show):
        return 1
    if not exit_after_story:
        show.console.run()
        show.wait_forever()
    return 0


def _story_is_seen(show: Show) -> bool:
    try:
        show.play()
    except StepNotSeen as missing:
        _write(f"\n    ✗ 没有看到：{missing}")
        _write(show.stage.log_file.read_text(encoding="utf-8")[-4000:])
        return False
    _write("\n故事演完，每一步都在平台一侧看到了。")
    return True


def _where_to_look(wall: Wall) -> str:
    told = "每个人的手机并排挂在上面，可以打字、点按钮、发图片，旁边看得到线上的每一次往来。"
    return f"演示墙：{wall.url}\n{told}"


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
