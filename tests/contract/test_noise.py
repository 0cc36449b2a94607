"""Reminders within the budget: folded, the most urgent first, none lost, none repeated."""

from datetime import timedelta
from typing import Any

import pytest

from adapters.delivery.budget import RATES, Rate
from adapters.delivery.ports import DeliveryError, Failure, Mention
from adapters.storage.budgets import SqlBudgets
from adapters.storage.checks import Checks
from adapters.storage.engine import Database
from tests.support.builders import AT, LI, ORDER, WANG, notice
from tests.support.noise import GROUP, HOOK, LEASE_S, Stage, breach, line
from tests.support.storage import at_once, one, rows

RATE = Rate(burst=4, per_minute=6, reserve=1, strict=True)
GONE = DeliveryError("93000", Failure.PERMANENT)
LOST_ANSWER = DeliveryError("timeout", Failure.TEMPORARY)


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


def states(stage: Stage) -> dict[str, int]:
    found = rows(stage.database, "SELECT state, count(*) FROM outbox GROUP BY state")
    return dict(found)


def test_a_bucket_is_full_at_first_and_then_drips(database: Database):
    budgets = SqlBudgets(database)

    assert [budgets.take("k", RATE, AT, 1.0) for _ in range(5)] == [True] * 4 + [False]
    assert budgets.level("k", RATE, AT) == pytest.approx(0)
    assert not budgets.take("k", RATE, AT + timedelta(seconds=9), 1.0)
    assert budgets.take("k", RATE, AT + timedelta(seconds=10), 1.0)
    assert budgets.level("k", RATE, AT + timedelta(hours=1)) == 4


def test_a_bucket_takes_what_is_there_where_nothing_is_needed(database: Database):
    budgets = SqlBudgets(database)

    assert all(budgets.take("k", RATE, AT, 0.0) for _ in range(9))
    assert budgets.level("k", RATE, AT) == 0


def test_a_clock_that_is_behind_gives_no_token_twice(database: Database):
    budgets = SqlBudgets(database)
    for _ in range(4):
        budgets.take("k", RATE, AT, 1.0)

    assert not budgets.take("k", RATE, AT - timedelta(minutes=5), 1.0)
    assert not budgets.take("k", RATE, AT, 1.0)


def test_replicas_in_parallel_share_one_bucket(database: Database):
    taken = at_once(6, lambda _: [SqlBudgets(database).take("k", RATE, AT, 1.0) for _ in range(3)])

    assert sum(sum(each) for each in taken) == 4


def test_few_reminders_are_sent_alone_with_their_own_cards(stage: Stage):
    stage.owe(breach(1), breach(2))

    stage.run()

    assert [message.text for message in stage.hook.messages.values()] == [line(1), line(2)]


def test_many_become_one_message_with_the_most_urgent_first_and_then_the_oldest(stage: Stage):
    stage.owe(breach(1), breach(2, urgency=1), breach(3), breach(4, urgency=2))

    stage.run()

    (message,) = stage.hook.messages.values()
    assert message.numbers == [4, 2, 1, 3]
    assert message.text.startswith("【4 张工单需要处理，其中 2 张紧急】")


def test_two_hundred_at_once_become_few_messages_with_all_of_them_in(stage: Stage):
    stage.owe(*(breach(number, urgency=number % 2) for number in range(200)))

    stage.run()

    assert len(stage.hook.messages) == 4
    assert sorted(stage.numbers(stage.hook)) == list(range(200))
    assert all(number % 2 for number in stage.numbers(stage.hook)[:100])
    assert states(stage) == {"sent": 200}
    counted = (
        "SELECT count(DISTINCT outbox_seq), count(DISTINCT ref) FROM delivery WHERE outcome = 'accepted'"
    )
    assert [tuple(row) for row in rows(stage.database, counted)] == [(200, 4)]
    assert one(stage.database, "SELECT count(*) FROM fold_turn") == 0


def test_many_go_to_dingtalk_as_one_long_text_and_a_few_as_a_card(stage: Stage):
    stage.owe(*(breach(number, GROUP) for number in range(100)))
    stage.run()
    stage.owe(*(breach(number, GROUP) for number in range(100, 103)))
    stage.run(after_s=300)

    assert (len(stage.text.messages), len(stage.card.messages)) == (1, 1)
    assert sorted(stage.numbers(stage.text, stage.card)) == list(range(103))


