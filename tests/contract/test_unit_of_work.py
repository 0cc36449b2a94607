"""One transaction: everything in it happens or nothing does, and events are never changed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from adapters.storage.engine import Database
from adapters.storage.outbox import SqlOutbox
from domain.kernel.errors import ConcurrentUpdate, DomainError, NotFound
from domain.kernel.messages import Command
from domain.people.model import Role
from domain.registry import make_bus
from domain.workorder.commands import (
    AcceptWorkOrder,
    CancelWorkOrder,
    EstimateDuration,
    OfferWorkOrder,
    RegisterWorkOrder,
)
from domain.workorder.status import Status, TransitionNotAllowed
from tests.support.builders import (
    AT,
    CHEN,
    CHEN_CHAT,
    CHEN_ID,
    FREEZER,
    LI,
    NUMBER,
    ORDER,
    PHARMA,
    QIAN,
    WANG,
    ZHAO,
    cause,
    inbound,
    notice,
)
from tests.support.storage import at_once, decided, one, opened, rows, transaction

TABLES = ("work_order", "offer", "event", "outbox", "inbox", "dialogue")


def registered(order_id: UUID = ORDER, source: str = "wecom_kf:msg-1") -> RegisterWorkOrder:
    return RegisterWorkOrder(
        work_order_id=order_id,
        requester_id=CHEN,
        customer_id=PHARMA,
        asset_id=FREEZER,
        region="浦东",
        description="漏油😀",
        origin=CHEN_CHAT,
        source_key=source,
        **cause(CHEN),
    )


def offered(technician_id: UUID = LI, order_id: UUID = ORDER) -> OfferWorkOrder:
    return OfferWorkOrder(
        work_order_id=order_id,
        technician_id=technician_id,
        expires_at=AT + timedelta(minutes=10),
        reason="同区域",
        **cause(ZHAO),
    )


def accepted(actor: UUID = LI) -> AcceptWorkOrder:
    return AcceptWorkOrder(work_order_id=ORDER, **cause(actor))


def cancelled() -> CancelWorkOrder:
    return CancelWorkOrder(work_order_id=ORDER, reason="好了", **cause(ZHAO))


def tried(database: Database, command: Command) -> str:
    """Decide a command in a transaction of its own, and return how it ended."""
    try:
        decided(database, command)
    except DomainError as refusal:
        return refusal.code
    return "done"


def counts(database: Database) -> dict[str, Any]:
    return {table: one(database, f"SELECT count(*) FROM {table}") for table in TABLES}


def status(database: Database) -> tuple[str, int]:
    ((found, version),) = rows(database, "SELECT status, version FROM work_order")
    return found, version


def test_a_decision_its_events_and_what_is_owed_are_one_commit(database: Database):
    decided(database, registered())

    kept = counts(database)
    assert (kept["work_order"], kept["event"]) == (1, 1)
    assert one(database, "SELECT last FROM number_series") == 1
    assert kept["outbox"] == 3  # The receipt and two groups.


def test_without_a_commit_nothing_happened(database: Database):
    with transaction(database) as uow:
        uow.inbox.admit(inbound(), state="done", now=AT, correlation_id="c")
        make_bus().handle(registered(), uow)
        uow.dialogues.begin("wecom_external:x", "kind", {}, AT)
        uow.notify(notice())

    assert set(counts(database).values()) == {0}


def test_an_error_undoes_everything(database: Database):
    with pytest.raises(RuntimeError), transaction(database) as uow:
        make_bus().handle(registered(), uow)
        raise RuntimeError("defect")

    assert set(counts(database).values()) == {0}


def test_a_refusal_after_an_event_undoes_the_event(database: Database):
    decided(database, registered(), offered())
    before = counts(database)

    with pytest.raises(DomainError), transaction(database) as uow:
        make_bus().handle(cancelled(), uow)
        make_bus().handle(accepted(), uow)

    assert counts(database) == before


def test_every_change_gives_the_work_order_its_next_version(database: Database):
    seen = []

    for command in (registered(), offered(), accepted(), cancelled()):
        decided(database, command)
        seen.append(status(database))

    assert seen == [("new", 1), ("offered", 2), ("accepted", 3), ("cancelled", 4)]


def test_the_card_carries_the_version_that_was_committed(database: Database):
    decided(database, registered(), offered())

    (owed,) = SqlOutbox(database).claim(AT, 60, 9)[-1:]
    assert (owed.audience, owed.view["version"]) == (f"person:{LI}", status(database)[1])


def test_a_stale_version_is_a_lost_race(database: Database):
    decided(database, registered(), offered())

    with transaction(database) as uow:
        order = uow.work_orders.get(ORDER)
        assert order.state is Status.OFFERED
        with pytest.raises(ConcurrentUpdate):
            # As if another transaction had committed in between, which SQLite's lock rules out.
            uow._session.execute(text("UPDATE work_order SET version = version + 1"))
            make_bus().handle(accepted(), uow)

    assert status(database) == ("offered", 2)


def test_a_work_order_found_by_number_is_decided_as_it_is_now(postgresql_url: str):
    with opened(postgresql_url) as database:
        decided(database, registered(), offered())
        with transaction(database) as uow:
            order = uow.work_orders.by_number(NUMBER)
            decided(database, cancelled())
            with pytest.raises(TransitionNotAllowed):
                make_bus().handle(accepted(), uow)
            assert order is not None
            assert order.state is Status.CANCELLED

        assert status(database)[0] == "cancelled"


def test_presses_in_parallel_accept_once(database: Database):
    decided(database, registered(), offered())

    assert set(at_once(6, lambda _: tried(database, accepted()))) == {"done"}
    assert one(database, "SELECT count(*) FROM event WHERE name = 'WorkOrderAccepted'") == 1
    assert one(database, "SELECT count(*) FROM offer WHERE outcome = 'accepted'") == 1


def test_two_technicians_at_once_leave_one_assignee(database: Database):
    decided(database, registered(), offered())
    wishes = (accepted(LI), accepted(WANG), offered(WANG), accepted(WANG), accepted(QIAN), accepted(LI))

    at_once(len(wishes), lambda number: tried(database, wishes[number]))

    found = rows(database, "SELECT actor_id FROM event WHERE name = 'WorkOrderAccepted'")
    assert len(found) <= 1
    assert str(QIAN) not in {row.actor_id for row in found}
    assert one(database, "SELECT count(*) FROM offer WHERE outcome = 'open'") <= 1


def accepted_by_words(database: Database) -> str:
    """Accept as words do: the work order is found by its number first, without a lock."""
    try:
        with transaction(database) as uow:
            order = uow.work_orders.by_number(NUMBER)
            make_bus().handle(accepted(), uow)
            uow.commit()
            return str(order and "done")
    except DomainError as refusal:
        return refusal.code


def test_press_and_words_at_once_end_as_one_of_them(database: Database):
    decided(database, registered(), offered())

    def wish(number: int) -> str:
        return accepted_by_words(database) if number % 2 else tried(database, cancelled())

    ends = at_once(6, wish)

    assert set(ends) <= {"done", "concurrent_update", "transition_not_allowed"}
    assert status(database)[0] == "cancelled"


def test_one_delivery_makes_at_most_one_work_order(database: Database):
    ends = at_once(4, lambda number: tried(database, registered(UUID(int=900 + number))))

    assert sorted(ends) == ["concurrent_update"] * 3 + ["done"]
    assert one(database, "SELECT count(*) FROM work_order") == 1


def test_one_work_order_has_one_open_offer(database: Database):
    decided(database, registered(), offered(LI), offered(WANG))

    found = rows(database, "SELECT outcome FROM offer ORDER BY offered_at, outcome DESC")
    assert sorted(row.outcome for row in found) == ["open", "withdrawn"]


@pytest.mark.parametrize("change", ["UPDATE event SET name = 'x'", "DELETE FROM event"])
def test_an_event_is_never_changed(database: Database, change: str):
    decided(database, registered())

    with pytest.raises(DBAPIError, match="append-only"), database.write() as session, session.begin():
        session.execute(text(change))

    assert one(database, "SELECT name FROM event") == "WorkOrderRegistered"


def test_all_events_are_not_emptied_at_once_either(postgresql_url: str):
    with (
        opened(postgresql_url) as database,
        database.write() as session,
        pytest.raises(DBAPIError, match="append-only"),
    ):
        session.execute(text("TRUNCATE event"))


def test_an_event_says_who_did_what_when_and_through_which_door(database: Database):
    decided(database, registered())

    (event,) = rows(database, "SELECT name, actor_id, channel, correlation_id, payload FROM event")
    assert tuple(event)[:4] == ("WorkOrderRegistered", str(CHEN), "test", "c-1")
    assert NUMBER in str(event.payload)


def test_a_foreign_key_is_kept(database: Database):
    stranger = registered().model_copy(update={"earlier_id": UUID(int=999)})

    with pytest.raises(IntegrityError):
        tried(database, stranger)

    assert one(database, "SELECT count(*) FROM work_order") == 0


@pytest.mark.parametrize(
    ("platform", "user_id", "who"),
    [
        ("dingtalk", "li", LI),
        ("wecom", "Li.Tech", LI),
        ("wecom_external", CHEN_ID, CHEN),
        ("wecom", "li", None),
    ],
)
def test_a_platform_user_is_one_person(database: Database, platform: str, user_id: str, who: UUID | None):
    with transaction(database) as uow:
        found = uow.people.by_identity(platform, user_id)

    assert (found.id if found else None) == who


def test_an_inactive_person_is_known_but_asked_for_nothing(database: Database):
    with transaction(database) as uow:
        uow.people.get(LI).active = False
        uow.commit()

    with transaction(database) as uow:
        known = uow.people.by_identity("dingtalk", "li")
        assert known is not None
        assert not known.active
        assert uow.people.by_name("李强", Role.TECHNICIAN) == []
        assert [each.person_id for each in uow.people.technicians()] == [WANG]


def test_open_jobs_are_what_was_offered_or_accepted(database: Database):
    decided(database, registered(), offered(LI))
    other = UUID(int=901)
    decided(database, registered(other, "wecom_kf:msg-2"), offered(LI, other), cancelled())

    with transaction(database) as uow:
        jobs = {each.person_id: each.open_jobs for each in uow.people.technicians()}
        mine = uow.work_orders.open_of_assignee(LI, 5)

    assert (jobs, [order.id for order in mine]) == ({LI: 1, WANG: 0}, [other])


def test_what_open_jobs_are_expected_to_take_is_added_up(database: Database):
    decided(database, registered(), offered(LI))
    other = UUID(int=901)
    decided(database, registered(other, "wecom_kf:msg-2"), offered(LI, other))
    for order_id, minutes in ((ORDER, 90), (other, 30)):
        decided(database, EstimateDuration(work_order_id=order_id, minutes=minutes, reason="", **cause()))

    with transaction(database) as uow:
        minutes_of = {each.person_id: each.open_minutes for each in uow.people.technicians()}

    assert minutes_of == {LI: 120, WANG: 0}


def test_a_requester_s_newest_work_order_comes_first(database: Database):
    for number in range(3):
        later = {"issued_at": AT + timedelta(minutes=number)}
        decided(database, registered(UUID(int=910 + number), f"k{number}").model_copy(update=later))

    with transaction(database) as uow:
        found = [order.id.int for order in uow.work_orders.of_requester(CHEN, 2)]

    assert found == [912, 911]


@pytest.mark.parametrize("kind", ["work_orders", "people", "customers"])
def test_what_does_not_exist_is_refused_in_words(database: Database, kind: str):
    with transaction(database) as uow, pytest.raises(NotFound):
        getattr(uow, kind).get(UUID(int=999))


def test_an_asset_is_found_by_its_serial_for_its_customer_only(database: Database):
    with transaction(database) as uow:
        found = uow.assets.by_serial("LK-9001", PHARMA)

        assert found is not None
        assert uow.assets.name_of(found.id) == "冷库机组（LK-9001）"
        assert uow.assets.by_serial("LK-9001", UUID(int=999)) is None
