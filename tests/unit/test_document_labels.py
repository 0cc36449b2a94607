"""Asset labels: codes that can be read, names that fit, serial numbers that are whole."""

import io

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader

from adapters.documents.labels import LABELS_AT_MOST, render_labels
from adapters.documents.render import render_report
from adapters.documents.template import LabelTemplate
from adapters.files.barcodes import ZxingReader
from domain.policies.documents import AssetLabel
from tests.support.barcodes import as_file
from tests.support.documents import URL, pages, report, text


def _labels(count: int, **more: str) -> list[AssetLabel]:
    facts = {"name": "3 号数控车床", "serial": "SN2024-CK-000317", "company": "固环服务 400-820-1234"} | more
    return [AssetLabel(url=f"https://fix.example.com/a/{no:04}", **facts) for no in range(count)]


def _codes(pdf: bytes) -> list[str]:
    """Read the codes from the areas that are drawn, as a camera would from the paper."""
    read: list[str] = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        content = page.get_contents()
        assert content is not None
        areas: list[tuple[float, ...]] = []
        for operands, operator in content.operations:
            if operator == b"re":
                areas.append(tuple(float(one) for one in operands))
            elif operator in (b"f", b"f*", b"S", b"n", b"B", b"B*"):
                # A table's background is one area, a code hundreds.
                read += _read(areas) if len(areas) > 100 else ()
                areas = []
    return read


def _read(areas: list[tuple[float, ...]]) -> tuple[str, ...]:
    paper = Image.new("L", (80 * 4, 80 * 4), 255)
    draw = ImageDraw.Draw(paper)
    for left, bottom, width, height in areas:
        top = -bottom - height
        draw.rectangle(
            [(left + 4) * 4, (top + 4) * 4, (left + width + 4) * 4 - 1, (top + height + 4) * 4 - 1], 0
        )
    return ZxingReader().read(as_file(paper)) or ()


def test_every_label_has_its_own_code():
    labels = _labels(26)

    assert _codes(render_labels(labels)) == [label.url for label in labels]


def test_the_code_of_a_report_opens_its_address():
    assert URL in _codes(render_report(report(), url=URL))


def test_a_report_without_an_address_has_no_code():
    assert _codes(render_report(report())) == []


def test_twenty_four_labels_fill_a_sheet():
    found = pages(render_labels(_labels(25)))

    assert [page.count("扫码报修") for page in found] == [24, 1]
    assert "序列号 SN2024-CK-000317" in found[0]
    assert "固环服务 400-820-1234" in found[0]


def test_used_stickers_are_skipped():
    found = pages(render_labels(_labels(24), skip=23))

    assert [page.count("扫码报修") for page in found] == [1, 23]


def test_a_long_name_is_cut_with_a_sign_and_a_serial_number_never():
    serial = "SN" + "0123456789" * 5

    said = text(render_labels(_labels(1, name="自动焊接机器人工作站" * 20, serial=serial)))

    assert "…" in said
    assert serial in said.replace(" ", "")


def test_what_stands_on_a_label_is_never_markup():
    assert "<b>&amp;" in text(render_labels(_labels(1, name="<b>&amp;")))


def test_another_paper_and_another_line_can_be_set():
    sheet = LabelTemplate(
        columns=2, rows=5, width_mm=99, height_mm=55, top_mm=10, left_mm=5, tagline="扫码服务", frames=True
    )

    found = pages(render_labels(_labels(11), sheet))

    assert [page.count("扫码服务") for page in found] == [10, 1]


def test_the_same_labels_give_the_same_bytes():
    assert render_labels(_labels(3)) == render_labels(_labels(3))


@pytest.mark.parametrize(("count", "skip"), [(0, 0), (LABELS_AT_MOST + 1, 0), (1, 24), (1, -1)])
def test_what_no_sheet_can_hold_is_refused(count: int, skip: int):
    with pytest.raises(ValueError, match="do not fit on sheets of 24"):
        render_labels(_labels(1) * count, skip=skip)
