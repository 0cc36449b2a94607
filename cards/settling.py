"""Who pays is asked about once, where the customer shall pay for what somebody else covers."""

from uuid import UUID

from cards.spec import Button, ButtonStyle, Card, CardAction, Tone
from cards.text_closing import (
    DOUBT_BODY,
    DOUBT_COVERED,
    DOUBT_CUSTOMER,
    DOUBT_HINT,
    DOUBT_TITLE,
    DOUBT_WORDS,
    PAYER_LABEL,
)
from domain.kernel.messages import Message
from domain.kernel.money import yuan
from domain.workorder.details import Payer


class PayerDoubtView(Message):
    """A settlement at the customer's expense of what is covered.

    Args:
        covering: who bears it by contract or warranty.
        why: the words for that.
    """

    work_order_id: UUID
    number: str
    version: int
    amount_fen: int
    covering: str
    why: str


def payer_doubt(view: PayerDoubtView) -> Card:
    """Ask who pays, with one tap for each answer."""
    amount, covering = yuan(view.amount_fen), PAYER_LABEL[view.covering]
    return Card(
        title=DOUBT_TITLE.format(number=view.number),
        tone=Tone.WARNING,
        body=DOUBT_BODY.format(why=view.why, payer=covering, amount=amount),
        hint=DOUBT_HINT,
        buttons=(
            _button(view, view.covering, DOUBT_COVERED.format(payer=covering), ButtonStyle.PRIMARY),
            _button(view, Payer.CUSTOMER.value, DOUBT_CUSTOMER, ButtonStyle.DEFAULT),
        ),
    )


def read_doubt(choice: str) -> tuple[Payer, int] | None:
    """Return payer and amount in fen of a pressed answer, `contract.38050`; None for another press."""
    payer, _, amount = choice.partition(".")
    return (Payer(payer), int(amount)) if payer in set(Payer) and amount.isdecimal() else None


def _button(view: PayerDoubtView, payer: str, label: str, style: ButtonStyle) -> Button:
    action = CardAction("wo.settle", view.work_order_id, view.version, f"{payer}.{view.amount_fen}")
    words = DOUBT_WORDS.format(number=view.number, amount=yuan(view.amount_fen), payer=PAYER_LABEL[payer])
    return Button(label, action, words, style)
