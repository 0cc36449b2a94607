"""Ratings and follow-ups in words and presses."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from bot.closing_words import read_nps, read_score, says_no
from bot.dialogue.asking import SURVEY
from bot.finding import accepted_of, numbered, waiting_for
from bot.intents import Wish, Words
from bot.parts import Act, Continue, Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say
from cards.survey import SKIP
from cards.text_closing import COMMENT_KEPT, NOTHING_TO_RATE, RATE_HOW
from domain.intake.understanding import Intent, Understander
from domain.kernel.bus import Bus
from domain.kernel.notices import conversation_audience
from domain.people.model import Person
from domain.policies.survey_views import nps_notice
from domain.survey.commands import ExtendRating, RateService
from domain.survey.errors import ScoreOutOfRange
from domain.survey.model import Rating
from domain.survey.rules import NPS, NPS_WITHIN, SCORES
from domain.workorder.details import Priority
from domain.workorder.model import WorkOrder

_RATE_WORDS = frozenset({"评价", "打分", "评分"})
_NEW_WISHES = frozenset({Intent.URGE, Intent.QUERY_PROGRESS, Intent.CANCEL, Intent.CLAIM, Intent.HUMAN})
_SURE = 0.6
"""How sure the reader must be that words after a rating are another wish; any fault is one."""


class Surveys:
    """Ratings; a part of the conversation.

    Args:
        understander: tells a comment from a new fault, which must not be lost in a rating.
    """

    def __init__(self, bus: Bus, understander: Understander) -> None:
        self._bus = bus
        self._understander = understander

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {Wish.RATE: self.rate}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {"wo.rate": self.press_rate, "survey.nps": self.press_nps}

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {SURVEY: self.go_on}

    def rate(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Rate by words: `评价 WO-… 4分 很好`, or `5分 技师很专业` about the newest accepted work.

        Where a recommendation is waited for, a bare score is that.
        """
        text = f"{words.word} {words.rest}".strip()
        dialogue = uow.dialogues.current(said.key, said.at)
        asked = dialogue is not None and dialogue[0] == SURVEY and not words.number
        if asked and dialogue is not None and (nps := read_nps(text)) is not None and dialogue[1]["asked"]:
            return self._recommend(said, _known(dialogue[1]), nps, person, uow)
        score, comment = read_score(words.rest if words.word in _RATE_WORDS else text)
        order = numbered(words, "", person, uow) if words.number else _meant(person, uow)
        if order is None:
            return say(uow, said, NOTHING_TO_RATE)
        if score is None:
            return say(uow, said, RATE_HOW.format(number=order.number))
        comment = comment.removeprefix("评价").removeprefix("打分").removeprefix("评分").strip(" ，,:：")
        return self._rate(said, order, score, comment, person, uow)

    def press_rate(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Rate by press; whatever else changed on the work order, the score stands."""
        order = uow.work_orders.get(pressed.action.subject_id)
        score = int(pressed.action.choice) if pressed.action.choice.isdecimal() else pressed.action.choice
        return self._rate(said, order, score, "", person, uow)

    def press_nps(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Take the recommendation, or that there is none."""
        rating = uow.surveys.rating(pressed.action.subject_id)
        choice = pressed.action.choice
        if choice == SKIP:
            return self._thank(said, rating, person, uow)
        return self._recommend(said, rating.id, int(choice) if choice.isdecimal() else choice, person, uow)

    def go_on(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Take a bare number for the recommendation and other words for a comment.

        None for words that are no comment: they are handled as if nothing was waited for.
        """
        text = words.rest or words.word
        if data["asked"] and (nps := read_nps(text)) is not None:
            return self._recommend(said, _known(data), nps, person, uow)
        if words.wish is Wish.NEVER_MIND or says_no(text):
            return self._thank(said, uow.surveys.rating(_known(data)), person, uow)
        if words.wish is not Wish.FREE or data["commented"] or self._is_about_else(text, said):
            return None
        command = ExtendRating(
            rating_id=_known(data),
            work_order_id=UUID(data["work_order_id"]),
            comment=text[:2000],
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        uow.dialogues.begin(said.key, SURVEY, {**data, "commented": True}, said.at + NPS_WITHIN)
        return say(uow, said, COMMENT_KEPT.format(number=data["number"]))

    def _is_about_else(self, text: str, said: Said) -> bool:
        read = self._understander.understand(text, at=said.at)
        dangerous = read.urgency is not None and read.urgency.value == Priority.P1.value
        faulty = bool(read.faults) or read.intent is Intent.REPORT_FAULT
        return dangerous or faulty or (read.intent in _NEW_WISHES and read.confidence >= _SURE)

    def _rate(
        self,
        said: Said,
        order: WorkOrder,
        score: int | str,
        comment: str,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        if isinstance(score, str):
            raise _out_of_range(score, SCORES, f"评价 {order.number} 5分")
        command = RateService(
            rating_id=uuid4(),
            work_order_id=order.id,
            score=score,
            comment=comment[:2000],
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        rating = uow.surveys.rating_of(order.id, person.id)
        assert rating is not None, "it was kept just now"
        if rating.nps is not None:
            return self._thank(said, rating, person, uow)
        known = {"rating_id": str(rating.id), "work_order_id": str(order.id), "number": order.number}
        data = {**known, "asked": True, "commented": bool(comment)}
        uow.dialogues.begin(said.key, SURVEY, data, said.at + NPS_WITHIN)
        _show(said, rating, order.number, is_open=True, uow=uow)
        return DONE

    def _recommend(
        self, said: Said, rating_id: UUID, nps: int | str, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        if isinstance(nps, str):
            raise _out_of_range(nps, NPS, "9")
        rating = uow.surveys.rating(rating_id)
        command = ExtendRating(
            rating_id=rating_id, work_order_id=rating.work_order_id, nps=nps, **said.cause(person.id)
        )
        self._bus.handle(command, uow)
        return self._thank(said, rating, person, uow)

    def _thank(self, said: Said, rating: Rating, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Close the question; who did not answer is not counted, and may still comment."""
        order = uow.work_orders.get(rating.work_order_id)
        known = {"rating_id": str(rating.id), "work_order_id": str(order.id), "number": order.number}
        data = {**known, "asked": False, "commented": bool(rating.comment)}
        if rating.person_id == person.id:
            uow.dialogues.begin(said.key, SURVEY, data, said.at + NPS_WITHIN)
            _show(said, rating, order.number, is_open=False, uow=uow)
        return DONE


def _show(said: Said, rating: Rating, number: str, *, is_open: bool, uow: BotUnitOfWork) -> None:
    """Show the question, or in its place the thanks."""
    audience = conversation_audience(said.inbound.conversation)
    uow.notify(nps_notice(audience, rating, number, said.source_key, waits=True, asks=is_open))


def _meant(person: Person, uow: BotUnitOfWork) -> WorkOrder | None:
    """Return the newest accepted work that this person has not rated, else the newest, else what waits."""
    accepted = accepted_of(person, uow)
    unrated = [one for one in accepted if uow.surveys.rating_of(one.id, person.id) is None]
    waiting = waiting_for(person, uow)
    return next(iter([*unrated, *waiting, *accepted]), None)


def _known(data: dict[str, Any]) -> UUID:
    return UUID(data["rating_id"])


def _out_of_range(said: str, limits: tuple[int, int], example: str) -> ScoreOutOfRange:
    return ScoreOutOfRange(said=said, lowest=limits[0], highest=limits[1], example=example)
