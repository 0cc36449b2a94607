"""The queries about ratings and follow-ups use their index, however many calls were made before."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, text

from adapters.storage.due import SqlDue
from adapters.storage.engine import Database
from domain.survey.model import FollowUp, Rating
from tests.contract.test_query_plans import in_transaction
from tests.support.builders import AT, CHEN, ZHAO, work_order
from tests.support.plans import plans, scanned
from tests.support.storage import opened

ROWS = 5_000
OPEN = 50


@pytest.fixture
def crowded(database_url: str) -> Iterator[Database]:
    with opened(database_url) as database:
        with database.write() as session, session.begin():
            for number in range(ROWS):
                order = work_order(id=UUID(int=1000 + number), number=f"WO-1-{number}")
                order.source_key = f"k{number}"
                session.add(order)
        with database.write() as session, session.begin():
            session.execute(insert(FollowUp), [_follow_up(number) for number in range(ROWS)])
            session.execute(insert(Rating), [_rating(number) for number in range(ROWS)])
        with database.engine.begin() as connection:
            connection.execute(text("ANALYZE"))
        yield database


def _follow_up(number: int) -> dict[str, object]:
    done = number >= OPEN
    return {
        "id": UUID(int=50_000 + number),
        "work_order_id": UUID(int=1000 + number),
        "kind": "routine",
        "assignee_id": None if number % 10 == 0 else ZHAO,
        "due_at": AT + timedelta(minutes=number),
        "created_at": AT,
        "done_at": AT if done else None,
        "result": "solved" if done else "",
        "next_due_at": None if done else AT + timedelta(minutes=number),
        "version": 1,
    }


def _rating(number: int) -> dict[str, object]:
    return {
        "id": UUID(int=90_000 + number),
        "work_order_id": UUID(int=1000 + number),
        "person_id": CHEN,
        "score": 5,
        "comment": "",
        "rated_at": AT,
    }


@pytest.mark.parametrize(
    ("table", "ask"),
    [
        ("follow_up", lambda uow: uow.surveys.follow_ups_for(ZHAO, 10)),
        ("follow_up", lambda uow: uow.surveys.all_follow_ups(10)),
        ("follow_up", lambda uow: uow.surveys.open_follow_ups(UUID(int=1_700))),
        ("follow_up", lambda uow: uow.surveys.open_tasks([ZHAO, CHEN])),
        ("follow_up", lambda uow: uow.surveys.follow_up(UUID(int=50_700))),
        ("rating", lambda uow: uow.surveys.rating_of(UUID(int=1_700), CHEN)),
        ("rating", lambda uow: uow.surveys.ratings(UUID(int=1_700))),
    ],
)
def test_no_question_reads_a_whole_table(crowded: Database, table: str, ask):
    plan = plans(crowded, in_transaction(crowded, ask))

    assert plan
    assert scanned(plan, table) == []


def test_late_calls_are_found_by_their_index(crowded: Database):
    assert "ix_follow_up_next_due" in plans(crowded, lambda: SqlDue(crowded).due_follow_ups(AT, 100))