def test_what_comes_soon_after_is_put_into_the_card_that_is_shown(stage: Stage):
    stage.owe(*(breach(number, GROUP) for number in range(3)))
    stage.run()
    stage.owe(breach(3, GROUP))
    stage.run(after_s=5)

    assert (len(stage.card.messages), stage.card.updates) == (1, 1)
    assert stage.numbers(stage.card) == [0, 1, 2, 3]
    assert one(stage.database, "SELECT count(DISTINCT ref) FROM delivery") == 1


def test_an_answered_line_leaves_the_card_when_it_changes(stage: Stage):
    stage.owe(*(breach(number, GROUP, only_while=f"open:{number}") for number in range(3)))
    stage.run()
    stage.open["1"] = False
    stage.owe(breach(3, GROUP))
    stage.run(after_s=5)

    assert stage.numbers(stage.card) == [0, 2, 3]


def test_what_is_more_urgent_than_all_that_is_shown_is_not_hidden_in_an_old_card(stage: Stage):
    stage.owe(*(breach(number, GROUP) for number in range(3)))
    stage.run()
    stage.owe(breach(3, GROUP, urgency=2))
    stage.run(after_s=5)

    assert [message.numbers for message in stage.card.messages.values()] == [[0, 1, 2], [3]]


def test_a_card_that_is_gone_is_followed_by_a_new_one(stage: Stage):
    stage.owe(*(breach(number, GROUP) for number in range(3)))
    stage.run()
    stage.card.errors = [DeliveryError("param.cardNotExist", Failure.PERMANENT)]
    stage.owe(breach(3, GROUP))
    stage.run(after_s=20)

    assert [message.numbers for message in stage.card.messages.values()] == [[0, 1, 2], [3]]


def test_where_nothing_can_change_the_next_ones_wait_for_their_like(stage: Stage):
    stage.owe(*(breach(number) for number in range(3)))
    stage.run()
    for number in range(3, 8):
        stage.owe(breach(number))
        stage.run(after_s=2)
    stage.run(after_s=10)

    assert [message.numbers for message in stage.hook.messages.values()] == [[0, 1, 2], [3, 4, 5, 6, 7]]


def test_the_same_line_is_not_repeated_for_half_an_hour_unless_it_is_more_urgent(stage: Stage):
    same: dict[str, Any] = {"line": "同一行", "view": {"text": "同一行"}}
    stage.owe(breach(1, **same))
    stage.run()
    stage.owe(breach(2, **same), breach(3, urgency=1, **same))
    stage.run(after_s=60)
    stage.owe(breach(4, urgency=1, **same))
    stage.run(after_s=31 * 60)

    assert len(stage.hook.messages) == 3
    assert states(stage) == {"sent": 3, "superseded": 1}
    assert one(stage.database, "SELECT code FROM delivery WHERE outcome = 'superseded'") == "repeated"


@pytest.mark.parametrize("count", [1, 3])
def test_what_was_answered_meanwhile_is_moot(stage: Stage, count: int):
    stage.owe(*(breach(number, only_while=f"open:{number}") for number in range(count)))
    stage.open["0"] = False

    stage.run()

    assert sorted(stage.numbers(stage.hook)) == list(range(1, count))
    assert states(stage).get("moot") == 1
    assert one(stage.database, "SELECT code FROM delivery WHERE outcome = 'moot'") == "open:0"


def test_a_condition_is_asked_of_everything_and_nobody_s_condition_holds(stage: Stage):
    stage.owe(notice("a", audience=HOOK, only_while="open:a"), notice("b", audience=HOOK, only_while="x:1"))
    stage.open["a"] = False

    stage.run()

    assert [message.text for message in stage.hook.messages.values()] == ["b"]


def test_quiet_hours_hold_up_nothing_else(stage: Stage):
    morning = AT + timedelta(hours=8)
    stage.owe(notice("late", audience=HOOK, not_before=morning), notice("now", audience=HOOK))
    stage.owe(breach(1, not_before=morning), breach(2))
    stage.run()
    before = len(stage.hook.messages)
    stage.run(after_s=8 * 3600)

    assert (before, len(stage.hook.messages)) == (2, 4)


def test_a_reminder_leaves_the_reserve_to_everything_else(stage: Stage):
    rate = RATES["wecom_webhook"]
    stage.owe(*(notice(f"n{n}", audience=HOOK) for n in range(rate.burst - rate.reserve)))
    stage.run()
    stage.owe(*(breach(number) for number in range(9)))
    stage.owe(*(notice(f"m{n}", audience=HOOK) for n in range(rate.reserve)))
    stage.run()

    assert stage.numbers(stage.hook) == []
    assert len(stage.hook.messages) == rate.burst


