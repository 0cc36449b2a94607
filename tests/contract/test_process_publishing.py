"""`fixloop process`: what is refused and how it is said; publishing, rolling back and trying on samples."""

import copy
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.clock import utc_now
from adapters.storage.engine import Database
from bootstrap import cli
from bootstrap.process_files import SHIPPED, publish, read_file
from bootstrap.process_files import publish_shipped as publish_all
from domain.approval.commands import StartRequest
from domain.approval.errors import DefinitionWrong, PublishedMeanwhile
from tests.support.builders import AT, LATER, LI, cause
from tests.support.processes import (
    SUN,
    WU,
    ZHOU,
    add_superiors,
    limit_changed,
    publish_shipped,
    shipped,
    written,
)
from tests.support.storage import at_once, decided, one, rows, transaction

FILES = sorted(SHIPPED.rglob("*.yaml"))
Run = Callable[..., str]
VERSIONS = "SELECT version FROM process_version WHERE name = 'order_default' ORDER BY version"


@pytest.fixture
def firm(database: Database) -> Iterator[Database]:
    """Give a database with people who decide; Li reports to the manager."""
    add_superiors(database, LI)
    yield database


@pytest.fixture
def run(
    firm: Database,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run a command and return what it printed; where it is refused, what it said instead."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIXLOOP_DATABASE_URL", database_url)

    def command(*words: object, refused: bool = False) -> str:
        capsys.readouterr()
        if not refused:
            cli.main(["process", *map(str, words)])
            return capsys.readouterr().out
        with pytest.raises(SystemExit) as ended:
            cli.main(["process", *map(str, words)])
        said = capsys.readouterr()
        assert ended.value.code == 1 or isinstance(ended.value.code, str)
        return said.err if ended.value.code == 1 else str(ended.value.code)

    return command


def node(document: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in document["nodes"] if each["id"] == name)


def with_node(name: str, **changes: Any) -> dict[str, Any]:
    document = copy.deepcopy(shipped("order_default"))
    node(document, name).update(changes)
    return document


UNREACHABLE = shipped("order_default")
UNREACHABLE["nodes"].append({"id": "lost", "kind": "task", "title": "没接上", "step": "close", "next": "end"})
TWO_DEFAULTS = (
    (SHIPPED / "order_default.yaml")
    .read_text("utf-8")
    .replace("    default: close\n", "    default: close\n    default: end\n")
)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (with_node("over_limit", branches=[{"when": "费用 >> 5000", "next": "director"}]), "第 5 个字"),
        (with_node("over_limit", branches=[{"when": "价格 > 5000", "next": "director"}]), "价格"),
        (with_node("director", approvers=[{"by": "role", "role": "boss"}]), "角色“boss”不存在"),
        (with_node("director", approvers=[{"by": "person", "person": "无名"}]), "“无名”不存在或已离职"),
        (with_node("director", approvers=[{"by": "field", "field": "boss"}]), "字段“boss”不存在"),
        (with_node("repair", step="mend"), "步骤“mend”不存在"),
        (with_node("close", next="settle"), "连成了一个圈"),
        (with_node("close", next="nowhere"), "下一步 nowhere 不存在"),
        (UNREACHABLE, "“没接上”走不到"),
        ({**shipped("order_default"), "about": "asset"}, "about 要写 work_order 或 request"),
        (
            with_node("repair", kind="trigger", do="priority", step=None, **{"with": {"priority": "P9"}}),
            "step：不认识这一项",
        ),
    ],
)
def test_what_cannot_work_is_refused_and_nothing_changes(
    run: Run, firm: Database, tmp_path: Path, document: dict[str, Any], said: str
):
    file = written(tmp_path, document)

    checked, published = run("check", file, refused=True), run("publish", file, refused=True)

    assert said in checked
    assert "没有发布" not in checked
    assert said in published
    assert "没有发布" in published
    assert rows(firm, "SELECT * FROM process_version") == []


def test_everything_is_said_at_once(run: Run, tmp_path: Path):
    wrong = {"refusal": "stop", "again_when_raised": "price", "approvers": [{"by": "role", "role": "boss"}]}

    said = run("check", written(tmp_path, with_node("director", **wrong)), refused=True)
    form = run("check", written(tmp_path, with_node("director", mode="x", **wrong)), refused=True)

    assert "“工单流程”有 3 处问题，请先改好：" in said
    for part in ("“服务总监审批”的 refusal：不认识“stop”", "角色“boss”不存在", "字段“price”不存在"):
        assert part in said
    assert "改好这些后" not in said
    assert "有 2 处问题" in form
    assert form.endswith("改好这些后还会检查人员、字段和走向。\n")


