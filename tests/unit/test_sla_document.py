"""What a business owner may write about time, and what is refused in words they understand."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from bootstrap.sla import DEFAULT, SlaRefused, hints, read_document
from domain.kernel.localtime import local_day
from domain.sla.definition import SlaDocument
from domain.sla.matching import Facts, match_policy
from domain.sla.spans import seconds
from tests.support.builders import AT
from tests.support.sla import document

NOBODY = Facts((), "", "", "repair", "P3", "")


def facts(**changes: Any) -> Facts:
    return Facts(**{**NOBODY.__dict__, **changes})


def policy(name: str, **conditions: Any) -> dict[str, Any]:
    return {"name": name, "calendar": "全天候", "targets": {"resolution": {"within": "4小时"}}, **conditions}


def refusal(**changes: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        document(**changes)
    return str(refused.value)


def test_the_shipped_document_is_valid_and_knows_this_year():
    shipped = read_document(DEFAULT)

    assert shipped.days is not None and 2026 in shipped.days.years_loaded
    assert [policy.name for policy in shipped.policies if policy.is_default] == ["标准"]
    assert "2027 年的节假日" in "".join(hints(shipped, local_day(AT)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("30分钟", 1800), ("4小时", 14_400), ("1h30m", 5400), ("90s", 90), ("2 小时 15 分", 8100), ("0分", 0)],
)
def test_a_length_is_written_as_people_write_it(text, expected):
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "1天", "4", "半小时", "-5分钟", "4 hours", "9999999h"])
def test_what_is_no_length_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="30分钟"):
        seconds(text)


def test_a_response_longer_than_the_resolution_is_refused():
    targets = {"response": {"within": "5小时"}, "resolution": {"within": "4小时"}}

    assert "策略“标准”的响应时限比解决时限还长" in refusal(policy={"targets": targets})


def test_an_unknown_calendar_or_ladder_is_named_with_those_there_are():
    assert "没有名为“夜班”的日历，已有：全天候" in refusal(policy={"calendar": "夜班"})
    targets = {"resolution": {"within": "4小时", "ladder": "没有"}}
    assert "升级阶梯“没有”不存在，已有：响应、处理" in refusal(policy={"targets": targets})


def test_a_document_without_a_default_policy_is_refused():
    assert "缺少默认策略" in refusal(policy={"priorities": ["P1"]})


def test_the_same_name_or_moment_twice_is_refused():
    assert "策略名称重复：标准" in refusal(before=[policy("标准", priorities=["P1"])])
    ladder = [{"at": "80%", "do": ["todo"]}, {"at": "80%", "do": ["remind_desk"]}]
    assert "80% 出现了两次" in refusal(ladders={"处理": ladder})


def test_a_moment_that_is_none_is_refused():
    assert "不是提醒时刻，请写成 80%" in refusal(ladders={"处理": [{"at": "soon", "do": ["todo"]}]})


def test_a_digest_needs_days():
    assert "要写明 weekdays" in refusal(digests=[{"name": "日报", "to": "desk", "at": "08:35"}])


def test_a_file_says_where_it_is_wrong(tmp_path):
    wrong = document().model_dump(mode="json", by_alias=True)
    wrong["policies"][0]["calender"] = "x"
    wrong["ladders"]["处理"][0]["do"] = ["shout"]
    (tmp_path / "sla.json").write_text(json.dumps(wrong), "utf-8")

    with pytest.raises(SlaRefused) as refused:
        read_document(tmp_path / "sla.json")

    unknown, calender = refused.value.lines
    assert unknown.startswith("ladders → 处理 → 0 → do → 0：不认识“shout”，可用的有：remind_assignee、")
    assert calender == "policies → 0 → calender：不认识这一项"


def test_a_file_that_is_no_json_or_not_there_is_refused(tmp_path):
    (tmp_path / "sla.json").write_text("{", "utf-8")

    for name, words in (("sla.json", "不是合法的 JSON"), ("none.json", "读不了文件")):
        with pytest.raises(SlaRefused, match=words):
            read_document(tmp_path / name)


def test_the_contract_counts_before_the_customer_before_the_kind_of_work():
    made = document(
        before=[
            policy("紧急", priorities=["P1"], types=["repair"], regions=["华东"]),
            policy("金牌", customer_levels=["金牌"]),
            policy("合同", contract_levels=["7x24"]),
        ]
    )
    wanted = facts(contract_levels=("7X24",), customer_level="金牌", priority="P1", region="华东")

    assert match_policy(wanted, made).policy.name == "合同"
    assert (
        match_policy(facts(customer_level="金牌", priority="P1", region="华东"), made).policy.name == "金牌"
    )
    assert match_policy(facts(priority="P1", region="华东"), made).policy.name == "紧急"
    assert match_policy(facts(priority="P1", region="华南"), made).policy.name == "标准"


def test_of_equals_the_one_with_more_conditions_counts_then_the_first():
    made = document(
        before=[
            policy("甲", priorities=["P1"]),
            policy("乙", priorities=["P1"]),
            policy("丙", priorities=["P1"], types=["repair"]),
        ]
    )

    assert match_policy(facts(priority="P1"), made).policy.name == "丙"
    assert match_policy(facts(priority="P1", type="claim"), made).policy.name == "甲"


def test_a_formula_is_one_condition_more_among_equals():
    vip = policy("贵宾", priorities=["P1"], when='等级 = "VIP"')
    made = document(before=[policy("紧急", priorities=["P1"]), vip, policy("生气", when="投诉语气")])

    def name(*true: str, **changes: Any) -> str:
        return match_policy(facts(**changes), made, true.__contains__).policy.name

    assert (name(vip["when"], priority="P1"), name(priority="P1")) == ("贵宾", "紧急")
    assert (name("投诉语气"), name("投诉语气", priority="P1"), name()) == ("生气", "紧急", "标准")


def test_a_policy_with_a_formula_is_no_default_and_says_so():
    assert "缺少默认策略" in refusal(policy={"when": "紧急"})
    made = document(before=[policy("紧急", when="紧急", regions=["华东"])])
    assert match_policy(facts(region="华东"), made, lambda _: True).reason == "区域 华东，条件 紧急"


def test_the_applied_policy_comes_with_its_reason():
    made = document(before=[policy("合同", contract_levels=["7x24"], priorities=["P1"])])

    assert (
        match_policy(facts(contract_levels=("7x24",), priority="P1"), made).reason
        == "合同级别 7x24，优先级 P1"
    )
    assert match_policy(NOBODY, made).reason == "默认策略"


def test_a_customer_s_calendar_counts_before_the_region_s_and_the_policy_s():
    always = document().model_dump(mode="json", by_alias=True)["calendars"]["全天候"]
    made = SlaDocument.model_validate(
        {
            **document().model_dump(mode="json", by_alias=True),
            "calendars": {"全天候": always, "医院": always, "华南": always},
            "calendars_of_customers": {"C002": "医院"},
            "calendars_of_regions": {"华南": "华南"},
        }
    )

    assert match_policy(facts(customer_code="C002", region="华南"), made).calendar == "医院"
    assert match_policy(facts(region="华南"), made).calendar == "华南"
    assert match_policy(NOBODY, made).calendar == "全天候"