def test_what_is_over_budget_waits_in_its_order_without_an_attempt(stage: Stage):
    rate = RATES["wecom_webhook"]
    stage.owe(*(notice(f"n{n:02}", audience=HOOK, subject_id=ORDER) for n in range(rate.burst + 2)))
    stage.run()
    attempts = one(stage.database, "SELECT attempts FROM outbox WHERE state = 'pending' ORDER BY seq LIMIT 1")
    stage.run(after_s=7)
    stage.run(after_s=7)

    assert attempts == 0
    told = [message.text for message in stage.hook.messages.values()]
    assert told == [f"n{n:02}" for n in range(rate.burst + 2)]
    assert one(stage.database, "SELECT count(*) FROM delivery") == rate.burst + 2


def test_a_group_s_cards_never_wait_where_no_limit_is_known(stage: Stage):
    stage.owe(*(notice(f"n{n}", audience=GROUP) for n in range(15)))

    stage.run()

    assert len(stage.text.messages) == 15


def test_a_fold_whose_pump_died_is_the_same_fold_again(stage: Stage):
    stage.owe(*(breach(number, GROUP) for number in range(4)))
    stage.card.errors = [SystemExit()]  # type: ignore[list-item]
    with pytest.raises(SystemExit):
        stage.run()
    first = one(stage.database, "SELECT DISTINCT fold_key FROM outbox")
    stage.owe(*(breach(number, GROUP, urgency=1) for number in range(4, 8)))
    stage.run(after_s=LEASE_S + 2)

    assert next(message.numbers for message in stage.card.messages.values()) == [0, 1, 2, 3]
    assert next(iter(stage.card.messages)) == first
    assert sorted(stage.numbers(stage.card)) == list(range(8))


def test_a_fold_whose_answer_was_lost_is_tried_again_under_its_key(stage: Stage):
    stage.owe(*(breach(number) for number in range(4)))
    stage.hook.errors = [LOST_ANSWER]
    stage.run()
    key = one(stage.database, "SELECT DISTINCT fold_key FROM outbox")
    stage.run(after_s=1)

    assert list(stage.hook.messages) == [key]
    assert one(stage.database, "SELECT count(*) FROM delivery WHERE outcome = 'failed'") == 4


def test_a_group_that_is_gone_leaves_every_row_to_an_operator(stage: Stage, caplog: pytest.LogCaptureFixture):
    stage.owe(*(breach(number) for number in range(60)))
    stage.hook.errors = [GONE] * 9

    stage.run()

    assert states(stage) == {"dead": 60}
    assert one(stage.database, "SELECT count(*) FROM delivery WHERE code = '93000'") == 60
    assert "nobody could be reached" in caplog.text
    assert Checks(stage.database).silent_groups(AT) == [("wecom_webhook:", "93000")]
    assert Checks(stage.database).silent_groups(AT + timedelta(days=1)) == []


def test_a_rung_that_is_refused_for_good_gives_way_to_the_next(stage: Stage):
    stage.owe(*(breach(number, GROUP) for number in range(4)))
    stage.card.errors = [GONE]

    stage.run()

    assert stage.numbers(stage.text) == [0, 1, 2, 3]


def test_a_defect_keeps_every_row(stage: Stage, caplog: pytest.LogCaptureFixture):
    stage.owe(*(breach(number) for number in range(4)))
    stage.hook.errors = [RuntimeError("defect")]
    stage.run()
    stage.run(after_s=30)

    assert stage.numbers(stage.hook) == [0, 1, 2, 3]
    assert "delivery defect" in caplog.text


def test_one_pump_at_a_time_folds_for_an_audience(stage: Stage):
    stage.owe(*(breach(number) for number in range(8)))
    claimed = stage.outbox.claim(AT, LEASE_S, 6)

    first = stage.folds.gather(claimed[:3], AT, LEASE_S)
    second = stage.folds.gather(claimed[3:], AT, LEASE_S)
    stage.folds.leave(claimed[:3])

    assert first is not None
    assert (len(first), second) == (5, None)
    assert stage.folds.gather(claimed[3:], AT, LEASE_S) is not None


def test_people_are_mentioned_once_by_the_names_of_the_platform(stage: Stage):
    who = (str(LI), str(WANG))
    stage.owe(*(breach(number, mentions=who) for number in range(3)))
    stage.owe(*(breach(number, GROUP, mentions=who) for number in range(10, 13)))

    stage.run()

    (hook,), (card,) = stage.hook.messages.values(), stage.card.messages.values()
    assert [each.user_id for each in hook.mentions] == ["Li.Tech"]
    assert Mention("li", "李强") in card.mentions