def test_a_role_that_nobody_has_is_told(run: Run, firm: Database, tmp_path: Path):
    publish_shipped(firm, "order_default")
    with firm.write() as session, session.begin():
        session.connection().exec_driver_sql("UPDATE person SET active = false WHERE name = '钱进'")
    finance = [{"by": "role", "role": "finance"}, {"by": "skill", "skill": "审价"}]
    file = written(tmp_path, with_node("director", title="财务审批", approvers=finance[:1]))
    both = written(tmp_path, with_node("director", approvers=finance), "both.yaml")
    some = written(tmp_path, with_node("director", approvers=[*finance, {"by": "head"}]), "some.yaml")
    passing = written(tmp_path, with_node("director", approvers=finance, empty="pass"), "pass.yaml")
    note = "注意：节点“财务审批”现在没有“财务”的同事，会由管理员代为审批"

    assert note in run("check", file)
    assert "没有“财务”、会“审价”的同事，会由管理员代为" in run("check", both)
    assert "的同事，只会问其他审批人" in run("check", some)
    assert "的同事，会按规则自动通过" in run("check", passing)
    assert "（孙立）：或签，现在没有“财务”的同事，由管理员代" in run("simulate", file, "--data", "费用=9000")
    assert "注意" not in run("check", SHIPPED / "order_default.yaml")
    assert note in run("publish", file)


def test_two_defaults_a_missing_file_and_a_wrong_trigger_are_refused(run: Run, tmp_path: Path):
    file = tmp_path / "two.yaml"
    file.write_text(TWO_DEFAULTS, "utf-8")
    trigger = {"id": "repair", "kind": "trigger", "title": "提级", "do": "priority", "next": "sign_off"}
    document = shipped("order_default")
    document["nodes"] = [trigger if each["id"] == "repair" else each for each in document["nodes"]]

    assert "“default”写了两次" in run("check", file, refused=True)
    assert "读不了文件" in run("publish", tmp_path / "none.yaml", refused=True)
    assert "“提级”的 with：priority 要写" in run("check", written(tmp_path, document), refused=True)


def test_every_wrong_file_of_several_is_named(run: Run, tmp_path: Path):
    good = SHIPPED / "claim.yaml"
    first, second = (
        written(tmp_path, with_node("repair", step=step), f"{step}.yaml") for step in ("one", "two")
    )

    said = run("check", first, good, second, refused=True)

    assert "步骤“one”不存在" in said
    assert "步骤“two”不存在" in said


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_definition_has_no_problems(run: Run, file: Path):
    assert "没有错误" in run("check", file)


def test_a_published_file_counts_and_is_told_with_what_changed(run: Run, firm: Database, tmp_path: Path):
    publish_shipped(firm, "order_default")

    said = run("publish", written(tmp_path, limit_changed(3000)), "--note", "降低限额", "--by", "吴涛")

    assert "已发布“工单流程”第 2 版" in said
    assert "条件 费用 > 5000 → 费用 > 3000" in said
    assert one(firm, "SELECT published_by FROM process_version WHERE version = 2") == str(WU)
    assert "吴涛" in run("list")


def test_a_file_that_changes_nothing_is_not_published(run: Run, firm: Database):
    publish_shipped(firm, "order_default")

    assert "和现在的第 1 版一样" in run("publish", SHIPPED / "order_default.yaml")
    assert [tuple(row) for row in rows(firm, VERSIONS)] == [(1,)]


@pytest.mark.parametrize(
    ("name", "said"), [("李强", "没有权限"), ("赵敏", "没有权限"), ("无名", "没有唯一一位")]
)
def test_who_has_no_right_publishes_nothing(run: Run, firm: Database, tmp_path: Path, name: str, said: str):
    publish_shipped(firm, "order_default")
    file = written(tmp_path, limit_changed(3000))

    assert said in run("publish", file, "--by", name, refused=True)
    assert [tuple(row) for row in rows(firm, VERSIONS)] == [(1,)]


