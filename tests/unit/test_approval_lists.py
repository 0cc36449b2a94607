"""待我审批, 我发起的, and what is told about approvals in words."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from adapters.wecom.messages import text_body
from cards.catalog import render
from cards.spec import Note
from cards.text_approval import NEWS, NO_REQUESTS, NO_TASKS, STATUS_LABEL

AT = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
NUMBER = "SP-20261130-0001"
LINE = {
    "task_id": UUID(int=1),
    "number": NUMBER,
    "title": "折扣申请",
    "node": "主管审批",
    "amount_fen": 50_000,
    "reason": "老客户",
    "initiator": "李强",
    "opened_at": AT,
}
REQUEST = {
    "instance_id": UUID(int=2),
    "number": NUMBER,
    "title": "折扣申请",
    "amount_fen": 50_000,
    "status": "running",
    "waits_for": ("王总",),
    "since": AT,
}


def words(card: str, /, **view: object) -> str:
    shown = render(card, view)
    assert isinstance(shown, Note)
    return shown.text


def news(kind: str, **changes: object) -> str:
    facts = {"news": kind, "number": NUMBER, "title": "折扣申请", "amount_fen": 50_000}
    return words("approval_news", **(facts | changes))


def test_nothing_waits_is_said_plainly():
    assert words("approval_tasks") == NO_TASKS


def test_one_task_is_numbered_and_answerable():
    assert words("approval_tasks", lines=[LINE], total=1) == (
        "【待我审批】共 1 项\n"
        f"1. 折扣申请 {NUMBER}，500 元\n"
        "   李强：老客户\n"
        "回复：同意 1，或 不同意 1 原因；看详情：审批 1"
    )


def test_several_tasks_may_be_agreed_to_at_once():
    late = LINE | {"due_at": AT, "late": True, "principal": "张经理", "amount_fen": None}
    said = words("approval_tasks", lines=[LINE, late], total=2)

    assert "2. 折扣申请 SP-20261130-0001\n   李强：老客户（代 张经理），11月30日 10:00 前，已超时" in said
    assert said.endswith("回复：同意 1 2，或 全部同意，或 不同意 1 原因；看详情：审批 1")


def test_what_was_sent_back_says_so():
    assert "，已退回，请修改后重新提交" in words("approval_tasks", lines=[LINE | {"back": True}], total=1)


def test_more_tasks_than_lines_are_counted():
    assert "还有 7 项没有列出" in words("approval_tasks", lines=[LINE], total=8)


def test_ten_long_tasks_fit_a_message():
    long = LINE | {"reason": "原" * 300, "due_at": AT, "late": True, "principal": "张经理"}
    text = words("approval_tasks", lines=[long] * 10, total=40)

    assert text_body(Note(text))["content"] == text


def test_no_request_tells_how_to_ask():
    assert words("approval_requests") == NO_REQUESTS


def test_a_request_tells_for_whom_it_waits():
    assert f"· 折扣申请 {NUMBER}，500 元\n  审批中，等 王总，11月30日 10:00 起" in words(
        "approval_requests", lines=[REQUEST]
    )


def test_what_was_sent_back_waits_for_its_reader_without_their_name():
    said = words("approval_requests", lines=[REQUEST | {"status": "returned", "waits_for": ("李强",)}])

    assert "已退回，等您修改，11月30日 10:00 起" in said


def test_what_ended_tells_when():
    said = words("approval_requests", lines=[REQUEST | {"status": "approved", "waits_for": ()}])

    assert f"· 折扣申请 {NUMBER}，500 元\n  11月30日 10:00 已通过\n" in said


def test_many_who_are_waited_for_are_counted():
    said = words("approval_requests", lines=[REQUEST | {"waits_for": tuple("王李赵钱孙周")}])

    assert "等 王、李、赵、钱 等 6 人" in said


@pytest.mark.parametrize("status", STATUS_LABEL)
def test_every_status_has_words(status: str):
    assert STATUS_LABEL[status] in words("approval_requests", lines=[REQUEST | {"status": status}])


@pytest.mark.parametrize("kind", NEWS)
@pytest.mark.parametrize(
    "facts", [{}, {"by": "王总", "text": "太贵", "to": "李强", "node": "主管审批"}, {"amount_fen": None}]
)
def test_every_news_is_filled(kind: str, facts: dict[str, object]):
    said = news(kind, **facts)

    assert NUMBER in said
    assert "{" not in said
    assert "None" not in said


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("approved", f"折扣申请 {NUMBER}（500 元）已通过，最后由 王总 同意：可以。"),
        ("refused", f"折扣申请 {NUMBER}（500 元）没有通过，王总 拒绝了：可以。改好后可以重新发起申请。"),
        ("question", f"王总 问起 折扣申请 {NUMBER}（500 元）：可以\n请回复：评论 {NUMBER} 您的回答"),
        ("delegated", f"折扣申请 {NUMBER}（500 元）已由 王总 转交给 李强：可以。"),
    ],
)
def test_news_says_who_and_why(kind: str, said: str):
    assert news(kind, by="王总", text="可以", to="李强") == said
