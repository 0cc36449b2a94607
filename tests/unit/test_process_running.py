"""Steps from outside, the clock, raised amounts, emergencies, and what is done with a whole instance."""

from datetime import timedelta

import pytest

from domain.engine.process import commands as asks
from domain.engine.process import errors, waits_for
from domain.engine.process import events as facts
from tests.support.process import AT, Firm, Life, approval, one, persons, process
from tests.support.process_kinds import STEPS

WORK = {"kind": "task", "id": "work", "title": "完成", "step": "work", "next": "end"}


def change(life: Life, amount: int) -> Life:
    return life.do(asks.Change(actor="system", data={"amount": amount}))


def blocked(life: Life, step: str = "work") -> tuple[str, ...]:
    return waits_for(life.definition, life.state, step)


def test_a_step_behind_an_approval_is_blocked_until_it_is_given():
    life = Life(process(approval("a", "zhang", then="work"), WORK))

    assert blocked(life) == ("a",)
    with pytest.raises(errors.StepBlocked) as refusal:
        life.play("wu reach work")
    assert "a审批" in refusal.value.message
    assert blocked(life.agree("zhang")) == ()
    assert life.play("wu reach work").state.status == "approved"


def test_a_step_that_the_flow_never_comes_to_changes_nothing():
    life = Life(STEPS, data={"amount": 50})
    before = life.state

    assert life.play("wu reach other").state is before


def test_a_step_on_a_way_that_is_not_taken_passes_nothing_over():
    accept = {"kind": "task", "id": "accept", "title": "接受", "step": "accept", "next": "c"}
    ways = [{"when": "amount > 500", "next": "inspect"}]
    choice = {"kind": "condition", "id": "c", "title": "金额", "branches": ways, "default": "work"}
    inspect = {"kind": "task", "id": "inspect", "title": "检查", "step": "inspect", "next": "end"}
    life = Life(process(accept, choice, inspect, WORK), data={"amount": 1})
    before = life.state

    assert life.play("wu reach inspect").state is before


def test_only_the_last_passes_of_a_node_are_kept():
    life = Life(RAISED, data={"amount": 1})
    for amount in range(2, 12):
        change(life.agree("zhang", "wang"), amount)

    assert len(life.state.tasks) <= 6


def test_a_step_reached_twice_changes_nothing():
    life = Life(STEPS, data={"amount": 50}).play("wu reach accept")
    before = life.state

    assert life.play("wu reach accept").state is before


def test_steps_that_were_left_out_are_passed_over():
    life = Life(STEPS, data={"amount": 50}).play("wu reach work")

    left = [event for event in life.new if isinstance(event, facts.NodeLeft)]
    assert [(event.node, event.outcome) for event in left[:2]] == [
        ("accept", "passed_over"),
        ("dear", "done"),
    ]
    assert life.stands_on == ["rest"]


def test_a_step_behind_an_approval_on_the_way_is_not_passed_over():
    life = Life(STEPS, data={"amount": 900}).agree("zhang")

    with pytest.raises(errors.StepBlocked):
        life.play("wu reach work")
    assert life.stands_on == ["accept"]


def test_a_step_that_opens_again_runs_what_is_behind_it_anew():
    life = Life(STEPS, data={"amount": 900}).play("zhang agree; wu reach accept; sun agree; wu agree")
    life.do(asks.Revisit(actor="wu", step="accept"))

    assert life.stands_on == ["accept"]
    assert life.play("wu reach accept").open == ["sun", "wu"]


def test_a_step_that_was_not_reached_needs_not_open_again():
    life = Life(STEPS, data={"amount": 50})

    assert life.do(asks.Revisit(actor="wu", step="work")).new == []


def test_what_was_done_before_the_instance_is_not_asked():
    life = Life(STEPS, data={"amount": 900}, nodes_done=["quote", "accept"])

    assert life.stands_on == ["boss"]
    assert [event.why for event in life.new if isinstance(event, facts.NodeSkipped)] == ["以前已完成"] * 2


def test_a_skip_says_its_formula():
    life = Life(STEPS, data={"amount": 50})

    skipped = next(event for event in life.new if isinstance(event, facts.NodeSkipped))
    assert skipped.why == "满足跳过条件：amount < 100"


RAISED = process(approval("a", "zhang", "wang", then="work", again_when_raised="amount"), WORK)


def test_a_raised_amount_asks_again_beside_the_flow_and_blocks_what_is_behind():
    life = change(Life(RAISED, data={"amount": 5}).agree("zhang", "wang"), 8)

    assert (life.stands_on, life.open, blocked(life)) == (["a", "work"], ["zhang", "wang"], ("a",))
    assert blocked(life.agree("zhang", "wang")) == ()
    assert life.stands_on == ["work"]


@pytest.mark.parametrize("amount", [5, 3])
def test_an_amount_that_is_not_raised_asks_nobody(amount: int):
    life = change(Life(RAISED, data={"amount": 5}).agree("zhang", "wang"), amount)

    assert life.stands_on == ["work"]


