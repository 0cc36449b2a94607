"""Files with process definitions: what is refused, in Chinese, with its place; and what is shipped."""

from pathlib import Path
from typing import Any

import pytest

from bootstrap.process_files import LARGEST, SHIPPED, ProcessFileRefused, read_file
from bootstrap.process_hints import hints
from bootstrap.process_words import WrongData, as_yaml, data_of, editor_schema, line_diff, templates
from domain.approval.errors import DefinitionWrong
from domain.policies.process_changes import changes
from domain.policies.process_reading import normal, read_definition
from tests.support.processes import limit_changed, shipped, written

FILES = sorted(SHIPPED.rglob("*.yaml"))


def refusal(folder: Path, text: str | bytes) -> str:
    file = folder / "made.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ProcessFileRefused) as refused:
        read_file(file)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\nb: *x", "第 1 行第 4 个字：不支持 & 和 * 引用"),
        ("a: [1]\nb: *x", "第 2 行第 4 个字：不支持 & 和 * 引用"),
        ("a: 1\na: 2", "第 2 行第 1 个字：“a”写了两次"),
        ("b: {a: 1, a: 2}", "“a”写了两次"),
        ("a: !!python/name:os.system x", "不支持 ! 开头的标记"),
        ("a: [1, 2", "不是合法的 YAML"),
        ("a: b: c", "第 1 行第 5 个字：不是合法的 YAML"),
        ("\ta: 1", "Tab"),
        ("1: 2", "“1”不能作名称"),
        ("[a]: 1", "不能作名称"),
        ("- 1", "没有流程定义"),
        ("", "没有流程定义"),
        ("a: .nan", "不能保存的数字"),
        ('a: "\\0"', "控制字符"),
        ("a: 1\n---\na: 2", "第 2 行"),
        ("a: " + "[" * 3000, "嵌套太深"),
        ("a: " + "9" * 5000, "读不了的数字"),
        (b"a: \xff\xfe", "不是 UTF-8 编码"),
        ("a" * (LARGEST + 1), "超过 1 MB"),
    ],
)
def test_what_cannot_be_read_is_said_in_chinese(tmp_path: Path, text: str | bytes, said: str):
    assert said in refusal(tmp_path, text)


def test_a_file_that_is_not_there_or_a_folder_is_said_so(tmp_path: Path):
    for file, why in ((tmp_path / "none.yaml", "没有这个文件"), (tmp_path, "这是一个文件夹")):
        with pytest.raises(ProcessFileRefused, match=f"读不了文件 .*：{why}"):
            read_file(file)


def test_a_day_stays_a_text(tmp_path: Path):
    file = tmp_path / "made.yaml"
    file.write_text("a: 2026-03-01", "utf-8")

    assert read_file(file) == {"a": "2026-03-01"}


def problems(document: dict[str, Any]) -> str:
    with pytest.raises(DefinitionWrong) as refused:
        read_definition(document)
    return refused.value.message


def changed_node(**changes: Any) -> dict[str, Any]:
    document = shipped("order_default")
    node = next(one for one in document["nodes"] if one["id"] == "director")
    node.update(changes)
    return document


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({}, "· nodes：缺少这一项"),
        ({**shipped("claim"), "name": "理赔"}, "· name：只能用小写字母、数字和下划线"),
        ({**shipped("claim"), "nodes": 1}, "· nodes：要写成列表"),
        ({**shipped("claim"), "owner": 1}, "· owner：不认识这一项"),
        (
            changed_node(mode="每人"),
            "· 节点“服务总监审批”的 mode：不认识“每人”，可用的有：all、any",
        ),
        (changed_node(kind="aprove"), "· 节点“服务总监审批”的 kind 不认识“aprove”，可用的有：start、end"),
        (changed_node(approvers=[{"role": "x"}]), "· 节点“服务总监审批”的 approvers 第 1 项：缺少 by"),
        (changed_node(approvers=[{"by": "head", "levels": 0}]), "第 1 项的 levels：不能小于 1"),
        (
            changed_node(timeout={"within_min": "一天"}),
            "服务总监审批”的 timeout 的 within_min：要写成整数",
        ),
        (changed_node(emergency="对"), "的 emergency：要写成 true 或 false"),
        (changed_node(self_aproval="ask"), "self_aproval：不认识这一项，是不是要写 self_approval。"),
        (changed_node(timeout={"within_min": 5, "doo": "agree"}), "doo：不认识这一项，是不是要写 do。"),
        (changed_node(approvers=[{"by": "role", "rol": "x"}]), "rol：不认识这一项，是不是要写 role。"),
        ({"name": "a", "titel": 1}, "titel：不认识这一项，是不是要写 title。"),
        ({**shipped("claim"), "kind": [], "by": {}}, "· kind：不认识这一项。"),
        ({**shipped("claim"), "owner": 1}, "改好这些后还会检查人员、字段和走向"),
        (changed_node(title=""), "· 节点“director”的 title：不能为空"),
        (changed_node(title="长" * 61), "的 title：太长了，最多 60 个字"),
    ],
)
def test_what_has_not_the_form_is_said_with_its_place(document: dict[str, Any], said: str):
    assert said in problems(document)


