"""Overdue work on people's to-do lists: the whole product, from the decision to what they see."""

from typing import Any
from uuid import UUID

import pytest

from adapters.storage.checks import Checks
from bootstrap.demo.transcript import SEEN
from bootstrap.doctor import _platforms, _todos
from domain.kernel.notices import Notice, todo_audience
from domain.kernel.todo import TodoView, Urgency
from tests.support.loop import Loop

THING = UUID(int=77)


def decide(loop: Loop, name: str, subject: str, **changes: Any) -> None:
    """Let something overdue be decided on, as a policy does it."""
    view = TodoView(subject=subject, due_at=loop.clock.now(), urgency=Urgency.URGENT, **changes)
    audience = todo_audience(str(loop.person(name).id))
    with loop.product.open_uow(now=loop.clock.now(), channel="test", correlation_id="c-1") as uow:
        notice = Notice(
            audience=audience,
            card="todo",
            view=view.model_dump(mode="json"),
            subject_id=THING,
            living=True,
            dedupe_key=f"todo:{THING}:{subject}",
        )
        uow.notify(notice)
        uow.commit()
    loop.settle()


def listed(loop: Loop, userid: str = "li") -> list[tuple[str, int, bool]]:
    return [(todo.subject, todo.priority, todo.done) for todo in loop.dingtalk.todos(userid)]


def test_an_overdue_thing_is_one_to_do_until_it_is_decided(loop: Loop):
    decide(loop, "李强", "报价待审批，已超时")
    assert listed(loop) == [("报价待审批，已超时", 40, False)]

    decide(loop, "李强", "报价待审批，已超时 2 小时")
    assert listed(loop) == [("报价待审批，已超时 2 小时", 40, False)]

    decide(loop, "李强", "报价已由郑强同意", done=True)
    assert listed(loop) == [("报价已由郑强同意", 40, True)]
    assert [todo.pc_url for todo in loop.dingtalk.todos("li")] == [loop.web_url]
    assert not loop.li.told()


def test_a_transcript_shows_what_happens_on_the_list(loop: Loop):
    decide(loop, "李强", "报价待审批")
    decide(loop, "李强", "报价已同意", done=True)

    told = [entry for entry in loop.journal.entries(chat="user:li") if "todo" in entry.data]

    assert [(SEEN[entry.kind], entry.text) for entry in told] == [
        ("◀", "[待办] 报价待审批"),
        ("↻", "[待办] 已完成：报价已同意"),
    ]


def test_somebody_only_on_wecom_is_told_in_words_once(loop: Loop):
    for subject, done in (("报价待审批", False), ("报价待审批，已超时", False), ("报价已同意", True)):
        decide(loop, "郑强", subject, done=done)

    [words] = loop.zheng.told("【待办】")
    assert words.startswith("【待办】报价待审批\n截止：")


def test_without_the_permission_it_is_said_in_words(loop: Loop):
    loop.dingtalk.scopes.discard("Todo.Todo.Write")

    decide(loop, "李强", "报价待审批")

    assert loop.li.told("【待办】报价待审批")
    assert not listed(loop) and not loop.outbox("dead")


def test_somebody_who_gets_too_many_has_theirs_later(loop: Loop):
    loop.dingtalk.flow_controlled.add("li")
    decide(loop, "李强", "报价待审批")
    assert not listed(loop) and not loop.li.told()
    loop.dingtalk.flow_controlled.clear()

    loop.advance(61)
    loop.settle()

    assert listed(loop) == [("报价待审批", 40, False)]


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("", ["✓ 钉钉待办：平台已接受自检待办，并已完成"]),
        ("Todo.Todo.Read", ["✓ 钉钉待办", "· 钉钉待办：不能查询已有待办"]),
        ("Todo.Todo.Write", ["· 钉钉待办：平台拒绝（Forbidden.AccessDenied.AccessTokenPermissionDenied）"]),
    ],
)
def test_doctor_puts_a_to_do_on_the_list_and_closes_it(loop: Loop, missing: str, said: list[str]):
    loop.dingtalk.scopes.discard(missing)

    found = [str(each) for each in _todos(loop.product, Checks(loop.database), loop.person("李强").id)]

    assert [each.startswith(words) for each, words in zip(found, said, strict=True)] == [True] * len(said)
    assert all(done for _, _, done in listed(loop))
    assert any("Todo.Todo.Write" in str(each) for each in _platforms(loop.product))
