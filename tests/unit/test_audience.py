"""Which rungs reach an audience, best first."""

import pytest

from adapters.delivery.audience import CARD_ONLY, RUNGS, Ladder
from adapters.delivery.ports import Address
from cards.spec import Card, Note
from tests.support.builders import CHEN, KFID, LI, QIAN, WANG

EVERY_RUNG = frozenset(rung for rungs in RUNGS.values() for rung in rungs)
CARD, NOTE = Card(title="工单"), Note("您好")
IDENTITIES = {
    LI: [("wecom", "Li.Tech"), ("dingtalk", "li")],
    WANG: [("wecom", "wang")],
    CHEN: [("wecom_external", "wmChen")],
}


def steps(audience: str, content: Card | Note = CARD, available=EVERY_RUNG) -> list[str]:
    ladder = Ladder(available, lambda person_id: IDENTITIES.get(person_id, []), KFID)
    return [f"{rung} {address}" for rung, address in ladder.steps(audience, content)]


def test_a_person_is_reached_on_dingtalk_before_wecom():
    assert steps(f"person:{LI}") == [
        "dingtalk.own_card dingtalk_user:li",
        "dingtalk.built_in_card dingtalk_user:li",
        "dingtalk.text dingtalk_user:li",
        "wecom.card wecom_user:Li.Tech",
        "wecom.text wecom_user:Li.Tech",
    ]


def test_a_note_goes_by_text_only():
    assert steps(f"person:{LI}", NOTE) == ["dingtalk.text dingtalk_user:li", "wecom.text wecom_user:Li.Tech"]


def test_a_rung_that_is_not_configured_is_left_out():
    available = EVERY_RUNG - {"dingtalk.own_card", "wecom.card"}

    assert not {step.split()[0] for step in steps(f"person:{LI}", available=available)} - available


def test_a_customer_is_reached_through_the_service_account():
    assert steps(f"person:{CHEN}") == [f"wecom.kf wecom_kf:{KFID}:wmChen"]


@pytest.mark.parametrize("content", [CARD, NOTE])
def test_somebody_without_an_identity_cannot_be_reached(content: Card | Note):
    assert steps(f"person:{QIAN}", content) == []


@pytest.mark.parametrize(
    ("audience", "first"),
    [
        ("conversation:dingtalk_user:li", "dingtalk.own_card dingtalk_user:li"),
        ("conversation:dingtalk_group:cid+/==", "dingtalk.own_card dingtalk_group:cid+/=="),
        ("desk:dingtalk_group:cid:with:colons", "dingtalk.own_card dingtalk_group:cid:with:colons"),
        ("desk:wecom_webhook:", "wecom.webhook wecom_webhook:"),
        ("conversation:wecom_kf:wk1:wm1", "wecom.kf wecom_kf:wk1:wm1"),
        ("conversation:wecom_welcome:wk1:wm1:code", "wecom.welcome wecom_welcome:wk1:wm1:code"),
    ],
)
def test_a_chat_is_reached_where_it_is(audience: str, first: str):
    assert steps(audience)[0] == first


@pytest.mark.parametrize("audience", ["conversation:fax:1", "conversation:", "desk:"])
def test_an_address_nobody_serves_has_no_steps(audience: str):
    assert steps(audience) == []


def test_without_any_platform_nobody_is_reached():
    assert steps(f"person:{LI}", available=frozenset()) == []


def test_only_rungs_of_the_ladder_are_called_card_rungs():
    assert CARD_ONLY < EVERY_RUNG


def test_an_address_writes_itself_as_it_was_read():
    assert str(Address.parse("wecom_welcome:wk1:wm1:c:d")) == "wecom_welcome:wk1:wm1:c:d"


def test_the_platform_that_somebody_asked_on_comes_first():
    ladder = Ladder(EVERY_RUNG, lambda person_id: IDENTITIES.get(person_id, []), KFID)

    found = [address.kind for _, address in ladder.steps(f"person:{LI}", CARD, "wecom")]

    assert found == ["wecom_user"] * 2 + ["dingtalk_user"] * 3
