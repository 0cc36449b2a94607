"""“日报” on demand, and one tap from its lines to a work order."""

from collections.abc import Mapping

from bot.field_orders import order_numbered
from bot.intents import Wish, Words
from bot.parts import Act, Continue, Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, show
from domain.kernel.notices import Notice, person_audience
from domain.people.model import Person, Role
from domain.policies.digest_ports import Cut
from domain.policies.digests import digest_view, own_plan
from domain.policies.jobs import person_view


class Digests:
    """What people ask for instead of waiting for the morning; a part of the conversation."""

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {Wish.DIGEST: self.digest}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {"digest.open": self.press_open}

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {}

    def digest(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Show the asker how things stand now; it does not count as the day's digest."""
        plan = own_plan(person)
        own = person.id if plan.to == Role.TECHNICIAN.value else None
        view = digest_view(plan, Cut(assignee_id=own), said.at, None, uow, personal=True)
        return show(uow, said, "digest", view.model_dump(mode="json"), privately=True)

    def press_open(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Bring the presser the card of a line's work order, in their own chat."""
        order = uow.work_orders.get(pressed.action.subject_id)
        order_numbered(order.number, person, uow)
        uow.notify(
            Notice(
                audience=person_audience(str(person.id)),
                card="work_order",
                view=person_view(order, person, "", said.at, uow).model_dump(mode="json"),
                dedupe_key=f"opened:{said.source_key}",
                subject_id=order.id,
                living=True,
                anew=True,
            )
        )
        return DONE
