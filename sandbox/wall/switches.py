"""Disturbances that can be switched from the wall: only what the played platforms really do."""

from typing import Any

from sandbox.core.faults import Fault, Faults
from sandbox.dingtalk import DingtalkSandbox
from sandbox.wall.phones import Refused
from sandbox.wecom import WecomSandbox

SLOW_S = 3.0
_DOWN = Fault(status=502, body="<html><body>502 Bad Gateway</body></html>")
MODES: dict[str, Fault | None] = {
    "ok": None,
    "slow": Fault(delay_s=SLOW_S),
    "down": _DOWN,
    "throttle": Fault(error={"errcode": 45009, "errmsg": "api freq out of limit"}),
    "drop": Fault(drop=True),
    "cut": Fault(reset=True),
}
"""What happens to the product's calls, and the fault that does it."""


class Switches:
    """The faults of both platforms, as they stand."""

    def __init__(self, faults: Faults, wecom: WecomSandbox, dingtalk: DingtalkSandbox) -> None:
        self._faults, self._wecom, self._dingtalk = faults, wecom, dingtalk
        self._modes = {"wecom": "ok", "dingtalk": "ok"}
        # A few operations have the same name on both platforms; those stay undisturbed.
        self._operations = {
            "wecom": wecom.operations - dingtalk.operations,
            "dingtalk": dingtalk.operations - wecom.operations,
        }

    def told(self) -> dict[str, Any]:
        """Return how every switch stands."""
        wecom, dingtalk = self._wecom, self._dingtalk
        return {
            "wecom": {
                "mode": self._modes["wecom"],
                "twice": bool(wecom.duplicate_callbacks),
                "lost": wecom.drop_callbacks,
            },
            "dingtalk": {
                "mode": self._modes["dingtalk"],
                "twice": bool(dingtalk.duplicate_deliveries),
                "lost": dingtalk.half_open,
                "connections": dingtalk.connections(),
            },
        }

    def set(self, platform: str, name: str, value: Any) -> None:
        """Set one switch.

        Args:
            platform: `wecom` or `dingtalk`.
            name: `mode` with one of `MODES`; `twice` (repeat what is delivered) or `lost` (deliver nothing)
                with a bool.

        Raises:
            Refused: there is no such switch or position.
        """
        if platform not in self._modes:
            raise Refused(f"没有这个平台：{platform[:40]}", 404)
        if name == "mode" and isinstance(value, str) and value in MODES:
            self._set_mode(platform, value)
        elif name == "twice" and isinstance(value, bool):
            if platform == "wecom":
                self._wecom.duplicate_callbacks = int(value)
            else:
                self._dingtalk.duplicate_deliveries = int(value)
        elif name == "lost" and isinstance(value, bool):
            if platform == "wecom":
                self._wecom.drop_callbacks = value
            else:
                self._dingtalk.half_open = value
        else:
            raise Refused(f"没有这个开关或档位：{name[:40]}")

    def _set_mode(self, platform: str, mode: str) -> None:
        # DingTalk's own limit is played by the platform itself, per call and second.
        own_limit = platform == "dingtalk" and mode == "throttle"
        fault = None if own_limit else MODES[mode]
        for operation in self._operations[platform]:
            self._faults.always(operation, fault)
        if platform == "dingtalk":
            self._dingtalk.qps_limit = int(own_limit)
        self._modes[platform] = mode

    def do(self, name: str) -> None:
        """Do one thing once: `disconnect`, `cut`, `expire_wecom`, `expire_dingtalk`.

        Raises:
            Refused: there is no such thing.
        """
        done = {
            "disconnect": self._dingtalk.disconnect,
            "cut": self._dingtalk.drop_connections,
            "expire_wecom": self._wecom.revoke_tokens,
            "expire_dingtalk": self._dingtalk.expire_tokens,
        }.get(name)
        if done is None:
            raise Refused(f"没有这个操作：{name[:40]}", 404)
        done()