def test_a_file_made_from_an_older_version_is_refused(run: Run, firm: Database, tmp_path: Path):
    publish_shipped(firm, "order_default")
    publish(firm, limit_changed(4000), 1, "", LATER, str(WU))

    said = run("publish", written(tmp_path, limit_changed(3000)), "--based-on", 1, refused=True)

    assert "吴涛 刚刚发布了“工单流程”第 2 版" in said
    assert "fixloop process diff order_default" in said


def test_of_two_who_publish_at_once_the_second_is_refused(firm: Database):
    publish_shipped(firm, "order_default")

    def publish_one(number: int) -> str:
        try:
            return str(publish(firm, limit_changed(3000 + number), 1, "", LATER))
        except PublishedMeanwhile as refusal:
            return refusal.message

    said = sorted(at_once(2, publish_one))

    assert said[0] == "2"
    assert "没有发布" in said[1]
    assert [tuple(row) for row in rows(firm, VERSIONS)] == [(1,), (2,)]


def test_rolling_back_makes_a_new_version(run: Run, firm: Database):
    publish_shipped(firm, "order_default")
    publish(firm, limit_changed(3000), 1, "", LATER)

    said = run("rollback", "order_default", "--to", 1)

    assert "第 3 版" in said
    assert "费用 > 3000 → 费用 > 5000" in said
    assert "第 1 版和现在的第 3 版一样，没有发布" in run("rollback", "order_default", "--to", 1)
    assert [tuple(row) for row in rows(firm, VERSIONS)] == [(1,), (2,), (3,)]
    assert "没有第 9 版" in run("rollback", "order_default", "--to", 9, refused=True)
    assert "没有第 0 版" in run("show", "order_default", "--version", 0, refused=True)


def test_an_unknown_name_is_said_with_those_that_are(run: Run, firm: Database):
    publish_shipped(firm, "claim")

    for action in (["show"], ["diff"], ["simulate"], ["rollback", "--to", "1"]):
        assert "没有“clame”这个流程，已发布的有：claim；用 fixloop process list" in run(
            action[0], "clame", *action[1:], refused=True
        )


def test_versions_are_compared_by_name(run: Run, firm: Database):
    publish_shipped(firm, "order_default")
    assert "只有第 1 版" in run("diff", "order_default")
    publish(firm, limit_changed(3000), 1, "", LATER)
    publish(firm, limit_changed(4000), 2, "", LATER)

    assert "费用 > 3000 → 费用 > 4000" in run("diff", "order_default")
    assert "费用 > 5000 → 费用 > 4000" in run("diff", "order_default", "--version", 1)
    assert "费用 > 5000 → 费用 > 3000" in run("diff", "order_default", "--version", 1, "--to", 2)
    assert "没有第 0 版" in run("diff", "order_default", "--version", 0, refused=True)


def test_running_instances_keep_their_version(run: Run, firm: Database, tmp_path: Path):
    publish_shipped(firm, "claim")
    decided(firm, StartRequest(instance_id=ZHOU, name="claim", amount_fen=100, reason="碰伤", **cause(LI)))
    document = shipped("claim")
    node(document, "amount")["branches"][1]["when"] = "费用 > 2000"

    said = run("publish", written(tmp_path, document))

    assert "运行中的 1 个仍按各自原来的版本" in said
    assert one(firm, "SELECT version FROM process_instance") == 1
    assert "第 2 版" in run("list")


def test_a_version_is_drawn_and_comes_back_as_a_file(run: Run, firm: Database, tmp_path: Path):
    publish_shipped(firm, "order_default")
    drawn = run("show", "order_default")
    file = tmp_path / "again.yaml"
    file.write_text(run("show", "order_default", "--yaml"), "utf-8")

    assert "服务总监审批" in drawn
    assert "没有区别" in run("diff", file)


def test_people_are_named_in_files_and_kept_by_id(run: Run, firm: Database, tmp_path: Path):
    named = with_node("director", approvers=[{"by": "person", "person": "吴涛"}])
    publish(firm, named, 0, "", AT)

    assert str(WU) in str(one(firm, "SELECT document FROM process_version"))
    assert "吴涛" in run("show", "order_default", "--yaml")
    assert "服务总监审批（吴涛）" in run("simulate", "order_default", "--data", "费用=9000")


