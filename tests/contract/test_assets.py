"""Customers and machines on both databases: found by index, merged for good, with their history."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from adapters.storage.engine import Database
from domain.assets.commands import ChangeCustomerLevel, MergeAssets, MergeCustomers
from domain.assets.errors import AlreadyMerged, CannotMergeWithItself, DifferentOwners, LevelUnchanged
from domain.assets.model import Asset, Contract, Customer
from domain.kernel.errors import NotPermitted
from domain.workorder.status import Status
from tests.support import storage
from tests.support.builders import (
    AT,
    CHEN,
    FREEZER,
    LI,
    ORDER,
    PHARMA,
    ZHAO,
    cause,
    work_order,
)

DOUBLE, OTHER = UUID(int=101), UUID(int=102)
TWIN, FOREIGN = UUID(int=201), UUID(int=202)


def customer_of(customer_id: UUID, code: str, name: str, **changes) -> Customer:
    return Customer(id=customer_id, code=code, name=name, created_at=AT, **changes)


def asset_of(asset_id: UUID, serial: str, customer_id: UUID, **changes) -> Asset:
    return Asset(id=asset_id, serial=serial, name="冷库机组", customer_id=customer_id, **changes)


@pytest.fixture
def world(database: Database) -> Database:
    """Add a double and another customer, each with a machine, and a contract."""
    contract = Contract(
        id=UUID(int=400),
        number="HT-1",
        customer_id=DOUBLE,
        name="维保",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        covers=[str(TWIN)],
        created_at=AT,
    )
    with database.write() as session, session.begin():
        session.add(
            customer_of(DOUBLE, "C901", "华东制药厂（嘉定）", region="嘉定", latitude=31.0, longitude=121.0)
        )
        session.add(customer_of(OTHER, "C902", "仁和医院"))
        session.flush()
        session.add(asset_of(TWIN, "LK9001", DOUBLE, attributes={"plate": "沪A12345"}, nicknames=["老冷机"]))
        session.add(asset_of(FOREIGN, "RH-1", OTHER))
        session.add(contract)
    return database


def merge_customers(double: UUID = DOUBLE, survivor: UUID = PHARMA, actor: UUID = ZHAO) -> MergeCustomers:
    return MergeCustomers(customer_id=double, into_id=survivor, **cause(actor))


def merge_assets(double: UUID = TWIN, survivor: UUID = FREEZER) -> MergeAssets:
    return MergeAssets(asset_id=double, into_id=survivor, **cause(ZHAO))


def test_a_serial_is_found_however_it_is_spelled_and_only_by_its_owner(database: Database):
    with storage.transaction(database) as uow:
        spelled = [
            uow.assets.with_serial(text) for text in ("LK-9001", "lk9001", "ＬＫ－９００１", "LK-9002", "")
        ]
        assert [one.id if one else None for one in spelled] == [FREEZER, FREEZER, FREEZER, None, None]
        assert uow.assets.by_serial("lk 9001", PHARMA) is not None
        assert uow.assets.by_serial("LK-9001", OTHER) is None


def test_of_two_serials_that_look_alike_the_exact_one_is_meant(world: Database):
    with storage.transaction(world) as uow:
        exact = [uow.assets.with_serial(text) for text in ("LK-9001", "LK9001")]
        assert [one.id if one else None for one in exact] == [FREEZER, TWIN]
        assert uow.assets.with_serial("LK 9001") is None


def test_a_customer_is_found_by_code_and_by_any_part_of_the_name(world: Database):
    with storage.transaction(world) as uow:
        found = {
            text: [one.code for one in uow.customers.named(text, 5)]
            for text in ("华东制药", "制药厂", "c90", "仁和医院", "嘉定", "没有这家", "")
        }
    assert found == {
        "华东制药": ["C001", "C901"],
        "制药厂": ["C901"],
        "c90": ["C902", "C901"],
        "仁和医院": ["C902"],
        "嘉定": ["C901"],
        "没有这家": [],
        "": [],
    }


def test_a_merge_moves_everything_and_leads_to_the_survivor(world: Database):
    with world.write() as session, session.begin():
        session.add(work_order(customer_id=DOUBLE, asset_id=TWIN))

    storage.decided(world, merge_customers())

    with storage.transaction(world) as uow:
        assert {one.id for one in uow.assets.of_customer(PHARMA, 9)} == {FREEZER, TWIN}
        assert uow.work_orders.get(ORDER).customer_id == PHARMA
        assert [one.number for one in uow.customers.contracts(PHARMA, date(2026, 1, 1))] == ["HT-1"]
        assert uow.customers.get(DOUBLE).merged_into_id == PHARMA
        assert [one.code for one in uow.customers.named("制药厂", 5)] == ["C001"]
        double = uow.customers.by_code("C901")
        assert double is not None and double.id == PHARMA
        # What the survivor knows stays; what it did not know it learns.
        survivor = uow.customers.get(PHARMA)
        assert (survivor.region, survivor.latitude) == ("浦东", 31.0)


def test_a_merge_is_an_event_of_the_survivor_with_what_moved(world: Database):
    storage.decided(world, merge_customers())

    with storage.transaction(world) as uow:
        (fact,) = uow.histories.facts([PHARMA], ["CustomersMerged"])
    assert fact.actor_id == str(ZHAO)
    assert fact.payload["moved"] == {"asset": 1, "contract": 1}
    assert fact.payload["double"] == "华东制药厂（嘉定）（C901）"


def test_doubles_of_a_double_lead_to_the_last_survivor(world: Database):
    storage.decided(world, merge_customers(DOUBLE, OTHER), merge_customers(OTHER, PHARMA))

    with storage.transaction(world) as uow:
        assert uow.customers.get(DOUBLE).merged_into_id == PHARMA
        assert set(uow.histories.doubles_of_customer(PHARMA)) == {DOUBLE, OTHER}


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (merge_customers(PHARMA, PHARMA), CannotMergeWithItself),
        (merge_customers(OTHER, DOUBLE), AlreadyMerged),
        (merge_customers(DOUBLE, OTHER), AlreadyMerged),
        (merge_assets(FOREIGN, FREEZER), DifferentOwners),
        (merge_assets(FREEZER, FREEZER), CannotMergeWithItself),
    ],
)
def test_a_merge_that_makes_no_sense_is_refused(world: Database, command, refusal):
    storage.decided(world, merge_customers())

    with pytest.raises(refusal):
        storage.decided(world, command)


@pytest.mark.parametrize("actor", [LI, CHEN])
def test_only_the_service_desk_merges(world: Database, actor):
    with pytest.raises(NotPermitted):
        storage.decided(world, merge_customers(actor=actor))


def test_merged_machines_share_their_history_and_serials(world: Database):
    with world.write() as session, session.begin():
        session.add(work_order(asset_id=TWIN))
    storage.decided(world, merge_customers(), merge_assets())

    with storage.transaction(world) as uow:
        freezer = uow.assets.get(FREEZER)
        assert [order.id for order in uow.histories.of_asset(FREEZER, 5)] == [ORDER]
        assert [one.id for one in uow.assets.of_customer(PHARMA, 9)] == [FREEZER]
        assert (freezer.nicknames, freezer.plate_key) == (["老冷机"], "沪A12345")
        assert [one.covers for one in uow.customers.contracts(PHARMA, date(2026, 1, 1))] == [[str(FREEZER)]]
        for found in (uow.assets.with_serial("LK9001"), uow.assets.by_plate("沪A12345")):
            assert found is not None and found.id == FREEZER


def test_two_people_who_merge_the_same_pair_merge_it_once(world: Database):
    def run(_number: int) -> str:
        try:
            storage.decided(world, merge_customers())
        except AlreadyMerged:
            return "late"
        return "merged"

    assert sorted(storage.at_once(2, run)) == ["late", "merged"]


def test_a_level_is_changed_with_a_reason_and_its_history_stays(world: Database):
    def rate(level: str) -> ChangeCustomerLevel:
        return ChangeCustomerLevel(customer_id=PHARMA, level=level, reason="年度续约", **cause(ZHAO))

    storage.decided(world, rate("金牌"))
    with pytest.raises(LevelUnchanged):
        storage.decided(world, rate("金牌"))

    with storage.transaction(world) as uow:
        (fact,) = uow.histories.facts([PHARMA], ["CustomerLevelChanged"])
        assert (fact.payload["before"], fact.payload["after"]) == ("A", "金牌")
        assert uow.customers.get(PHARMA).value_note == "年度续约"


def test_open_work_orders_come_before_newer_closed_ones(database: Database):
    with database.write() as session, session.begin():
        for at in range(8):
            session.add(
                work_order(
                    id=UUID(int=1000 + at),
                    number=f"WO-{at}",
                    source_key=f"k{at}",
                    status=Status.OFFERED if at == 1 else Status.CLOSED,
                    created_at=datetime(2026, 1, 1 + at, tzinfo=UTC),
                )
            )

    with storage.transaction(database) as uow:
        shown = [order.number for order in uow.histories.of_customer(PHARMA, 3)]
        assert shown == ["WO-1", "WO-7", "WO-6"]
        assert uow.histories.holds_job(LI, PHARMA) and not uow.histories.holds_job(ZHAO, PHARMA)
