"""A fault that comes back while its repair waits for acceptance: was it not mended, or is it another one?

Source: docs/reference/intake.md, rule RQ-21
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.dialogue.drafts import Drafts
from bot.finding import waiting_for
from bot.intake_heard import draft_key
from bot.intake_reading import comes_back
from bot.intents import Wish, Words
from bot.parts import Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, show
from cards.offers import StillBrokenView
from cards.text_intake import ANOTHER_FAULT, NOT_MENDED
from domain.intake.rules import WITH_ABOUT
from domain.kernel.bus import Bus
from domain.people.model import Person
from domain.policies.views import fault_shown
from domain.workorder.closing_commands import RejectWork
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status

ANSWERED_WITHIN = timedelta(hours=24)
REASON_CHARS = 500


class StillBroken:
    """Asks once, keeps the words meanwhile, and does what the answer says."""

    def __init__(self, bus: Bus, drafts: Drafts) -> None:
        self._bus = bus
        self._drafts = drafts

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {"back.reject": self.press_reject, "back.other": self.press_other}

    def takes(
        self, said: Said, words: Words, text: str, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Answer the question in words, or ask it; None when nothing waits or nothing came back."""
        plain = text.strip()
        if plain in (ANOTHER_FAULT, NOT_MENDED):
            kept = uow.dialogues.current(_key(said), said.at)
            answer = self._other if plain == ANOTHER_FAULT else self._reject
            return answer(said, kept[1], person, uow) if kept is not None else None
        if words.wish is not Wish.FREE or words.number or said.inbound.attached or said.inbound.in_group:
            return None
        draft = uow.drafts.live_of(draft_key(said))
        if draft is not None and draft.known.type not in WITH_ABOUT:
            return None
        waiting = waiting_for(person, uow)
        if not waiting:
            return None
        read = self._drafts.listen(said, text, person, uow).understanding
        back = [one for one in waiting if read is not None and comes_back(read, text, one)]
        return self._ask(said, back[0], text, uow) if len(back) == 1 else None

    def press_reject(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Reject the work with the words that told of the fault."""
        kept = self._kept(said, pressed, uow)
        return self._reject(said, kept, person, uow) if kept is not None else DONE

    def press_other(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Begin a request of its own with the words."""
        kept = self._kept(said, pressed, uow)
        return self._other(said, kept, person, uow) if kept is not None else DONE

    def _ask(self, said: Said, order: WorkOrder, text: str, uow: BotUnitOfWork) -> Outcome:
        known = {"work_order_id": str(order.id), "report": order.report_version, "words": text}
        uow.dialogues.begin(_key(said), "still_broken", known, said.at + ANSWERED_WITHIN)
        view = StillBrokenView(
            work_order_id=order.id,
            number=order.number,
            version=order.version,
            fault=fault_shown(order.description),
        )
        return show(uow, said, "still_broken", view.model_dump(mode="json"))

    def _kept(self, said: Said, pressed: Pressed, uow: BotUnitOfWork) -> dict[str, Any] | None:
        kept = uow.dialogues.current(_key(said), said.at)
        about = str(pressed.action.subject_id)
        return kept[1] if kept is not None and kept[1]["work_order_id"] == about else None

    def _reject(self, said: Said, kept: dict[str, Any], person: Person, uow: BotUnitOfWork) -> Outcome:
        command = RejectWork(
            work_order_id=UUID(kept["work_order_id"]),
            reason=kept["words"][:REASON_CHARS],
            seen_report=kept["report"],
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        uow.dialogues.end(_key(said))
        return DONE  # What was kept is told by a policy.

    def _other(self, said: Said, kept: dict[str, Any], person: Person, uow: BotUnitOfWork) -> Outcome:
        uow.dialogues.end(_key(said))
        heard = self._drafts.listen(said, kept["words"], person, uow)
        order = uow.work_orders.get(UUID(kept["work_order_id"]))
        unlike = (order.id.hex,) if order.state is Status.COMPLETED else ()
        return self._drafts.add(said, heard, person, uow, kind="repair", unlike=unlike)


def _key(said: Said) -> str:
    """Return where the words are kept: beside all talk, so that whatever is said meanwhile is heard."""
    return f"back:{said.key}"
