"""The last import of parts is taken back, or it is said what stands in the way; on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from domain.parts.commands import PartLine
from domain.parts.keeping import reserve
from domain.parts.model.catalogue import Part, Place
from domain.parts.model.stock import Reservation
from domain.parts.model.supply import StockRule
from domain.parts.moving import Why, move
from domain.parts.places import SCRAP_ID, SUPPLIER_ID, Reason
from tests.support import storage
from tests.support.imports import BASICS, EVERYTHING, NOW, OPENING, RULES, TABLES, ImportWorld
from tests.support.parts import assert_books

LATER = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[ImportWorld]:
    with storage.opened(database_url, with_people=False) as database:
        yield ImportWorld(database, tmp_path)


def ids(world: ImportWorld, part: str = "6204", place: str = "SH") -> tuple[UUID, UUID]:
    with world.database.read() as session:
        part_id = session.scalars(select(Part.id).where(Part.code == part)).one()
        return part_id, session.scalars(select(Place.id).where(Place.code == place)).one()


def scrap_one(world: ImportWorld) -> None:
    part_id, place_id = ids(world)
    with storage.transaction(world.database) as uow:
        why = Why(reason=Reason.SCRAP, actor_id="system", at=LATER)
        move(PartLine(part_id=part_id, quantity=Decimal(1)), place_id, SCRAP_ID, why, uow)
        uow.commit()


def keep_one(world: ImportWorld) -> None:
    part_id, place_id = ids(world)
    with storage.transaction(world.database) as uow:
        kept = Reservation(
            id=UUID(int=7),
            part_id=part_id,
            place_id=place_id,
            quantity=Decimal(1),
            state="held",
            next_due_at=LATER,
            created_at=NOW,
        )
        reserve(kept, "system", NOW, uow)
        uow.commit()


def test_new_records_that_nothing_refers_to_are_gone(world):
    before = [storage.one(world.database, f"SELECT count(*) FROM {table}") for table in TABLES]
    world.imports(*BASICS, RULES)

    said = world.undoes()

    assert said[0] == "已撤销 3月2日 17:00 的导入"
    assert said[1:] == ["补货规则：删除 1", "仓库与库位：删除 2", "备件：删除 4", "供应商：删除 1"]
    assert [world.count(table) for table in TABLES] == before
    assert world.count("part_gram") == 0


def test_changed_columns_get_their_earlier_value_back(world):
    world.imports(*EVERYTHING)
    before = world.everything()[:3]
    world.imports(
        ("code,name,unit,price,supplier_code,models", "6204,深沟球,个,19.9,,X;Y"),
        ("code,name,kind,keeper", "SH,中心仓,仓库,"),
        ("code,name,lead_days", "S1,轴承厂,9"),
    )

    world.undoes()

    assert world.everything()[:3] == before
    with storage.transaction(world.database) as uow:
        assert [part.code for part in uow.parts.search("轴承 6204", 1)] == ["6204"]


def test_opening_stock_goes_out_again_and_the_books_balance(world):
    world.imports(*BASICS)
    world.imports(OPENING)

    said = world.undoes()

    assert said[1:] == ["期初库存：退回 4"]
    assert_books(world.database)
    assert world.count("stock_entry") == 8
    assert storage.rows(world.database, "SELECT * FROM stock_balance WHERE quantity > 0") == []


def test_opening_stock_that_was_taken_back_may_come_again(world):
    world.imports(*BASICS)
    world.imports(OPENING)
    world.undoes()

    said = world.imports((OPENING[0], "6204,SH,21,16.80,"))

    assert said == ["期初库存：新增 1，更新 0，未变 0"]
    assert_books(world.database)


def test_what_the_ledger_names_for_ever_is_switched_off_and_comes_back_by_the_same_files(world):
    world.imports(*EVERYTHING)

    said = world.undoes()
    again = world.imports(*EVERYTHING)

    assert "备件：停用（账上有记录） 3，删除 1" in said
    assert again[1] == "备件：新增 1，更新 3，未变 0"
    assert storage.rows(world.database, "SELECT code FROM part WHERE NOT active") == []
    assert_books(world.database)


def test_imports_are_taken_back_one_after_the_other(world):
    world.imports(*BASICS)
    world.imports(("code,name,unit", "6204,甲,个"))
    world.imports(("code,name,unit", "6204,乙,个"))

    world.undoes()
    middle = storage.one(world.database, "SELECT name FROM part WHERE code = '6204'")
    world.undoes()

    assert middle == "甲"
    assert storage.one(world.database, "SELECT name FROM part WHERE code = '6204'") == "轴承 6204"


def test_without_an_import_there_is_nothing_to_take_back(world):
    world.imports(*BASICS)
    world.undoes()

    assert world.refuses_to_undo() == ["没有可以撤销的导入：备件资料还没有导入过，或者都已经撤销"]


def test_an_import_that_changed_nothing_is_no_import_to_take_back(world):
    world.imports(*BASICS)

    world.imports(*BASICS)

    assert world.count("import_batch") == 1


@pytest.mark.parametrize("happen", [scrap_one, keep_one])
def test_opening_stock_that_moved_or_is_kept_stays(world, happen):
    world.imports(*BASICS)
    world.imports(OPENING)
    happen(world)

    refused = world.refuses_to_undo()

    assert refused == ["期初库存：6204 在 SH 之后有了出入库或预留，不能退回；请用盘点或调整"]
    assert_books(world.database)


def test_what_was_changed_since_stays_and_is_named(world):
    world.imports(*BASICS)
    with world.database.write() as session, session.begin():
        session.connection().exec_driver_sql("UPDATE part SET name = '后来改的' WHERE code = '6204'")

    refused = world.refuses_to_undo()

    assert refused == ["备件 6204 之后又改过（name 现在是“后来改的”），不能恢复到导入前"]


def test_what_something_refers_to_stays_and_is_named(world):
    world.imports(*BASICS)
    part_id, place_id = ids(world)
    with world.database.write() as session, session.begin():
        session.add(StockRule(id=UUID(int=9), part_id=part_id, place_id=place_id, below=Decimal(3)))

    refused = world.refuses_to_undo()

    assert refused == ["仓库与库位 SH 已经有补货规则，不能删除", "备件 6204 已经有补货规则，不能删除"]


def test_pieces_that_came_in_otherwise_stand_in_the_way(world):
    world.imports(*BASICS)
    part_id, place_id = ids(world)
    with storage.transaction(world.database) as uow:
        why = Why(reason=Reason.PURCHASE, actor_id="system", at=LATER)
        line = PartLine(part_id=part_id, quantity=Decimal(1))
        move(line, SUPPLIER_ID, place_id, why, uow, value_fen=100)
        uow.commit()

    refused = world.refuses_to_undo()

    assert refused == [
        "仓库与库位 SH 已经有出入库记录，不能删除",
        "仓库与库位 SH 已经有库存，不能删除",
        "备件 6204 已经有出入库记录，不能删除",
        "备件 6204 已经有库存，不能删除",
    ]
