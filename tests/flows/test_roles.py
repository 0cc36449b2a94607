"""The daily actions of the five roles, by words and by press, at every door and on either platform.

The table they follow is in docs/reference/chat-commands.md, “A day's work”.
"""

import re
from pathlib import Path

import pytest

from tests.support.actors import NUMBER, RECEIPT, Member
from tests.support.desk import add_rule
from tests.support.field import sends_picture
from tests.support.kept_files import picture
from tests.support.loop import Loop
from tests.support.roles import COMPLETED, FAULTS, IN_PROGRESS, Crew, gather

COMBINATIONS = [("kf", "dingtalk"), ("kf", "wecom"), ("app", "dingtalk"), ("app", "wecom")]


@pytest.fixture
def crew(request: pytest.FixtureRequest, loop: Loop) -> Crew:
    """Give one of every role."""
    return gather(loop, *request.param)


everywhere = pytest.mark.parametrize("crew", COMBINATIONS, indirect=True, ids="-".join)
by_door = pytest.mark.parametrize(
    "crew", [*COMBINATIONS, ("dingtalk", "wecom"), ("dingtalk", "dingtalk")], indirect=True, ids="-".join
)


# The customer.


@by_door
def test_a_customer_by_words(crew: Crew):
    customer = crew.customer
    crew.says(customer, FAULTS[0], "请确认")
    number = NUMBER.findall(crew.says(customer, "确认报修", RECEIPT))[0]
    crew.says(customer, "进度", number, "待接单")
    crew.says(customer, "催一下，等着用", "已为您催单", number)
    crew.says(customer, f"取消 {number} 自己修好了", number, "已取消")

    second = crew.order(IN_PROGRESS, FAULTS[1])
    crew.says(customer, "告诉技师 门禁密码在前台", "已转告", second)
    crew.technician.hears("门禁密码在前台")
    crew.goes_on(crew.find(second).id, COMPLETED, IN_PROGRESS)
    crew.says(customer, "不通过 还是漏水", "验收不通过", "还是漏水")
    crew.becomes(second, "accepted")
    crew.goes_on(crew.find(second).id, COMPLETED)
    crew.says(customer, "验收通过", "打分")
    crew.says(customer, "5分 技师很专业", "推荐给朋友")
    crew.says(customer, "9", "推荐度 9 分")
    crew.says(customer, f"重开 {second} 又漏水了", "已重新打开", second)
    assert not crew.loop.refusals()


@by_door
def test_a_customer_by_press(crew: Crew):
    customer = crew.customer
    customer.says(FAULTS[0])
    crew.presses(customer, "确认报修")
    number = NUMBER.findall(customer.hears(RECEIPT))[0]
    crew.says(customer, "进度", number, "待接单")
    crew.presses(customer, "催一下", number)
    customer.hears("已为您催单", number)
    crew.presses(customer, "取消报修", number)
    crew.presses(customer, "确认取消", number)
    customer.hears(number, "已取消")

    second = crew.order(COMPLETED, FAULTS[1])
    crew.presses(customer, "不通过", second)
    crew.says(customer, "还是漏水", "验收不通过", "还是漏水")
    crew.goes_on(crew.find(second).id, COMPLETED)
    crew.presses(customer, "验收通过", second)
    crew.presses(customer, "2分 不满意", second)
    crew.presses(customer, "9")
    customer.says("制冰机还是漏水")
    crew.presses(customer, "还是这个问题", second)
    customer.hears("已重新打开", second)
    assert not crew.loop.refusals()


@by_door
def test_a_second_customer_joins_and_leaves_again(crew: Crew):
    number, second = crew.customer.reports("冷库机组不制冷了"), crew.colleague()
    crew.loop.settle()
    second.says("冷库机组还是不太制冷")
    crew.presses(second, "加入这个工单", number)
    second.hears("已把您加入工单", number)
    crew.says(second, f"撤销关联 {number}", RECEIPT)
    assert len(crew.loop.orders()) == 2

    third = crew.says(second, "进度", "还是不太制冷", "更新时间")
    assert number not in third
    assert second.card("催一下", "还是不太制冷")
    assert not crew.loop.refusals()


