"""A customer taps an entry of a menu, and the press does what the button says."""

from uuid import uuid4

from cards.text import BAD_PRESS, PROBE_OK
from domain.kernel.notices import Notice, conversation_audience
from tests.support import cast
from tests.support.loop import Loop


def shows_probe(loop: Loop) -> None:
    """Let the product show Chen a card with one button."""
    with loop.product.open_uow(now=loop.clock.now(), channel="test", correlation_id="probe") as uow:
        uow.notify(
            Notice(
                audience=conversation_audience(f"wecom_kf:{loop.wecom.kf_open_kfid}:{cast.CHEN}"),
                card="probe",
                view={"probe_id": str(uuid4()), "rung": "自检"},
                dedupe_key="probe",
            )
        )
        uow.commit()


def test_a_tapped_entry_is_a_press(loop: Loop):
    loop.chen.says("你好")
    shows_probe(loop)
    loop.chen.card("我看到了")

    loop.chen.taps("我看到了")

    loop.chen.hears(PROBE_OK)


def test_the_same_words_typed_are_no_press(loop: Loop):
    loop.chen.says("你好")
    shows_probe(loop)
    loop.chen.card("我看到了")

    loop.chen.says("谢谢")

    loop.settle()
    assert not loop.chen.told(PROBE_OK)


def test_an_entry_nobody_offered_changes_nothing(loop: Loop):
    loop.wecom.customer_says(cast.CHEN, "确认", menu_id=f"1:wo.unheard_of:{uuid4()}:1")

    loop.chen.hears(BAD_PRESS)
