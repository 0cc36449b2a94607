"""Rules, the pool and messages in groups as both databases keep them; every query along an index."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from adapters.csvfiles import ImportRefused, import_files
from adapters.storage.engine import Database
from domain.dispatching.rules import DispatchMode
from domain.groups.commands import ResolveGroupMessage, TakeGroupMessage
from domain.groups.errors import GroupCardOutdated, GroupStepNotPossible
from domain.groups.outcome import Outcome
from domain.kernel.errors import NotFound
from domain.registry import make_bus
from domain.workorder.pool import PoolFilter
from domain.workorder.status import Status
from tests.support.builders import AT, LI, PHARMA, ZHAO, cause, work_order
from tests.support.storage import transaction

HEADER = "position,name,type,customer_level,region,asset_kind,priority,mode,skill,offer_timeout_s"
RULES = f"""{HEADER}
10,金牌,报修;投诉,金牌,华东,冷藏机组,P1;P2,推荐,制冷,300
20,投诉,投诉,,,,,人工,,
30,其余,,,,,,自动,,
"""


def imported(database: Database, folder: Path, text: str) -> list[str]:
    path = folder / "dispatch_rules.csv"
    path.write_text(text, "utf-8")
    return import_files(database, [path], AT)


def names(database: Database) -> list[str]:
    with transaction(database) as uow:
        return [rule.name for rule in uow.dispatch_rules.in_order()]


def test_rules_are_imported_in_their_order(database: Database, tmp_path: Path):
    lines = imported(database, tmp_path, RULES)

    assert any("派单规则" in line and "新增 3" in line for line in lines)
    with transaction(database) as uow:
        first = uow.dispatch_rules.in_order()[0]
        assert (first.name, first.how, first.type) == ("金牌", DispatchMode.RECOMMEND, "repair;complaint")
        assert (first.priority, first.skill, first.offer_timeout_s) == ("P1;P2", "制冷", 300)


def test_a_file_of_rules_is_the_whole_table(database: Database, tmp_path: Path):
    imported(database, tmp_path, RULES)

    lines = imported(database, tmp_path, f"{HEADER}\n5,投诉,投诉,,,,,人工,,\n10,新的,,,,,,auto,,\n")

    assert names(database) == ["投诉", "新的"]
    assert any("新增 1，更新 1，未变 0" in line for line in lines)


def test_importing_rules_again_changes_nothing(database: Database, tmp_path: Path):
    imported(database, tmp_path, RULES)

    lines = imported(database, tmp_path, RULES)

    assert any("新增 0，更新 0，未变 3" in line for line in lines)
    assert names(database) == ["金牌", "投诉", "其余"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("10,甲,别的,,,,,自动,,", "没有类型“别的”"),
        ("10,甲,,,,,P7,自动,,", "没有优先级“P7”"),
        ("10,甲,,,,,,随便,,", "没有派单方式“随便”"),
        ("x,甲,,,,,,自动,,", "position 列"),
        ("10,,,,,,,自动,,", "name 列"),
        ("10,甲,,,,,,自动,,0", "offer_timeout_s 列"),
        ("10,甲,,,,,,自动,,\n10,乙,,,,,,自动,,", "position 列“10”与"),
        ("10,甲,,,,,,自动,,\n20,甲,,,,,,自动,,", "name 列“甲”与"),
    ],
)
def test_a_wrong_rule_is_explained_and_nothing_is_written(
    database: Database, tmp_path: Path, row: str, said: str
):
    imported(database, tmp_path, RULES)

    with pytest.raises(ImportRefused) as refused:
        imported(database, tmp_path, f"{HEADER}\n{row}\n")

    assert any(said in line for line in refused.value.lines)
    assert len(names(database)) == 3


def add_orders(database: Database) -> None:
    """Keep an urgent new one, an old accepted one, one that waits, and two that are over."""
    rows = (
        (Status.NEW, "P1", 50),
        (Status.ACCEPTED, "P3", 10),
        (Status.DISPATCHING, "P3", 20),
        (Status.CLOSED, "P1", 5),
        (Status.CANCELLED, "P1", 6),
    )
    with transaction(database) as uow:
        for index, (status, priority, minutes) in enumerate(rows):
            at = AT + timedelta(minutes=minutes)
            uow.work_orders.add(
                work_order(
                    status,
                    id=UUID(int=900 + index),
                    number=f"WO-20261124-090{index}",
                    source_key=f"pool-{index}",
                    priority=priority,
                    asset_id=None,
                    created_at=at,
                    status_since=at,
                )
            )
        uow.commit()


def pooled(
    database: Database, wanted: PoolFilter | None = None, offset: int = 0, limit: int = 10
) -> list[str]:
    with transaction(database) as uow:
        found = uow.pool.page(wanted or PoolFilter(), AT + timedelta(hours=1), offset, limit)
        return [line.number[-1] for line in found]


def test_the_pool_has_what_is_open_the_urgent_then_the_oldest_first(database: Database):
    add_orders(database)

    assert pooled(database) == ["0", "1", "2"]
    assert pooled(database, offset=1, limit=1) == ["1"]


def test_the_pool_can_be_narrowed(database: Database):
    add_orders(database)

    assert pooled(database, PoolFilter(statuses=(Status.NEW, Status.DISPATCHING))) == ["0", "2"]
    assert pooled(database, PoolFilter(assignee_id=LI)) == ["1"]
    assert pooled(database, PoolFilter(customer_ids=(PHARMA,), type="repair")) == ["0", "1", "2"]
    assert pooled(database, PoolFilter(customer_ids=(UUID(int=1),))) == []
    assert pooled(database, PoolFilter(overdue=True)) == ["2"]


def test_the_pool_names_customer_and_owner(database: Database):
    add_orders(database)

    with transaction(database) as uow:
        line = uow.pool.page(PoolFilter(assignee_id=LI), AT, 0, 1)[0]

    assert (line.customer_name, line.owner, line.status) == ("华东制药", "李强", Status.ACCEPTED)


def taken(uow, key: str = "dingtalk:msg-1", **changes: object) -> UUID:
    request_id = UUID(int=sum(map(ord, key)))
    command = TakeGroupMessage(
        request_id=request_id,
        group_key="dingtalk_group:cid",
        conversation="dingtalk_group:cid",
        private="dingtalk_user:zhao",
        speaker_id=ZHAO,
        words="冷库不制冷",
        source_key=key,
        original_ref="msg:1",
        **cause(ZHAO),
        **changes,  # type: ignore[arg-type]
    )
    make_bus().handle(command, uow)
    return request_id


def test_a_message_in_a_group_is_kept_and_resolved_once(database: Database):
    with transaction(database) as uow:
        request_id = taken(uow)
        uow.commit()
    resolve = ResolveGroupMessage(
        request_id=request_id, outcome=Outcome.NOT_A_REQUEST, seen_version=1, **cause(ZHAO)
    )
    with transaction(database) as uow:
        make_bus().handle(resolve, uow)
        uow.commit()

    with transaction(database) as uow, pytest.raises(GroupCardOutdated):
        make_bus().handle(resolve, uow)
    again = resolve.model_copy(update={"seen_version": None})
    with transaction(database) as uow, pytest.raises(GroupStepNotPossible):
        make_bus().handle(again, uow)


def test_a_group_s_newest_messages_come_first(database: Database):
    with transaction(database) as uow:
        ids = [taken(uow, "a"), taken(uow, "bb")]
        uow.group_requests.get(ids[1]).created_at = AT + timedelta(seconds=1)
        uow.commit()

    with transaction(database) as uow:
        found = [one.id for one in uow.group_requests.newest("dingtalk_group:cid", 5)]
        assert found == list(reversed(ids))
        assert uow.group_requests.newest("dingtalk_group:other", 5) == []


def test_an_unknown_message_is_not_found(database: Database):
    with transaction(database) as uow, pytest.raises(NotFound):
        uow.group_requests.get(UUID(int=5))