# The agent.


@everywhere
def test_an_agent_by_words(crew: Crew):
    agent, number = crew.agent, crew.order()
    crew.says(agent, f"登记 {crew.customers_mobile} 空压机启动不了", "最近工单", number)
    crew.says(agent, "确认登记", "已登记，工单号")
    crew.says(agent, "登记", "来电人的手机号")
    crew.says(agent, "13800001111 张先生", "哪台设备、出了什么问题")
    crew.says(agent, "包装机一直报警", "登记确认", "新客户")
    crew.says(agent, "确认登记", "已登记，工单号")
    crew.says(agent, f"查 {crew.customers_mobile}", "最近工单", number)
    crew.says(agent, "查 LK-9001", "LK-9001", "沪冷物流")
    crew.says(agent, f"优先级 {number} P1 客户停产", "已改为 P1")
    crew.says(agent, f"类型 {number} 投诉 客户要求赔偿", "已改为“投诉”")
    crew.says(agent, f"告诉客户 {number} 已经加急", "已转给客户")
    crew.customer.hears("已经加急")
    crew.says(agent, f"取消 {number} 客户来电取消", "已取消")
    crew.says(agent, "回访", "没有待回访")
    assert not crew.loop.refusals()


@everywhere
def test_an_agent_by_press(crew: Crew):
    agent = crew.agent
    agent.says("登记 LK-9001 压缩机异响")
    crew.presses(agent, "确认登记", "沪冷物流")
    agent.hears("已登记，工单号")
    agent.says("登记 13800001111 张先生 空压机启动不了")
    crew.presses(agent, "不登记", "新客户")
    agent.hears("没有登记")

    number = crew.order()
    crew.says(agent, number, number, "已接单")
    crew.presses(agent, "取消", number)
    crew.says(agent, "客户来电取消", "已取消")

    second = crew.order(COMPLETED, FAULTS[1])
    crew.presses(crew.customer, "验收通过", second)
    crew.presses(crew.customer, "2分 不满意", second)
    crew.presses(agent, "联系不上", "低分回访", second)
    crew.presses(agent, "未解决", "低分回访", second)
    crew.presses(agent, "重开工单", second)
    crew.customer.hears("已重新打开", second)
    assert not crew.loop.refusals()


# The dispatcher.


@everywhere
def test_a_dispatcher_by_words(crew: Crew):
    dispatcher, (name, other) = crew.dispatcher, crew.names
    number = crew.customer.reports(FAULTS[0])
    crew.loop.settle()
    crew.says(dispatcher, "工单池", "工单池", number)
    crew.says(dispatcher, f"派单 {number} {name}", f"派给 {name}")
    crew.says(crew.technician, f"接单 {number}", "您已接单")
    crew.says(dispatcher, "技师状态", name, number)
    crew.says(dispatcher, f"挂起 {number} 等配件 后天到", "已挂起：等配件")
    crew.says(dispatcher, f"恢复 {number}", "已恢复")
    crew.says(dispatcher, f"转单 {number} {other} 离得近", f"转给 {other}")
    crew.technician.hears(number, f"已转给 {other}")
    crew.says(crew.other, f"接单 {number}", "您已接单")

    second = crew.order(fault=FAULTS[1])
    crew.says(dispatcher, f"合并 {second} 到 {number}", "已合并到", number)
    crew.becomes(second, "cancelled")
    crew.says(dispatcher, f"预计 {number} 2小时", "预计耗时")
    crew.says(dispatcher, f"取消 {number} 重复", "已取消")
    crew.becomes(number, "cancelled")
    assert not crew.loop.refusals()


