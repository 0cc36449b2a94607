"""`fixloop process move`: running instances go on by another version, with tasks, clocks and history."""

import copy
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.storage.engine import Database
from bootstrap import cli
from bootstrap.process_files import publish
from domain.approval.commands import AgreeTask, MoveInstances, ReviewProcess, StartRequest
from domain.approval.errors import InstanceNotMovable, ProcessNotFound, VersionNotFound
from domain.kernel.errors import ConcurrentUpdate, NotPermitted
from domain.policies.approval_views import approval_view
from tests.support.builders import AT, LATER, LI, ZHAO, cause
from tests.support.processes import WU, ZHOU, add_superiors
from tests.support.storage import at_once, decided, one, rows, transaction

Run = Callable[..., str]
STATES = "SELECT version, rev, status, next_due_at FROM process_instance ORDER BY number"
TASKS = "SELECT id, node, assignee_id, opened_at, due_at, closed_at, outcome FROM process_task ORDER BY no"


def approve(name: str, role: str, then: str, **more: Any) -> dict[str, Any]:
    by_role = [{"by": "role", "role": role}]
    return {"id": name, "kind": "approve", "title": f"{name}审批", "approvers": by_role, "next": then, **more}


REMIND = {"within_min": 60, "do": "remind"}
START, END = (
    {"id": "start", "kind": "start", "next": "boss"},
    {"id": "end", "kind": "end", "result": "approved"},
)
FIRST = {
    "name": "trial",
    "title": "试用申请",
    "about": "request",
    "nodes": [START, approve("boss", "manager", "end", timeout=REMIND), END],
}
SECOND = copy.deepcopy(FIRST)
SECOND["nodes"] = [
    START,
    approve("boss", "manager", "top", timeout=REMIND),
    approve("top", "director", "end"),
    END,
]
OTHER = copy.deepcopy(FIRST)
OTHER["nodes"] = [{**START, "next": "top"}, approve("top", "director", "end"), END]


@pytest.fixture
def firm(database: Database) -> Iterator[Database]:
    """Give a database with people who decide, and one process."""
    add_superiors(database, LI)
    publish(database, FIRST, 0, "", AT)
    yield database


@pytest.fixture
def run(
    firm: Database,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run `process move trial` and return what it printed, with what it refused."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIXLOOP_DATABASE_URL", database_url)

    def command(*words: object, ends: object = None) -> str:
        capsys.readouterr()
        code: object = None
        try:
            cli.main(["process", "move", "trial", *map(str, words)])
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        assert (code if not isinstance(code, str) else 1) == ends
        return said.out + said.err + (code if isinstance(code, str) else "")

    return command


def ask(database: Database) -> UUID:
    request = StartRequest(instance_id=uuid4(), name="trial", **cause(LI, AT, f"s:{uuid4()}"))
    decided(database, request)
    return request.instance_id


def open_task(database: Database, instance_id: UUID) -> tuple[UUID, UUID]:
    with transaction(database, AT) as uow:
        (task,) = [one for one in uow.processes.tasks(instance_id) if one.closed_at is None]
        return task.id, task.assignee_id


def agree(database: Database, instance_id: UUID) -> UUID:
    """Let whoever is asked agree, and return who it was."""
    task_id, person_id = open_task(database, instance_id)
    decided(database, AgreeTask(task_id=task_id, **cause(person_id, LATER, f"a:{task_id}")))
    return person_id


def moving(instance_id: UUID, actor: UUID = WU, version: int = 2, name: str = "trial") -> MoveInstances:
    return MoveInstances(
        name=name, instances=(instance_id,), to_version=version, **cause(actor, LATER, f"m:{uuid4()}")
    )


def number_of(database: Database, instance_id: UUID) -> str:
    with transaction(database, AT) as uow:
        return uow.processes.get(instance_id).number


def test_a_preview_changes_nothing_and_a_move_keeps_tasks_and_clocks(run: Run, firm: Database):
    instance_id = ask(firm)
    publish(firm, SECOND, 1, "", AT)
    tasks, states = rows(firm, TASKS), rows(firm, STATES)
    number = number_of(firm, instance_id)

    for words in (("--all",), ("--number", number), ("--all", "--dry-run")):
        said = run(*words)
        assert f"可以换：{number}，现在是第 1 版，停在“boss审批”" in said
        assert "只是预览" in said
    assert rows(firm, STATES) == states
    assert "已换 1 个" in run("--all", "--yes")

    assert rows(firm, TASKS) == tasks
    assert one(firm, "SELECT version FROM process_instance") == 2
    assert one(firm, "SELECT next_due_at FROM process_instance") == states[0].next_due_at
    assert one(firm, "SELECT count(*) FROM event WHERE name = 'InstanceMoved'") == 1
    assert "不用换" in run("--all")


