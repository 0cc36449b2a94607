"""What a call, a plate or a serial brings up, for whom, and how doubles are merged by words."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from adapters.storage.engine import Database
from bot.lookup_words import read_lookup
from bot.lookups import MERGE, Lookups
from bot.replies import Said
from cards.catalog import render
from cards.spec import plain_text
from domain.assets.model import Asset, Contract, Customer
from domain.kernel.errors import DomainError
from domain.people.model import Person, Role
from domain.registry import make_bus
from domain.survey.model import Rating
from domain.workorder.commands import AddWorkOrderNote
from domain.workorder.field_events import ReportFiled
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status
from tests.support import storage
from tests.support.builders import (
    ADDRESS,
    AT,
    CHEN,
    LI,
    MOBILE,
    NAME,
    NUMBER,
    ORDER,
    PHARMA,
    QIAN,
    WANG,
    ZHAO,
    cause,
    inbound,
    work_order,
)

OTHER, TRUCK = UUID(int=102), UUID(int=203)
SUN = UUID(int=9)
DONE_NUMBER = "WO-20261001-0007"
REMEDY = "换了压缩机启动电容，加制冷剂"


class Desk:
    """Somebody who asks, and what they read."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def asks(self, text: str, who: UUID = ZHAO, later: timedelta = timedelta(0), group: bool = False) -> str:
        """Say words and return the answer, or an empty text where they mean something else."""
        said = inbound(text, key=f"m-{who.int}-{text}-{later}")
        if group:
            said = said.model_copy(update={"in_group": True, "private": "wecom_user:zhao"})
        words = read_lookup(text)
        assert words is not None
        with storage.transaction(self.database, AT + later) as uow:
            try:
                outcome = Lookups(make_bus()).answer(Said(said, AT + later), words, uow.people.get(who), uow)
            except DomainError as refusal:
                return refusal.message
            self.audiences = [notice.audience for notice in uow._notices]
            answers = [plain_text(render(notice.card, notice.view)) for notice in uow._notices]
            uow.commit()
        assert (outcome is None) == (not answers)
        return "\n".join(answers)


def finished_order() -> WorkOrder:
    return work_order(
        Status.CLOSED,
        id=UUID(int=301),
        number=DONE_NUMBER,
        source_key="k-done",
        description="冷库温度降不下来",
        created_at=AT - timedelta(days=50),
    )


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """Fill in an open job of Li's, a finished one with a report, a contract, and another customer's truck."""
    contract = Contract(
        id=UUID(int=400),
        number="HT-1",
        customer_id=PHARMA,
        name="年度维保",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        parts=True,
        labour=True,
        sla_level="四小时到场",
        created_at=AT,
    )
    with database.write() as session, session.begin():
        session.add(Customer(id=OTHER, code="C902", name="仁和医院", created_at=AT))
        sun = Person(id=SUN, name="孙立", mobile="13700000009", skills=[], created_at=AT)
        sun.give_roles(frozenset({Role.AGENT}))
        session.add(sun)
        session.flush()
        session.add(
            Asset(
                id=TRUCK,
                serial="HC-21",
                name="冷藏车",
                customer_id=OTHER,
                attributes={"plate": "沪DA6621"},
                warranty_until=date(2026, 11, 24),
            )
        )
        session.add_all([contract, finished_order(), work_order(Status.ACCEPTED)])
    with storage.transaction(database) as uow:
        report = {"cause": "启动电容坏", "remedy": REMEDY, "materials": "启动电容 1 个"}
        filed = ReportFiled(
            occurred_at=AT, actor_id=str(LI), work_order_id=finished_order().id, version=1, report=report
        )
        uow.record(filed)
        note = AddWorkOrderNote(work_order_id=ORDER, kind="text", text="客户说昨晚又报警", **cause(ZHAO))
        make_bus().handle(note, uow)
        uow.commit()
    yield Desk(database)


