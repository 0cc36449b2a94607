"""Every rung of the ladder against the played platform: what people see, and what sends us one rung down."""

from collections.abc import Iterator

import pytest

from adapters.delivery.ports import Address, Channel, DeliveryError, EditableChannel, Failure, Mention, Sent
from adapters.dingtalk.channels import DingtalkCardChannel, DingtalkTextChannel
from cards.spec import Card, Note
from sandbox.core.faults import Fault
from sandbox.dingtalk import ShownMessage
from tests.fakes.dingtalk import NUMBER, accepted_card, offer_card
from tests.support.dingtalk import LI, Platform, platform

CREATE = "card/createAndDeliver"
TO_LI = Address("dingtalk_user", LI)


@pytest.fixture
def dingtalk() -> Iterator[Platform]:
    with platform() as running:
        running.sandbox.strict_card_values = True
        yield running


@pytest.fixture(params=["own", "built-in"])
def cards(request: pytest.FixtureRequest, dingtalk: Platform) -> EditableChannel:
    return card_channel(dingtalk, own=request.param == "own")


def card_channel(dingtalk: Platform, own: bool = True, template_id: str = "") -> DingtalkCardChannel:
    sandbox = dingtalk.sandbox
    own_id = (template_id or sandbox.card_template_id) if own else None
    return DingtalkCardChannel(dingtalk.client(), sandbox.robot_code, own_id)


def text_channel(dingtalk: Platform) -> DingtalkTextChannel:
    return DingtalkTextChannel(dingtalk.client(), dingtalk.sandbox.robot_code)


def shown(dingtalk: Platform, chat: str = f"user:{LI}") -> list[ShownMessage]:
    return dingtalk.sandbox.chat(chat)


def failure(
    channel: Channel,
    to: Address = TO_LI,
    content: Card | Note | None = None,
    key: str = "k1",
):
    with pytest.raises(DeliveryError) as caught:
        channel.send(to, content or offer_card(), message_key=key)
    return caught.value.code, caught.value.failure


def test_a_person_gets_a_card_with_buttons(dingtalk: Platform, cards: EditableChannel):
    sent = cards.send(TO_LI, offer_card(), message_key="o_17_1")

    [message] = shown(dingtalk)
    assert (message.out_track_id, message.buttons) == (sent.ref, ("接单", "拒单"))
    assert NUMBER in message.text and "二号注塑机漏油" in message.text
    assert sent.ref in ("own-o_17_1", "md-o_17_1")


def test_a_group_gets_the_same_card(dingtalk: Platform, cards: EditableChannel):
    cards.send(Address("dingtalk_group", dingtalk.group), offer_card(), message_key="k1")

    assert shown(dingtalk, f"group:{dingtalk.group}")[-1].buttons == ("接单", "拒单")


def test_a_card_mentions_people_in_a_group_and_nobody_in_a_chat_of_two(dingtalk: Platform):
    called = (Mention(LI, "李强"),)

    for to in (Address("dingtalk_group", dingtalk.group), TO_LI):
        card_channel(dingtalk).send(to, offer_card(), message_key=to.kind, mentions=called)

    sent = [entry.text for entry in dingtalk.sandbox._journal.entries("shown")]
    assert ["@李强" in text for text in sent] == [True, False]


def test_the_21st_message_of_a_minute_is_refused_where_the_group_has_a_limit(dingtalk: Platform):
    dingtalk.sandbox.group_minute_limit = 20
    group = Address("dingtalk_group", dingtalk.group)
    for number in range(20):
        channel: Channel = card_channel(dingtalk) if number % 2 else text_channel(dingtalk)
        channel.send(group, offer_card(), message_key=f"k{number}")

    for channel in (card_channel(dingtalk), text_channel(dingtalk)):
        assert failure(channel, group, key="k20") == ("send.too.fast", Failure.LIMITED)
    card_channel(dingtalk).send(group, offer_card(), message_key="k1")
    assert len(shown(dingtalk, f"group:{dingtalk.group}")) == 20


def test_an_update_replaces_everything(dingtalk: Platform, cards: EditableChannel):
    sent = cards.send(TO_LI, offer_card(), message_key="k1")

    again = cards.update(TO_LI, sent, accepted_card(), message_key="k2")

    [message] = shown(dingtalk)
    assert again == sent
    assert "已接单（李工）" in message.text and message.buttons == ()


@pytest.mark.parametrize("made_own", [True, False])
def test_a_card_is_updated_by_whichever_channel(dingtalk: Platform, made_own: bool):
    sent = card_channel(dingtalk, own=made_own).send(TO_LI, offer_card(), message_key="k1")

    card_channel(dingtalk, own=not made_own).update(TO_LI, sent, accepted_card(), message_key="k2")

    assert "已接单（李工）" in shown(dingtalk)[-1].text


@pytest.mark.parametrize("silent", [False, True])
def test_the_same_key_is_the_same_card(dingtalk: Platform, cards: EditableChannel, silent: bool):
    dingtalk.sandbox.silent_card_reuse = silent
    first = cards.send(TO_LI, offer_card(), message_key="k1")

    second = cards.send(TO_LI, offer_card(), message_key="k1")

    assert first == second
    assert len(shown(dingtalk)) == 1


