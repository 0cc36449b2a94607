"""The import against both databases: all or nothing, repeatable, and each row finds who it is about."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, insert, select

from adapters.csvfiles import ImportRefused, import_files
from adapters.imports import AssetRow, CustomerRow, Line, ParsedFiles
from adapters.storage.engine import Database
from adapters.storage.importing import import_rows
from adapters.storage.tables import EventRow, InboxRow
from domain.assets.model import Asset, Customer
from domain.people.model import Identity, Person, Role
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status
from tests.support.builders import work_order

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
SAMPLE = sorted((Path(__file__).parents[2] / "bootstrap" / "sample").glob("*.csv"))
PEOPLE = "name,mobile,roles,region,skills,dingtalk_userid,wecom_userid"
CUSTOMERS = "code,name,region,contact_name,contact_mobile,wecom_external_userid"
ASSETS = "serial,name,customer_code,installed_on"
LI, ZHANG = "13800000001", "13800000021"
UNCHANGED = "：新增 0，更新 0，未变 "


class World:
    """A database, the files that were written for it, and what stands in it afterwards."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self._folder = folder

    def imports(self, *files: tuple[str, ...], now: datetime = NOW) -> list[str]:
        paths = [self._folder / f"{number}.csv" for number in range(len(files))]
        for path, lines in zip(paths, files, strict=True):
            path.write_text("\n".join(lines), "utf-8")
        return import_files(self.database, paths, now)

    def refuses(self, *files: tuple[str, ...]) -> list[str]:
        before = self.everything()
        with pytest.raises(ImportRefused) as refusal:
            self.imports(*files)
        assert self.everything() == before
        return refusal.value.lines

    def people(self) -> dict[str, tuple[set[str], str, set[tuple[str, str]]]]:
        """Return roles, customer and identities by name."""
        with self.database.read() as session:
            codes = dict(session.execute(select(Customer.id, Customer.code)).all())
            return {
                person.name: (
                    {role.value for role in person.roles},
                    codes[person.customer_id] if person.customer_id else "",
                    {(identity.platform, identity.user_id) for identity in person.identities},
                )
                for person in session.scalars(select(Person))
            }

    def everything(self) -> list[object]:
        with self.database.read() as session:
            people = [
                (person.name, person.mobile, person.region, person.skills)
                for person in session.scalars(select(Person))
            ]
            customers = session.execute(
                select(Customer.code, Customer.name, Customer.level, Customer.region, Customer.address)
            ).all()
            columns = [column for column in Asset.__table__.columns if not column.name.endswith("id")]
            owners = (
                select(*columns, Customer.code)
                .select_from(Asset)
                .join(Customer, Customer.id == Asset.customer_id)
            )
            assets = session.execute(owners).all()
        return [sorted(map(str, rows)) for rows in (people, customers, assets, self.people().items())]

    def met_in_chat(self, name: str, mobile: str, platform: str, user_id: str) -> UUID:
        """Let somebody bind themselves, as the handler of BindIdentity leaves it."""
        person = Person(id=uuid4(), name=name, mobile=mobile, skills=[], created_at=NOW)
        person.give_roles(frozenset({Role.CUSTOMER}))
        identity = Identity(id=uuid4(), person_id=person.id, platform=platform, user_id=user_id, bound_at=NOW)
        event = EventRow(
            name="IdentityBound",
            subject_id=person.id,
            actor_id=str(person.id),
            channel=platform,
            correlation_id="",
            occurred_at=NOW,
            payload={"platform": platform, "user_id": user_id},
        )
        with self.database.write() as session:
            session.add_all([person, event])
            session.flush()
            session.add(identity)
            session.commit()
        return person.id


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    database = Database(database_url)
    yield World(database, tmp_path)
    database.close()