@pytest.mark.parametrize(
    "asked", [MOBILE[CHEN], "+86 139 0000 0005", "LK-9001", "lk9001", "华东制药", "C001", NUMBER]
)
@pytest.mark.parametrize("who", [ZHAO, SUN])
def test_whatever_is_asked_brings_up_the_whole_history_in_one_message(desk, asked, who):
    answer = desk.asks(f"查 {asked}", who)

    assert "华东制药（C001）" in answer and "级别：A" in answer
    assert "由合同 HT-1 年度维保 承担（含备件、人工）" in answer and "四小时到场" in answer
    assert answer.index(f"▶ {NUMBER}") < answer.index(DONE_NUMBER)
    assert "启动电容 1 个" in answer
    assert REMEDY in answer and "客户说昨晚又报警" in answer
    assert len(answer.encode()) <= 2048


def test_the_caller_is_named_when_a_number_was_asked(desk):
    assert f"来电人：{NAME[CHEN]} {MOBILE[CHEN]}" in desk.asks(f"查 {MOBILE[CHEN]}")


def test_without_any_history_the_answer_says_so(desk):
    answer = desk.asks("查 沪DA6621")

    assert "仁和医院" in answer and "保修期内，到 2026年11月24日 止" in answer
    assert answer.count("暂无记录") == 1


@pytest.mark.parametrize("asked", ["13711112222", "LK-0000", "沪Z99999", "没有这家", "WO-20261124-9999"])
def test_what_is_nothing_of_ours_is_answered_with_what_can_be_asked(desk, asked):
    assert f"没有找到“{asked}”" in desk.asks(f"查 {asked}")


def test_a_technician_reads_of_the_customer_whose_job_they_hold_and_of_no_other(desk):
    held = desk.asks("查 LK-9001", LI)

    assert REMEDY in held and ADDRESS in held
    for asked in ("沪DA6621", "仁和医院", "C902"):
        assert "没有找到" in desk.asks(f"查 {asked}", LI)


@pytest.mark.parametrize(
    "words", ["查 LK-9001", f"查 {MOBILE[CHEN]}", "客户 C001", "设备 LK-9001", f"查 {NUMBER}"]
)
def test_a_technician_without_a_job_there_reads_nothing(desk, words):
    answer = desk.asks(words, WANG)

    assert "没有找到" in answer
    assert not [word for word in (NAME[CHEN], ADDRESS, "华东制药", MOBILE[CHEN] + " ") if word in answer]


def test_a_technician_does_not_read_what_the_customer_is_worth(desk):
    desk.asks("客户级别 C001 金牌 年度续约五十万")

    assert "五十万" in desk.asks("客户 C001")
    answer = desk.asks("客户 C001", LI)
    assert "五十万" not in answer and "投诉" not in answer and MOBILE[CHEN] in answer


def test_a_customer_reads_of_their_own_machine_without_our_notes_and_names(desk):
    answer = desk.asks("设备 LK-9001", CHEN)

    assert REMEDY in answer and NUMBER in answer
    assert not [word for word in ("客户说昨晚", NAME[LI], "级别：A", NAME[ZHAO]) if word in answer]


@pytest.mark.parametrize("words", ["设备 HC-21", "设备 HC-99", "查 沪DA6621", "查 沪DA9999"])
def test_a_customer_reads_the_same_of_a_foreign_machine_as_of_none(desk, words):
    said = words.split()[1]

    assert desk.asks(words, CHEN).startswith(f"没有找到“{said}”。这里只能查您自己的设备")


@pytest.mark.parametrize("words", ["设备 不制冷了", "客户 仁和医院", "合并客户 C001 到 C902"])
def test_a_customer_s_words_about_anything_else_are_not_for_this_desk(desk, words):
    assert desk.asks(words, CHEN) == ""


def test_the_customer_from_every_side(desk):
    answer = desk.asks("客户 华东制药")

    for part in (NAME[CHEN], MOBILE[CHEN], "HT-1 年度维保", "LK-9001", NUMBER, "投诉：0 次"):
        assert part in answer


