"""One customer from every side, in one message."""

from cards.entitlement import included_words
from cards.history import fix_words, order_lines
from cards.sections import Section, in_one_message, short
from cards.spec import Note
from cards.text_assets import (
    CHARGED,
    CONTRACT_ENDED,
    IN_WARRANTY,
    LEVEL_CHANGE,
    MORE_ASSETS,
    MORE_ORDERS,
    NO_LEVEL,
    NO_WARRANTY_DATE,
    NONE_YET,
    NOT_RATED,
    OUT_OF_WARRANTY,
    RATED,
    TIMES,
)
from domain.assets.views import AssetLine, ContractLine, CustomerView, LevelLine
from domain.kernel.localtime import day_words, local_day
from domain.kernel.money import yuan

REASON_CHARS = 40


def customer_card(view: CustomerView) -> Note:
    """Lay out contacts, contracts, assets, work orders, complaints and rating."""
    sections = [
        Section("", _facts(view)),
        Section("联系人", tuple(f"· {one.name} {one.mobile}".rstrip() for one in view.contacts)),
        Section("合同", tuple(map(contract_words, view.contracts)) or (NONE_YET,)),
        Section("设备", _assets(view)),
        Section(
            "工单",
            (*order_lines(view.orders, with_asset=True), *([MORE_ORDERS] if view.more else []))
            or (NONE_YET,),
        ),
        Section("级别变更", tuple(map(_level, view.levels))),
    ]
    return Note(in_one_message(f"客户 · {view.name}", sections))


def _facts(view: CustomerView) -> tuple[str, ...]:
    facts = [
        ("编号", view.code),
        ("级别", " ".join(part for part in (view.level, view.value_note) if part)),
        ("区域", view.region),
        ("地址", view.address),
        ("已并入", "、".join(view.doubles)),
    ]
    if view.complaints is not None:
        facts.append(("投诉", TIMES.format(count=view.complaints)))
        rated = NOT_RATED if view.score is None else RATED.format(average=view.score, answers=view.answers)
        facts.append(("评价", rated))
    facts.append(("一次修好", fix_words(view.first_time_fix)))
    if view.charged_fen is not None:
        facts.append(("客户承担", CHARGED.format(amount=yuan(view.charged_fen))))
    return tuple(f"{label}：{value}" for label, value in facts if value)


def _assets(view: CustomerView) -> tuple[str, ...]:
    lines = tuple(map(_asset, view.assets))
    more = (MORE_ASSETS.format(count=view.asset_count),) if view.asset_count > len(lines) else ()
    return (*lines, *more) or (NONE_YET,)


def _asset(line: AssetLine) -> str:
    if line.warranty_until is None:
        warranty = NO_WARRANTY_DATE
    elif line.in_warranty:
        warranty = IN_WARRANTY.format(until=day_words(line.warranty_until))
    else:
        warranty = OUT_OF_WARRANTY
    return f"· {line.name}（{line.serial}）{warranty}"


def contract_words(line: ContractLine) -> str:
    """Return what a contract includes, and until when."""
    included = included_words(parts=line.parts, labour=line.labour, travel=line.travel)
    ended = "" if line.running else f"，{CONTRACT_ENDED}"
    sla = f"，{line.sla_level}" if line.sla_level else ""
    lasts = f"{day_words(line.starts_on)} 到 {day_words(line.ends_on)}"
    return f"· {line.number} {line.name}：{lasts}，{included}{sla}{ended}"


def _level(line: LevelLine) -> str:
    return "· " + LEVEL_CHANGE.format(
        day=local_day(line.at),
        before=line.before or NO_LEVEL,
        after=line.after or NO_LEVEL,
        reason=short(line.reason, REASON_CHARS),
        by=f"（{line.by}）" if line.by else "",
    )
