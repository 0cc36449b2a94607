"""The plain messages, and that every name used is in the catalogue."""

import ast
from pathlib import Path

import pytest
from pydantic import ValidationError

import bot
import domain.policies
from cards.catalog import CATALOG, render
from cards.messages import SHORT
from cards.spec import Note
from cards.text import NO_ORDERS
from domain.people.model import Role
from domain.workorder.status import Status
from tests.support.builders import AT, NUMBER

SERVICES = {"verify_mobile", "todo"}
"""Owed to a directory or to a to-do list, not to a chat: nothing is laid out."""


def words(card: str, /, **view: object) -> str:
    shown = render(card, view)
    assert isinstance(shown, Note)
    return shown.text


def line(**changes: object) -> dict[str, object]:
    fresh = {"number": NUMBER, "status": "accepted", "fault": "漏油", "since": AT, "reported_at": AT}
    return fresh | changes


def names_used() -> set[str]:
    """Read every constant handed to `card=`, to `show` and to `_to_requester`."""
    found: set[str] = set()
    for package in (bot, domain.policies):
        for file in Path(package.__path__[0]).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    found |= _names_in(node)
    return found


def _names_in(call: ast.Call) -> set[str]:
    called = call.func.id if isinstance(call.func, ast.Name) else ""
    values = [keyword.value for keyword in call.keywords if keyword.arg == "card"]
    values += {"show": call.args[2:3], "_told": call.args[2:3], "_personal": call.args[2:3]}.get(called, [])
    return {str(value.value) for value in values if isinstance(value, ast.Constant)}


def test_every_card_that_is_owed_is_in_the_catalogue():
    used = names_used()

    assert {"work_order", "receipt", "progress", "note", "verify_mobile"} <= used
    assert used - SERVICES <= set(CATALOG)


def test_an_unknown_card_is_a_defect_not_a_blank():
    with pytest.raises(KeyError):
        render("no_such_card", {})


@pytest.mark.parametrize("name", CATALOG)
def test_a_view_that_does_not_fit_is_a_defect(name: str):
    with pytest.raises(ValidationError):
        render(name, {"no_such_field": 1})


def test_a_receipt_says_number_fault_and_status():
    said = words("receipt", number=NUMBER, fault="漏油", status="new", reported_at=AT)

    assert all(part in said for part in (NUMBER, "故障：漏油", "状态：待受理", "进度"))


@pytest.mark.parametrize(("mobile", "phone"), [("13800000001", "，电话 13800000001"), ("", "处理。")])
def test_who_comes_has_a_telephone_when_there_is_one(mobile: str, phone: str):
    said = words("who_comes", number=NUMBER, assignee_name="李强", assignee_mobile=mobile, accepted_at=AT)

    assert said.startswith(f"工单 {NUMBER} 已接单：李强 技师")
    assert phone in said


def test_no_progress_is_said_plainly():
    assert words("progress", lines=[]) == NO_ORDERS


@pytest.mark.parametrize("status", Status)
def test_progress_says_node_owner_and_time(status: Status):
    said = words("progress", lines=[line(status=status, assignee_name="李强", assignee_mobile="138")])

    assert "负责人：李强（138）" in said
    assert "更新时间：11月24日 09:00" in said


def test_progress_without_an_assignee_names_the_service_desk():
    assert "负责人：服务台\n" in words("progress", lines=[line()])


def test_progress_of_five_long_faults_still_fits_a_message():
    said = words("progress", lines=[line(fault="漏" * 300)] * 5)

    assert "漏" * SHORT + "…" in said
    assert len(said.encode()) <= 2048


@pytest.mark.parametrize(
    ("roles", "next_step"),
    [(["customer"], "直接描述"), (["technician"], "帮助"), (["customer", "admin"], "帮助")],
)
def test_a_binding_tells_the_next_step(roles: list[str], next_step: str):
    said = words("bound", name="李强", roles=roles)

    assert said.startswith("绑定成功，李强（")
    assert next_step in said


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_chinese_name(role: Role):
    assert role.value not in words("bound", name="李强", roles=[role.value])


def test_nobody_left_tells_how_to_name_a_technician():
    said = words("nobody_left", number=NUMBER, fault="漏油", asked=3)

    assert "已问 3 位" in said
    assert said.endswith(f"派单 {NUMBER} 技师姓名")


@pytest.mark.parametrize(("reason", "shown"), [("", "已取消。"), ("不用修了", "已取消（不用修了）。")])
def test_a_cancellation_is_confirmed_with_its_reason(reason: str, shown: str):
    assert words("cancelled", number=NUMBER, reason=reason).startswith(f"工单 {NUMBER} {shown}")
