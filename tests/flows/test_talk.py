"""Customer and technician speak through the work order; pictures and progress reach its time line."""

import pytest

from tests.support.field import customer, order_of, sends_picture, technician, under_way
from tests.support.kept_files import picture

BOTH = pytest.mark.parametrize(
    ("name", "who"), [("li", "chen"), ("li", "lin"), ("sun", "chen"), ("sun", "lin")]
)
TECHNICIANS = pytest.mark.parametrize("name", ["li", "sun"])


def notes(loop):
    return [(one["kind"], one["text"]) for one in loop.events("WorkOrderNoteAdded")]


@BOTH
def test_words_go_both_ways_without_a_number_exchanged(loop, name, who):
    number = under_way(loop, name, who)
    tech, client = technician(loop, name), customer(loop, who)

    tech.says("告诉客户 我 10 分钟后到门口")
    tech.hears("已转给客户", number)
    client.hears("技师", number, "我 10 分钟后到门口")
    client.says("告诉师傅 门禁密码在前台")
    client.hears("已转告技师", number)

    assert tech.hears("客户", number, "门禁密码在前台", "告诉客户")
    assert [one["to"] for one in loop.events("WordsRelayed")] == ["customer", "technician"]


@BOTH
def test_relayed_words_call_nobody_and_open_nothing(loop, name, who):
    under_way(loop, name, who)
    tech, client = technician(loop, name), customer(loop, who)

    client.says('告诉师傅 @所有人 看 https://evil.example/x <a href="http://e.example">点我</a> @all')
    heard = tech.hears("evil.example")

    assert "@所有人" not in heard
    assert "@all" not in heard
    assert "://" not in heard
    assert "<a href" not in heard or name == "li"


@BOTH
def test_a_picture_of_the_technician_is_kept_and_sent_on(loop, name, who):
    number = under_way(loop, name, who)
    tech, client = technician(loop, name), customer(loop, who)

    sends_picture(loop, name, picture(1))
    tech.hears("图片已记到工单", number)
    loop.settle()
    tech.says("发给客户")
    tech.hears("已转给客户")
    client.hears("技师", "发来")
    loop.settle()

    assert notes(loop) == [("image", "")]
    assert [loop.wecom.media(message.media_id) for message in client.shown() if message.media_id] == [
        picture(1)
    ]


def test_a_picture_with_words_follows_when_it_is_fetched(loop):
    under_way(loop)

    loop.dingtalk.user_sends_rich("li", ["告诉客户 就是这个零件坏了", picture(2)])
    loop.chen.hears("就是这个零件坏了")
    loop.settle()

    assert [loop.wecom.media(one.media_id) for one in loop.chen.shown() if one.media_id] == [picture(2)]
    assert len(loop.chen.told("技师", "李强")) <= 3


@TECHNICIANS
def test_progress_is_one_line(loop, name):
    number = under_way(loop, name)

    technician(loop, name).says("进展 已拆机，正在检查电控板")

    assert technician(loop, name).hears("说明已记到工单", number)
    assert notes(loop) == [("text", "已拆机，正在检查电控板")]


def test_a_voice_message_is_progress(loop):
    number = under_way(loop)

    loop.dingtalk.user_sends_voice("li", b"#!AMR\n", "压缩机已经换好了正在试机")

    assert loop.li.hears("语音已记到工单", number)
    assert notes(loop) == [("voice", "压缩机已经换好了正在试机")]


@TECHNICIANS
@pytest.mark.parametrize(
    ("label", "told"), [("记到时间线", "已记到工单"), ("发给客户", "已转给客户"), ("忽略", "没有记到工单")]
)
def test_plain_words_are_asked_about(loop, name, label, told):
    number = under_way(loop, name)
    tech = technician(loop, name)

    tech.says("压缩机声音不太对")
    tech.card(label, "压缩机声音不太对")
    tech.presses(label)
    tech.hears(told)
    loop.settle()

    assert bool(notes(loop)) == (label == "记到时间线")
    assert bool(loop.events("WordsRelayed")) == (label == "发给客户")
    assert order_of(loop, number).status == "in_progress"


