"""Who is asked: assignments, absence, leavers, the initiator, and people who agreed before."""

import pytest

from domain.engine.process import commands as asks
from domain.engine.process import errors
from tests.support.process import Firm, Life, approval, one, process


def by(*assigns: dict[str, object], **more: object):
    return process({**approval("a", then="end", **more), "approvers": list(assigns)})


def seats(life: Life) -> list[tuple[str, str]]:
    return [(task.assignee, task.principal) for task in life.state.open_tasks]


def test_assignments_are_asked_in_order_and_each_once():
    firm = Firm(roles={"lead": ("wang", "zhang")}, managers={"li": "sun"})
    definition = by(
        {"by": "person", "person": "zhang"},
        {"by": "role", "role": "lead"},
        {"by": "head", "levels": 1},
        {"by": "field", "field": "owner"},
    )

    assert Life(definition, firm=firm, data={"owner": "wu"}).open == ["zhang", "wang", "sun", "wu"]


def test_the_previous_handler_is_who_decided_last():
    node = {
        **approval("b", then="end", duplicates="ask"),
        "approvers": [{"by": "relation", "relation": "previous_handler"}],
    }
    life = Life(process(approval("a", "zhang", "wang", mode="any", then="b"), node))

    assert life.agree("wang").open == ["wang"]


def test_somebody_absent_is_replaced_by_their_substitute():
    life = Life(one("zhang"), firm=Firm(substitutes={"zhang": "wang", "wang": "sun"}))

    assert seats(life) == [("sun", "zhang")]


def test_a_chain_of_substitutes_in_a_circle_stops():
    life = Life(one("zhang"), firm=Firm(substitutes={"zhang": "wang", "wang": "zhang"}))

    assert seats(life) == [("wang", "zhang")]


def test_a_substitute_who_left_is_passed_by():
    life = Life(one("zhang"), firm=Firm(substitutes={"zhang": "wang"}, gone={"wang"}))

    assert seats(life) == [("zhang", "")]


def test_the_initiator_does_not_decide_as_a_substitute_either():
    life = Life(one("zhang"), firm=Firm(substitutes={"zhang": "li"}))

    assert seats(life) == [("zhang", "")]


def test_who_is_asked_twice_has_a_task_for_each_seat():
    life = Life(one("zhang", "wang"), firm=Firm(substitutes={"zhang": "wang"}))

    assert seats(life) == [("wang", "zhang"), ("wang", "")]
    life.agree("wang")
    assert life.state.status == "running"
    assert life.agree("wang").state.status == "approved"


def test_the_substitute_is_looked_for_when_it_is_their_turn():
    firm = Firm()
    life = Life(one("zhang", "wang", mode="sequence"), firm=firm)
    firm.substitutes["wang"] = "sun"

    assert seats(life.agree("zhang")) == [("sun", "wang")]


def test_a_leaver_is_replaced_by_the_manager_and_then_by_an_administrator():
    firm = Firm(gone={"zhang", "wang", "boss"}, managers={"zhang": "sun"})

    assert seats(Life(one("zhang", "wang"), firm=firm)) == [("sun", "zhang"), ("admin", "wang")]


@pytest.mark.parametrize(
    ("rule", "asked", "status"),
    [("ask", ["li"], "running"), ("manager", ["boss"], "running"), ("skip", [], "approved")],
)
def test_the_initiator_among_the_approvers(rule: str, asked: list[str], status: str):
    life = Life(one("li", self_approval=rule))

    assert (life.open, life.state.status) == (asked, status)


def test_nobody_found_asks_the_administrators_of_whom_one_decides():
    life = Life(by({"by": "role", "role": "nobody"}), firm=Firm(admin=("admin", "root")))

    assert life.open == ["admin", "root"]
    assert life.agree("root").state.status == "approved"


def test_nobody_found_may_pass_and_says_so():
    life = Life(by({"by": "role", "role": "nobody"}, empty="pass"))

    assert life.state.status == "approved"
    assert [event.why for event in life.events if hasattr(event, "why")] == ["没有审批人，按规则自动通过"]


def test_nobody_at_all_is_refused():
    with pytest.raises(errors.NobodyToAsk) as refusal:
        Life(by({"by": "role", "role": "nobody"}), firm=Firm(admin=()))

    assert "a审批" in refusal.value.message


TWICE = process(approval("a", "zhang", then="b"), approval("b", "zhang", "wang", then="end"))


def test_who_agreed_before_agrees_automatically():
    life = Life(TWICE).agree("zhang")

    assert life.open == ["wang"]
    assert [task.why for task in life.state.tasks] == ["", "duplicate", ""]


def test_an_opinion_is_no_agreement():
    definition = process(approval("a", "zhang", then="b"), approval("b", "wang", then="end"))

    assert Life(definition).play("zhang entrust wang; wang agree; zhang agree").open == ["wang"]


def test_who_agreed_to_other_data_is_asked_again():
    life = Life(process(approval("a", "zhang", then="w"), WORK, approval("b", "zhang", then="end")))
    life.agree("zhang").do(asks.Change(actor="system", data={"amount": 7}))

    assert life.play("wu reach work").open == ["zhang"]


def test_who_agreed_as_a_substitute_is_asked_for_themselves():
    definition = process(approval("a", "zhang", then="b"), approval("b", "wang", then="end"))
    life = Life(definition, firm=Firm(substitutes={"zhang": "wang"})).agree("wang")

    assert seats(life) == [("wang", "")]


def test_everybody_can_be_asked_again_on_purpose():
    definition = process(
        approval("a", "zhang", then="b"), approval("b", "zhang", then="end", duplicates="ask")
    )

    assert Life(definition).agree("zhang").open == ["zhang"]


def test_a_leaver_s_tasks_go_to_another():
    life = Life(one("zhang", "wang", mode="sequence"))
    life.do(asks.Replace(actor="hr", person="zhang", to="sun", why="离职"))
    life.do(asks.Replace(actor="hr", person="wang", to="sun"))

    assert life.agree("sun").open == ["sun"]


def test_a_leaver_s_tasks_do_not_go_to_the_initiator_or_a_leaver():
    life = Life(one("zhang"), firm=Firm(gone={"gone"}))

    assert life.do(asks.Replace(actor="hr", person="zhang", to="li")).open == ["boss"]
    with pytest.raises(errors.PersonGone):
        life.do(asks.Replace(actor="hr", person="boss", to="gone"))


WORK = {"kind": "task", "id": "w", "title": "完成", "step": "work", "next": "b"}