def test_the_customer_s_ratings_are_averaged(desk):
    assert "评价：暂无评价" in desk.asks("客户 C001")
    with desk.database.write() as session, session.begin():
        for number, (order_id, score) in enumerate([(ORDER, 5), (finished_order().id, 2)]):
            session.add(
                Rating(
                    id=UUID(int=500 + number),
                    work_order_id=order_id,
                    person_id=CHEN,
                    score=score,
                    rated_at=AT,
                )
            )

    assert "评价：3.5 分（2 次评价）" in desk.asks("客户 华东制药")


def test_who_may_see_costs_reads_what_the_customer_was_charged(desk):
    with desk.database.write() as session, session.begin():
        order = session.get(WorkOrder, finished_order().id)
        order.settled_fen, order.payer = 38050, "customer"

    assert "客户承担：已结算 380.50 元" in desk.asks("客户 华东制药", ZHAO)
    assert "客户承担" not in desk.asks("客户 华东制药", LI)


def test_a_name_that_several_have_is_asked_back(desk):
    with desk.database.write() as session, session.begin():
        session.add(Customer(id=UUID(int=103), code="C903", name="仁和医院东院", created_at=AT))

    assert "仁和医院东院（C903）" in desk.asks("查 仁和")
    assert "编号：C902" in desk.asks("客户 仁和医院")


def test_the_machine_s_file_has_its_history(desk):
    answer = desk.asks("设备 lk 9001")

    for part in ("设备档案", "型号：X1", DONE_NUMBER, "启动电容 1 个", "HT-1"):
        assert part in answer


def test_in_a_group_the_answer_goes_to_the_asker_alone(desk):
    desk.asks("查 LK-9001", group=True)

    assert desk.audiences == ["conversation:wecom_user:zhao"]


def test_a_merge_asks_first_and_then_happens_once(desk):
    asked = desk.asks("合并客户 仁和医院 到 C001")
    with storage.transaction(desk.database) as uow:
        assert uow.customers.get(OTHER).merged_into_id is None

    done = desk.asks("确认合并", later=timedelta(minutes=1))
    again = desk.asks("确认合并", later=timedelta(minutes=2))

    assert "确认合并" in asked and "仁和医院（C902）" in asked
    assert "已合并" in done and "没有等您确认的合并" in again
    assert "华东制药（C001）" in desk.asks("查 沪DA6621")
    assert "已并入：仁和医院（C902）" in desk.asks("客户 C001")


def test_a_merge_that_is_thought_better_of_does_not_happen(desk):
    desk.asks("合并客户 仁和医院 到 C001")
    with storage.transaction(desk.database) as uow:
        Lookups(make_bus()).drop_merge(Said(inbound("算了"), AT), uow)
        uow.commit()

    assert "没有等您确认的合并" in desk.asks("确认合并", later=timedelta(minutes=1))


def test_a_confirmation_that_comes_late_merges_nothing(desk):
    desk.asks("合并客户 仁和医院 到 C001")

    assert "没有等您确认的合并" in desk.asks("确认合并", later=timedelta(minutes=11))


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("合并客户 C001 到 华东制药", "它自己是同一条档案"),
        ("合并设备 HC-21 到 LK-9001", "属于不同的客户"),
        ("合并客户 没有这家 到 C001", "没有找到“客户 没有这家”"),
        ("合并客户 C001", "例如：合并客户"),
        ("客户级别 C001 金牌", "例如：客户级别"),
        ("客户级别 C001 A 没变", "已经是“A”"),
    ],
)
def test_nonsense_is_refused_before_anything_is_asked(desk, words, answer):
    assert answer in desk.asks(words)
    with storage.transaction(desk.database) as uow:
        assert uow.dialogues.current(Said(inbound(words), AT).key, AT) is None


@pytest.mark.parametrize("who", [LI, QIAN, SUN])
@pytest.mark.parametrize(
    "words", ["合并客户 C902 到 C001", "合并设备 HC-21 到 LK-9001", "客户级别 C001 金牌 好客户"]
)
def test_only_the_service_desk_keeps_the_files(desk, who, words):
    assert "没有权限" in desk.asks(words, who)


def test_levels_have_a_history(desk):
    desk.asks("客户级别 C001 金牌 续约")
    answer = desk.asks("客户 C001")

    assert "A → 金牌：续约（赵敏）" in answer and MERGE not in answer
