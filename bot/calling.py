"""The service desk is told that a customer needs a person, with everything it has to know to call back."""

from datetime import timedelta

from bot.intake_heard import draft_key
from bot.intents import letters
from bot.ports import BotUnitOfWork
from bot.replies import Said
from cards.text import STATUS_LABEL
from cards.text_spoken import WAITS
from domain.kernel.notices import DESK, Notice
from domain.people.model import Person
from domain.policies.views import fault_shown
from domain.workorder.status import DONE, OPEN

CALLED = "called"
"""The kind of the note beside all talk which says that the desk was told of somebody lately."""
ANGRY = "angry"
CALLED_EVERY = timedelta(minutes=5)
LISTED = 3
LOOKED_AT = 10
FAULT_SHOWN = 40
WORDS_SHOWN = 200
_SHORT = 12
"""Letters of a wish for a person that tells nothing else."""


def tell_desk_wants_human(said: Said, text: str, person: Person, uow: BotUnitOfWork) -> None:
    """Tell the desk once in some minutes who wants a person; words that say more are always passed on."""
    found = uow.dialogues.current(_key(person, CALLED), said.at)
    if found is not None and (len(letters(text)) <= _SHORT or text[:WORDS_SHOWN] == found[1]["text"]):
        return
    remember_call(said, text, person, uow)
    open_orders = [
        one
        for one in uow.work_orders.concerning(person.id, LOOKED_AT)
        if one.state in OPEN or one.state in DONE
    ]
    lines = [
        WAITS.format(
            number=one.number,
            state=STATUS_LABEL[one.state],
            fault=fault_shown(one.description)[:FAULT_SHOWN],
        )
        for one in open_orders[:LISTED]
    ]
    draft = uow.drafts.live_of(draft_key(said))
    words = draft.known.report_words if draft is not None and draft.person_id == person.id else ""
    _tell(
        "wants_human",
        {"text": text[:WORDS_SHOWN], "orders": "\n".join(lines), "words": words[:WORDS_SHOWN]},
        said,
        person,
        uow,
    )


def tell_desk_angry(said: Said, text: str, person: Person, uow: BotUnitOfWork) -> None:
    """Tell the desk once in some minutes of an angry customer without a work order; nothing is escalated."""
    if not any(uow.dialogues.current(_key(person, kind), said.at) for kind in (CALLED, ANGRY)):
        uow.dialogues.begin(_key(person, ANGRY), ANGRY, {}, said.at + CALLED_EVERY)
        _tell("angry", {"words": text[:WORDS_SHOWN]}, said, person, uow)


def remember_call(said: Said, text: str, person: Person, uow: BotUnitOfWork) -> None:
    """Remember that the desk was told of this person."""
    data = {"text": text[:WORDS_SHOWN]}
    uow.dialogues.begin(_key(person, CALLED), CALLED, data, said.at + CALLED_EVERY)


def _tell(kind: str, facts: dict[str, str], said: Said, person: Person, uow: BotUnitOfWork) -> None:
    firm = uow.customers.get(person.customer_id).name if person.customer_id is not None else ""
    who = {"name": person.name, "customer": firm, "mobile": person.mobile}
    uow.notify(
        Notice(
            audience=DESK,
            card="intake_news",
            view={"kind": kind, "facts": {**who, **facts}},
            dedupe_key=f"{kind}:{said.source_key}",
        )
    )


def _key(person: Person, kind: str) -> str:
    return f"{kind}:{person.id}"
