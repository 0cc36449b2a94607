"""`fixloop doctor`: is this deployment able to work, and which rung of cards works for whom?"""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from adapters.clock import utc_now
from adapters.delivery.audience import CARD_ONLY, Ladder
from adapters.delivery.ports import Address, DeliveryError
from adapters.delivery.todos import LIST_RUNGS
from adapters.storage.checks import Checks
from adapters.storage.migrate import is_current
from adapters.storage.reconciling import reconcile
from bootstrap.doctor_time import time_limits
from bootstrap.findings import Finding
from bootstrap.settings import Settings
from bootstrap.wiring import Product, language_model
from cards.probe import ProbeView, probe_card
from domain.kernel.todo import TodoView

LOOK_EVERY_S = 0.5
TODO_RIGHTS = "Todo.Todo.Write、Todo.Todo.Read"
TODO_ADVICE = f"开通权限 {TODO_RIGHTS} 并重新发布应用"
REQUESTS_SINCE = timedelta(days=7)
KEYS_SHOWN = 5
RECENT = timedelta(days=1)
"""How long a trouble is reported after it happened."""


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
    yield _files(product)
    checks = Checks(product.database)
    yield from _backlog(checks)
    yield _requests(product)
    yield from time_limits(product.database)
    yield from _platforms(product)
    yield from _language_model(product.settings)
    if to:
        yield from _rungs(product, checks, to, wait_s, write)


def _files(product: Product) -> Finding:
    folder = product.settings.files_dir
    try:
        product.files.check()
    except OSError as error:
        return Finding(False, f"图片和文件存不进 {folder}（{error.strerror}）", "检查目录权限与磁盘空间")
    return Finding(True, f"图片和文件保存在 {folder}")


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
    for group, code in checks.silent_groups(utc_now() - RECENT):
        yield Finding(
            False,
            f"群 {group} 收不到通知（{code}）",
            "检查群是否已解散、机器人是否还在群里、群机器人的 webhook 地址是否有效",
        )
    if waiting:
        yield Finding(None, f"{waiting} 条通知在等客户下一次开口后补发")


def _requests(product: Product) -> Finding:
    """Say whether every request of the last week has its work order, once."""
    now = utc_now()
    found = reconcile(product.database, now - REQUESTS_SINCE, now)
    what = (
        f"最近一周报修 {found.requests} 条，已登记 {found.registered} 条，工单 {found.orders} 张；"
        f"缺失 {len(found.missing)}，重复 {len(found.double)}，"
        f"群消息未决定 {found.undecided}，逾期未处理 {found.overdue}，未读 {found.unread}"
    )
    if found.fits:
        return Finding(True, what)
    keys = "、".join((*found.missing, *found.double)[:KEYS_SHOWN])
    return Finding(
        False, what, f"按来源核对收件箱与工单：{keys}" if keys else "检查 scheduler 进程是否在运行"
    )


def _platforms(product: Product) -> Iterator[Finding]:
    tokens: list[tuple[str, Callable[[], object]]] = []
    if product.platforms.wecom is not None:
        tokens.append(("企业微信", partial(product.platforms.wecom.call, "get", "getcallbackip")))
    if product.platforms.dingtalk is not None:
        tokens.append(("钉钉", product.platforms.dingtalk.check_credentials))
    if not tokens:
        yield Finding(False, "没有配置任何平台", "设置 FIXLOOP_WECOM__… 或 FIXLOOP_DINGTALK__…，见 README")
    if product.platforms.todo_lists:
        yield Finding(None, f"钉钉待办：需要权限 {TODO_RIGHTS}；用 --to 姓名 可实测")
    if product.settings.wecom is not None and product.settings.wecom.has_aibot:
        url = f"{product.settings.public_url}/wecom_aibot/callback"
        yield Finding(None, f"智能机器人：已配置，回调地址 {url}；无法主动检查，请在群里 @ 它说“帮助”")
    for name, check in tokens:
        try:
            check()
            yield Finding(True, f"{name}：凭证有效")
        except DeliveryError as error:
            yield Finding(False, f"{name}：取不到凭证（{error.code}）", "核对密钥、应用状态、可信 IP 与网络")


def _language_model(settings: Settings) -> Iterator[Finding]:
    model = language_model(settings)
    if model is None:
        return
    yield Finding(None, f"客户报修的文字会发往大模型 {model.base_url}（电话号码除外）")
    reason = model.check(utc_now())
    if reason:
        advice = "核对 FIXLOOP_LLM__… 的地址、密钥、模型名与网络；在此之前按内置模型理解"
        yield Finding(False, f"大模型没有可用的回答（{reason}）", advice)
    else:
        yield Finding(True, f"大模型 {model.model}：回答可用")


def _rungs(
    product: Product, checks: Checks, to: str, wait_s: float, write: Callable[[str], None]
) -> Iterator[Finding]:
    person_id = checks.person_named(to)
    if person_id is None:
        yield Finding(False, f"没有唯一一位叫“{to}”的人", "核对姓名，或先运行 fixloop import people.csv")
        return
    yield from _todos(product, checks, person_id)
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


def _todos(product: Product, checks: Checks, person_id: UUID) -> Iterator[Finding]:
    """Put a to-do on the person's list, twice under one key, and close it at once."""
    todo = TodoView(subject="Fixloop 自检待办，随即自动完成")
    done = todo.model_copy(update={"done": True})
    for platform, user_id in checks.identities(person_id):
        to, key = Address(f"{platform}_user", user_id), f"probe-{uuid4().hex}"
        todo_list = product.platforms.todo_lists.get(LIST_RUNGS.get(to.kind, ""))
        if todo_list is None:
            continue
        try:
            made, found = (todo_list.add(to, todo, key=key) for _ in range(2))
            todo_list.change(to, made, done, key=key)
            yield Finding(True, "钉钉待办：平台已接受自检待办，并已完成")
            if not found.ref:
                yield Finding(None, "钉钉待办：不能查询已有待办，丢了编号的不会自动完成", TODO_ADVICE)
        except DeliveryError as error:
            what = f"钉钉待办：平台拒绝（{error.code}），要办的事改发文字"
            yield Finding(None, what, TODO_ADVICE)


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
