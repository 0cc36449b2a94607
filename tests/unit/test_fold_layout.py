"""How reminders look in one message, and that none of their lines is ever cut."""

import json

import pytest

from adapters.delivery.budget import RATES, Rate, budget_key
from adapters.delivery.layout import ROOM, best_first, first_part, fold_key, size_of, view_of
from adapters.delivery.ports import Address
from adapters.delivery.store import Owed
from adapters.dingtalk import cards as dingtalk_cards
from adapters.dingtalk import messages as dingtalk_messages
from adapters.wecom import messages as wecom_messages
from adapters.wecom.aibot import bodies
from cards.catalog import render
from cards.spec import Card, Tone, plain_text
from tests.support.builders import owed
from tests.support.noise import line

AWKWARD = '#@[-]"冷库"\\*_~|<b>`+=' * 6


def shown(rung: str, card: Card) -> str:
    """Return a card as a rung has it."""
    if rung == "dingtalk.own_card":
        return dingtalk_cards.encode(card, dingtalk_cards.Template.OWN)["body"]
    if rung == "dingtalk.built_in_card":
        return dingtalk_cards.encode(card, dingtalk_cards.Template.BUILT_IN)["markdown"]
    if rung == "dingtalk.text":
        return str(json.loads(dingtalk_messages.encode(card, in_group=True).msg_param)["text"])
    if rung == "wecom.webhook":
        return str(wecom_messages.markdown_body(card, ["u" * 64] * 5)["content"])
    if rung == "wecom.aibot":
        return str(bodies.words_of(card)["markdown"]["content"])
    return str(wecom_messages.text_body(card)["content"])


def rows(count: int, words: str = "") -> list[Owed]:
    return [owed(n, line=f"{words}{line(n)}末{n:04d}", urgency=n % 2) for n in range(count)]


@pytest.mark.parametrize("rung", sorted(set(ROOM) - {"wecom.card"}))
@pytest.mark.parametrize("words", ["", AWKWARD])
def test_no_line_of_a_part_is_cut_on_any_rung(rung: str, words: str):
    part = first_part(rows(400, words), ROOM[rung])

    card = render("fold", view_of(part, 400 - len(part)))

    assert isinstance(card, Card)
    text = shown(rung, card)
    assert [each.seq for each in part if f"末{each.seq:04d}" not in text] == []
    assert "随后发送" in plain_text(card)


def test_a_fold_reads_like_a_colleague_wrote_it():
    card = render("fold", {"lines": [line(7), line(8)], "urgent": 1, "more": 55})

    assert plain_text(card) == (
        f"【2 张工单需要处理，其中 1 张紧急】\n{line(7)}\n{line(8)}\n还有 55 张，随后发送。"
    )


@pytest.mark.parametrize(
    ("urgent", "title", "tone"),
    [
        (0, "2 张工单需要处理", Tone.WARNING),
        (1, "2 张工单需要处理，其中 1 张紧急", Tone.DANGER),
        (2, "2 张紧急工单需要处理", Tone.DANGER),
    ],
)
def test_a_fold_says_in_its_title_how_urgent_it_is(urgent: int, title: str, tone: Tone):
    card = render("fold", {"lines": ["甲", "乙"], "urgent": urgent})

    assert isinstance(card, Card)
    assert (card.title, card.tone) == (title, tone)


def test_the_first_rung_that_holds_all_lines_is_the_best():
    steps = [(rung, Address("dingtalk_group", "cid")) for rung in ("dingtalk.own_card", "dingtalk.text")]

    best = [best_first(steps, [line(n) for n in range(count)])[0][0] for count in (3, 60, 600)]

    assert best == ["dingtalk.own_card", "dingtalk.text", "dingtalk.text"]


def test_a_line_longer_than_a_message_is_a_part_of_its_own():
    assert [each.seq for each in first_part(rows(3), 10)] == [0]


def test_the_same_rows_have_the_same_key_in_any_order():
    some = rows(3)

    assert fold_key(some) == fold_key(some[::-1]) != fold_key(some[:2])
    assert len(fold_key(some)) == 31


def test_people_are_called_after_the_text_and_never_cut():
    body = wecom_messages.markdown_body(Card(title="满", body="漏" * 3000), ["li.tech", "wang"])["content"]

    assert body.endswith("\n<@li.tech><@wang>")
    assert len(body.encode()) <= wecom_messages.WEBHOOK_BYTES


def test_a_bucket_never_holds_more_than_it_can_and_time_never_runs_back():
    rate = Rate(burst=4, per_minute=6, reserve=1, strict=True)

    assert [rate.refilled(1, seconds) for seconds in (-60, 0, 10, 3600)] == [1, 1, 2, 4]
    assert (rate.wait_s(0.5, 1), rate.wait_s(2, 1)) == (5, 0)


def test_no_rolling_minute_and_no_hour_can_exceed_what_the_platforms_say():
    most = {kind: rate.burst + rate.per_minute for kind, rate in RATES.items()}

    assert max(most["wecom_webhook"], most["dingtalk_group"]) <= 18
    assert max(most["wecom_user"], most["wecom_aibot"]) <= 25
    assert all(rate.burst + 60 * rate.per_minute <= 900 for rate in RATES.values())


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("wecom_user:li", "wecom_user:li"),
        ("wecom_aibot:room:li", "wecom_aibot:room"),
        ("wecom_aibot::li", "wecom_aibot:li"),
    ],
)
def test_a_chat_has_one_bucket_whoever_is_answered_in_it(address: str, key: str):
    assert budget_key(Address.parse(address)) == key


def test_size_counts_what_markdown_widens():
    assert size_of(["#"]) - size_of(["a"]) == 2
