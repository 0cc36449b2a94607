"""Somebody on two platforms has one card, never two: there is no copy that could be left behind."""

from tests.support import cast
from tests.support.loop import Loop


def on_both(loop: Loop) -> None:
    """Let Li be a member of the WeCom corp too."""
    loop.wecom.add_member("li.q", "李强", cast.MOBILE["李强"])
    with loop.database.write() as session, session.begin():
        made = cast.identity("wecom", "li.q", loop.clock.now())
        made.person_id = loop.person("李强").id
        session.add(made)


def test_a_card_is_shown_on_one_platform_only(loop: Loop):
    on_both(loop)
    loop.chen.reports()
    loop.li.card("接单")
    loop.settle()

    assert not loop.other_member("li.q").shown()


def test_words_on_the_other_platform_close_the_card_on_the_first_at_once(loop: Loop):
    on_both(loop)
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.settle()

    loop.other_member("li.q").says(f"接单 {number}")

    loop.order_becomes("accepted")
    loop.li.card("出发")
    loop.settle()
    assert not loop.li.has_button("接单")
    assert len(loop.events("WorkOrderAccepted")) == 1


def test_who_names_a_number_gets_the_card_where_they_ask(loop: Loop):
    on_both(loop)
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.settle()
    member = loop.other_member("li.q")

    member.says(number)

    member.card("接单", number)
    loop.settle()
    assert not loop.li.has_button("接单")
    member.presses("接单")
    loop.order_becomes("accepted")
    member.card("出发", number)


def test_asking_again_on_the_first_platform_brings_the_card_back(loop: Loop):
    on_both(loop)
    number = loop.chen.reports()
    loop.li.card("接单")
    member = loop.other_member("li.q")
    member.says(number)
    member.card("接单", number)
    loop.settle()

    loop.li.says(number)

    loop.li.card("接单", number)
    loop.settle()
    assert not member.has_button("接单")
