"""How suppliers keep their word: what counts, what was promised, and what is late, on both databases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from adapters.storage.engine import Database
from adapters.storage.exporting import SUPPLIERS_HEADER, supplier_rows
from domain.kernel.localtime import CHINA, local_day
from domain.parts.errors import DateFar, MoreShipped, PurchaseWrong, QuantityWrong
from domain.parts.model.catalogue import Part
from domain.parts.model.supply import Purchase
from domain.parts.supplier_record import SupplierRecord, year_before
from domain.parts.supply_commands import EndPurchase, PlaceOrder, ReceivePurchase, ReportShipment
from domain.policies.supplier_views import record_of, supplier_view, suppliers_view
from domain.policies.supply_views import purchase_view
from tests.support import parts
from tests.support.builders import AT
from tests.support.processes import WU
from tests.support.storage import transaction
from tests.support.supply import CANG, Firm, firm

TODAY = local_day(AT)


@dataclass
class Buyer:
    """Buys bearings, day after day."""

    firm: Firm
    supplier_id: UUID

    def ordered(self, quantity: int = 10, *, in_days: int = 5, at: datetime | None = None, **facts) -> UUID:
        """Buy and order something, expected so many days later."""
        if at is not None:
            self.firm.at = at
        purchase_id = self.firm.buy(quantity)
        self.firm.agree()
        self.expect(purchase_id, in_days, **facts)
        return purchase_id

    def expect(self, purchase_id: UUID, in_days: int, **facts) -> None:
        """Expect it so many days from now."""
        day = local_day(self.firm.at) + timedelta(days=in_days)
        told = {"supplier_id": self.supplier_id, **facts}
        actor = "system" if "via" in facts else CANG
        self.firm.do(PlaceOrder, actor, purchase_id=purchase_id, expected_on=day, **told)

    def arrives(self, purchase_id: UUID, quantity: int = 10, *, days: int = 0) -> None:
        """Receive pieces so many days later."""
        self.firm.at += timedelta(days=days)
        self.firm.do(ReceivePurchase, purchase_id=purchase_id, quantity=quantity)

    def record(self, days: int = 0, supplier_id: UUID | None = None) -> SupplierRecord:
        """Return the supplier's record so many days later."""
        with transaction(self.firm.database) as uow:
            today = local_day(self.firm.at) + timedelta(days=days)
            return record_of(supplier_id or self.supplier_id, today, uow)

    def purchase(self, purchase_id: UUID) -> Purchase:
        """Return a purchase as it is."""
        with transaction(self.firm.database) as uow:
            found = uow.supply.find_purchase(purchase_id)
            assert found is not None
            return found


def figures(record: SupplierRecord) -> tuple[int, int, int, int]:
    return record.purchases, record.on_time, record.late_d, record.late_now


@pytest.fixture
def buyer(database: Database) -> Iterator[Buyer]:
    """Give an empty store, and a supplier."""
    store = firm(database)
    yield Buyer(store, parts.supplier(database))
    parts.assert_books(database)


def test_what_comes_early_or_on_the_day_is_in_time(buyer: Buyer):
    early, on_the_day = buyer.ordered(), buyer.ordered()
    buyer.arrives(early, days=2)
    buyer.arrives(on_the_day, days=3)

    assert figures(buyer.record()) == (2, 2, 0, 0)
    assert buyer.record().on_time_percent == 100
    assert buyer.record().average_late_d is None


def test_the_day_ends_at_midnight_in_china(buyer: Buyer):
    evening = datetime.combine(TODAY, datetime.min.time(), CHINA) + timedelta(hours=23, minutes=50)
    one = buyer.ordered(in_days=0, at=evening - timedelta(hours=1))
    other = buyer.ordered(in_days=0)
    buyer.firm.at = evening
    buyer.arrives(one)
    buyer.firm.at = evening + timedelta(minutes=20)
    buyer.arrives(other)

    assert figures(buyer.record()) == (2, 1, 1, 0)


def test_what_is_not_due_yet_does_not_count(buyer: Buyer):
    buyer.ordered()

    assert figures(buyer.record(days=5)) == (0, 0, 0, 0)
    assert buyer.record(days=5).on_time_percent is None


