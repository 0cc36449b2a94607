"""The approver's page: deciding a task with a remark, by the same rules as in chat."""

from uuid import UUID

import pytest

from domain.approval.commands import DelegateTask
from domain.approval.model import ProcessTask
from domain.files.commands import AttachKeptFile
from domain.files.model import File
from domain.kernel.links import Page
from domain.people.model import Role
from domain.registry import make_bus
from tests.support.closing import begin, by, decide, hire
from tests.support.joint import joint_request, tasks_of
from tests.support.kept_files import TINY_PNG
from tests.support.loop import Loop
from tests.support.pages import PageVisitor

HATEFUL = "<img src=x onerror=alert(1)>{{ 1 + 1 }}"


def page_of(loop: Loop, name: str, task: ProcessTask) -> PageVisitor:
    """Return somebody with a link to a task."""
    url = loop.product.links.to(Page.TASK, loop.person(name).id, task.id, loop.clock.now())
    return PageVisitor(url)


def asked(loop: Loop, mode: str = "all") -> tuple[PageVisitor, PageVisitor]:
    """Return two managers with their tasks of one request."""
    hire(loop, "王经理", Role.MANAGER, "dingtalk", "boss")
    joint_request(loop, mode)
    tasks = {task.assignee_id: task for task in tasks_of(loop)}
    return tuple(page_of(loop, name, tasks[loop.person(name).id]) for name in ("王经理", "郑强"))  # type: ignore[return-value]


def agree(page: PageVisitor, comment: str = "", key: str = "") -> int:
    """Agree to what the page shows."""
    return page.do("agree", key, version=page.data()["version"], comment=comment).status_code


def test_the_card_leads_its_approver_to_the_page_and_says_so_until_it_is_decided(loop: Loop):
    asked(loop)
    sent = [row for row in loop.outbox() if row.card == "approval"]
    addresses = {row.audience: row.view["page_url"] for row in sent}

    assert len(set(addresses.values())) == len(addresses) == 2
    page = PageVisitor(addresses[f"person:{loop.person('王经理').id}"])
    assert page.data()["actions"] == ["agree", "refuse", "return", "ask"]

    agree(page)
    loop.settle()

    decided = [row for row in loop.outbox() if row.card == "approval" and row.view["decided"]]
    assert [row.view["page_url"] for row in decided] == [""]
    assert page.data()["actions"] == []


def test_agreeing_with_a_remark_shows_in_the_tally_of_the_other(loop: Loop):
    wang, zheng = asked(loop)

    assert agree(wang, HATEFUL) == 200

    shown = zheng.data()
    assert shown["mode"] == "会签：每个人都要同意"
    assert {(one["name"], one["label"], one["comment"]) for one in shown["seats"]} == {
        ("王经理", "已同意", HATEFUL),
        ("郑强", "待审批", ""),
    }
    assert shown["tally"].startswith("已同意 1/2")
    assert agree(zheng) == 200
    loop.settle()
    loop.wu.hears("已通过")


def test_refusing_needs_a_reason_and_ends_it_for_everybody(loop: Loop):
    wang, zheng = asked(loop)
    version = wang.data()["version"]

    empty = wang.do("refuse", version=version, comment="   ")
    done = wang.do("refuse", version=version, comment="预算不足")

    assert (empty.status_code, empty.json()["code"]) == (409, "reason_needed")
    assert "预算不足" in done.json()["message"] and done.json()["data"]["actions"] == []
    late = zheng.do("agree", version=version)
    assert late.status_code == 409 and late.json()["message"].endswith("。")
    assert zheng.data()["actions"] == []
    loop.settle()
    loop.wu.hears("没有通过", "预算不足")


def test_returning_goes_back_to_whoever_asked(loop: Loop):
    wang, _ = asked(loop)

    answer = wang.do("return", version=wang.data()["version"], comment="资料不全", to="initiator")

    assert answer.status_code == 200
    loop.settle()
    loop.wu.hears("退回", "资料不全", "重新提交")


def test_a_question_leaves_the_task_open(loop: Loop):
    wang, _ = asked(loop)

    answer = wang.do("ask", version=wang.data()["version"], comment="为什么换？")

    assert answer.status_code == 200
    assert "agree" in wang.data()["actions"]
    loop.settle()
    loop.wu.hears("问起", "为什么换？")


def test_two_presses_of_one_decision_are_one(loop: Loop):
    wang, _ = asked(loop)
    version = wang.data()["version"]

    answers = [wang.do("agree", "pressed-twice", version=version) for _ in range(2)]

    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json()["message"] == answers[1].json()["message"]
    assert len(loop.events("TaskClosed")) == 1


def test_a_task_that_was_handed_on_says_to_whom_and_takes_nothing(loop: Loop):
    wang, _ = asked(loop)
    task = next(one for one in tasks_of(loop) if one.assignee_id == loop.person("王经理").id)
    hire(loop, "李总", Role.DIRECTOR, "dingtalk")
    decide(loop, DelegateTask(task_id=task.id, to_id=loop.person("李总").id, **by(loop, "王经理")))

    shown = wang.data()
    answer = wang.do("agree", version=shown["version"])

    assert shown["actions"] == [] and "李总" in shown["hint"] + shown["status"]
    assert answer.status_code == 409
    assert page_of(loop, "李总", task).data()["actions"]


@pytest.mark.parametrize("name", ["陈静", "李强", "赵敏", "吴梅"])
def test_a_link_made_for_anybody_else_opens_nothing(loop: Loop, name: str):
    asked(loop)

    page = page_of(loop, name, tasks_of(loop)[0])

    answer = page.get("/data")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_on_this_page")
    assert page.do("agree", version=1).status_code == 409
    assert not loop.events("TaskClosed")


def test_words_that_are_too_long_are_refused_in_a_sentence(loop: Loop):
    wang, _ = asked(loop)

    answer = wang.do("agree", version=wang.data()["version"], comment="好" * 10_000)

    assert answer.status_code == 422 and answer.json()["message"].endswith("。")
    assert wang.data()["actions"]


def test_photos_of_the_order_are_shown_to_whoever_may_see_it(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    sha256 = photo(loop, ending.order_id)
    hire(loop, "王经理", Role.MANAGER, "dingtalk", "boss")
    joint_request(loop, "any", ending.agent, ending.number)
    task = next(one for one in tasks_of(loop) if one.assignee_id == loop.person("王经理").id)
    page = page_of(loop, "王经理", task)

    assert page.data()["photos"] == [sha256]
    found = page.get(f"/files/{sha256}")
    assert (found.status_code, found.content) == (200, TINY_PNG)
    assert page.get(f"/files/{'0' * 64}").status_code == 404


def photo(loop: Loop, order_id: UUID) -> str:
    """Attach a photo to a work order, and return its name."""
    kept = loop.product.files.keep([TINY_PNG])
    sender = loop.person("李强").id
    with loop.product.open_uow(now=loop.clock.now(), channel="test", correlation_id="c") as uow:
        uow.files.remember(
            File(sha256=kept.sha256, size=kept.size, mime="image/png", first_seen_at=loop.clock.now())
        )
        command = AttachKeptFile(
            work_order_id=order_id,
            sha256=kept.sha256,
            sender_id=sender,
            source_key="test",
            **by(loop, "李强"),
        )
        make_bus().handle(command, uow)
        uow.commit()
    return kept.sha256
