"""`fixloop doctor`: is this deployment able to work, and which rung of cards works for whom?"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from adapters.clock import utc_now
from adapters.delivery.audience import CARD_ONLY, Ladder
from adapters.delivery.ports import DeliveryError
from adapters.storage.checks import Checks
from adapters.storage.migrate import is_current
from bootstrap.settings import Settings
from bootstrap.wiring import Product
from cards.probe import ProbeView, probe_card

LOOK_EVERY_S = 0.5
RECENT = timedelta(days=1)
"""How long a trouble is reported after it happened."""


@dataclass(frozen=True)
class Finding:
    """One thing that was checked.

    Args:
        good: True works, False does not, None is only worth knowing.
        advice: what to do when it does not work.
    """

    good: bool | None
    what: str
    advice: str = ""

    def __str__(self) -> str:
        mark = {True: "✓", False: "✗", None: "·"}[self.good]
        return f"{mark} {self.what}" + (f"\n    → {self.advice}" if self.advice else "")


def examine(settings: Settings, *, to: str, wait_s: float, write: Callable[[str], None]) -> bool:
    """Check everything, print each finding, and return whether nothing is broken.

    Args:
        to: the name of a person who gets a self-test card on every rung; empty sends nothing.
        wait_s: how long to wait for the person to press.
    """
    product = Product(settings)
    healthy = True
    try:
        for finding in _findings(product, to, wait_s, write):
            write(str(finding))
            healthy = healthy and finding.good is not False
    finally:
        product.database.close()
    return healthy


def _findings(product: Product, to: str, wait_s: float, write: Callable[[str], None]) -> Iterator[Finding]:
    yield Finding(True, f"设置完整；数据库 {product.database.engine.dialect.name}")
    if not is_current(product.database):
        yield Finding(False, "数据库表结构缺失或过旧", "运行 fixloop db upgrade")
        return
    yield Finding(True, "数据库表结构为最新")
    checks = Checks(product.database)
    yield from _backlog(checks)
    yield from _platforms(product)
    if to:
        yield from _rungs(product, checks, to, wait_s, write)


def _backlog(checks: Checks) -> Iterator[Finding]:
    for kind, count in checks.unsupported_kinds():
        yield Finding(None, f"收到过 {count} 条暂不支持的消息：{kind}")
    failed, dead, waiting = checks.backlog(utc_now() - RECENT)
    if failed:
        yield Finding(
            False, f"最近一天有 {failed} 条收到的消息处理失败", "查看日志中的 defect，修复后联系开发"
        )
    if dead:
        yield Finding(
            False, f"最近一天有 {dead} 条通知无法送达", "查看 delivery 表中的错误码，检查人员的平台账号"
        )
    if waiting:
        yield Finding(None, f"{waiting} 条通知在等客户下一次开口后补发")


def _platforms(product: Product) -> Iterator[Finding]:
    tokens: list[tuple[str, Callable[[], object]]] = []
    if product.platforms.wecom is not None:
        tokens.append(("企业微信", partial(product.platforms.wecom.call, "get", "getcallbackip")))
    if product.platforms.dingtalk is not None:
        tokens.append(("钉钉", product.platforms.dingtalk.check_credentials))
    if not tokens:
        yield Finding(False, "没有配置任何平台", "设置 FIXLOOP_WECOM__… 或 FIXLOOP_DINGTALK__…，见 README")
    for name, check in tokens:
        try:
            check()
            yield Finding(True, f"{name}：凭证有效")
        except DeliveryError as error:
            yield Finding(False, f"{name}：取不到凭证（{error.code}）", "核对密钥、应用状态、可信 IP 与网络")


def _rungs(
    product: Product, checks: Checks, to: str, wait_s: float, write: Callable[[str], None]
) -> Iterator[Finding]:
    person_id = checks.person_named(to)
    if person_id is None:
        yield Finding(False, f"没有唯一一位叫“{to}”的人", "核对姓名，或先运行 fixloop import people.csv")
        return
    accepted: list[str] = []
    probes: dict[str, UUID] = {}
    wecom = product.settings.wecom
    ladder = Ladder(product.platforms.channels, checks.identities, wecom.kf_open_kfid if wecom else "")
    for rung, address in ladder.steps(
        f"person:{person_id}", probe_card(ProbeView(probe_id=uuid4(), rung=""))
    ):
        probe_id = uuid4()
        card = probe_card(ProbeView(probe_id=probe_id, rung=rung))
        try:
            product.platforms.channels[rung].send(address, card, message_key=f"p{probe_id.hex[:30]}")
            if rung in CARD_ONLY:
                probes[rung] = probe_id
            accepted.append(rung)
            yield Finding(True, f"{rung}：平台已接受自检卡片")
        except DeliveryError as error:
            yield Finding(None, f"{rung}：平台拒绝（{error.code}），将使用下一级")
    if not accepted:
        yield Finding(False, f"没有任何方式能送达 {to}", "检查应用权限、可见范围与人员账号")
        return
    yield Finding(None, f"{to} 平时会收到：{accepted[0]}")
    if probes:
        yield from _presses(checks, probes, to, wait_s, write)


def _presses(
    checks: Checks, probes: dict[str, UUID], to: str, wait_s: float, write: Callable[[str], None]
) -> Iterator[Finding]:
    """Wait for presses, which the running product takes in."""
    write(f"请 {to} 在 {wait_s:.0f} 秒内点击收到的自检卡片（fixloop serve 需在运行）…")
    since = utc_now()
    deadline = time.monotonic() + wait_s
    pressed: set[str] = set()
    while time.monotonic() < deadline and len(pressed) < len(probes):
        pressed = {rung for rung, probe in probes.items() if checks.was_pressed(probe, since)}
        time.sleep(LOOK_EVERY_S)
    for rung in probes:
        if rung in pressed:
            yield Finding(True, f"{rung}：按钮可用")
        else:
            yield Finding(None, f"{rung}：没有看到点击；文字命令始终可用")