@everywhere
def test_a_dispatcher_by_press(crew: Crew):
    dispatcher, (name, other) = crew.dispatcher, crew.names
    add_rule(crew.loop, 1, "人工派", "manual")
    number = crew.customer.reports(FAULTS[0])
    crew.presses(dispatcher, "选技师", number)
    crew.presses(dispatcher, f"派给{name}", number)
    crew.presses(crew.technician, "接单", number)

    crew.presses(dispatcher, "挂起", number, f"已接单：{name}")
    crew.presses(dispatcher, "等客户", number)
    crew.presses(dispatcher, "恢复", number)
    crew.presses(dispatcher, "转单", number)
    crew.presses(dispatcher, other, number)
    crew.says(dispatcher, "离得近", f"转给 {other}")
    crew.presses(crew.other, "接单", number)
    crew.presses(dispatcher, "取消", number, f"已接单：{other}")
    crew.says(dispatcher, "客户自己修好了", "已取消")
    crew.becomes(number, "cancelled")
    assert not crew.loop.refusals()


@everywhere
def test_a_work_order_nobody_asked_the_desk_about_is_opened_by_its_number(crew: Crew):
    number = crew.order()
    desks = (crew.dispatcher, crew.manager, crew.agent)
    for who in desks:
        crew.says(who, number, number, "负责人")
        assert "取消" in who.card("取消", number).buttons

    crew.presses(crew.technician, "出发", number)

    assert all(who.card("取消", number, "已出发") for who in desks)
    assert not crew.agent.has_button("转单")
    crew.presses(crew.dispatcher, "转单", number)
    crew.dispatcher.card(crew.names[1], number)
    assert not crew.loop.refusals()


# The technician.


@everywhere
def test_a_technician_by_words(crew: Crew):
    tech, (_, other) = crew.technician, crew.names
    first = crew.customer.reports(FAULTS[0])
    crew.loop.settle()
    crew.says(crew.dispatcher, f"派单 {first} {crew.names[0]}", "等待对方接单")
    crew.says(tech, f"拒单 {first} 今天在外地", "您已拒单")
    number = crew.customer.reports(FAULTS[1])
    crew.loop.settle()
    crew.says(crew.dispatcher, f"派单 {number} {crew.names[0]}", "等待对方接单")
    crew.says(tech, f"接单 {number}", "您已接单", number)
    crew.says(tech, "我的工单", number, "已接单")
    crew.says(tech, "出发 40分钟到", "已出发", "预计")
    if isinstance(tech, Member):
        tech.shares_place(31.2, 121.6, "门口")
        tech.hears("位置已收到")
    crew.says(tech, "到达", "已到达现场", number)
    crew.says(tech, "开始处理", "已开始处理")
    crew.says(tech, "进展 已拆机", "已记到工单", number)
    crew.says(tech, "告诉客户 正在换水泵", "已转给客户")
    crew.customer.hears("正在换水泵")
    crew.says(tech, "挂起 等配件 水泵明天到", "已挂起：等配件")
    crew.says(tech, "恢复", "已恢复")
    crew.says(tech, "完工 原因：水泵老化 处理：更换水泵 工时：1.5", "已完工", "第 1 版")
    crew.says(tech, f"修改报告 {number} 工时：2", "第 2 版")

    third = crew.order(fault=FAULTS[2])
    crew.says(tech, f"转单 {third} {other} 车坏在路上", "已把工单", other)
    crew.other.card("接单", third)
    assert not crew.loop.refusals()


