"""Words that were there before keep their meaning; where both make sense, both are named."""

from uuid import UUID

import pytest

from bot.approval_meaning import Meaning, meaning, other_meanings
from bot.approval_words import ApprovalWords, read_approval
from bot.colleagues import colleague_named
from bot.errors import ColleagueUnknown, SeveralColleagues
from domain.people.model import Person, Role
from domain.workorder.status import Status
from tests.fakes.memory import memory
from tests.support.builders import AT, CHEN, LI, MOBILE, NUMBER, WANG, ZHAO, work_order

SP = "SP-20261130-0001"


def words(text: str) -> ApprovalWords:
    read = read_approval(text)
    assert read is not None
    return read


def said(text: str, speaker: UUID, *, waits: bool, status: Status = Status.OFFERED) -> Meaning:
    """Return what somebody means; Li is the technician of the only work order, Chen its requester."""
    uow = memory(work_order(status))
    return meaning(words(text), waits, False, uow.people.get(speaker), uow)


@pytest.mark.parametrize("text", ["拒绝", "拒绝 太远", f"拒绝 {NUMBER} 太远", "拒绝 0001 太远"])
def test_a_technician_with_an_offer_still_declines_it(text: str):
    assert said(text, LI, waits=False) is Meaning.OTHER


def test_a_technician_with_an_offer_and_an_approval_is_asked():
    assert said("拒绝", LI, waits=True) is Meaning.EITHER
    assert said(f"拒绝 {NUMBER}", LI, waits=True) is Meaning.EITHER


def test_a_technician_without_an_offer_refuses_the_approval():
    assert said("拒绝 太贵", LI, waits=True, status=Status.ACCEPTED) is Meaning.OURS


def test_the_offer_of_somebody_else_is_no_other_meaning():
    assert said(f"拒绝 {NUMBER}", WANG, waits=True) is Meaning.OURS


def test_a_manager_refuses_the_approval():
    assert said("拒绝 太贵", ZHAO, waits=True) is Meaning.OURS


def test_a_manager_without_approvals_is_understood_as_before():
    assert said("拒绝", ZHAO, waits=False) is Meaning.OTHER
    assert said("通过", ZHAO, waits=False) is Meaning.OTHER
    assert said(f"驳回 {NUMBER} 没修好", ZHAO, waits=False, status=Status.COMPLETED) is Meaning.OTHER


@pytest.mark.parametrize("text", [f"驳回 {NUMBER} 太贵", f"不通过 {NUMBER}", f"通过 {NUMBER}"])
def test_a_number_that_waits_for_acceptance_and_approval_is_asked_about(text: str):
    assert said(text, ZHAO, waits=True, status=Status.COMPLETED) is Meaning.EITHER
    assert said(text, ZHAO, waits=True, status=Status.IN_PROGRESS) is Meaning.OURS


@pytest.mark.parametrize("text", ["通过", "同意", f"通过 {NUMBER}", f"同意 {NUMBER}"])
def test_a_customer_who_is_staff_too_accepts_the_work(text: str):
    uow = memory(work_order(Status.COMPLETED))
    both = uow.people.get(CHEN)
    both.give_roles(frozenset({Role.CUSTOMER, Role.MANAGER}))

    assert meaning(words(text), False, False, both, uow) is Meaning.OTHER
    assert meaning(words(text), True, False, both, uow) is Meaning.EITHER


@pytest.mark.parametrize("word", ["拒绝", "驳回", "通过"])
def test_a_request_s_number_leaves_no_doubt(word: str):
    assert said(f"{word} {SP}", LI, waits=False) is Meaning.OURS


def test_a_line_of_a_list_leaves_no_doubt():
    uow = memory(work_order(Status.OFFERED))

    assert meaning(words("拒绝 1 太贵"), False, True, uow.people.get(LI), uow) is Meaning.OURS


def test_agreeing_without_approvals_stays_free_text_for_a_technician():
    assert said("同意", LI, waits=False) is Meaning.OTHER
    assert said("同意", ZHAO, waits=False) is Meaning.OURS


def test_other_meanings_are_said_without_a_doubt():
    uow = memory(work_order(Status.OFFERED))
    done = memory(work_order(Status.COMPLETED))

    assert other_meanings(words("拒绝"), uow.people.get(LI), uow) == [f"· 不接这张工单：拒单 {NUMBER}"]
    assert other_meanings(words(f"驳回 {NUMBER}"), done.people.get(ZHAO), done) == [
        f"· 没有修好：验收不通过 {NUMBER}"
    ]
    assert other_meanings(words(f"通过 {NUMBER}"), done.people.get(ZHAO), done) == [
        f"· 确认修好了：验收 {NUMBER}"
    ]


def test_a_colleague_is_found_by_the_whole_name():
    assert colleague_named("李强", memory()).id == LI


@pytest.mark.parametrize("name", ["李工", "李", "李强强"])
def test_who_may_be_meant_is_told(name: str):
    with pytest.raises(ColleagueUnknown) as refused:
        colleague_named(name, memory())

    assert "李强（技师）" in refused.value.message


def test_a_stranger_s_name_is_told_plainly():
    with pytest.raises(ColleagueUnknown) as refused:
        colleague_named("欧阳锋", memory())

    assert refused.value.message == "没有找到同事“欧阳锋”，没有做任何改动。请用全名再说一次。"


def test_a_customer_is_no_colleague():
    uow = memory()

    with pytest.raises(ColleagueUnknown):
        colleague_named(uow.people.get(CHEN).name, uow)


def test_namesakes_are_told_apart_by_their_numbers():
    uow = memory()
    twin = Person(
        id=UUID(int=77), name="李强", mobile="13900007777", skills=[], active=True, created_at=AT, region=""
    )
    twin.give_roles(frozenset({Role.MANAGER}))
    uow.people.add(twin)

    with pytest.raises(SeveralColleagues) as refused:
        colleague_named("李强", uow)

    assert "李强 7777（主管）" in refused.value.message
    assert colleague_named("李强 7777", uow).id == twin.id
    assert colleague_named(f"李强{MOBILE[LI][-4:]}", uow).id == LI
