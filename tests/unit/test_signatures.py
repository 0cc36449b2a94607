"""A signature is for one report; a dot is none."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.workorder.errors import SignatureEmpty
from domain.workorder.signature import Signature, SignedReport, digest_of, insist_drawn, last_signature
from domain.workorder.timeline import Recorded

AT = datetime(2026, 11, 30, 6, tzinfo=UTC)
IMAGE = "a" * 64
REPORT: dict[str, Any] = {"cause": "电容击穿", "remedy": "更换电容", "hours": "1.5"}
NAME = (((0, 0, 0), (30, 12, 40), (61, 3, 90)), ((10, 40, 300), (52, 44, 380)))


def drawn(*strokes: tuple[tuple[int, int, int], ...]) -> Signature:
    return Signature(image=IMAGE, strokes=strokes, signer="王芳")


def signed(version: int, report: dict[str, Any]) -> Recorded:
    digest = digest_of(report, version, IMAGE)
    payload = SignedReport(image=IMAGE, strokes=NAME, signer="王芳", digest=digest).model_dump(mode="json")
    return Recorded(
        name="WorkSignedOff",
        actor_id="wang",
        channel="page",
        occurred_at=AT,
        payload={"report_version": version, "signature": payload},
        changes={},
    )


def test_a_name_is_a_signature() -> None:
    insist_drawn(drawn(*NAME))


@pytest.mark.parametrize(
    "strokes",
    [
        pytest.param((), id="nothing"),
        pytest.param(((),), id="a stroke without points"),
        pytest.param((((5, 5, 0),),), id="a tap"),
        pytest.param((((5, 5, 0), (9, 12, 30)), ((7, 7, 60),)), id="a dot"),
        pytest.param((tuple((n, n, n) for n in range(4001)),), id="more than any name"),
    ],
)
def test_what_is_no_name_is_refused(strokes: tuple[tuple[tuple[int, int, int], ...], ...]) -> None:
    with pytest.raises(SignatureEmpty):
        insist_drawn(drawn(*strokes))


def test_a_signature_holds_for_the_report_it_was_given_for() -> None:
    found = last_signature([signed(1, REPORT)], 1, REPORT)

    assert found is not None
    assert (found.valid, found.signature.signer, found.by_id) == (True, "王芳", "wang")


@pytest.mark.parametrize(
    ("version", "report"),
    [
        pytest.param(2, REPORT, id="a later version"),
        pytest.param(1, REPORT | {"remedy": "更换压缩机"}, id="other words under the same version"),
    ],
)
def test_a_signature_ends_with_another_report(version: int, report: dict[str, Any]) -> None:
    found = last_signature([signed(1, REPORT)], version, report)

    assert found is not None
    assert not found.valid


def test_the_order_of_a_reports_fields_does_not_matter() -> None:
    other_way_round = dict(reversed(REPORT.items()))

    assert digest_of(REPORT, 1, IMAGE) == digest_of(other_way_round, 1, IMAGE)


def test_another_picture_is_another_signature() -> None:
    assert digest_of(REPORT, 1, IMAGE) != digest_of(REPORT, 1, "b" * 64)


def test_an_acceptance_without_a_drawing_is_no_signature() -> None:
    pressed = signed(1, REPORT).model_copy(update={"payload": {"report_version": 1, "signature": None}})

    assert last_signature([pressed], 1, REPORT) is None
