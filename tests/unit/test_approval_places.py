"""In a group a decision needs its number; what waits for a technician is on their list of things to do."""

import pytest

from bot.errors import ApprovalNotNamed
from cards.messages import help_words
from domain.people.model import Role
from domain.workorder.status import Status
from tests.support.builders import LI, work_order
from tests.support.talking import Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest.mark.parametrize("text", ["同意", "不同意 太贵", "通过", "退回 缺照片", "转交 赵敏", "同意 0001"])
def test_a_vote_in_a_group_needs_its_number(talk: Talk, text: str):
    number = talk.asks()

    with pytest.raises(ApprovalNotNamed) as refused:
        talk.says(text, talk.approver, group=True)

    word, _, rest = text.partition(" ")
    example = f"例如：{word} {number} {rest.removeprefix('0001')}".rstrip()
    assert refused.value.message.startswith(f"“{word}”要带上编号，没有做任何改动，{example}。")
    assert (
        talk.says(f"同意 {number}", talk.approver, group=True) == f"已同意：折扣申请 {number}（9,000 元）。"
    )


def test_without_an_open_approval_a_group_is_heard_as_before(talk: Talk):
    talk.asks()

    assert talk.says("同意", group=True) is None
    assert talk.says("评论 好的", talk.approver, group=True) is None


def test_an_offer_in_a_group_may_still_be_declined(talk: Talk):
    talk = Talk(orders=[work_order(Status.OFFERED)])
    talk.asks()
    talk.says("转交 李强", talk.approver)

    assert talk.says("拒绝 太远", LI, group=True) is None


def test_a_technician_reads_the_approvals_beside_the_work_orders(talk: Talk):
    talk.asks()
    assert talk.says("待办", LI) is None
    talk.says("转交 李强", talk.approver)
    before = len(talk.uow.notices)

    assert "【待我审批】共 1 项" in (talk.says("待办", LI) or "")
    assert len(talk.uow.notices) == before + 1
    assert talk.says("我的工单", LI) is None
    assert "已同意" in (talk.says("同意 1", LI) or "")


def test_the_help_for_colleagues_names_what_an_approver_can_do():
    words = help_words(frozenset({Role.MANAGER}))

    assert all(one in words for one in ("转交", "退回", "加签", "催办", "请假"))
    assert "转交" not in help_words(frozenset({Role.CUSTOMER}))