def test_the_sample_data_goes_in_and_a_second_time_changes_nothing(world):
    first = import_files(world.database, SAMPLE, NOW)
    before = world.everything()

    second = import_files(world.database, SAMPLE, LATER)

    assert first == [
        "客户：新增 3，更新 0，未变 0",
        "设备：新增 9，更新 0，未变 0",
        "人员（含客户联系人）：新增 13，更新 0，未变 0",
        "合同：新增 2，更新 0，未变 0",
        "供应商：新增 3，更新 0，未变 0",
        "备件：新增 21，更新 0，未变 0",
        "仓库与库位：新增 3，更新 0，未变 0",
        "期初库存：新增 27，更新 0，未变 0",
        "补货规则：新增 7，更新 0，未变 0",
        "常用备件：新增 7，更新 0，未变 0",
    ]
    assert second == [
        f"客户{UNCHANGED}3",
        f"设备{UNCHANGED}9",
        f"人员（含客户联系人）{UNCHANGED}13",
        f"合同{UNCHANGED}2",
        f"供应商{UNCHANGED}3",
        f"备件{UNCHANGED}21",
        f"仓库与库位{UNCHANGED}3",
        f"期初库存{UNCHANGED}27",
        f"补货规则{UNCHANGED}7",
        f"常用备件{UNCHANGED}7",
    ]
    assert world.everything() == before


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_the_order_of_the_files_does_not_matter(world, order):
    files = [
        (CUSTOMERS, f"C1,安达冷链,华东,张敏,{ZHANG},wmZhang"),
        (ASSETS, "LK-01,冷藏机组,C1,2025/3/8"),
        (PEOPLE, f"李建国,{LI},technician,华东,制冷,li,", f"张经理,{ZHANG},manager,,,zhang,"),
    ]

    world.imports(*[files[number] for number in order])

    assert world.people() == {
        "李建国": ({"technician"}, "", {("dingtalk", "li")}),
        "张经理": ({"manager", "customer"}, "C1", {("dingtalk", "zhang"), ("wecom_external", "wmZhang")}),
    }


def test_who_left_is_switched_off_and_what_they_have_is_looked_at(world):
    people = "name,mobile,roles,left"
    world.imports((people, f"李建国,{LI},technician,", f"张经理,{ZHANG},technician,否"))
    with world.database.write() as session, session.begin():
        held = {person.name: person.id for person in session.scalars(select(Person))}
        for number, (name, status) in enumerate(
            [("李建国", Status.EN_ROUTE), ("李建国", Status.COMPLETED), ("张经理", Status.ON_HOLD)]
        ):
            order = work_order(status, held[name], id=UUID(int=700 + number), number=f"WO-{number}")
            order.customer_id = order.asset_id = order.next_due_at = None
            order.requester_id, order.source_key = held[name], f"k{number}"
            session.add(order)

    world.imports((people, f"李建国,{LI},technician,是", f"张经理,{ZHANG},technician,"), now=LATER)

    with world.database.read() as session:
        due = session.execute(select(WorkOrder.number).where(WorkOrder.next_due_at == LATER)).scalars().all()
        active = dict(session.execute(select(Person.name, Person.active)).all())
    assert (due, active) == (["WO-0"], {"李建国": False, "张经理": True})


def test_files_may_come_one_by_one(world):
    world.imports((CUSTOMERS, f"C1,安达冷链,华东,张敏,{ZHANG},wmZhang"))
    world.imports((ASSETS, "LK-01,冷藏机组,C1,"))
    world.imports((PEOPLE, f"张经理,{ZHANG},manager,,,zhang,"))

    report = world.imports((CUSTOMERS, f"C1,安达冷链,华东,张敏,{ZHANG},wmZhang"))

    assert report[2] == f"人员（含客户联系人）{UNCHANGED}1"
    assert world.people()["张经理"][:2] == ({"manager", "customer"}, "C1")


def test_changed_rows_change_their_records_and_missing_ones_stay(world):
    world.imports((CUSTOMERS, "C1,安达,华东,,,", "C2,仁和,华东,,,"), (ASSETS, "LK-01,机组,C1,2025-03-08"))
    world.imports((PEOPLE, f"李建国,{LI},technician;agent,华东,制冷,li,", "王海涛,,agent,,,wang,"))

    report = world.imports(
        (CUSTOMERS, "C1,安达冷链,华东,,,"),
        (ASSETS, "LK-01,冷藏机组,C2,"),
        ("name,roles,dingtalk_userid", "李工,technician,li"),
    )

    assert [line.split("：")[1] for line in report] == ["新增 0，更新 1，未变 0"] * 3
    assert world.people().keys() == {"李工", "王海涛"} and world.people()["李工"][0] == {"technician"}
    with world.database.read() as session:
        li = session.execute(select(Person).where(Person.name == "李工")).scalar_one()
        asset = session.execute(select(Asset.name, Asset.installed_on, Customer.code).join(Customer)).one()
    assert (li.mobile, li.region, li.skills) == (LI, "华东", ["制冷"])
    assert tuple(asset) == ("冷藏机组", None, "C2")


