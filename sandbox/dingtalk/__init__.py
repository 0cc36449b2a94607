"""DingTalk, played: Stream gateway, robot and card APIs, old APIs, and the people who use them."""

from sandbox.dingtalk.presses import PressResult
from sandbox.dingtalk.server import DingtalkSandbox
from sandbox.dingtalk.views import ShownMessage

__all__ = ["DingtalkSandbox", "PressResult", "ShownMessage"]
