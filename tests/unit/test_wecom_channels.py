"""What each rung sends, and what each refusal means for the ladder."""

from datetime import timedelta
from uuid import UUID

import pytest

from adapters.delivery.ports import Address, DeliveryError, Failure, Sent
from adapters.wecom.channels import (
    KfTextChannel,
    KfWelcomeChannel,
    WebhookChannel,
    WecomCardChannel,
    WecomTextChannel,
)
from adapters.wecom.directory import WecomDirectory
from adapters.wecom.errors import refusal
from cards.spec import Button, Card, CardAction, Note
from tests.fakes.wecom import AGENT_ID, NOW, OPEN_KFID, ScriptedApi, now

HOME = "https://fixloop.example.com"
LI = Address("wecom_user", "li.tech")
CUSTOMER = Address("wecom_kf", f"{OPEN_KFID}:wmCustomer")
ENTERING = Address("wecom_welcome", f"{OPEN_KFID}:wmCustomer:CODE:1")
GROUP = Address("wecom_webhook", "")
ROBOT = "https://robot.test/cgi-bin/webhook/send?key=KEY"
ACTION = CardAction("wo.accept", UUID("0b7e3f6a-8f0e-4c53-9d2b-0d9a3f1c2e11"), 3)
OFFER = Card(title="工单 WO-1", buttons=(Button("接单", ACTION, "接单 WO-1"),))


def card_channel(api: ScriptedApi) -> WecomCardChannel:
    return WecomCardChannel(api, AGENT_ID, HOME, now)


def failure(channel, to: Address, content=None) -> DeliveryError:
    with pytest.raises(DeliveryError) as error:
        channel.send(to, content or Note("您好"), message_key="key-1")
    return error.value


def test_a_card_is_sent_under_its_key_and_can_be_updated_for_72_hours():
    api = ScriptedApi({"msgid": "M", "response_code": "RC"})

    sent = card_channel(api).send(LI, OFFER, message_key="key-1")

    assert sent == Sent("key-1", "RC", NOW + timedelta(hours=72))
    data = api.calls[0].data
    assert (data["touser"], data["agentid"], data["msgtype"]) == ("li.tech", AGENT_ID, "template_card")
    assert data["template_card"]["task_id"] == "key-1"


def test_a_notice_has_no_code_to_update_it():
    assert card_channel(ScriptedApi({"msgid": "M"})).send(LI, Card(title="t"), message_key="key-1") == Sent(
        "key-1"
    )


def test_a_note_goes_through_the_card_channel_as_text():
    api = ScriptedApi({"msgid": "M"})

    sent = card_channel(api).send(LI, Note("您好"), message_key="key-1")

    assert sent == Sent("M")
    assert api.calls[0].data["text"] == {"content": "您好"}


def test_a_card_that_an_earlier_try_delivered_counts_as_sent():
    sent = card_channel(ScriptedApi(refusal(42014))).send(LI, OFFER, message_key="key-1")

    assert sent == Sent("key-1")


@pytest.mark.parametrize(
    "answer", [{"invaliduser": "li.tech"}, {"unlicenseduser": "li.tech"}, refusal(81013), refusal(42033)]
)
def test_a_member_who_cannot_get_it_is_permanent(answer):
    assert failure(card_channel(ScriptedApi(answer)), LI, OFFER).failure is Failure.PERMANENT


@pytest.mark.parametrize("rest", ["", "@all", "li|wang", "li wang", "x" * 65])
def test_an_address_of_nobody_or_of_many_is_refused_before_sending(rest: str):
    api = ScriptedApi()

    assert failure(WecomTextChannel(api, AGENT_ID), Address("wecom_user", rest)).failure is Failure.PERMANENT
    assert api.calls == []


def test_a_text_to_a_member_says_a_card_in_words():
    api = ScriptedApi({"msgid": "M"})

    sent = WecomTextChannel(api, AGENT_ID).send(LI, OFFER, message_key="key-1")

    assert sent == Sent("M")
    assert api.calls[0].data["text"] == {"content": "【工单 WO-1】\n回复：接单 WO-1"}


def test_a_card_is_replaced_for_its_member_with_the_code():
    api = ScriptedApi({})

    shown = card_channel(api).update(
        LI, Sent("key-1", "RC", NOW + timedelta(hours=1)), OFFER, message_key="key-2"
    )

    assert shown == Sent("key-2")
    assert api.paths == ["message/update_template_card"]
    data = api.calls[0].data
    assert (data["userids"], data["response_code"]) == (["li.tech"], "RC")
    assert data["template_card"]["task_id"] == "key-2"


@pytest.mark.parametrize(
    "shown", [Sent("key-1"), Sent("key-1", "RC", NOW), Sent("key-1", "RC", NOW - timedelta(1))]
)
def test_a_card_without_a_living_code_is_not_even_tried(shown: Sent):
    api = ScriptedApi()

    with pytest.raises(DeliveryError) as error:
        card_channel(api).update(LI, shown, OFFER, message_key="key-2")

    assert error.value.failure is Failure.PERMANENT
    assert api.calls == []


@pytest.mark.parametrize(
    "answer", [refusal(42022), refusal(42015), refusal(40058), {"invaliduser": ["li.tech"]}]
)
def test_a_code_the_platform_does_not_take_means_a_new_card(answer):
    with pytest.raises(DeliveryError) as error:
        card_channel(ScriptedApi(answer)).update(LI, Sent("key-1", "RC"), OFFER, message_key="key-2")

    assert error.value.failure is Failure.PERMANENT