def test_what_is_open_after_its_day_is_late_a_day_more_every_day(buyer: Buyer):
    late = buyer.ordered()

    assert figures(buyer.record(days=6)) == (1, 0, 1, 1)
    assert figures(buyer.record(days=8)) == (1, 0, 3, 1)
    buyer.arrives(late, days=9)
    assert figures(buyer.record(days=20)) == (1, 0, 4, 0)


def test_one_late_piece_makes_a_purchase_late_and_is_counted(buyer: Buyer):
    purchase_id = buyer.ordered()
    buyer.arrives(purchase_id, 7)
    buyer.arrives(purchase_id, 1, days=7)

    assert buyer.purchase(purchase_id).received_late == 1
    with transaction(buyer.firm.database) as uow:
        view = supplier_view(uow.parts.supplier(buyer.supplier_id), local_day(buyer.firm.at), uow)
    assert [(one.came_late, one.missing, one.late_d, one.open) for one in view.late] == [("1", "2", 2, True)]
    assert figures(buyer.record()) == (1, 0, 2, 1)


def test_a_day_that_is_moved_does_not_make_a_late_delivery_punctual(buyer: Buyer):
    purchase_id = buyer.ordered()
    buyer.firm.at += timedelta(days=1)
    buyer.expect(purchase_id, 20)
    buyer.arrives(purchase_id, days=8)

    assert figures(buyer.record()) == (1, 0, 4, 0)


def test_a_slip_is_corrected_on_the_day_of_the_order_but_not_by_the_supplier(buyer: Buyer):
    slip, moved = buyer.ordered(in_days=1), buyer.ordered(in_days=1)
    buyer.expect(slip, 10)
    buyer.expect(moved, 10, via="srm")
    buyer.arrives(slip, days=4)
    buyer.arrives(moved)

    assert figures(buyer.record()) == (2, 1, 3, 0)


def test_another_supplier_promises_anew(buyer: Buyer):
    purchase_id = buyer.ordered(in_days=1)
    other = parts.supplier(buyer.firm.database, "S2", "华东轴承")
    buyer.firm.at += timedelta(days=3)
    buyer.expect(purchase_id, 2, supplier_id=other)
    buyer.arrives(purchase_id, days=2)

    assert figures(buyer.record()) == (0, 0, 0, 0)
    assert figures(buyer.record(supplier_id=other)) == (1, 1, 0, 0)


def test_what_was_given_up_counts_only_after_its_day(buyer: Buyer):
    before, after = buyer.ordered(), buyer.ordered()
    buyer.firm.do(EndPurchase, purchase_id=before, reason="不要了")
    buyer.firm.at += timedelta(days=7)
    buyer.firm.do(EndPurchase, purchase_id=after, reason="一直没到")

    assert figures(buyer.record()) == (1, 0, 2, 0)


def test_only_the_last_twelve_months_count(buyer: Buyer):
    old = buyer.ordered()
    buyer.arrives(old)

    promised = buyer.purchase(old).promised_on
    assert promised is not None
    with transaction(buyer.firm.database) as uow:
        assert record_of(buyer.supplier_id, promised.replace(year=promised.year + 1), uow).purchases == 1
        assert record_of(buyer.supplier_id, promised + timedelta(days=366), uow).purchases == 0
    assert year_before(date(2028, 2, 29)) == date(2027, 2, 28)


def test_the_worst_supplier_comes_first_and_too_few_purchases_last(buyer: Buyer):
    good = parts.supplier(buyer.firm.database, "S2", "华东轴承")
    few = parts.supplier(buyer.firm.database, "S3", "新来的")
    for _ in range(3):
        buyer.arrives(buyer.ordered(supplier_id=good))
        buyer.ordered()
    buyer.ordered(supplier_id=few)

    with transaction(buyer.firm.database) as uow:
        shown = suppliers_view(local_day(buyer.firm.at) + timedelta(days=9), uow)
    assert [one.code for one in shown.lines] == ["S1", "S2", "S3"]
    assert [one.on_time_percent for one in shown.lines] == [0, 100, 0]
    assert [one.enough for one in shown.lines] == [True, True, False]


