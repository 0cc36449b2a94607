"""Whom people report to, imported on both databases: in any order, repeatable, and never in a circle."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from adapters.csvfiles import ImportRefused, import_files
from adapters.storage.engine import Database
from domain.people.model import Person
from domain.policies.process_directory import RecordedDirectory
from tests.support.storage import transaction

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HEAD = "name,mobile,roles,manager"
LI, SUN, ZHOU, GAO = (f"1380000000{number}" for number in range(1, 5))


class World:
    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self._folder = database, folder

    def imports(self, *lines: str, head: str = HEAD) -> str:
        file = self._folder / "people.csv"
        file.write_text("\n".join([head, *lines]), "utf-8")
        (people,) = [line for line in import_files(self.database, [file], NOW) if line.startswith("人员")]
        return people

    def refuses(self, *lines: str) -> str:
        before = self.reporting()
        with pytest.raises(ImportRefused) as refusal:
            self.imports(*lines)
        assert self.reporting() == before
        return "\n".join(refusal.value.lines)

    def reporting(self) -> dict[str, str | None]:
        manager = aliased(Person)
        query = select(Person.name, manager.name).outerjoin(manager, Person.manager_id == manager.id)
        with self.database.read() as session:
            return {row[0]: row[1] for row in session.execute(query)}


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    database = Database(database_url)
    yield World(database, tmp_path)
    database.close()


def test_the_manager_may_come_later_in_the_same_file_and_a_second_time_changes_nothing(world):
    rows = (f"李强,{LI},technician,{SUN}", f"孙立,{SUN},manager,+86 {ZHOU}", f"周明,{ZHOU},director,")

    first = world.imports(*rows)
    second = world.imports(*rows)

    assert world.reporting() == {"李强": "孙立", "孙立": "周明", "周明": None}
    assert (first, second) == (
        "人员（含客户联系人）：新增 3，更新 0，未变 0",
        "人员（含客户联系人）：新增 0，更新 0，未变 3",
    )


def test_a_manager_who_was_imported_before_is_found_and_processes_ask_them(world):
    world.imports(f"孙立,{SUN},agent,")
    world.imports(f"李强,{LI},technician,{SUN}")

    with transaction(world.database, NOW) as uow:
        li, sun = (uow.people.by_mobile(mobile)[0] for mobile in (LI, SUN))
        assert RecordedDirectory(uow).manager(str(li.id)) == str(sun.id)


def test_an_empty_cell_takes_the_manager_away_and_a_missing_column_keeps_them(world):
    world.imports(f"李强,{LI},technician,{SUN}", f"孙立,{SUN},manager,")

    world.imports(f"李强,{LI},technician", head="name,mobile,roles")
    assert world.reporting()["李强"] == "孙立"
    world.imports(f"李强,{LI},technician,")
    assert world.reporting()["李强"] is None


def test_two_who_change_places_in_one_file_are_no_circle(world):
    world.imports(f"李强,{LI},manager,{SUN}", f"孙立,{SUN},manager,")

    world.imports(f"李强,{LI},manager,", f"孙立,{SUN},manager,{LI}")

    assert world.reporting() == {"李强": None, "孙立": "李强"}


def test_an_unknown_number_oneself_and_a_wrong_cell_are_refused_with_what_to_do(world):
    said = world.refuses(f"李强,{LI},technician,{GAO}", f"孙立,{SUN},manager,{SUN}")

    assert f"people.csv 第 2 行：manager 列“{GAO}”不是任何同事的手机号" in said
    assert f"第 3 行：manager 列“{SUN}”是 孙立 自己的手机号" in said
    assert "manager 列“123”不对，应为 直接上级的 11 位手机号" in world.refuses(f"李强,{LI},technician,123")


def test_a_customer_is_nobodys_manager(world):
    world.imports(f"陈静,{GAO},customer,")

    assert "不是任何同事的手机号" in world.refuses(f"李强,{LI},technician,{GAO}")


def test_a_circle_is_refused_also_by_way_of_people_who_are_not_in_the_file(world):
    world.imports(f"李强,{LI},technician,{SUN}", f"孙立,{SUN},manager,{ZHOU}", f"周明,{ZHOU},director,")

    said = world.refuses(f"周明,{ZHOU},director,{LI}")

    assert "周明 绕一圈又成了自己的上级（共 3 人）" in said
    assert world.refuses(f"李强,{LI},agent,{SUN}", f"孙立,{SUN},agent,{LI}").count("绕一圈") == 1


def test_who_left_may_still_be_named(world):
    world.imports(
        f"李强,{LI},technician,{SUN},", f"孙立,{SUN},manager,,是", head="name,mobile,roles,manager,left"
    )

    assert world.reporting()["李强"] == "孙立"
