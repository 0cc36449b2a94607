"""Kinds, contracts, plates and places come in by files, on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from adapters.csvfiles import ImportRefused, import_files
from adapters.storage.engine import Database
from domain.assets.model import Asset, AssetKind, Contract
from tests.support import storage

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SAMPLE = sorted((Path(__file__).parents[2] / "bootstrap" / "sample").glob("*.csv"))
CUSTOMERS = ("code,name", "C1,上海安达冷链物流有限公司", "C2,仁和医院")
TRUCK = ("serial,name,customer_code,kind,plate,attributes", "HC-1,冷藏车,C1,货车,沪D·A6621,vin=LG1;mileage=9")


class World:
    """A database, and files written for it."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self._folder = folder

    def imports(self, *files: tuple[str, ...]) -> list[str]:
        paths = [self._folder / f"{number}.csv" for number in range(len(files))]
        for path, lines in zip(paths, files, strict=True):
            path.write_text("\n".join(lines), "utf-8")
        return import_files(self.database, paths, NOW)

    def refuses(self, *files: tuple[str, ...]) -> list[str]:
        with pytest.raises(ImportRefused) as refusal:
            self.imports(*files)
        return refusal.value.lines

    def asset(self, serial: str) -> Asset:
        with self.database.read() as session:
            return session.execute(select(Asset).where(Asset.serial == serial)).scalar_one()


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    with storage.opened(database_url, with_people=False) as database:
        yield World(database, tmp_path)


def test_the_shipped_kinds_come_along_and_an_asset_names_one(world):
    world.imports(CUSTOMERS, TRUCK)

    with storage.transaction(world.database) as uow:
        kind = uow.assets.kind_of(world.asset("HC-1").id)
        checklist = uow.checklist(world.asset("HC-1").id)
    assert kind is not None and kind.name == "货车"
    assert any(item.photo and item.required for item in checklist)


def test_a_kind_of_the_user_s_own_takes_the_shipped_one_s_place(world):
    kinds = ("kind,name,checklist", "truck,货车,tyre=轮胎*", "drone,无人机,blade=桨叶*[照片]")

    first = world.imports(CUSTOMERS, TRUCK, kinds)
    second = world.imports(CUSTOMERS, TRUCK, kinds)

    assert (first[-1], second[-1]) == (
        "设备类别：新增 2，更新 0，未变 0",
        "设备类别：新增 0，更新 0，未变 2",
    )
    with world.database.read() as session:
        truck = session.get(AssetKind, "truck")
    assert truck is not None and [item["key"] for item in truck.checklist] == ["tyre"]


def test_an_unknown_kind_is_refused_with_the_known_ones(world):
    (line,) = world.refuses(CUSTOMERS, ("serial,name,customer_code,kind", "HC-1,飞船,C1,飞船"))

    assert "没有这个设备类别" in line and "冷藏机组" in line


def test_a_plate_is_found_however_it_is_written(world):
    world.imports(CUSTOMERS, TRUCK)

    with storage.transaction(world.database) as uow:
        found = [uow.assets.by_plate(text) for text in ("沪DA6621", "沪d·a6621", "沪D A6621", "沪DA6622")]
    assert [one.serial if one else None for one in found] == ["HC-1", "HC-1", "HC-1", None]


def test_each_column_of_attributes_changes_only_its_own_part(world):
    world.imports(CUSTOMERS, TRUCK)

    world.imports(("serial,name,customer_code,attributes", "HC-1,冷藏车,C1,mileage=10"))
    after_attributes = world.asset("HC-1").attributes
    world.imports(("serial,name,customer_code,plate", "HC-1,冷藏车,C1,沪B12345"))

    assert after_attributes == {"plate": "沪DA6621", "mileage": "10"}
    assert world.asset("HC-1").attributes == {"plate": "沪B12345", "mileage": "10"}
    assert world.asset("HC-1").plate_key == "沪B12345"


def test_a_contract_covers_the_serials_it_names(world):
    contract = (
        "number,customer_code,name,starts_on,ends_on,assets,parts",
        "HT-1,C1,维保,2026-01-01,2026-12-31,HC-1,是",
    )

    report = world.imports(CUSTOMERS, TRUCK, contract)

    with world.database.read() as session:
        kept = session.execute(select(Contract)).scalar_one()
    assert report[-1] == "合同：新增 1，更新 0，未变 0"
    assert (kept.covers, kept.parts, kept.labour) == ([str(world.asset("HC-1").id)], True, False)
    assert kept.ends_on == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("HT-1,C2,维保,2026-01-01,2026-12-31,HC-1", "不是客户“C2”的设备"),
        ("HT-1,C1,维保,2026-01-01,2026-12-31,HC-9", "assets 列“HC-9”不是客户“C1”的设备"),
        ("HT-1,C9,维保,2026-01-01,2026-12-31,", "customer_code 列“C9”没有这个客户"),
    ],
)
def test_a_contract_about_nothing_of_its_customer_is_refused(world, row, problem):
    (line,) = world.refuses(CUSTOMERS, TRUCK, ("number,customer_code,name,starts_on,ends_on,assets", row))

    assert problem in line
    with world.database.read() as session:
        assert session.scalars(select(Asset)).all() == []


def test_a_renamed_customer_is_found_by_the_new_name_only(world):
    world.imports(CUSTOMERS)
    world.imports(("code,name", "C1,苏州新冷供应链"))

    with storage.transaction(world.database) as uow:
        found = {
            text: [one.code for one in uow.customers.named(text, 5)]
            for text in ("安达", "新冷", "C1", "仁和")
        }
    assert found == {"安达": [], "新冷": ["C1"], "C1": ["C1"], "仁和": ["C2"]}


def test_the_sample_s_truck_and_contracts_answer(world):
    import_files(world.database, SAMPLE, NOW)

    with storage.transaction(world.database) as uow:
        truck = uow.assets.by_plate("沪DA6621")
        assert truck is not None
        known = uow.assets.known_assets(truck.customer_id, 20)
        contracts = uow.customers.contracts(truck.customer_id, date(2026, 3, 2))
    names = {one.serial: one.names for one in known}
    assert {"老冷机", "冷机", "冷藏机组"} <= set(names["LK-230612-01"])
    assert [(one.number, len(one.covers)) for one in contracts] == [("HT-2026-018", 3)]