def test_a_changed_user_id_replaces_the_old_one_and_an_empty_one_keeps_it(world):
    world.imports((PEOPLE, f"李建国,{LI},technician,,,li,Li.Tech"))

    world.imports((PEOPLE, f"李建国,{LI},technician,,,li2,"))

    assert world.people()["李建国"][2] == {("dingtalk", "li2"), ("wecom", "li.tech")}


def test_an_identity_wins_over_a_mobile_number(world):
    world.imports((PEOPLE, f"李建国,{LI},technician,,,li,", "王海涛,13800000002,technician,,,wang,"))

    world.imports((PEOPLE, "李建国,13800000002,technician,,,li,", f"王海涛,{LI},technician,,,wang,"))

    with world.database.read() as session:
        assert dict(session.execute(select(Person.name, Person.mobile)).all()) == {
            "李建国": "13800000002",
            "王海涛": LI,
        }


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("李建国,,technician,,,li,wang", "这是不同的人"),
        ("李建国,,technician,,,li,\n王海涛,,technician,,,,li", "也是此人"),
    ],
)
def test_an_identity_of_somebody_else_is_refused(world, row, problem):
    world.imports((PEOPLE, "李建国,,technician,,,li,li", "王海涛,,technician,,,wang,wang"))

    (line,) = world.refuses((PEOPLE, row), (CUSTOMERS, "C1,安达冷链,,,,"))

    assert problem in line and "已绑定 " in line


def test_assets_of_unknown_customers_are_refused_and_nothing_is_written(world):
    lines = world.refuses(
        (CUSTOMERS, "C1,安达冷链,,,,"),
        (ASSETS, "LK-01,机组,C1,", "LK-02,机组,C8,", "LK-03,机组,C9,"),
        (PEOPLE, f"李建国,{LI},technician,,,,"),
    )

    assert [line.split("/")[-1].split("没有")[0] for line in lines] == [
        "1.csv 第 3 行：customer_code 列“C8”",
        "1.csv 第 4 行：customer_code 列“C9”",
    ]


def test_a_wrong_row_in_one_file_keeps_every_file_out(world):
    assert len(world.refuses((CUSTOMERS, "C1,安达冷链,,,,"), (PEOPLE, "李建国,1,technician,,,,"))) == 1


def test_a_number_typed_in_wechat_does_not_make_a_visitor_a_technician(world):
    world.met_in_chat("路人", LI, "wecom_external", "wmStranger")
    rows = (PEOPLE, f"李建国,{LI},technician,,,li,")

    world.imports(rows)
    again = world.imports(rows)

    assert world.people()["路人"][0] == {"customer"}
    assert world.people()["李建国"] == ({"technician"}, "", {("dingtalk", "li")})
    assert again[2] == f"人员（含客户联系人）{UNCHANGED}1"


def test_a_colleague_who_came_by_chat_first_is_the_same_person(world):
    world.met_in_chat("李", LI, "wecom", "li")

    world.imports((PEOPLE, f"李建国,{LI},technician,,,,"))

    assert world.people() == {"李建国": ({"technician", "customer"}, "", {("wecom", "li")})}


def test_words_said_before_the_import_are_handled_after_it(world):
    columns = {"channel": "kf", "kind": "text", "state": "held", "inbound": "{}", "correlation_id": ""}
    with world.database.write() as session:
        for number, key in enumerate(["wecom_external:wmZhang", "wecom_external:wmOther"]):
            moments = {"next_try_at": NOW, "received_at": NOW}
            session.execute(
                insert(InboxRow).values(**columns, **moments, delivery_key=str(number), sender_key=key)
            )
        session.commit()

    world.imports((CUSTOMERS, f"C1,安达冷链,,张敏,{ZHANG},wmZhang"))

    with world.database.read() as session:
        states = session.scalars(select(InboxRow.state).order_by(InboxRow.seq)).all()
    assert states == ["pending", "held"]


def test_thousands_of_rows_need_few_statements(world):
    many = range(2500)
    files = ParsedFiles(
        customers=[
            Line("c", n, CustomerRow(code=f"C{n}", name="客户", contact_mobile=f"1390000{n:04d}"))
            for n in many
        ],
        assets=[Line("a", n, AssetRow(serial=f"S{n}", name="机组", customer_code=f"C{n}")) for n in many],
    )

    for now in (NOW, LATER):
        report = import_rows(world.database, files, now)

    assert [report.customers.unchanged, report.assets.unchanged, report.people.unchanged] == [2500] * 3
    with world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Asset)) == 2500
