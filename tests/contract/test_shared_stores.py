"""Small shared things: platform tokens, dialogues and the series of numbers."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from adapters.storage.engine import Database
from adapters.storage.tokens import SqlTokenStore
from tests.support.builders import AT
from tests.support.storage import at_once, opened, transaction

DAY = date(2026, 11, 24)
WHO = "dingtalk:li"


@pytest.fixture
def tokens(database: Database) -> SqlTokenStore:
    return SqlTokenStore(database)


def test_a_token_is_kept_for_every_process(database: Database, tokens: SqlTokenStore):
    tokens.put("wecom:ww1:7", "secret", AT)

    assert SqlTokenStore(database).get("wecom:ww1:7") == ("secret", AT)


def test_a_newer_token_takes_the_place_of_the_older(tokens: SqlTokenStore):
    for number in range(2):
        tokens.put("k", f"t{number}", AT + timedelta(hours=number))

    assert tokens.get("k") == ("t1", AT + timedelta(hours=1))


def test_a_dropped_token_is_gone_and_dropping_it_again_is_harmless(tokens: SqlTokenStore):
    tokens.put("k", "t", AT)

    tokens.drop("k")
    tokens.drop("k")

    assert tokens.get("k") is None


def test_each_key_has_a_token_of_its_own(tokens: SqlTokenStore):
    tokens.put("a", "1", AT)
    tokens.put("b", "2", AT)
    tokens.drop("a")

    assert (tokens.get("a"), tokens.get("b")) == (None, ("2", AT))


def test_a_token_of_a_kilobyte_fits(tokens: SqlTokenStore):
    tokens.put("k", "t" * 1024, AT)

    assert tokens.get("k") == ("t" * 1024, AT)


def test_tokens_put_by_parallel_threads_do_not_collide(tokens: SqlTokenStore):
    at_once(5, lambda number: tokens.put("k", f"t{number}", AT))

    found = tokens.get("k")
    assert found is not None
    assert found[0] in {f"t{number}" for number in range(5)}


def test_a_moment_comes_back_aware_and_the_same_from_any_time_zone(tokens: SqlTokenStore):
    moment = datetime(2026, 11, 24, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))

    tokens.put("k", "t", moment)

    found = tokens.get("k")
    assert found is not None
    assert (found[1], found[1].tzinfo) == (moment, UTC)


def test_a_dialogue_is_remembered_until_it_expires(database: Database):
    with transaction(database) as uow:
        uow.dialogues.begin(WHO, "decline_reason", {"number": "WO-1", "版本": 3}, AT)
        uow.commit()

    with transaction(database) as uow:
        just_before = AT - timedelta(microseconds=1)
        assert uow.dialogues.current(WHO, just_before) == ("decline_reason", {"number": "WO-1", "版本": 3})
        assert uow.dialogues.current(WHO, AT) is None
        assert uow.dialogues.current("dingtalk:wang", just_before) is None


def test_a_newer_dialogue_takes_the_place_of_the_older(database: Database):
    with transaction(database) as uow:
        uow.dialogues.begin(WHO, "old", {}, AT)
        uow.dialogues.begin(WHO, "new", {"a": 1}, AT + timedelta(minutes=1))

        assert uow.dialogues.current(WHO, AT) == ("new", {"a": 1})


def test_an_ended_dialogue_is_forgotten(database: Database):
    with transaction(database) as uow:
        uow.dialogues.begin(WHO, "old", {}, AT + timedelta(minutes=1))
        uow.dialogues.end(WHO)
        uow.dialogues.end(WHO)

        assert uow.dialogues.current(WHO, AT) is None


def test_a_day_s_numbers_begin_at_one_and_have_four_digits_at_least(database: Database):
    with transaction(database) as uow:
        numbers = [uow.work_orders.next_number(DAY) for _ in range(10_000)]

    assert (numbers[0], numbers[1], numbers[-1]) == (
        "WO-20261124-0001",
        "WO-20261124-0002",
        "WO-20261124-10000",
    )


def test_each_day_begins_again(database: Database):
    with transaction(database) as uow:
        uow.work_orders.next_number(DAY)

        assert uow.work_orders.next_number(DAY + timedelta(days=1)) == "WO-20261125-0001"


def test_parallel_threads_get_distinct_numbers_without_a_gap(database: Database):
    def take(_: int) -> list[str]:
        taken = []
        for _ in range(5):
            with transaction(database) as uow:
                taken.append(uow.work_orders.next_number(DAY))
                uow.commit()
        return taken

    numbers = sorted(number for taken in at_once(6, take) for number in taken)

    assert numbers == [f"WO-20261124-{number:04d}" for number in range(1, 31)]


def test_a_number_that_was_undone_is_given_again_by_sqlite_only(database: Database):
    with transaction(database) as uow:
        uow.work_orders.next_number(DAY)

    with transaction(database) as uow:
        again = uow.work_orders.next_number(DAY)

    sqlite = database.engine.dialect.name == "sqlite"
    assert again == ("WO-20261124-0001" if sqlite else "WO-20261124-0002")


def test_creators_on_postgresql_do_not_wait_for_each_other_s_commit(postgresql_url: str):
    with opened(postgresql_url) as database, transaction(database) as first, transaction(database) as second:
        numbers = [uow.work_orders.next_number(DAY) for uow in (first, second)]

    assert numbers == ["WO-20261124-0001", "WO-20261124-0002"]
