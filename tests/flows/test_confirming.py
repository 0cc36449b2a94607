"""The same fault, summed up twice, is registered once: the second confirmation is asked first (rule RQ-5)."""

from tests.flows.test_races import together
from tests.support.cast import identity
from tests.support.intake import colleague, drafts
from tests.support.loop import Loop

FAULT = "3号冷库机组不制冷了"
SAME = "可能已经报修过了"


def both_summed_up(loop: Loop):
    """Let two colleagues tell of one fault before either confirms."""
    chen, he = loop.chen, colleague(loop, "何芳")
    for one in (chen, he):
        one.says(FAULT)
        one.card("确认报修", "请确认")
    return chen, he


def test_who_confirms_second_is_asked_whether_it_is_the_same(loop: Loop):
    chen, he = both_summed_up(loop)
    chen.taps("确认报修")
    chen.hears("已收到您的报修")

    he.taps("确认报修")

    he.card("加入这个工单", loop.only_order().number)
    he.taps("加入这个工单")
    loop.settle()
    assert len(loop.orders()) == 1
    assert len(loop.events("ReporterJoined")) == 1


def test_who_says_that_it_is_another_fault_need_not_confirm_again(loop: Loop):
    chen, he = both_summed_up(loop)
    chen.taps("确认报修")
    chen.hears("已收到您的报修")
    he.taps("确认报修")
    he.card("不是，单独报修")

    he.taps("不是，单独报修")

    he.hears("已收到您的报修")
    loop.settle()
    assert len(loop.orders()) == 2


def test_words_instead_of_the_answer_lead_to_a_summary_again(loop: Loop):
    chen, he = both_summed_up(loop)
    chen.taps("确认报修")
    chen.hears("已收到您的报修")
    he.taps("确认报修")
    he.card("不是，单独报修")

    he.says("电话改成 13900007777")
    he.hears(SAME, times=2)
    he.taps("不是，单独报修")

    he.card("确认报修", "13900007777")
    assert len(loop.orders()) == 1


def test_two_who_confirm_at_once_make_one_order_and_one_question(loop: Loop):
    chen, he = both_summed_up(loop)

    together(lambda: chen.taps("确认报修"), lambda: he.taps("确认报修"))

    loop.settle()
    loop.only_order()
    assert sorted(one.state for one in drafts(loop)) == ["asking", "registered"]
    assert sum(len(one.told(SAME)) for one in (chen, he)) == 1


def in_two_chats(loop: Loop):
    """Let one person tell of one fault in 微信客服 and in the app; return the app's chat."""
    with loop.database.write() as session, session.begin():
        own = identity("wecom", "stranger", loop.clock.now())
        own.person_id = loop.person("陈静").id
        session.add(own)
    app = loop.other_member("stranger")
    for one in (loop.chen, app):
        one.says(FAULT)
        one.card("确认报修", "请确认")
    return app


def test_one_person_in_two_chats_makes_one_order(loop: Loop):
    app = in_two_chats(loop)

    together(lambda: loop.chen.taps("确认报修"), lambda: app.presses("确认报修"))

    loop.settle()
    loop.only_order()
    assert sorted(one.state for one in drafts(loop)) == ["asking", "registered"]


def test_the_card_in_the_other_chat_does_not_name_a_request_that_is_registered(loop: Loop):
    app = in_two_chats(loop)
    assert "另一个聊天" in app.card("确认报修").text

    loop.chen.taps("确认报修")

    loop.chen.hears("已收到您的报修")
    loop.settle()
    assert "另一个聊天" not in app.card("确认报修").text


def test_nobody_is_reminded_of_a_fault_that_was_registered_in_the_other_chat(loop: Loop):
    app = in_two_chats(loop)
    loop.chen.taps("确认报修")
    loop.chen.hears("已收到您的报修")

    loop.advance(31 * 60)

    app.card("加入这个工单", loop.only_order().number)
    assert not app.told("提醒：这条报修还没有确认")
