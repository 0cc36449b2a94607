"""Approvals over the wire: pressed again and again, an amount not seen, an approver who left."""

from typing import Any

import pytest
from sqlalchemy import update

from bootstrap.process_files import publish
from domain.approval.model import ProcessInstance
from domain.engine import process as engine
from domain.engine.process.events import DataChanged
from domain.people.model import Person, Role
from domain.policies.process_stepping import locked, step
from domain.policies.process_tell import show_new_values
from tests.support.closing import Staff, hire
from tests.support.loop import Loop
from tests.support.storage import at_once

on_both_platforms = pytest.mark.parametrize("platform", ["dingtalk", "wecom"])


def asked(loop: Loop, platform: str, amount: str = " 3000元") -> tuple[Staff, Staff]:
    """Let somebody ask the director for something; return both."""
    director = hire(loop, "沈总", Role.DIRECTOR, platform)
    asker = hire(loop, "小郑", Role.AGENT, platform)
    approve: dict[str, Any] = {
        "id": "boss",
        "kind": "approve",
        "title": "总监审批",
        "approvers": [{"by": "person", "person": "沈总"}],
        "next": "passed",
    }
    nodes = [
        {"id": "start", "kind": "start", "next": "boss"},
        approve,
        {"id": "passed", "kind": "end", "result": "approved"},
    ]
    document = {"name": "trial", "title": "试用申请", "about": "request", "nodes": nodes}
    publish(loop.database, document, 0, "", loop.clock.now())
    asker.says(f"申请 试用申请{amount} 换压缩机")
    director.card("同意", "换压缩机")
    loop.settle()
    return director, asker


def change_amount(loop: Loop, amount_fen: int) -> None:
    """Let the amount of what is asked for become another one."""
    with loop.database.read() as session:
        instance_id = session.query(ProcessInstance.id).scalar()
    now = loop.clock.now()
    with loop.product.open_uow(now=now, channel="test", correlation_id="c") as uow:
        change = engine.Change(actor="system", data={"amount_fen": amount_fen})
        for event in step(locked(instance_id, uow), change, now, uow):
            if isinstance(event, DataChanged):
                show_new_values(event, uow)  # No command of people's changes only this, so no bus does.
        uow.commit()


def test_five_presses_at_once_are_one_decision(loop: Loop):
    director, asker = asked(loop, "dingtalk")

    at_once(5, lambda _: director.presses("同意"))
    loop.settle()

    assert [one["outcome"] for one in loop.events("TaskClosed")] == ["agreed"]
    asker.hears("试用申请", "已通过")
    assert not director.has_button("同意")


def test_nobody_agrees_by_an_old_card_to_an_amount_they_have_not_seen(loop: Loop):
    # WeCom changes a card once only, so an open one keeps showing the amount it was sent with.
    director, asker = asked(loop, "wecom")
    change_amount(loop, 600_000)
    loop.settle()

    director.presses("同意")

    director.hears("改成了 6,000 元", "没有生效")
    assert loop.events("TaskClosed") == []
    director.card("同意", "6,000")
    loop.settle()
    director.presses("同意")
    asker.hears("试用申请", "已通过")


def test_a_card_that_was_changed_in_place_is_agreed_to_at_once(loop: Loop):
    director, asker = asked(loop, "dingtalk")
    change_amount(loop, 600_000)
    loop.advance(600)  # Changes of a card that was shown just now are gathered first.
    director.card("同意", "6,000")

    director.presses("同意")

    asker.hears("试用申请", "已通过")


@on_both_platforms
def test_what_waits_for_somebody_who_left_goes_up_and_their_card_is_closed(loop: Loop, platform: str):
    director, asker = asked(loop, platform)
    manager = hire(loop, "董事长", Role.DIRECTOR, platform, "xchair")
    with loop.database.write() as session, session.begin():
        gone = update(Person).where(Person.name == "沈总")
        session.execute(gone.values(active=False, manager_id=loop.person("董事长").id))

    loop.advance(120)
    manager.card("同意", "换压缩机")
    loop.settle()

    assert not director.has_button("同意")
    manager.presses("同意")
    asker.hears("试用申请", "已通过")
