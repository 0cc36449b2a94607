"""Later, not now, why, and whether everything was fired: what people do with reminders."""

import pytest
from sqlalchemy import select

from bootstrap.sla import apply_to_open
from domain.sla.model import SlaClock, SlaFiring, SlaSnooze
from tests.support.sla import publish_in, wait_for_morning

MINUTE = 60


@pytest.fixture
def loop(loop):
    wait_for_morning(loop)
    publish_in(loop.database_url)
    return loop


def outcomes(loop):
    with loop.database.read() as session:
        return [(one.step, one.outcome) for one in session.scalars(select(SlaFiring).order_by(SlaFiring.seq))]


def snoozes(loop):
    with loop.database.read() as session:
        return session.scalars(select(SlaSnooze)).all()


def reminded(loop):
    """Let Li accept and be reminded at 80 percent."""
    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.li.presses("接单")
    loop.chen.hears(number, "李强")
    later(loop, 80)
    loop.li.hears(number, "处理时限提醒")
    return number


def later(loop, minutes):
    loop.advance(minutes * MINUTE)
    loop.settle()


def test_a_reminder_put_off_by_press_comes_again_and_only_to_whoever_asked(loop):
    number = reminded(loop)
    loop.li.presses("30分钟后提醒")
    loop.li.hears("再提醒您工单", number)

    later(loop, 21)
    later(loop, 10)

    assert len(loop.li.told(number, "处理已超时", "已超时 11分")) == 1
    assert not loop.desk.told(number, "已超时 11分") and not snoozes(loop)


def test_a_reminder_put_off_by_words_knows_after_lunch_and_tomorrow(loop):
    number = reminded(loop)

    loop.li.says(f"稍后提醒 {number} 午饭后")
    assert "13:30" in loop.li.hears("再提醒您工单", number)
    loop.li.says(f"稍后提醒 {number} 明天")
    assert "09:00" in loop.li.hears("09:00", "再提醒您工单")
    loop.li.says(f"稍后提醒 {number} 下个月")
    assert loop.li.hears("需要带上完整内容", "30分钟")
    assert len(snoozes(loop)) == 1


def test_a_reminder_put_off_does_not_come_when_the_work_waits_meanwhile(loop):
    number = reminded(loop)
    loop.li.presses("30分钟后提醒")
    loop.li.hears("再提醒您工单", number)
    loop.li.says(f"挂起 {number} 等配件 接触器")
    loop.chen.hears(number, "等配件")
    before = len(loop.li.told(number, "时限"))

    later(loop, 31)

    assert len(loop.li.told(number, "时限")) == before and not snoozes(loop)


def test_a_customer_cannot_put_off_or_mute(loop):
    number = reminded(loop)

    loop.chen.says(f"静音 {number} 2小时")
    loop.settle()

    assert not loop.events("RemindersMuted")


def test_a_muted_work_order_reminds_nobody_until_the_mute_ends(loop):
    number = reminded(loop)
    loop.zhao.says(f"静音 {number} 1小时 客户约了下午")
    assert "时限照常计时" in loop.zhao.hears("已静音工单", number)

    later(loop, 21)
    assert outcomes(loop) == [("80%", "told"), ("100%", "muted")]
    assert not loop.desk.told(number, "时限已到")
    later(loop, 50)

    assert outcomes(loop)[-1] == ("150%", "told")
    assert loop.events("RemindersMuted")[0]["reason"] == "客户约了下午"


def test_a_mute_has_an_end_and_can_be_taken_off(loop):
    number = reminded(loop)

    loop.zhao.says(f"静音 {number} 30天")
    assert loop.zhao.hears("静音最长 7 天", number)
    loop.zhao.says(f"取消静音 {number}")
    assert loop.zhao.hears(number, "没有静音")
    loop.zhao.says(f"静音 {number} 2小时")
    loop.zhao.hears("已静音工单", number)
    loop.zhao.says(f"取消静音 {number}")
    loop.zhao.hears("已恢复工单", number)
    later(loop, 21)

    assert outcomes(loop)[-1] == ("100%", "told")


def test_why_it_is_late_adds_up_to_the_elapsed_time(loop):
    number = reminded(loop)
    loop.li.says(f"挂起 {number} 等配件 接触器")
    loop.chen.hears(number, "等配件")
    later(loop, 60)
    loop.li.says(f"恢复 {number}")
    loop.li.hears(number, "已恢复")
    later(loop, 40)

    loop.zhao.says(f"为什么超时 {number}")

    said = loop.zhao.hears(number, "处理时限", "超时 20分")
    assert "共 3小时；计入 2小时" in said
    assert "等配件（李强） 1小时（不计时）" in said
    assert "适用规则：标准（默认策略）" in said


def test_the_statement_accounts_for_every_step(loop):
    number = reminded(loop)
    loop.stop_product()
    loop.advance(40 * MINUTE)
    loop.start_product()
    loop.settle()

    loop.zhao.says("升级对账")

    said = loop.zhao.hears("升级对账", "应触发 2 次")
    assert "已通知 2，合并通知 0，静音 0，未触发 0" in said
    assert f"{number} 处理 100%" in said and "系统停机" in said


def test_work_orders_from_before_the_document_get_their_clocks_late_and_one_notice(loop):
    number = reminded(loop)
    with loop.database.write() as session, session.begin():
        for one in session.scalars(select(SlaFiring)):
            session.delete(one)
        session.flush()
        for one in session.scalars(select(SlaClock)):
            session.delete(one)
    later(loop, 75)

    assert apply_to_open(loop.database, print, loop.clock.now) == 1
    loop.settle()

    assert outcomes(loop) == [("80%", "merged"), ("100%", "merged"), ("150%", "told")]
    assert len(loop.zheng.told(number, "升级通知（2级）", "规则刚生效")) == 1