def test_the_validator_s_english_reaches_nobody():
    document = {"name": 1, "title": [], "about": None, "nodes": [1, {}, {"id": "a", "kind": "timer"}, None]}

    for line in problems(document).splitlines()[1:]:
        assert not {"Input", "should", "valid", "Field", "required"} & set(line.split())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_file_in_its_one_form_means_the_same(file: Path, tmp_path: Path):
    definition = read_definition(read_file(file))
    again = tmp_path / "again.yaml"
    again.write_text(as_yaml(definition), "utf-8")

    assert normal(read_definition(read_file(again))) == normal(definition)
    assert changes(definition, read_definition(read_file(again))) == []
    assert list(hints(definition)) == []


@pytest.mark.parametrize("name", ["order_default", "order_repair", "claim"])
def test_a_definition_is_written_in_the_layout_of_the_shipped_files(name: str):
    file = next(SHIPPED.rglob(f"{name}.yaml"))
    lines = as_yaml(read_definition(read_file(file))).splitlines()
    nodes = lines[lines.index("nodes:") + 1 :]

    assert all(line.startswith(("  - {id: ", "  - id: ", "    ")) for line in nodes)
    assert set(nodes) >= {line for line in file.read_text("utf-8").splitlines() if "when: " in line}


def test_a_long_rule_stays_on_one_line():
    rule = " 或者 ".join(f"费用 > {number}" for number in range(1000, 1030))

    assert f"      - {{when: {rule}, next: director}}\n" in as_yaml(
        read_definition(limit_changed(f"1 或者 {rule}"))
    ).replace("费用 > 1 或者 ", "")


def test_a_changed_limit_is_said_in_words_and_in_lines():
    before, after = read_definition(shipped("order_default")), read_definition(limit_changed(3000))

    assert changes(before, after) == ["条件节点“费用是否超限”：条件 费用 > 5000 → 费用 > 3000"]
    assert [line for line in line_diff(before, after, "a", "b") if line.startswith(("+ ", "- "))] == [
        "-      - {when: 费用 > 5000, next: director}",
        "+      - {when: 费用 > 3000, next: director}",
    ]


def test_a_node_in_between_is_said_in_words():
    document = shipped("order_default")
    tell = {"id": "tell", "kind": "cc", "title": "抄送财务", "to": [{"by": "role", "role": "finance"}]}
    document["nodes"].insert(1, {**tell, "next": "dispatch"})
    document["nodes"][0]["next"] = "tell"

    said = changes(read_definition(shipped("order_default")), read_definition(document))

    assert said == ["发起节点“发起”：下一步 “派单” → “抄送财务”", "新增抄送节点“抄送财务”"]


def test_a_work_order_process_that_no_type_has_deserves_a_second_look():
    (line,) = hints(read_definition({**shipped("order_default"), "name": "order_repairs"}))

    assert "没有哪类工单会用“order_repairs”" in line


def test_a_process_about_stock_that_nothing_asks_by_deserves_a_second_look():
    (line,) = hints(read_definition({**shipped("parts_purchase"), "name": "parts_buying"}))

    assert "没有哪种备件单据会用“parts_buying”" in line


def nobody(name: str) -> str:
    return f"id of {name}"


def test_sample_data_is_typed_in_people_s_words(tmp_path: Path):
    file = tmp_path / "data.json"
    file.write_text('{"费用": 4999.99, "客户": "华东制药", "等级": "A"}', "utf-8")

    typed = data_of("等级=VIP 保修期内=是 驳回次数=2 设备负责人=李强", file, nobody)

    expected = {"amount_fen": 499_999, "customer": "华东制药", "level": "VIP", "in_warranty": True}
    assert typed == {**expected, "rejections": 2, "responsible": "id of 李强"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("费用", "请写成 名称=值"),
        ("费用=五千", "要写金额，单位元"),
        ("费用=5000.001", "最多两位小数"),
        ("费用=nan", "要写金额"),
        ("价格=1", "没有“价格”这个字段，可以写：费用、"),
        ("优先级=P9", "可以写：P1、P2、P3、P4"),
        ("紧急=也许", "要写 是 或 否"),
        ('客户="华东', "引号没有成对"),
    ],
)
def test_sample_data_that_cannot_be_is_said_in_chinese(text: str, said: str):
    with pytest.raises(WrongData, match=said):
        data_of(text, None, nobody)


def test_an_editor_knows_the_words_of_this_product():
    schema = editor_schema()

    assert "director" in schema["$defs"]["ByRole"]["properties"]["role"]["enum"]
    assert schema["properties"]["about"]["enum"] == ["work_order", "request", "stock"]


def test_every_template_is_told_with_its_file():
    assert [line.split("：")[0] for line in templates()] == ["order_maintenance", "order_repair"]


def test_a_file_in_json_is_read_too(tmp_path: Path):
    assert read_file(written(tmp_path, shipped("claim")))["name"] == "claim"


def test_a_shipped_file_is_called_as_its_process():
    assert [file.stem for file in FILES] == [read_file(file)["name"] for file in FILES]