def test_a_card_whose_answer_was_lost_counts_as_sent_the_second_time(
    dingtalk: Platform, cards: EditableChannel
):
    dingtalk.faults.once(CREATE, Fault(reset=True))

    assert failure(cards) == ("connection", Failure.TEMPORARY)
    cards.send(TO_LI, offer_card(status="改派中"), message_key="k1")

    [message] = shown(dingtalk)
    assert "改派中" in message.text


def test_the_longest_card_passes_the_platform_s_limits(dingtalk: Platform, cards: EditableChannel):
    card = offer_card(body="漏" * 5_000, fields=(("故障", "漏油" * 3_000),), hint="急" * 900)

    cards.send(TO_LI, card, message_key="k1")

    assert len(shown(dingtalk)) == 1


def test_forwarding_is_off_and_presses_come_by_stream(dingtalk: Platform, cards: EditableChannel):
    cards.send(TO_LI, offer_card(), message_key="k1")

    body = dingtalk.calls(CREATE)[0].data["body"]
    assert (body["callbackType"], body["userIdType"]) == ("STREAM", 1)
    assert body["imRobotOpenSpaceModel"]["supportForward"] is False


def test_what_a_card_channel_refuses_by_itself(dingtalk: Platform, cards: EditableChannel):
    assert failure(cards, content=Note("words")) == ("not_a_card", Failure.PERMANENT)
    assert failure(cards, Address("wecom_user", "x")) == ("bad_address", Failure.PERMANENT)
    assert failure(cards, Address("dingtalk_user", "")) == ("bad_address", Failure.PERMANENT)
    assert not dingtalk.calls(CREATE)


@pytest.mark.parametrize("ref", ["own-gone", "md-gone", "8f2c"])
def test_a_card_that_is_gone_or_was_never_ours_cannot_be_updated(dingtalk: Platform, ref: str):
    with pytest.raises(DeliveryError) as caught:
        card_channel(dingtalk).update(TO_LI, Sent(ref), accepted_card(), message_key="k2")

    assert caught.value.failure is Failure.PERMANENT


def test_each_reason_against_a_card_leads_one_rung_down(dingtalk: Platform):
    sandbox = dingtalk.sandbox
    draft = sandbox.import_template(published=False)
    lonely = sandbox.add_group("无机器人", [LI], robot=False)

    unknown = failure(card_channel(dingtalk, template_id="0.schema"))
    unpublished = failure(card_channel(dingtalk, template_id=draft))
    robotless = failure(card_channel(dingtalk), Address("dingtalk_group", lonely))
    stranger = failure(card_channel(dingtalk), Address("dingtalk_user", "nobody"), key="k2")
    sandbox.scopes.discard("Card.Instance.Write")
    forbidden = failure(card_channel(dingtalk))

    assert [code for code, _ in (unknown, unpublished, robotless, stranger)] == [
        "param.templateNotExist",
        "param.templateUnpublished",
        "deliver.robotNotInChat",
        "deliver.spaceIllegal",
    ]
    assert {kind for _, kind in (unknown, unpublished, robotless, stranger, forbidden)} == {Failure.PERMANENT}


def test_a_busy_card_service_is_tried_again(dingtalk: Platform):
    dingtalk.faults.once(CREATE, Fault(error={"status": 500, "code": "system.busy"}))

    assert failure(card_channel(dingtalk)) == ("system.busy", Failure.TEMPORARY)


def test_the_last_rung_shows_a_card_as_words_with_links(dingtalk: Platform):
    sent = text_channel(dingtalk).send(TO_LI, offer_card(), message_key="k1")

    [message] = shown(dingtalk)
    assert sent.ref and message.msg_key == "sampleMarkdown"
    assert f"也可回复：接单 {NUMBER}" in message.text
    assert "dtmd://dingtalkclient/sendMessage?content=" in message.text


def test_a_note_is_shown_as_it_is_to_a_person_and_to_a_group(dingtalk: Platform):
    channel = text_channel(dingtalk)

    channel.send(TO_LI, Note("请先绑定手机号"), message_key="k1")
    channel.send(Address("dingtalk_group", dingtalk.group), Note("新工单"), message_key="k2")

    assert shown(dingtalk)[-1].text == "请先绑定手机号"
    assert shown(dingtalk, f"group:{dingtalk.group}")[-1].text == "新工单"


def test_a_message_nobody_got_was_not_sent_although_the_answer_is_200(dingtalk: Platform):
    dingtalk.sandbox.flow_controlled.add(LI)

    assert failure(text_channel(dingtalk), content=Note("x")) == ("flowControlled", Failure.LIMITED)
    stranger = Address("dingtalk_user", "nobody")
    assert failure(text_channel(dingtalk), stranger, Note("x")) == ("invalidStaffId", Failure.PERMANENT)


def test_a_group_that_is_gone_is_final(dingtalk: Platform):
    dingtalk.sandbox.disband_group(dingtalk.group)
    to = Address("dingtalk_group", dingtalk.group)

    assert failure(text_channel(dingtalk), to, Note("x")) == ("group.disbanded", Failure.PERMANENT)
