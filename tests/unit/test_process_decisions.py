"""What approvers can do with a task, and every refusal they can meet."""

from uuid import UUID

import pytest

from domain.engine.process import commands as asks
from domain.engine.process import errors
from domain.engine.process import events as facts
from domain.engine.process.turn import MAX_APPROVERS, MAX_DEPTH
from tests.support.process import Firm, Life, approval, one, process

TWO_NODES = process(approval("a", "zhang", "wang", then="b"), approval("b", "sun", then="end"))


def test_countersign_needs_everybody():
    life = Life(one("zhang", "wang", mode="all")).agree("zhang")

    assert (life.open, life.state.status) == (["wang"], "running")
    assert life.agree("wang").state.status == "approved"


def test_one_refusal_ends_a_countersign_and_closes_the_siblings():
    life = Life(one("zhang", "wang", "sun", mode="all")).refuse("zhang")

    assert life.state.status == "refused"
    assert [task.outcome for task in life.state.tasks] == ["refused", "cancelled", "cancelled"]


@pytest.mark.parametrize(("verb", "status"), [("agree", "approved"), ("refuse", "refused")])
def test_the_first_vote_decides_an_or_sign(verb: str, status: str):
    life = Life(one("zhang", "wang", mode="any")).play(f"wang {verb}")

    assert life.state.status == status
    assert life.names()[:2] == ["TaskClosed", "TaskClosed"]


def test_a_sequence_asks_one_after_another():
    life = Life(one("zhang", "wang", mode="sequence"))

    assert life.open == ["zhang"]
    assert life.agree("zhang").open == ["wang"]


def test_a_refusal_may_open_the_last_step_again():
    cost = {"kind": "task", "id": "cost", "title": "报价", "step": "work", "next": "a"}
    life = Life(process(cost, approval("a", "zhang", then="end", refusal="step")))
    life.do(asks.Reach(actor="li", step="work"))

    life.refuse("zhang")

    assert life.state.active("cost") and life.open == []
    life.do(asks.Reach(actor="li", step="work"))
    assert life.agree("zhang").state.status == "approved"


def test_a_refusal_may_return_to_the_initiator():
    life = Life(one("zhang", refusal="return")).refuse("zhang")

    assert life.open == ["li"]
    assert life.play("li resubmit").open == ["zhang"]


def test_a_vote_after_the_end_is_refused_with_who_decided():
    life = Life(one("zhang", "wang", mode="any")).agree("wang")

    with pytest.raises(errors.TaskGone) as refusal:
        life.agree("zhang")
    assert "wang 同意" in refusal.value.message


def test_a_second_press_is_refused_and_changes_nothing():
    life = Life(one("zhang", "wang", mode="all")).agree("zhang")
    before = life.state

    with pytest.raises(errors.TaskGone, match="task_gone"):
        life.agree("zhang")
    assert life.state is before


def test_a_delegated_task_is_out_of_ones_hands():
    life = Life(one("zhang"))
    task = life.task("zhang").id
    life.do(asks.Delegate(actor="zhang", task=task, to="wang", comment="请您看"))

    with pytest.raises(errors.NotYourTask):
        life.do(asks.Agree(actor="zhang", task=task))
    assert life.agree("wang").state.status == "approved"


def test_a_draft_stays_with_its_author():
    life = Life(one("zhang"))
    task = life.task("zhang").id

    assert life.do(asks.Stash(actor="zhang", task=task, text="再想想")).task("zhang").draft == "再想想"
    assert life.do(asks.Delegate(actor="zhang", task=task, to="wang")).task("wang").draft == ""


def test_an_entrusted_task_comes_back():
    life = Life(one("zhang")).play("zhang entrust wang")

    assert life.open == ["wang"]
    assert life.agree("wang").open == ["zhang"]


def test_who_was_asked_for_an_opinion_cannot_return_or_add():
    life = Life(one("zhang")).play("zhang entrust wang")

    with pytest.raises(errors.OpinionOnly):
        life.send_back("wang", "initiator")
    with pytest.raises(errors.OpinionOnly):
        life.play("wang beside sun")


def test_who_waits_for_added_approvers_cannot_decide():
    life = Life(one("zhang")).play("zhang before wang")

    with pytest.raises(errors.NotYourTurn):
        life.agree("zhang")


@pytest.mark.parametrize(
    ("people", "refusal"),
    [
        ("zhang", errors.SamePerson),
        ("gone", errors.PersonGone),
        ("li", errors.SelfApproval),
        ("sun", errors.AlreadyAsked),
    ],
)
def test_who_cannot_be_added(people: str, refusal: type[Exception]):
    life = Life(one("zhang", "sun"), firm=Firm(gone={"gone"}))

    with pytest.raises(refusal):
        life.play(f"zhang beside {people}")


@pytest.mark.parametrize("verb", ["entrust", "delegate"])
def test_the_initiator_cannot_be_given_their_own_approval(verb: str):
    life = Life(one("zhang"))
    kind = {"entrust": asks.Entrust, "delegate": asks.Delegate}[verb]

    with pytest.raises(errors.SelfApproval):
        life.do(kind(actor="zhang", task=life.task("zhang").id, to="li"))


def test_a_node_has_at_most_so_many_approvers():
    life = Life(one("zhang"))

    with pytest.raises(errors.TooManyApprovers):
        life.add("zhang", *(f"p{number}" for number in range(MAX_APPROVERS)), where="beside")


def test_added_people_add_people_to_a_limit():
    life = Life(one("p0"))
    for number in range(MAX_DEPTH):
        life.play(f"p{number} before p{number + 1}")

    with pytest.raises(errors.AddedTooDeep):
        life.play(f"p{MAX_DEPTH} entrust sun")
    assert life.agree(*(f"p{number}" for number in range(MAX_DEPTH, -1, -1))).state.status == "approved"