@everywhere
def test_a_technician_by_press(crew: Crew):
    tech, (_, other) = crew.technician, crew.names
    first = crew.customer.reports(FAULTS[0])
    crew.loop.settle()
    crew.says(crew.dispatcher, f"派单 {first} {crew.names[0]}", "等待对方接单")
    crew.presses(tech, "拒单", first)
    crew.says(tech, "今天在外地", "您已拒单")
    number = crew.order(fault=FAULTS[1])
    for label in ("出发", "到达", "开始处理"):
        crew.presses(tech, label, number)
    tech.says("水泵声音不太对")
    crew.presses(tech, "记到时间线", "水泵声音不太对")
    sends_picture(crew.loop, tech.userid, picture(1))
    tech.hears("图片已记到工单", number)
    crew.presses(tech, "挂起", number)
    crew.presses(tech, "等配件", number)
    crew.presses(tech, "恢复", number)
    crew.presses(tech, "完工", number)
    for answer in ("水泵老化", "更换水泵", "90分钟"):
        crew.says(tech, answer, "完工报告 ")
    crew.presses(tech, "没有")
    crew.presses(tech, "提交", "水泵老化")
    crew.becomes(number, "completed")

    third = crew.order(fault=FAULTS[2])
    crew.presses(tech, "转单", third)
    crew.presses(tech, other, third)
    crew.says(tech, "车坏在路上", "已把工单", other)
    crew.other.card("接单", third)
    assert not crew.loop.refusals()


# The manager.


@everywhere
def test_a_manager_by_words(crew: Crew):
    manager, number = crew.manager, crew.order(COMPLETED)
    crew.says(manager, f"验收 {number} 客户口头确认", "已代客户验收")
    crew.says(manager, f"结算 {number} 380 元 客户付", "已结算")
    crew.says(manager, f"关单 {number} 免回访 客户要求免回访", "已关闭")
    crew.says(manager, f"重开 {number} 昨天修好的今天又坏了", "已重开")
    crew.says(manager, f"时间线 {number}", "时间线", "代客户验收", "关单", "重新打开")
    crew.says(manager, f"耗时 {number}", "用时分析")
    crew.says(manager, f"优先级 {number} P2 大客户", "已改为 P2")
    crew.says(crew.technician, f"接单 {number}", "您已接单")
    crew.loop.advance(6 * 3600)
    crew.says(manager, "工单池 超期", number, "已超期")
    crew.says(manager, "技师状态", "技师状态")
    assert not crew.loop.refusals()


@everywhere
def test_a_manager_by_press(crew: Crew):
    manager, number = crew.manager, crew.order(COMPLETED)
    crew.says(manager, number, number, "待验收")
    crew.presses(manager, "验收：客户口头确认", number)
    crew.becomes(number, "signed_off")
    crew.presses(manager, "结算", number)
    crew.says(manager, "免费", "已结算")
    crew.presses(crew.agent, "已回访·满意", number)
    crew.presses(manager, "重开", number)
    crew.says(manager, "今天又坏了", "已重开")
    assert crew.find(number).reopenings == 1
    assert not crew.loop.refusals()


# What a role may not do is refused, and changes nothing.


@everywhere
def test_every_role_is_refused_what_is_not_theirs(crew: Crew):
    number, loop = crew.order(IN_PROGRESS), crew.loop
    crew.says(crew.agent, f"派单 {number} 王芳", "没有权限", "派单")
    crew.says(crew.technician, "工单池", "没有权限")
    crew.says(crew.technician, f"优先级 {number} P1 着急", "没有权限")
    crew.says(crew.other, f"完工 {number} 原因：a 处理：b 工时：1", number, "您不用再处理")
    crew.says(crew.dispatcher, f"完工 {number} 原因：a 处理：b 工时：1", "没有权限", "更新现场进度")
    crew.says(crew.manager, f"关单 {number}", "不能再做这一步")
    crew.says(crew.customer, f"关单 {number}", "没有权限")
    crew.becomes(number, "in_progress")
    assert len(loop.refusals()) == 7


def test_the_table_of_a_day_s_work_is_what_is_played():
    page = Path("docs/reference/chat-commands.md").read_text(encoding="utf-8")
    table = page.partition("## A day's work")[2].partition("\n## ")[0]
    played = Path(__file__).read_text(encoding="utf-8")

    promised = re.findall(r"`([^`]+)`", table)

    assert len(promised) > 60
    assert not [words for words in promised if words not in played]
