"""Links in chat: in the receipt, in the answer about progress, on the card to accept; never in a group."""

import re

import pytest

from tests.support.closing import begin
from tests.support.loop import Loop
from tests.support.pages import PageVisitor

_LINK = re.compile(r"https?://[\w.:/-]+/p/[\w.-]{60,}")


def links(message: object) -> list[str]:
    """Return the addresses of pages in a message, each once."""
    return list(dict.fromkeys(_LINK.findall(str(message))))


def test_the_receipt_leads_to_the_status_page(loop: Loop) -> None:
    loop.chen.reports()
    loop.settle()

    found = links(loop.chen.hears("已收到您的报修"))

    assert len(found) == 1
    assert PageVisitor(found[0]).data()["number"] == loop.only_order().number


def test_the_answer_about_progress_leads_there_too(loop: Loop) -> None:
    ending = begin(loop, "kf", "dingtalk")
    ending.says("进度")

    found = links(loop.chen.hears("更新时间", ending.number))

    assert PageVisitor(found[0]).data()["technician"] == "李强"


@pytest.mark.parametrize(("door", "name"), [("kf", "chen"), ("app", "lin")])
def test_the_card_to_accept_leads_to_the_signature(loop: Loop, door: str, name: str) -> None:
    ending = begin(loop, door, "dingtalk")
    ending.completes()

    found = links(getattr(loop, name).card("验收通过"))

    assert PageVisitor(found[0]).data()["can_sign"] is True


def test_a_colleague_asking_about_progress_gets_no_link(loop: Loop) -> None:
    ending = begin(loop, "kf", "dingtalk")
    loop.zhao.says(f"进度 {ending.number}")

    assert links(loop.zhao.hears("更新时间", ending.number)) == []


def test_no_link_of_a_customer_stands_in_a_group(loop: Loop) -> None:
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()

    owed = [row for row in loop.outbox() if links(row.view)]

    assert owed
    assert all(row.audience.startswith(("conversation:wecom_kf:", "person:")) for row in owed)
