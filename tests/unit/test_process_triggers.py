"""What a process does by itself, and what it refuses to be told to do."""

from uuid import uuid4

import pytest

from domain.approval.commands import StartRequest
from domain.people.model import Role
from domain.policies.process_triggers import wrong_settings
from domain.registry import make_bus
from tests.fakes.memory import MemoryUnitOfWork, memory
from tests.support.builders import AT, ORDER, ZHAO, cause, work_order


def fired(do: str, **said: str) -> MemoryUnitOfWork:
    """Ask for something whose process has one trigger, about the one work order there is."""
    uow: MemoryUnitOfWork = memory(work_order())
    nodes = [
        {"id": "start", "kind": "start", "next": "act"},
        {"id": "act", "kind": "trigger", "title": "动作", "do": do, "with": said, "next": "done"},
        {"id": "done", "kind": "end", "result": "done"},
    ]
    uow.processes.publish({"name": "act", "title": "动作申请", "about": "request", "nodes": nodes})
    request = StartRequest(instance_id=uuid4(), name="act", work_order_id=ORDER, **cause(ZHAO, AT, "k"))
    make_bus().handle(request, uow)
    return uow


def test_telling_a_role_reaches_everybody_of_it():
    uow = fired("tell", role="technician", text="请备车")

    told = [notice for notice in uow.notices if notice.view.get("news") == "told"]
    technicians = {f"person:{one.id}" for one in uow.people.with_roles({Role.TECHNICIAN})}
    assert {notice.audience for notice in told} == technicians
    assert all(notice.view["text"] == "请备车" for notice in told)


def test_without_a_role_the_service_desk_is_told():
    assert [one.audience for one in fired("tell", text="请留意").notices if one.view.get("news")] == ["desk"]


def test_the_priority_of_the_work_order_is_raised():
    assert fired("priority", priority="P1").work_orders.get(ORDER).priority == "P1"


def test_a_note_stands_on_the_work_order():
    uow = fired("note", text="已先行处理")

    assert [type(one).__name__ for one in uow.happened].count("WorkOrderNoteAdded") == 1


@pytest.mark.parametrize(
    ("do", "said", "words"),
    [
        ("tell", {}, "缺少 text"),
        ("tell", {"text": "x", "role": "king"}, "没有“king”这个角色"),
        ("priority", {"priority": "P9"}, "priority 要写"),
        ("note", {"text": "x", "colour": "red"}, "不认识 colour"),
    ],
)
def test_wrong_settings_are_said(do: str, said: dict[str, str], words: str):
    assert words in wrong_settings(do, said)


def test_right_settings_say_nothing():
    assert wrong_settings("tell", {"text": "x", "role": "manager"}) == ""