def test_the_next_node_of_the_new_version_counts_and_the_old_clock_runs(firm: Database):
    instance_id, other = ask(firm), ask(firm)
    publish(firm, SECOND, 1, "", AT)

    decided(firm, moving(instance_id))
    due = AT + timedelta(minutes=61)
    decided(firm, ReviewProcess(instance_id=instance_id, **cause("system", due, "tick")))

    assert one(firm, "SELECT count(*) FROM event WHERE name = 'TimeoutFired'") == 1
    assert [agree(firm, instance_id), agree(firm, instance_id)] == [WU, ZHOU]
    agree(firm, other)
    assert {row.status for row in rows(firm, STATES)} == {"approved"}


def test_one_that_cannot_go_on_is_refused_and_the_others_move(run: Run, firm: Database):
    first, second = ask(firm), ask(firm)
    publish(firm, SECOND, 1, "", AT)
    decided(firm, moving(second))
    agree(firm, second)
    publish(firm, OTHER, 2, "", AT)
    before = rows(
        firm, "SELECT version, rev, state FROM process_instance WHERE id = :id", id=_key(firm, first)
    )

    preview = run("--all")
    said = run("--all", "--yes", ends=1)

    assert "现在停在“boss审批”，它在新版里没有了" in preview
    assert "1 个可以换，1 个不能换" in preview
    assert "没有任何改动" in said
    assert "继续按第 1 版走完" in said
    assert "已换 1 个，1 个没有换" in said
    after = rows(
        firm, "SELECT version, rev, state FROM process_instance WHERE id = :id", id=_key(firm, first)
    )
    assert after == before
    assert agree(firm, first) == WU
    assert agree(firm, second) == ZHOU


def _key(database: Database, instance_id: UUID) -> object:
    return instance_id.hex if database.engine.dialect.name == "sqlite" else instance_id


def test_a_card_of_a_node_that_is_gone_can_still_be_read(firm: Database):
    publish(firm, SECOND, 1, "", AT)
    instance_id = ask(firm)
    agree(firm, instance_id)
    publish(firm, OTHER, 2, "", AT)

    decided(firm, moving(instance_id, version=3))

    with transaction(firm, AT) as uow:
        done = [task for task in uow.processes.tasks(instance_id) if task.closed_at is not None]
        assert [approval_view(task, uow).decided for task in done] == ["agreed"]
    assert agree(firm, instance_id) == ZHOU


def test_who_may_not_and_what_does_not_exist_is_refused(run: Run, firm: Database):
    instance_id = ask(firm)
    publish(firm, SECOND, 1, "", AT)

    with pytest.raises(NotPermitted):
        decided(firm, moving(instance_id, actor=ZHAO))
    with pytest.raises(VersionNotFound):
        decided(firm, moving(instance_id, version=7))
    with pytest.raises(ProcessNotFound):
        decided(firm, moving(instance_id, name="none"))
    assert "没有第 9 版" in run("--all", "--to", 9, ends=1)
    assert "没有走过流程" in run("--number", "SP-1", ends=1)
    agree(firm, instance_id)
    with pytest.raises(InstanceNotMovable):
        decided(firm, moving(instance_id))
    assert "流程已通过" in run("--number", number_of(firm, instance_id))


def together(database: Database, instance_id: UUID, number: int) -> str:
    """Agree, or move at the same time; return the refusal."""
    try:
        if number:
            decided(database, moving(instance_id, version=1))
        else:
            agree(database, instance_id)
    except (InstanceNotMovable, ConcurrentUpdate) as refusal:
        return refusal.message
    return ""


def test_a_decision_at_the_same_time_counts_and_a_move_comes_before_it_or_is_refused(firm: Database):
    publish(firm, SECOND, 1, "", AT)
    for _ in range(8):
        instance_id = ask(firm)

        agreed, moved = at_once(2, partial(together, firm, instance_id))

        assert agreed == ""
        with transaction(firm, AT) as uow:
            status = uow.processes.get(instance_id).status
        assert status == ("running" if moved else "approved")
