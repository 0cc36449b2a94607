"""Who pays for a repair on a day: warranty, contract or customer."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.assets.entitlement import Reason, entitlement
from domain.assets.model import Asset, Contract
from tests.support.builders import FREEZER, PHARMA, asset

DAY = date(2026, 11, 24)


def machine(warranty_until: date | None) -> Asset:
    made = asset()
    made.warranty_until = warranty_until
    return made


def contract(number: str = "HT-1", **changes) -> Contract:
    values = {
        "id": UUID(int=900),
        "number": number,
        "customer_id": PHARMA,
        "name": "维保",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "covers": [],
        "parts": False,
        "labour": True,
        "travel": False,
        "sla_level": "",
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return Contract(**(values | changes))


def test_the_last_day_of_the_warranty_still_counts():
    found = entitlement(machine(DAY), [], DAY)

    assert (found.reason, found.in_warranty, found.until) == (Reason.WARRANTY, True, DAY)
    assert found.parts and found.labour and found.travel


def test_the_day_after_the_warranty_the_customer_pays():
    found = entitlement(machine(date(2026, 11, 23)), [], DAY)

    assert (found.reason, found.in_warranty, found.until) == (
        Reason.WARRANTY_EXPIRED,
        False,
        date(2026, 11, 23),
    )
    assert not (found.parts or found.labour or found.travel)


def test_a_running_contract_pays_what_it_includes_after_the_warranty():
    found = entitlement(machine(date(2025, 1, 1)), [contract(sla_level="四小时")], DAY)

    assert (found.reason, found.contract_number, found.until) == (
        Reason.CONTRACT,
        "HT-1",
        date(2026, 12, 31),
    )
    assert (found.parts, found.labour, found.travel, found.sla_level) == (False, True, False, "四小时")


def test_the_warranty_comes_first_and_the_contract_keeps_its_promise_of_service():
    found = entitlement(machine(date(2027, 1, 1)), [contract(sla_level="四小时")], DAY)

    assert (found.reason, found.contract_number, found.sla_level) == (Reason.WARRANTY, "HT-1", "四小时")


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 12, 31)])
def test_the_first_and_the_last_day_of_a_contract_count(day):
    assert entitlement(machine(None), [contract()], day).reason is Reason.CONTRACT


@pytest.mark.parametrize(
    ("day", "reason"),
    [(date(2025, 12, 31), Reason.WARRANTY_UNKNOWN), (date(2027, 1, 1), Reason.CONTRACT_EXPIRED)],
)
def test_a_contract_that_does_not_run_pays_nothing(day, reason):
    assert entitlement(machine(None), [contract()], day).reason is reason


def test_a_contract_about_other_machines_pays_nothing():
    other = contract(covers=[str(UUID(int=999))], parts=True)

    assert entitlement(machine(None), [other], DAY).reason is Reason.WARRANTY_UNKNOWN
    assert entitlement(machine(None), [other, contract(covers=[str(FREEZER)])], DAY).contract_number == "HT-1"


def test_of_two_contracts_the_one_that_includes_more_pays_whatever_their_order():
    small, large = contract("HT-1"), contract("HT-2", parts=True, ends_on=date(2026, 11, 30))

    found = {
        entitlement(machine(None), pair, DAY).contract_number for pair in ([small, large], [large, small])
    }

    assert found == {"HT-2"}


def test_among_equals_the_contract_that_runs_longest_pays():
    long, short = contract("HT-9", ends_on=date(2028, 1, 1)), contract("HT-1")

    assert entitlement(machine(None), [short, long], DAY).contract_number == "HT-9"


def test_without_a_machine_only_a_contract_for_all_of_them_counts():
    assert entitlement(None, [contract()], DAY).reason is Reason.CONTRACT
    assert entitlement(None, [contract(covers=[str(FREEZER)])], DAY).reason is Reason.ASSET_UNKNOWN
