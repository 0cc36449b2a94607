"""Service report and settlement sheet: what stands on the paper, whatever was written and sent."""

import hashlib
import json
from importlib.resources import files

import pytest
from pydantic import ValidationError

from adapters.documents.fields import Kind
from adapters.documents.fonts import Wording, coverage
from adapters.documents.render import render_report, render_settlement
from adapters.documents.template import built_in
from domain.kernel.money import capital_yuan, exact_yuan
from domain.policies.documents import ChargeKind, ChargeLine, Photo
from domain.workorder.details import Payer
from tests.support.documents import (
    CHARGES,
    SHA256,
    URL,
    pages,
    photo,
    pictures,
    report,
    settlement,
    signature,
    text,
    with_photos,
)

INVALID = "签名已失效：报告在签名后被修改"


def _charges(count: int, name: str = "备件") -> tuple[ChargeLine, ...]:
    return tuple(
        ChargeLine(kind=ChargeKind.PART, name=f"{name} {no}", number=f"P-{no:04}", amount_fen=100_000)
        for no in range(count)
    )


def test_a_report_says_everything_that_was_reported():
    said = text(render_report(report(), url=URL))

    for words in (
        "上海固环机电设备服务有限公司", "服务报告", "WO-20261124-0007", "第 2 版", "3 号数控车床",
        "SN2024-CK-000317", "主轴转动时有异响，报 E204。", "1. 更换轴承 2 个；", "2.5 小时",
        "2026-11-24 10:20", "距现场 42 米", "0.008 mm", "不合格",
        "复位弹簧偏软", "6204-2RS", "所用备件", "建议每 3 个月", "签字人：欧阳喆",
        "签字时间：2026-11-24 13:05", SHA256, "第 1 页 / 共 2 页", "扫码查看电子报告",
    ):  # fmt: skip
        assert words in said
    assert "¥" not in said  # What is to be paid stands on the settlement, for whoever may read it.


def test_a_settlement_says_who_pays_what_in_figures_and_in_words():
    said = text(render_settlement(settlement(), url=URL))

    for words in (
        "结算单", "JS-20261124-0003", "备件小计¥1,951.60", "人工小计¥300.00", "费用小计-¥50.00",
        "合计¥2,201.60",
        "贰仟贰佰零壹元陆角整", "客户承担¥2,110.00", "保修承担¥91.60", "客户应付¥2,110.00", "客户签字：",
    ):  # fmt: skip
        assert words in said


def test_a_settlement_whose_lines_say_something_else_is_refused():
    with pytest.raises(ValidationError, match="add up to 220160 fen, but 220161"):
        settlement(settled_fen=220_161)


@pytest.mark.parametrize("name", ["欧阳喆", "李䶮", "王囍", "苏㛃", "𠮷田", "張國榮", "赵玥昇", "钱堃珺"])
def test_rare_characters_of_names_are_printed(name: str):
    assert f"签字人：{name}" in text(render_report(report(signature=signature(name=name))))


def test_the_font_has_every_character_of_gbk_but_one():
    known = coverage()
    pairs = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    texts = [pair.decode("gbk", "ignore") for pair in pairs]
    # What does not decode as one character is no pair of GBK.
    gbk = {text for text in texts if len(text) == 1 and text.isprintable()}

    assert len(gbk) > 21_700
    assert {character for character in gbk if ord(character) not in known} == {"≒"}


def test_a_character_that_the_font_lacks_is_shown_as_missing_and_named():
    said = text(render_report(report(customer="李😀公司👨‍👩‍👧")))

    assert "李〓公司〓〓〓" in said
    assert "“〓”代替字库中没有的字：U+1F600、U+1F468、U+1F469、U+1F467。" in said


def test_a_document_of_known_characters_has_no_such_note():
    assert "〓" not in text(render_report(report(), url=URL))


def test_characters_that_are_only_orders_are_left_out():
    assert Wording().plain("a\x00b\u202e\u200bc\r\nd\te\ufe0f") == "a bc\nd e"


def test_the_font_is_the_one_that_was_released_and_has_its_licence_beside_it():
    folder = files("adapters.documents") / "font"
    lock = json.loads((folder / "lock.json").read_text("utf-8"))

    assert hashlib.sha256((folder / lock["file"]).read_bytes()).hexdigest() == lock["sha256"]
    assert "SIL Open Font License, Version 1.1" in (folder / lock["licence_file"]).read_text("utf-8")


@pytest.mark.parametrize(
    "markup", ["<script>alert(1)</script>", "<b>粗</b>", "a & b &amp; <br/>", "<img src='/x'/>"]
)
def test_what_people_write_is_never_markup(markup: str):
    view = report(fault=markup, customer=markup, charges=(CHARGES[0].model_copy(update={"name": markup}),))

    assert text(render_report(view)).count(markup) >= 2


@pytest.mark.parametrize("letter", ["长", "A", "<", "，"])
def test_ten_thousand_characters_without_a_space_go_on_over_pages(letter: str):
    pdf = render_report(report(measures=letter * 10_000, remarks=letter * 10_000))

    assert len(pages(pdf)) > 3
    assert text(pdf).count(letter) >= 20_000


