"""No card leaves a placeholder unfilled, whichever state it is shown in."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from cards.catalog import render
from cards.spec import plain_text

AT = datetime(2026, 11, 30, 2, 0, tzinfo=UTC).isoformat()
FOLLOW_UP = {
    "follow_up_id": str(uuid4()),
    "version": 1,
    "number": "WO-20261130-0001",
    "kind": "routine",
    "due_at": AT,
    "customer_name": "沪冷物流",
    "contact": "陈静 13900000001",
    "fault": "不制冷",
}


@pytest.mark.parametrize(
    "facts",
    [{}, {"attempts": 1}, {"result": "solved"}, {"result": "unsolved", "reopens": True}],
)
def test_a_follow_up_is_filled_in_every_state(facts: dict[str, object]):
    shown = plain_text(render("follow_up", {**FOLLOW_UP, **facts}))

    assert "{" not in shown
    assert "}" not in shown
