"""The self-test card of `fixloop doctor`."""

from uuid import UUID

from cards.spec import Button, ButtonStyle, Card, CardAction, Tone
from cards.text import PROBE_BODY, PROBE_TITLE
from domain.kernel.messages import Message


class ProbeView(Message):
    """One self-test."""

    probe_id: UUID
    rung: str


def probe_card(view: ProbeView) -> Card:
    """Lay out a card whose only button proves that presses come back."""
    action = CardAction(verb="probe.ok", subject_id=view.probe_id, version=0)
    return Card(
        title=PROBE_TITLE,
        status=view.rung,
        tone=Tone.INFO,
        body=PROBE_BODY,
        buttons=(Button("我看到了", action, "帮助", ButtonStyle.PRIMARY),),
    )
