"""Templates of documents: what they may say, and what is refused with a reason."""

from typing import Any, get_args

import pytest

from adapters.documents.fields import FIELDS, SOURCES, SOURCES_OF, TOTALS, Kind
from adapters.documents.render import render_report, render_settlement
from adapters.documents.template import (
    Block,
    LabelTemplate,
    Template,
    TemplateRefused,
    built_in,
    read_label_template,
    read_template,
)
from tests.architecture import source
from tests.support.documents import URL, report, settlement, text


def _template(*blocks: dict[str, Any], kind: str = "report", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "title": "维修单据", "blocks": list(blocks), **more}


@pytest.mark.parametrize("kind", list(Kind))
def test_the_built_in_templates_are_templates(kind: Kind):
    template = built_in(kind)

    assert read_template(template.model_dump(mode="json")) == template


@pytest.mark.parametrize("kind", list(Kind))
def test_every_field_and_every_column_can_be_printed(kind: Kind):
    tables = [_table(source, *SOURCES[source], title=source) for source in SOURCES_OF[kind]]
    rows = {"block": "rows", "fields": list(FIELDS[kind])}
    document = _template(rows, *tables, {"block": "photos"}, {"block": "signature"}, kind=kind.value)
    template = read_template(document)

    pdf = (
        render_report(report(), template)
        if kind is Kind.REPORT
        else render_settlement(settlement(), template)
    )

    assert "CK6150" in text(pdf)
    assert "INV-MB-075-2026" in text(pdf)


def test_fields_can_be_called_otherwise_and_stand_in_another_order():
    document = _template(
        {"block": "note", "text": "请妥善保管本单。"},
        {
            "block": "rows",
            "title": "机器",
            "columns": 1,
            "fields": [{"field": "serial", "label": "出厂编号"}, "model"],
        },
        {"block": "qr", "caption": "扫一扫", "size_mm": 30},
    )

    said = text(render_report(report(), read_template(document), URL))

    assert said.index("请妥善保管本单。") < said.index("出厂编号SN2024-CK-000317") < said.index("型号CK6150")
    assert "扫一扫" in said


def test_a_footer_of_one_s_own_replaces_ours():
    said = text(render_report(report(), read_template(_template({"block": "letterhead"}, footer="一式两份"))))

    assert "一式两份" in said
    assert "内容校验码" not in said


def _table(source: str, *columns: Any, **more: Any) -> dict[str, Any]:
    return {"block": "table", "source": source, "columns": list(columns), **more}


WIDE = ({"column": "at", "width_mm": 150}, {"column": "note", "width_mm": 90})


@pytest.mark.parametrize(
    ("block", "finding"),
    [
        ({"block": "rows", "fields": ["cutomer"]}, ".fields 没有“cutomer”，可用的有：number、"),
        ({"block": "text", "field": "settled"}, ".field 没有“settled”"),
        (_table("tools", "no"), ".source 没有“tools”，可用的有：charges、parts、checks、steps"),
        (_table("checks", "price"), ".columns 没有“price”，可用的有：no、label、result、remark"),
        (_table("charges", "no", totals=["tax"]), ".totals 没有“tax”，可用的有：parts、"),
        (_table("steps", "at", totals=["total"]), ".totals 没有“total”，可用的有：无"),
        (_table("steps", *WIDE), " 的各列一共 240 毫米，纸上只有 180 毫米"),
        ({"block": "video"}, " 的 block 不认识“video”，可用的有：letterhead、rows、"),
        ({"rows": []}, " 缺少 block"),
        ({"block": "rows", "fields": ["model"], "color": "red"}, ".color 不认识这一项"),
        ({"block": "rows", "fields": []}, ".fields 至少要有 1 项"),
        ({"block": "photos", "columns": 9}, ".columns 不认识“9”"),
    ],
)
def test_what_there_is_not_is_refused_by_its_place(block: dict[str, Any], finding: str):
    with pytest.raises(TemplateRefused) as refused:
        read_template(_template(block))

    assert f"blocks[1]{finding}" in str(refused.value)
    assert str(refused.value).startswith("打印模板不能用：")
    assert str(refused.value).endswith("。请修改后再试。")


def test_a_settlement_knows_no_fields_of_a_report():
    with pytest.raises(TemplateRefused, match="没有“cause”"):
        read_template(_template({"block": "text", "field": "cause"}, kind="settlement"))


def test_what_is_no_template_at_all_is_refused():
    with pytest.raises(TemplateRefused, match="kind 缺少这一项"):
        read_template({})


def test_every_finding_is_told_at_once():
    with pytest.raises(TemplateRefused, match=r"blocks\[1\].*；blocks\[2\]"):
        read_template(_template({"block": "text", "field": "x"}, {"block": "text", "field": "y"}))


def test_every_kind_of_total_can_be_asked_for():
    document = _template(
        {"block": "table", "source": "charges", "columns": ["name", "amount"], "totals": list(TOTALS)},
        kind="settlement",
    )

    assert "合计（大写）" in text(render_settlement(settlement(), read_template(document)))


def test_labels_that_do_not_fit_on_the_paper_are_refused():
    with pytest.raises(TemplateRefused, match="rows：标签放不下，一共要 330 毫米，A4 纸只有 297 毫米"):
        read_label_template({"rows": 9, "height_mm": 36, "top_mm": 6})
    assert read_label_template({"rows": 7, "columns": 2, "width_mm": 99, "height_mm": 38}).rows == 7


def test_the_reference_names_everything_a_template_may_name():
    page = (source.ROOT / "docs" / "reference" / "documents.md").read_text("utf-8")
    blocks = {block.model_fields["block"].annotation.__args__[0] for block in get_args(get_args(Block)[0])}
    columns = {name for one in SOURCES.values() for name in one}
    names = {*FIELDS[Kind.REPORT], *FIELDS[Kind.SETTLEMENT], *columns, *SOURCES, *TOTALS, *blocks}
    keys = {*LabelTemplate.model_fields, *Template.model_fields}

    assert [
        name for name in sorted(names | keys) if f"`{name}`" not in page and f'"{name}"' not in page
    ] == []