def test_an_amount_raised_while_people_decide_asks_them_anew():
    life = change(Life(RAISED, data={"amount": 5}).agree("zhang"), 8)

    assert life.open == ["zhang", "wang"]


def test_who_raises_the_amount_while_agreeing_is_not_asked_twice_but_the_others_are():
    life = Life(RAISED, data={"amount": 5}).agree("zhang").agree("wang", data={"amount": 8})

    assert (life.stands_on, life.open) == (["a"], ["zhang"])


def test_a_raised_amount_that_no_longer_skips_is_asked():
    life = change(Life(STEPS, data={"amount": 50}), 200)

    assert (life.stands_on, blocked(life, "accept")) == (["accept", "quote"], ("quote",))


def test_a_raised_amount_asks_on_the_way_that_is_chosen_now():
    life = Life(STEPS, data={"amount": 300}).play("zhang agree; wu reach accept")
    change(life, 900)

    assert life.stands_on == ["boss", "quote", "work"]


JUMPED = process(
    approval("first", "he", then="a"),
    approval("a", "zhang", then="c", again_when_raised="amount"),
    {
        "kind": "condition",
        "id": "c",
        "title": "金额",
        "branches": [{"when": "amount > 500", "next": "dear"}],
        "default": "last",
    },
    approval("dear", "sun", then="last", again_when_raised="amount"),
    approval("last", "wu", then="end"),
)


def test_what_is_raised_before_a_straight_return_comes_back_is_asked_on_the_way_jumped_over():
    life = Life(JUMPED, data={"amount": 5}).play("he agree; zhang agree; wu return initiator straight")

    assert change(life, 90).open == ["li"]
    assert life.play("li resubmit").stands_on == ["a", "last"]


def test_a_straight_return_that_would_leave_out_somebody_runs_every_node_again():
    life = Life(JUMPED, data={"amount": 5}).play("he agree; zhang agree; wu return initiator straight")

    assert change(life, 900).play("li resubmit; he agree; zhang agree").stands_on == ["dear"]


def test_a_straight_return_from_beside_the_flow_jumps_over_what_was_passed():
    life = change(Life(JUMPED, data={"amount": 5}).play("he agree; zhang agree"), 900)

    assert life.send_back("sun", "initiator", "straight").play("li resubmit").stands_on == ["a", "dear"]


def test_a_straight_return_without_a_raise_asks_nobody_in_between():
    life = Life(JUMPED, data={"amount": 900}).play(
        "he agree; zhang agree; sun agree; wu return first straight"
    )

    assert change(life, 5).play("he agree").stands_on == ["last"]


def test_a_refusal_that_is_asked_again_ends_the_instance():
    life = change(Life(RAISED, data={"amount": 5}).agree("zhang", "wang"), 8)

    assert life.refuse("wang").state.status == "refused"


URGENT = process(approval("a", "zhang", then="work", emergency=True), WORK)


def test_an_emergency_goes_on_at_once_and_the_end_waits_for_the_approval():
    life = Life(URGENT)

    assert (life.open, life.stands_on, blocked(life)) == (["zhang"], ["a", "work"], ())
    assert life.play("wu reach work").state.status == "running"
    assert life.agree("zhang").state.status == "approved"


def test_two_emergencies_in_a_block_let_its_join_through_once():
    split = {"kind": "parallel", "id": "s", "title": "分", "branches": ["a", "b"], "join": "j"}
    urgent = [approval(name, "zhang", then="j", emergency=True) for name in ("a", "b")]
    life = Life(process(split, *urgent, {"kind": "join", "id": "j", "next": "work"}, WORK))

    assert life.stands_on == ["a", "b", "work"]


def test_a_step_awaited_twice_may_be_reached_where_nothing_blocks_it():
    split = {"kind": "parallel", "id": "s", "title": "分", "branches": ["a", "w"], "join": "j"}
    again = {**WORK, "next": "j"}
    join = {"kind": "join", "id": "j", "next": "end"}
    life = Life(process(split, approval("a", "zhang", then="work"), again, {**again, "id": "w"}, join))

    assert blocked(life) == ()
    assert life.play("wu reach work").stands_on == ["a"]
    assert blocked(life) == ("a",)


def test_an_emergency_that_is_refused_ends_the_instance():
    assert Life(URGENT).refuse("zhang").state.status == "refused"


REMIND = {"within_min": 60, "do": "remind", "every_min": 30}


def test_a_reminder_fires_once_each_time_and_once_after_a_long_downtime():
    life = Life(one("zhang", timeout=REMIND))

    assert life.later(59).new == []
    assert life.later(1).names() == ["TimeoutFired"]
    assert life.later(0).new == []
    assert life.later(10_000).names() == ["TimeoutFired"]
    assert life.state.next_due_at == AT + timedelta(minutes=60 + 30 * 334)


@pytest.mark.parametrize(("do", "status"), [("agree", "approved"), ("refuse", "refused")])
def test_a_timeout_decides(do: str, status: str):
    life = Life(one("zhang", timeout={"within_min": 60, "do": do})).later(60)

    assert life.state.status == status
    assert life.state.tasks[0].why == "timeout"


