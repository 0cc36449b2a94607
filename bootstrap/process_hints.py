"""What is not wrong with a process definition but deserves a second look: above all, whom it misses."""

from collections.abc import Iterator, Sequence

from cards.text import ROLE_LABEL
from domain.engine.process import Assign, Definition
from domain.engine.process.definition import Approve, ByRole, BySkill
from domain.policies.parts_process import STOCK_PROCESSES
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_directory import RecordedDirectory
from domain.policies.process_fields import ORDER, STOCK
from domain.policies.process_orders import DEFAULT, PREFIX
from domain.workorder.details import OrderType


def second_looks(definition: Definition, uow: EveryUnitOfWork) -> Iterator[str]:
    """Go through everything that deserves a second look."""
    yield from hints(definition)
    for node in definition.nodes:
        missing = _missing(node, uow) if isinstance(node, Approve) else ()
        if isinstance(node, Approve) and missing:
            yield f"节点“{node.title}”现在没有{'、'.join(missing)}的同事，{_instead(node, missing, uow)}"


def hints(definition: Definition) -> Iterator[str]:
    """Go through what is not wrong but deserves a second look."""
    names = {DEFAULT, *(f"{PREFIX}{one.value}" for one in OrderType)}
    if definition.about == ORDER and definition.name not in names:
        yield f"没有哪类工单会用“{definition.name}”；工单流程的 name 要写 {DEFAULT} 或 {PREFIX}<工单类型>"
    if definition.about == STOCK and definition.name not in STOCK_PROCESSES:
        known = "、".join(STOCK_PROCESSES)
        yield f"没有哪种备件单据会用“{definition.name}”；备件流程的 name 要写 {known} 中的一个"


def nobody_for(definition: Definition, uow: EveryUnitOfWork) -> dict[str, str]:
    """Return for each approval that finds nobody now whom it misses, e.g. `财务`, by node."""
    return {
        node.id: "、".join(missing)
        for node in definition.nodes
        if isinstance(node, Approve)
        and (missing := _missing(node, uow))
        and len(missing) == len(node.approvers)
    }


def _missing(node: Approve, uow: EveryUnitOfWork) -> Sequence[str]:
    """Return which roles and skills of an approval nobody has; whom a value names is not known before."""
    directory = RecordedDirectory(uow)
    return [
        _called(who)
        for who in node.approvers
        if isinstance(who, ByRole | BySkill)
        and not getattr(who, "field", "")
        and not directory.people(who.model_copy(update={"same_region": False}), {}, "")
    ]


def _instead(node: Approve, missing: Sequence[str], uow: EveryUnitOfWork) -> str:
    if len(missing) < len(node.approvers):
        return "只会问其他审批人"
    if node.empty == "pass":
        return "会按规则自动通过"
    if not RecordedDirectory(uow).admins():
        return "也没有管理员可以代为审批，走到这里会停住；请先导入同事"
    return "会由管理员代为审批"


def _called(who: Assign) -> str:
    if isinstance(who, ByRole):
        return f"“{ROLE_LABEL.get(who.role, who.role)}”"
    assert isinstance(who, BySkill), "only roles and skills are looked for"
    return f"会“{'、'.join(filter(None, (who.skill, who.level)))}”"