def test_what_is_too_long_for_a_table_stands_in_full_below_it():
    pdf = render_settlement(settlement(charges=_charges(30, "名" * 1_000)))

    assert "（全文见表后）" in text(pdf)
    assert "第 30 行 名称：名名名" in text(pdf)
    assert text(pdf).count("名") >= 30_000


def test_a_table_repeats_its_heading_on_each_page():
    found = pages(render_settlement(settlement(charges=_charges(90))))

    with_lines = [page for page in found if "P-00" in page]
    assert len(with_lines) >= 3
    assert all("承担方" in page and "单价" in page for page in with_lines)


@pytest.mark.parametrize("count", range(18, 36, 3))
def test_totals_never_stand_without_the_last_line(count: int):
    found = pages(render_settlement(settlement(charges=_charges(count))))

    [last] = [page for page in found if "客户应付" in page]
    assert f"P-{count - 1:04}" in last
    assert "备件小计" in last


def test_a_title_never_stands_alone_at_the_foot():
    for lines in range(1, 60, 5):
        for page in pages(render_report(report(measures="第几行\n" * lines, signature=None))):
            assert not ("客户确认" in page and "客户签字：" not in page)


def test_a_later_edit_makes_the_signature_invalid_and_says_so():
    edited = report(version=3, sha256="b" * 64)

    assert INVALID in text(render_report(edited))
    assert "所签版本：第 2 版" in text(render_report(edited))
    assert INVALID not in text(render_report(report()))


def test_the_same_version_with_another_content_is_invalid_too():
    assert INVALID in text(render_report(report(sha256="b" * 64)))


def test_an_unsigned_report_has_lines_to_sign_on():
    said = text(render_report(report(signature=None)))

    assert "客户签字：" in said
    assert "签字人" not in said


def test_the_same_input_gives_the_same_bytes():
    view = with_photos(2, photo())

    assert render_report(view, url=URL) == render_report(view, url=URL)
    assert render_report(view) != render_report(report(photos=()))


def test_photos_are_made_small():
    pdf = render_report(with_photos(3, photo(4000, 3000)))

    assert max(one.width for one in pictures(pdf)) == 500
    assert len(pdf) < 400_000


def test_more_photos_than_the_template_takes_are_counted():
    said = text(render_report(with_photos(15, photo(80, 60))))

    assert "图 12" in said
    assert "图 13" not in said
    assert "另有 3 张照片没有打印" in said


def test_a_report_of_next_to_nothing_is_a_report():
    view = report(
        charges=(),
        steps=(),
        checks=(),
        photos=(Photo(data=b""),),
        remarks="",
        cause="",
        hours=None,
        customer="",
    )
    said = text(render_report(view))

    assert "故障原因—" in said
    assert "图片无法显示" in said
    assert "备件与费用" not in said


def test_a_template_for_another_document_is_refused():
    with pytest.raises(ValueError, match="cannot lay out a report"):
        render_report(report(), built_in(Kind.SETTLEMENT))


def test_who_bears_what_is_undecided_is_said():
    said = text(render_settlement(settlement(charges=_charges(1))))

    assert "承担方待定¥1,000.00" in said


@pytest.mark.parametrize(
    ("fen", "figures", "words"),
    [
        (0, "¥0.00", "零元整"),
        (5, "¥0.05", "伍分"),
        (50, "¥0.50", "伍角整"),
        (100, "¥1.00", "壹元整"),
        (100_05, "¥100.05", "壹佰元零伍分"),
        (1_234_56, "¥1,234.56", "壹仟贰佰叁拾肆元伍角陆分"),
        (1_005_00, "¥1,005.00", "壹仟零伍元整"),
        (100_010_00, "¥100,010.00", "壹拾万零壹拾元整"),
        (10_000_000_00, "¥10,000,000.00", "壹仟万元整"),
        (1_000_000_005_00, "¥1,000,000,005.00", "壹拾亿零伍元整"),
        (-50, "-¥0.50", "负伍角整"),
    ],
)
def test_amounts_are_written_exactly(fen: int, figures: str, words: str):
    assert (exact_yuan(fen), capital_yuan(fen)) == (figures, words)


def test_what_cannot_be_written_out_is_refused():
    with pytest.raises(ValueError, match="more than can be written out"):
        capital_yuan(10**18)


def test_shares_add_up_to_the_total():
    view = settlement()

    assert sum(view.borne_fen(payer) for payer in (*Payer, None)) == view.settled_fen


def test_where_only_a_total_was_settled_parts_stand_without_a_price():
    part = CHARGES[0].model_copy(update={"price_fen": None, "amount_fen": None, "payer": Payer.CUSTOMER})
    total = ChargeLine(kind=ChargeKind.FEE, name="维修服务", amount_fen=38_050, payer=Payer.CUSTOMER)

    said = text(render_settlement(settlement(charges=(part, total), settled_fen=38_050)))

    assert "6204-2RS" in said and "已含" in said
    assert "¥380.50" in said and "¥0.00" not in said and "备件小计" not in said