def test_whoever_decides_reads_the_record_of_the_supplier(buyer: Buyer):
    for _ in range(3):
        buyer.arrives(buyer.ordered())
    with buyer.firm.database.write() as session, session.begin():
        part = session.get_one(Part, buyer.firm.bearing)
        part.supplier_id = buyer.supplier_id
    purchase_id = buyer.firm.buy(5)

    with transaction(buyer.firm.database) as uow:
        found = uow.supply.purchase(purchase_id)
        view = purchase_view(found, buyer.firm.at, uow)
        asked = uow.processes.get(purchase_id)
        reason = str(asked.state)
    assert view.supplier_record == "近一年 3 单，准时 100%"
    assert "供应商 上海轴承厂（近一年 3 单，准时 100%）" in reason


def test_a_shipment_is_kept_and_told_and_never_more_than_was_ordered(buyer: Buyer):
    purchase_id = buyer.ordered()

    buyer.firm.do(
        ReportShipment, "system", purchase_id=purchase_id, quantity=6, shipment="顺丰 SF1", via="srm"
    )
    with pytest.raises(MoreShipped):
        buyer.firm.do(ReportShipment, purchase_id=purchase_id, quantity=5, shipment="顺丰 SF2")
    with pytest.raises(QuantityWrong):
        buyer.firm.do(ReportShipment, purchase_id=purchase_id, quantity=1.5, shipment="顺丰 SF2")
    buyer.arrives(purchase_id, 8)
    buyer.firm.do(ReportShipment, purchase_id=purchase_id, quantity=2, shipment="顺丰 SF2")

    found = buyer.purchase(purchase_id)
    assert (int(found.shipped), found.shipment, int(found.received)) == (10, "顺丰 SF2", 8)
    assert [who for who, _ in buyer.firm.news("shipped")].count(str(CANG)) == 1
    buyer.arrives(purchase_id, 2)
    with pytest.raises(PurchaseWrong):
        buyer.firm.do(ReportShipment, purchase_id=purchase_id, quantity=1, shipment="顺丰 SF3")


def test_a_supplier_cannot_order_what_we_did_not_order(buyer: Buyer):
    purchase_id = buyer.firm.buy()
    buyer.firm.agree(WU)

    with pytest.raises(PurchaseWrong):
        buyer.expect(purchase_id, 3, via="srm")
    with pytest.raises(DateFar):
        buyer.firm.do(PlaceOrder, purchase_id=purchase_id, expected_on=date.max)
    buyer.expect(purchase_id, 3)


def test_what_the_supplier_says_about_the_day_is_told(buyer: Buyer):
    purchase_id = buyer.ordered()

    buyer.expect(purchase_id, 5, via="srm")
    buyer.expect(purchase_id, 9, via="srm")
    buyer.expect(purchase_id, 8)

    assert len(buyer.firm.news("supplier_agrees")) == 1
    assert len(buyer.firm.news("supplier_moves")) == 1


def test_what_is_awaited_of_a_supplier_comes_by_number_a_page_at_a_time(buyer: Buyer):
    ids = [buyer.ordered() for _ in range(3)]
    buyer.arrives(ids[1])
    buyer.firm.buy()

    with transaction(buyer.firm.database) as uow:
        first = uow.suppliers.awaited(buyer.supplier_id, "", 1)
        second = uow.suppliers.awaited(buyer.supplier_id, first[0].number, 5)
        assert [one.id for one in (*first, *second)] == [ids[0], ids[2]]


def test_the_export_holds_every_supplier_with_their_record(buyer: Buyer, database: Database):
    in_time, late = buyer.ordered(), buyer.ordered()
    buyer.arrives(in_time, days=2)
    parts.supplier(database, code="S2", name="新供应商")
    today = local_day(buyer.firm.at)

    rows = list(supplier_rows(database, today + timedelta(days=6)))

    assert [str(cell) for cell in rows[0][4:]] == ["2", "1", "50", "1", "3.0", "1"]
    assert rows[1][:2] == ("S2", "新供应商")
    assert [str(cell) for cell in rows[1][4:]] == ["0", "0", "", "0", "", "0"]
    assert len(SUPPLIERS_HEADER) == len(rows[0])
    buyer.arrives(late)