def test_an_escalation_asks_the_manager_instead_and_again_above():
    timeout = {"within_min": 60, "do": "escalate", "every_min": 60}
    life = Life(one("zhang", timeout=timeout), firm=Firm(managers={"zhang": "sun"}))

    assert life.later(60).open == ["sun"]
    assert life.later(60).open == ["boss"]
    assert life.later(60).open == ["admin"]


def test_an_escalation_without_anybody_above_leaves_the_task():
    life = Life(one("boss", timeout={"within_min": 60, "do": "escalate"}), firm=Firm(admin=()))

    assert life.later(60).open == ["boss"]
    assert life.state.next_due_at is None


def test_a_timer_lets_the_flow_go_on():
    timer = {"kind": "timer", "id": "t", "title": "等", "after_min": 30, "next": "a"}
    life = Life(process(timer, approval("a", "zhang", then="end")))

    assert life.state.next_due_at == AT + timedelta(minutes=30)
    assert life.later(30).open == ["zhang"]


def test_a_trigger_and_a_copy_are_recorded_and_the_flow_goes_on():
    copy = {"kind": "cc", "id": "c", "title": "告知", "to": persons("wu"), "next": "t"}
    trigger = {"kind": "trigger", "id": "t", "title": "记账", "do": "book", "with": {"x": 1}, "next": "end"}
    life = Life(process(copy, trigger))

    told = next(event for event in life.new if isinstance(event, facts.Copied))
    fired = next(event for event in life.new if isinstance(event, facts.TriggerFired))
    assert (told.people, fired.do, fired.with_, life.state.status) == (("wu",), "book", {"x": 1}, "approved")


def test_the_initiator_withdraws_and_nobody_else():
    life = Life(one("zhang"))

    with pytest.raises(errors.NotInitiator):
        life.do(asks.Withdraw(actor="zhang"))
    assert life.do(asks.Withdraw(actor="li")).state.status == "withdrawn"
    with pytest.raises(errors.TaskGone) as refusal:
        life.agree("zhang")
    assert "li 撤回" in refusal.value.message


def test_an_administrator_terminates_with_a_reason():
    life = Life(one("zhang"))

    with pytest.raises(errors.CommentMissing):
        life.do(asks.Terminate(actor="admin"))
    assert life.do(asks.Terminate(actor="admin", reason="重复")).state.status == "terminated"


def test_nothing_happens_to_an_instance_that_is_over():
    life = Life(one("zhang")).agree("zhang")

    assert life.later(10).new == []
    for command in (
        asks.Withdraw(actor="li"),
        asks.Nudge(actor="li"),
        asks.Change(actor="li", data={"a": 1}),
    ):
        with pytest.raises(errors.InstanceOver):
            life.do(command)


def test_an_administrator_jumps_and_into_a_block_means_to_its_split():
    split = {"kind": "parallel", "id": "s", "title": "分", "branches": ["b", "c"], "join": "j"}
    join = {"kind": "join", "id": "j", "next": "end"}
    life = Life(
        process(
            approval("a", "zhang", then="s"),
            split,
            approval("b", "wu", then="j"),
            approval("c", "xu", then="j"),
            join,
        )
    )

    assert life.do(asks.Jump(actor="admin", node="c", reason="加急")).open == ["wu", "xu"]
    with pytest.raises(errors.UnknownTarget):
        life.do(asks.Jump(actor="admin", node="nowhere", reason="加急"))
    assert life.do(asks.Jump(actor="admin", node="end", reason="加急")).state.status == "approved"


def told(life: Life, command: asks.Ask) -> tuple[str, ...]:
    (event,) = life.do(command).new
    assert isinstance(event, facts.Nudged | facts.Copied)
    return event.people


def test_comments_copies_and_nudges_are_recorded():
    life = Life(one("zhang", "wang"), firm=Firm(gone={"gone"}))

    assert told(life, asks.Nudge(actor="li", task=life.task("wang").id)) == ("wang",)
    assert told(life, asks.Nudge(actor="li")) == ("zhang", "wang")
    assert life.do(asks.Comment(actor="wu", files=("f1",))).names() == ["Commented"]
    assert told(life, asks.Copy(actor="wu", to=("sun", "sun"))) == ("sun",)
    with pytest.raises(errors.CommentMissing):
        life.do(asks.Comment(actor="wu"))
    with pytest.raises(errors.PersonGone):
        life.do(asks.Copy(actor="wu", to=("gone",)))


def test_what_was_done_goes_on_when_a_step_is_open_again():
    life = Life(process({**WORK, "next": "a"}, approval("a", "zhang", then="end"), result="done"))
    life.do(asks.Reach(actor="li", step="work"))
    assert life.agree("zhang").state.status == "done"

    life.do(asks.Revisit(actor="li", step="work"))

    assert life.state.status == "running" and life.state.active("work")
    life.do(asks.Reach(actor="li", step="work"))
    assert life.agree("zhang").state.status == "done"
