"""Processes about stock are listed, shown, checked, tried and compared with the past as requests are."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.storage.engine import Database
from bootstrap import cli
from domain.approval.commands import StartRequest
from domain.approval.errors import ProcessNotFound
from domain.approval.events import ProcessPublished
from tests.support.processes import shipped, written
from tests.support.supply import CANG, Firm, firm

Run = Callable[..., str]


@pytest.fixture
def store(database: Database) -> Iterator[Firm]:
    """Give a store that asked for two purchases, a small and a large one."""
    made = firm(database)
    made.buy(10)
    made.buy(1000)
    yield made


@pytest.fixture
def run(
    store: Firm, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run `fixloop process` and return what it printed."""
    monkeypatch.setenv("FIXLOOP_DATABASE_URL", database_url)

    def command(*words: object) -> str:
        capsys.readouterr()
        cli.main(["process", *map(str, words)])
        return capsys.readouterr().out

    return command


def limit(yuan: int) -> dict[str, Any]:
    document = shipped("parts_purchase")
    node = next(one for one in document["nodes"] if one["id"] == "large")
    node["branches"][0]["when"] = f"费用 > {yuan}"
    return document


def test_it_is_listed_and_shown(run: Run):
    assert "parts_purchase  备件采购  第 1 版" in run("list")
    assert "财务审批" in run("show", "parts_purchase")


def test_a_changed_limit_is_compared_with_what_was_bought(run: Run, tmp_path: Path):
    said = run("preview", written(tmp_path, limit(100)), "--days", 36_500)

    assert "2 份备件申请" in said
    assert "200.00" in said


def test_it_is_published_and_counts_for_the_next_purchase(run: Run, store: Firm, tmp_path: Path):
    run("publish", written(tmp_path, limit(100)))

    with_version = store.happened(ProcessPublished.__name__)
    assert with_version[-1]["name"] == "parts_purchase"
    assert with_version[-1]["version"] == 2


def test_a_name_that_nothing_asks_by_deserves_a_second_look(run: Run, tmp_path: Path):
    said = run("check", written(tmp_path, {**limit(100), "name": "parts_buying"}))

    assert "没有哪种备件单据会用“parts_buying”" in said


def test_nobody_asks_for_it_in_chat(store: Firm):
    with pytest.raises(ProcessNotFound):
        store.do(StartRequest, CANG, instance_id=store.store, name="parts_purchase", reason="要买")
