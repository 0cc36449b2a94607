"""Short news about a work order, and words between customer and technician."""

import re
from collections.abc import Sequence
from uuid import UUID

from pydantic import Field

from cards.spec import Button, ButtonStyle, Card, CardAction, Note, Tone
from cards.text import ACTION_LABEL, ACTION_WORDS, NEWS
from cards.text_field import (
    ANSWER_CUSTOMER,
    ANSWER_DESK,
    ANSWER_TECHNICIAN,
    RELAYED,
    RELAYED_FILE,
    SPEAKER,
)
from domain.kernel.messages import Message
from domain.workorder.status import Action

_CALL = re.compile(r"@(?=\s*(?:all\b|everyone\b|所有人|全体))", re.IGNORECASE)
"""What would call everybody in a chat."""


class NewsView(Message):
    """One piece of news; `facts` fill its sentence."""

    kind: str
    number: str
    facts: dict[str, str] = Field(default_factory=dict)


class RelayedView(Message):
    """What the other side said.

    Args:
        speaker_id: who said it, to be told when it cannot be delivered now.
        role: `customer`, `technician` or `desk`.
        to: `customer` or `technician`.
        bare: only the files, since the words went before.
        caller: whom an agent speaks for, who can be answered through them.
        resumes: the work waits for the speaker: the technician may go on with one tap.
        work_order_id, version: what the button is for.
    """

    number: str
    speaker: str
    speaker_id: str = ""
    role: str = "technician"
    to: str
    text: str
    files: tuple[str, ...] = ()
    bare: bool = False
    caller: str = ""
    resumes: bool = False
    work_order_id: UUID | None = None
    version: int = 0


def news(view: NewsView) -> Note:
    """Say what happened and what to do next; parts whose fact is missing are left out."""
    return Note(sentence(NEWS[view.kind], view))


def sentence(parts: Sequence[tuple[str, str]], view: NewsView) -> str:
    """Return the parts whose fact there is, filled in."""
    said = "".join(text for fact, text in parts if not fact or view.facts.get(fact))
    return said.format(number=view.number, **view.facts)


def relayed(view: RelayedView) -> Card | Note:
    """Bring the words of the other side, in which nothing can be tapped and nobody is called."""
    if view.bare:
        return Note("", files=view.files)
    frame = RELAYED if view.text else RELAYED_FILE
    answer = ANSWER_TECHNICIAN if view.to == "customer" else ANSWER_DESK
    if view.role == "customer" or view.caller:
        answer = ANSWER_CUSTOMER
    said = frame.format(
        role=SPEAKER[view.role], speaker=view.speaker, number=view.number, text=inert(view.text)
    )
    said += answer.format(number=view.number)
    if view.resumes and view.work_order_id is not None and not view.files:
        title, _, body = said.partition("\n")
        resume = CardAction(f"wo.{Action.RESUME}", view.work_order_id, view.version)
        words = ACTION_WORDS[Action.RESUME.value].format(number=view.number)
        button = Button(ACTION_LABEL[Action.RESUME.value], resume, words, ButtonStyle.PRIMARY)
        return Card(title=title.rstrip("："), tone=Tone.INFO, body=body, buttons=(button,))
    return Note(said, files=view.files)


def inert(text: str) -> str:
    """Return words in which nothing can be tapped and nobody is called."""
    return _CALL.sub("＠", text).replace("://", "：//")