def test_a_second_press_finds_nothing_left(loop):
    under_way(loop)
    loop.li.says("压缩机声音不太对")
    loop.li.card("记到时间线")
    loop.li.presses("记到时间线")
    loop.li.hears("已记到工单")

    loop.li.presses("发给客户")

    assert loop.li.hears("已经处理过")
    assert not loop.events("WordsRelayed")


def test_with_two_under_way_pictures_are_asked_about_once(loop):
    first, second = under_way(loop), under_way(loop)

    for number in range(3):
        loop.dingtalk.user_sends_picture("li", picture(number))
    loop.li.card(f"记到 …{second[-4:]}", first, second)
    loop.settle()
    loop.li.presses(f"记到 …{second[-4:]}")
    loop.li.hears("图片已记到工单", second)

    assert len(notes(loop)) == 3


def test_thirty_pictures_are_confirmed_once(loop):
    under_way(loop)

    for number in range(30):
        loop.dingtalk.user_sends_picture("li", picture(number))
    loop.li.hears("图片已记到工单")
    loop.settle()

    assert len(notes(loop)) == 30
    assert len(loop.li.told("图片已记到工单")) <= 2


def test_what_was_put_on_the_wrong_work_order_is_moved(loop):
    wrong = under_way(loop)
    sends_picture(loop, "li", picture(1))
    loop.li.hears("图片已记到工单", wrong)
    loop.settle()
    right = under_way(loop)

    loop.li.says(f"不对，是 {right}")

    assert loop.li.hears("已改记到工单", right, wrong)
    assert notes(loop)[1:] == [("text", f"上面这条（图片）记错了，属于工单 {right}。"), ("image", "")]


def test_words_that_wechat_does_not_take_now_are_told_to_the_technician(loop):
    number = under_way(loop)
    for count in range(6):
        loop.li.says(f"告诉客户 第 {count} 句")
        loop.li.hears("已转给客户", times=count + 1)
        loop.settle()

    loop.li.hears(number, "客户下次发消息时会收到")
    loop.chen.says("在的")
    loop.settle()

    assert loop.chen.hears("第 5 句")


def test_a_customer_without_a_technician_is_told_so(loop):
    loop.lin.says("告诉师傅 门禁密码在前台")

    assert loop.lin.hears("没有技师在处理的工单")


def test_another_customer_s_work_order_does_not_exist(loop):
    number = under_way(loop, customer="chen")

    loop.lin.says(f"告诉师傅 {number} 你好")

    assert loop.lin.hears("没有找到工单")
    assert not loop.events("WordsRelayed")


def test_the_service_desk_reaches_the_technician_too(loop):
    number = under_way(loop)

    loop.zhao.says(f"告诉师傅 {number} 请先联系客户再上门")

    assert loop.li.hears("服务台 赵敏", "请先联系客户再上门")


def test_words_that_wechat_took_and_then_revoked_are_told_too(loop):
    number = under_way(loop)
    loop.li.says("告诉客户 明天再来一趟")
    loop.chen.hears("明天再来一趟")
    loop.settle()
    (sent,) = [row for row in loop.outbox("sent") if row.card == "relayed"]

    loop.wecom.fail_sent(sent.message_key, 4)

    assert loop.li.hears(number, "客户下次发消息时会收到")


def test_long_words_arrive_whole(loop):
    under_way(loop)
    long = "".join(f"第{number}点要注意。" for number in range(1, 121))

    loop.li.says(f"告诉客户 {long}")
    loop.li.hears("已转给客户")
    loop.settle()

    assert "".join(one["text"] for one in loop.events("WordsRelayed")) == long
    assert loop.chen.hears("第120点要注意")