def test_only_who_added_an_approver_removes_them():
    life = Life(one("zhang", "sun")).play("zhang beside wang")

    with pytest.raises(errors.NotAdded):
        life.play("sun remove wang")
    with pytest.raises(errors.NotAdded):
        life.play("zhang remove sun")


def test_a_claim_closes_the_others_tasks():
    life = Life(one("zhang", "wang", mode="any"))
    life.do(asks.Claim(actor="wang", task=life.task("wang").id))

    assert life.open == ["wang"]
    with pytest.raises(errors.TaskGone) as refusal:
        life.agree("zhang")
    assert "wang 认领" in refusal.value.message


@pytest.mark.parametrize("definition", [one("zhang", "wang", mode="all"), one("zhang", mode="any")])
def test_only_one_of_several_can_claim(definition):
    life = Life(definition)

    with pytest.raises(errors.NotClaimable):
        life.do(asks.Claim(actor="zhang", task=life.task("zhang").id))


@pytest.mark.parametrize("then", ["again", "straight"])
def test_a_return_needs_a_reason_and_a_place_that_was_passed(then):
    life = Life(TWO_NODES).agree("zhang", "wang")
    task = life.task("sun").id

    with pytest.raises(errors.CommentMissing):
        life.do(asks.Return(actor="sun", task=task, to="a", then=then))
    for target in ("b", "end", "nowhere"):
        with pytest.raises(errors.UnknownTarget):
            life.send_back("sun", target, then)


def test_a_refusal_needs_a_reason():
    life = Life(one("zhang"))

    with pytest.raises(errors.CommentMissing):
        life.do(asks.Refuse(actor="zhang", task=life.task("zhang").id, comment="  "))


def test_after_a_return_an_earlier_agreement_does_not_count():
    life = Life(process(approval("a", "zhang", then="b"), approval("b", "sun", then="end")))

    assert life.play("zhang agree; sun return initiator; li resubmit").open == ["zhang"]
    assert life.agree("zhang").open == ["sun"]


def test_a_returned_instance_can_only_be_submitted_again():
    life = Life(one("zhang")).send_back("zhang", "initiator")

    with pytest.raises(errors.ResubmitOnly):
        life.agree("li")
    with pytest.raises(errors.NotYourTask):
        life.play("zhang resubmit")


def test_what_was_not_returned_cannot_be_submitted_again():
    life = Life(one("zhang"))

    with pytest.raises(errors.NotReturned):
        life.play("li resubmit")


def take_back(life: Life, person: str, node: str = "") -> Life:
    return life.do(asks.TakeBack(actor=person, task=life.task(person, node).id))


def test_an_agreement_is_taken_back_while_the_others_decide():
    life = Life(TWO_NODES).agree("zhang")

    assert take_back(life, "zhang").open == ["zhang", "wang"]


def test_taking_back_the_last_agreement_brings_the_node_back_with_the_other_votes():
    life = take_back(Life(TWO_NODES).agree("zhang", "wang"), "wang")

    assert (life.stands_on, life.open) == (["a"], ["wang"])
    assert life.agree("wang").open == ["sun"]


def test_taking_back_an_or_sign_asks_the_siblings_again():
    definition = process(
        approval("a", "zhang", "wang", mode="any", then="b"), approval("b", "sun", then="end")
    )

    assert take_back(Life(definition).agree("zhang"), "zhang").open == ["zhang", "wang"]


def test_taking_back_in_a_sequence_lets_the_next_wait_again():
    life = take_back(Life(one("zhang", "wang", mode="sequence")).agree("zhang"), "zhang")

    assert life.open == ["zhang"]
    assert "TaskDeferred" in life.names()
    assert life.agree("zhang", "wang").state.status == "approved"


def test_taking_back_an_added_agreement_lets_the_owner_wait_again():
    life = take_back(Life(one("zhang")).play("zhang before wu; wu agree"), "wu")

    assert life.open == ["wu"]
    assert life.agree("wu", "zhang").state.status == "approved"


def test_nothing_is_taken_back_after_somebody_acted():
    life = Life(TWO_NODES).agree("zhang", "wang")

    with pytest.raises(errors.NothingToTakeBack):
        take_back(life, "zhang")
    with pytest.raises(errors.NotYourTask):
        life.do(asks.TakeBack(actor="wang", task=life.task("zhang").id))


def test_nothing_is_taken_back_after_a_trigger_or_the_end():
    trigger = {"kind": "trigger", "id": "t", "title": "记账", "do": "book", "next": "b"}
    life = Life(process(approval("a", "zhang", then="t"), trigger, approval("b", "sun", then="end")))
    life.agree("zhang")

    with pytest.raises(errors.NothingToTakeBack):
        take_back(life, "zhang")
    with pytest.raises(errors.InstanceOver):
        take_back(life.agree("sun"), "sun")


def test_an_unknown_task_is_refused():
    life = Life(one("zhang"))

    with pytest.raises(errors.TaskUnknown):
        life.do(asks.Agree(actor="zhang", task=UUID(int=3)))


def test_data_of_a_command_is_merged_first():
    definition = process(
        approval("a", "zhang", then="c"),
        {
            "kind": "condition",
            "id": "c",
            "title": "金额",
            "branches": [{"when": "amount > 500", "next": "b"}],
            "default": "end",
        },
        approval("b", "sun", then="end"),
    )
    life = Life(definition, data={"amount": 1}).agree("zhang", data={"amount": 900})

    assert life.open == ["sun"]
    chosen = next(event for event in life.new if isinstance(event, facts.BranchChosen))
    assert (chosen.rule, chosen.values, chosen.next) == ("amount > 500", (("amount", 900),), "b")