def test_a_name_that_two_people_have_is_refused(firm: Database):
    with firm.write() as session, session.begin():
        session.connection().exec_driver_sql("UPDATE person SET name = '吴涛' WHERE name = '孙立'")
    document = with_node("director", approvers=[{"by": "person", "person": "吴涛"}])

    with pytest.raises(DefinitionWrong) as refused:
        publish(firm, document, 0, "", AT)

    assert "有 2 位同事都叫“吴涛”" in refused.value.message
    assert str(SUN) in refused.value.message


@pytest.mark.parametrize(
    ("name", "data", "asked"),
    [
        ("order_default", "费用=4999.99", []),
        ("order_default", "费用=5000.00", []),
        ("order_default", "费用=5000.01", ["周明"]),
        ("order_default", "费用=5000.01 等级=A", ["周明"]),
        ("order_default", "费用=5000.01 等级=VIP", []),
        ("order_default", "等级=A", []),
        ("return_goods", "费用=1000", ["吴涛"]),
        ("return_goods", "费用=1000.01", ["吴涛", "钱进", "周明"]),
        ("claim", "费用=3000", ["吴涛"]),
        ("claim", "费用=3000.01", ["吴涛", "钱进"]),
        ("claim", "费用=20000", ["吴涛", "钱进"]),
        ("claim", "费用=20000.01", ["吴涛", "吴涛、钱进", "周明"]),
        ("parts_request", "费用=500", []),
        ("parts_request", "费用=500.01", ["吴涛"]),
        ("parts_purchase", "费用=10000", ["吴涛"]),
        ("parts_purchase", "费用=10000.01", ["吴涛", "钱进"]),
        ("stock_count", "费用=0.01", ["吴涛"]),
        ("discount", "费用=500", ["吴涛"]),
        ("discount", "费用=500 等级=VIP", []),
        ("discount", "费用=500.01", ["吴涛"]),
    ],
)
def test_who_is_asked_by_a_shipped_definition(run: Run, name: str, data: str, asked: list[str]):
    said = run("simulate", SHIPPED / f"{name}.yaml", "--data", data, "--as", "李强")

    seen = [line for line in said.splitlines() if line.startswith("◇") and "跳过" not in line]
    assert [line.partition("（")[2].partition("）")[0] for line in seen] == asked


def test_a_skipped_approval_is_told_with_its_rule_and_value(run: Run):
    said = run("simulate", SHIPPED / "order_default.yaml", "--data", "费用=5000.01 等级=VIP")

    assert "费用大于 5000 元（费用 5000.01 元） → 服务总监审批" in said
    assert "跳过，满足跳过条件：等级是“VIP”（等级 VIP）" in said


def test_the_examples_of_the_guide_work(run: Run, tmp_path: Path):
    page = (Path(cli.__file__).parents[1] / "docs" / "how-to" / "change-a-process.md").read_text("utf-8")
    parts, quote, whole = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "whole.yaml"
    file.write_text(whole, "utf-8")

    in_warranty, without = (run("simulate", file, "--data", f"保修期内={known}") for known in "是否")

    assert parts in whole
    assert quote in whole
    assert "配件预申请" in in_warranty
    assert "◇ 报价确认" not in in_warranty
    assert "◇ 报价确认" in without


def test_the_guide_can_be_followed_word_by_word(run: Run, firm: Database, tmp_path: Path):
    page = (Path(cli.__file__).parents[1] / "docs" / "how-to" / "change-a-process.md").read_text("utf-8")
    parts, quote, whole = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    publish_shipped(firm, "order_default")
    file, example = tmp_path / "order_default.yaml", tmp_path / "whole.yaml"
    example.write_text(whole, "utf-8")
    text = run("show", "order_default", "--yaml").replace("费用 > 5000", "费用 > 3000")

    for block, name in ((parts, "start"), (quote, "visit")):
        text, times = re.subn(rf"  - {{id: {name}, .*\n", block, text)
        assert times == 1
        file.write_text(text, "utf-8")
        assert "没有错误" in run("check", file)
    run("publish", file)

    assert "没有区别" in run("diff", example)


def test_what_is_shipped_is_published_once_and_read_back(firm: Database):
    publish_all(firm)
    publish_all(firm)

    with transaction(firm, utc_now()) as uow:
        assert len(uow.processes.names()) == len(list(SHIPPED.glob("*.yaml")))
    assert one(firm, "SELECT count(*) FROM process_version") == len(list(SHIPPED.glob("*.yaml")))
    assert read_file(SHIPPED / "claim.yaml")["title"] == "理赔申请"
