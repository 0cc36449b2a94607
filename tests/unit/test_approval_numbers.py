"""An approval is named by its number or the end of it, also when it is over."""

import pytest

from bot.approval_words import read_approval
from bot.errors import ApprovalNotNamed
from domain.approval.errors import NoApprovals
from tests.support.talking import Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()


def heard(talk: Talk, text: str, *, by_approver: bool = False) -> str:
    answer = talk.says(text, talk.approver if by_approver else None)
    assert answer is not None
    return answer


def test_what_was_sent_back_is_handed_in_by_the_end_of_its_number(talk: Talk):
    numbers = [talk.asks(), talk.asks()]
    for number in numbers:
        heard(talk, f"退回 {number} 缺照片", by_approver=True)

    answer = heard(talk, f"重新提交 {numbers[0][-4:]} 9000元 已补照片")

    assert answer == f"已重新提交：{numbers[0]}。"
    (task,) = talk.uow.processes.open_tasks(talk.approver, 9)
    assert talk.uow.processes.get(task.instance_id).number == numbers[0]
    assert "已补照片" in heard(talk, f"审批 {numbers[0]}")


@pytest.mark.parametrize(
    ("text", "tail", "rest"),
    [("重新提交 0003 9000元 补", "0003", "9000元 补"), ("重新提交 4500 补", "", "4500 补")],
)
def test_digits_are_a_number_only_with_a_nought_where_an_amount_may_stand(text: str, tail: str, rest: str):
    read = read_approval(text)

    assert read is not None
    assert (read.tail, read.rest) == (tail, rest)


def test_a_decision_is_taken_back_by_the_end_of_the_number(talk: Talk):
    talk = Talk("settlement")
    talk.says("申请 对账结算 80000元 运费")
    number = next(iter(talk.uow.processes.instances.values())).number
    for who in [one.assignee_id for one in talk.uow.processes.kept if one.closed_at is None]:
        talk.says(f"同意 {number}", who)
        assert talk.says(f"拿回 {number[-4:]}", who) == f"已拿回：{number}，又等您审批了。"


@pytest.mark.parametrize("text", ["拿回", "评论", "评论 好的"])
def test_what_lacks_a_number_says_nothing_of_work_orders(talk: Talk, text: str):
    with pytest.raises(ApprovalNotNamed) as refused:
        talk.says(text)

    assert "SP-" in refused.value.message
    assert "工单" not in refused.value.message


def test_an_unknown_end_of_a_number_says_so(talk: Talk):
    assert "没有您能查看的审批“0009”" in heard(talk, "拿回 0009")
    with pytest.raises(NoApprovals):
        talk.says("同意 0009", talk.approver)


def test_whoever_asked_reads_how_it_ended(talk: Talk):
    number = talk.asks()
    heard(talk, f"退回 {number} 缺照片", by_approver=True)
    heard(talk, f"重新提交 {number} 9000元 已补照片")
    heard(talk, f"评论 {number} 客户等着")
    heard(talk, f"同意 {number} 下不为例", by_approver=True)

    for text in (number, f"审批 {number[-4:]}"):
        answer = heard(talk, text)
        assert answer.startswith(f"折扣申请 {number}（9,000 元）：已通过，11月24日 09:00\n原因：老客户")
        assert "· 经理审批 吴涛：已退回（缺照片）" in answer
        assert "· 经理审批 吴涛：已同意（下不为例）" in answer
        assert "意见：\n赵敏：客户等着" in answer


def test_whoever_asked_reads_for_whom_it_waits_and_what_to_do(talk: Talk):
    number = talk.asks()
    assert "：审批中，等 吴涛" in heard(talk, number)

    heard(talk, f"退回 {number} 缺照片", by_approver=True)
    assert talk.says(f"{number[-4:]}") is None
    assert "已退回，等您修改" in heard(talk, "我发起的")


def test_a_second_vote_is_answered_with_how_it_ended(talk: Talk):
    number = talk.asks()
    heard(talk, f"同意 {number}", by_approver=True)

    for text in (f"同意 {number[-4:]}", f"不同意 {number} 太贵", f"审批 {number[-4:]}"):
        answer = heard(talk, text, by_approver=True)
        assert "已由 吴涛 同意" in answer
        assert "申请已通过" in answer


@pytest.mark.parametrize("word", ["撤回", "催办", "重新提交"])
def test_what_is_over_is_left_alone_and_told(talk: Talk, word: str):
    number = talk.asks()
    heard(talk, f"不同意 {number} 太贵", by_approver=True)
    heard(talk, f"撤回 {number}")

    for said in (number, number[-4:]):
        answer = heard(talk, f"{word} {said}")
        assert answer.startswith(f"“{word}”没有执行，这项申请已经结束。\n折扣申请 {number}")
        assert "已撤回，" in answer
        assert "太贵" in answer


def test_the_end_of_a_number_is_looked_up_among_what_is_recent(talk: Talk):
    number = talk.asks()
    heard(talk, f"同意 {number}", by_approver=True)
    talk.passes(60 * 24 * 40)

    with pytest.raises(NoApprovals):
        talk.says(f"同意 {number[-4:]}", talk.approver)
