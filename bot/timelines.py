"""“时间线”: what happened to a work order, and where the time went."""

import re
from collections.abc import Mapping

from bot.errors import NotUnderstood
from bot.finding import numbered
from bot.intents import Wish, Words, half_width
from bot.parts import Act, Continue, Press
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, show
from cards.timeline import paged
from domain.people.model import STAFF_ROLES, Person
from domain.policies.sla_why import lateness_view
from domain.policies.timeline import timeline_view

_WHOLE = frozenset({"时间线", "轨迹", "时间轴"})
_PAGE = re.compile(r"第?\s*(\d{1,3})\s*页?")


class TimeLines:
    """Time lines; a part of the conversation."""

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {Wish.TIMELINE: self.timeline, Wish.LATENESS: self.lateness}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {}

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {}

    def timeline(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Answer in the asker's own chat; without a number, about the newest that they reported.

        What does not fit one message has pages.

        Raises:
            NotUnderstood: they reported none.
        """
        words = words if words.number else with_newest(words, person, uow)
        order = numbered(words, f"{words.word} WO-20260302-0007", person, uow)
        whole = timeline_view(order, person, said.at, uow, only_totals=words.word not in _WHOLE)
        view = paged(whole, _page(words.rest))
        return show(uow, said, "timeline", view.model_dump(mode="json"), privately=True)

    def lateness(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Tell staff where the time of a limit went; a customer reads where the time went altogether."""
        if not person.roles & STAFF_ROLES:
            return self.timeline(said, words, person, uow)
        order = numbered(words, f"{words.word} WO-20260302-0007", person, uow)
        view = lateness_view(order, said.at, uow)
        return show(uow, said, "lateness", view.model_dump(mode="json"), privately=True)


def _page(rest: str) -> int:
    found = _PAGE.fullmatch(half_width(rest).strip())
    return int(found[1]) if found else 1


def with_newest(words: Words, person: Person, uow: BotUnitOfWork) -> Words:
    """Return the words with the number of the newest work order that somebody reported.

    Raises:
        NotUnderstood: they reported none.
    """
    newest = uow.work_orders.concerning(person.id, 1)
    if not newest:
        raise NotUnderstood(words=words.word, example=f"{words.word} WO-20260302-0007")
    return Words(words.wish, newest[0].number, words.rest, words.word)