def test_a_customer_is_answered_under_the_key():
    api = ScriptedApi({"msgid": "key-1"})

    assert KfTextChannel(api).send(CUSTOMER, Note("您好"), message_key="key-1") == Sent("key-1")
    assert api.calls[0].data == {
        "touser": "wmCustomer",
        "open_kfid": OPEN_KFID,
        "msgid": "key-1",
        "msgtype": "text",
        "text": {"content": "您好"},
    }


def test_an_answer_the_account_already_has_counts_as_sent():
    api = ScriptedApi(refusal(40058, "invalid Request Parameter (msgid was used before)"))

    assert KfTextChannel(api).send(CUSTOMER, Note("您好"), message_key="key-1") == Sent("key-1")


def test_another_bad_parameter_does_not_count_as_sent():
    assert (
        failure(KfTextChannel(ScriptedApi(refusal(40058, "touser"))), CUSTOMER).failure is Failure.PERMANENT
    )


def test_a_new_session_is_taken_over_and_the_answer_sent_again():
    api = ScriptedApi(refusal(95018), {}, {"msgid": "key-1"})

    assert KfTextChannel(api).send(CUSTOMER, Note("您好"), message_key="key-1") == Sent("key-1")
    assert api.paths == ["kf/send_msg", "kf/service_state/trans", "kf/send_msg"]
    assert api.calls[1].data == {"open_kfid": OPEN_KFID, "external_userid": "wmCustomer", "service_state": 1}


def test_a_session_that_a_human_has_waits_for_the_customer():
    api = ScriptedApi(refusal(95018), refusal(95016))

    assert failure(KfTextChannel(api), CUSTOMER).failure is Failure.WAITING


def test_a_session_that_is_just_being_assigned_is_looked_at_a_minute_later():
    error = failure(KfTextChannel(ScriptedApi(refusal(95018), {}, refusal(95018))), CUSTOMER)

    assert (error.failure, error.retry_after_s) == (Failure.LIMITED, 60)


def test_a_platform_that_fails_during_the_take_over_is_temporary():
    assert (
        failure(KfTextChannel(ScriptedApi(refusal(95018), refusal(-1))), CUSTOMER).failure
        is Failure.TEMPORARY
    )


@pytest.mark.parametrize("code", [95001, 95002, 95031])
def test_a_customer_who_must_speak_first_makes_the_message_wait(code: int):
    assert failure(KfTextChannel(ScriptedApi(refusal(code))), CUSTOMER).failure is Failure.WAITING


@pytest.mark.parametrize("rest", ["", OPEN_KFID, f"{OPEN_KFID}:", ":wm", "a b:wm", f"{OPEN_KFID}:wm:x"])
def test_an_address_without_account_and_customer_is_refused(rest: str):
    assert failure(KfTextChannel(ScriptedApi()), Address("wecom_kf", rest)).code == "bad_address"


def test_a_customer_who_enters_is_greeted_with_the_code():
    api = ScriptedApi({"msgid": "key-1"})

    KfWelcomeChannel(api).send(ENTERING, Note("请描述故障", menu=(("p", "查进度"),)), message_key="key-1")

    assert api.paths == ["kf/send_msg_on_event"]
    data = api.calls[0].data
    assert (data["code"], data["msgtype"], "touser" in data) == ("CODE:1", "msgmenu", False)


@pytest.mark.parametrize("code", [41050, 95018, 95013, 40058])
def test_a_greeting_that_comes_too_late_is_dropped(code: int):
    assert failure(KfWelcomeChannel(ScriptedApi(refusal(code))), ENTERING).failure is Failure.PERMANENT


@pytest.mark.parametrize("rest", ["", f"{OPEN_KFID}:wm", f"{OPEN_KFID}:wm:"])
def test_a_greeting_without_a_code_is_refused(rest: str):
    assert failure(KfWelcomeChannel(ScriptedApi()), Address("wecom_welcome", rest)).code == "bad_address"


def test_a_group_gets_markdown_at_the_robot_s_address():
    api = ScriptedApi()

    assert WebhookChannel(api, ROBOT).send(GROUP, Note("新工单"), message_key="key-1") == Sent("key-1")
    assert api.calls[0].path == ROBOT
    assert api.calls[0].data == {"msgtype": "markdown", "markdown": {"content": "新工单"}}


def test_a_busy_robot_is_left_alone_for_a_minute():
    error = failure(WebhookChannel(ScriptedApi(refusal(45009)), ROBOT), GROUP)

    assert (error.failure, error.retry_after_s) == (Failure.LIMITED, 60)


def test_a_robot_without_an_address_is_refused():
    assert failure(WebhookChannel(ScriptedApi(), ""), GROUP).failure is Failure.PERMANENT


def test_the_owner_of_a_mobile_number_is_found_in_lower_case():
    api = ScriptedApi({"userid": "Li.Tech"})

    assert WecomDirectory(api).owner_of_mobile("138 0000-0001") == "li.tech"
    assert api.calls[0].data == {"mobile": "13800000001"}


@pytest.mark.parametrize("code", [46004, 60111])
def test_a_number_of_nobody_has_no_owner(code: int):
    assert WecomDirectory(ScriptedApi(refusal(code))).owner_of_mobile("13800000009") is None


def test_what_is_no_number_is_not_asked_for():
    api = ScriptedApi()

    assert WecomDirectory(api).owner_of_mobile("我的电话") is None
    assert api.calls == []


def test_a_directory_that_is_down_is_not_nobody():
    with pytest.raises(DeliveryError):
        WecomDirectory(ScriptedApi(refusal(45009))).owner_of_mobile("13800000001")
