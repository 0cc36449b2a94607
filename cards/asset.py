"""The file of one machine, and what is included for it."""

from cards.entitlement import entitlement_words
from cards.history import attempt_lines, fix_words, installed_lines, order_lines, part_lines
from cards.sections import Section, in_one_message
from cards.spec import Note
from cards.text_assets import MORE_ORDERS, NONE_YET
from domain.assets.views import AssetView
from domain.kernel.localtime import day_words


def asset_file(view: AssetView) -> Note:
    """Lay out one machine: what it is, where it stands, what is included and what happened to it."""
    facts = [
        ("序列号", view.serial),
        ("类别", view.kind),
        ("型号", view.model),
        ("又叫", "、".join(view.nicknames)),
        ("出厂", day_words(view.made_on)),
        ("安装", day_words(view.installed_on)),
        ("安装位置", view.site),
        ("客户", view.customer_name),
        ("批次", view.batch),
        ("负责人", view.responsible),
        *view.attributes,
        ("保修", entitlement_words(view.entitlement)),
        ("一次修好", fix_words(view.first_time_fix)),
        ("已并入", "、".join(view.doubles)),
    ]
    orders = (*order_lines(view.orders, with_asset=False), *([MORE_ORDERS] if view.more else []))
    sections = [
        Section("", tuple(f"{label}：{value}" for label, value in facts if value)),
        Section("维修保养记录", orders or (NONE_YET,)),
        Section("在机部件", installed_lines(view.installed)),
        Section("更换备件", part_lines(view.parts) or (NONE_YET,)),
        Section("以前怎么处理的", attempt_lines(view.attempts)),
    ]
    return Note(in_one_message(f"设备档案 · {view.name}", sections))
