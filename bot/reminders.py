"""What people say and press about reminders: later, not now, and whether every step was fired."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.errors import NotUnderstood
from bot.field_orders import order_numbered
from bot.intents import Wish, Words, half_width
from bot.parts import Act, Continue, Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say, show
from cards.text_sla import MUTED, PUT_OFF, UNMUTED
from domain.access.rights import Verb, may
from domain.kernel.bus import Bus
from domain.kernel.errors import NotFound, NotPermitted
from domain.kernel.localtime import local_day, local_time
from domain.people.model import Person
from domain.policies.sla_statement import statement_view
from domain.sla.commands import Later, MuteReminders, PutOffReminder, UnmuteReminders
from domain.sla.errors import NothingRuns
from domain.sla.handlers import later
from domain.workorder.model import WorkOrder

EXAMPLE = "WO-20260302-0007"
LATER_SAID = (
    (re.compile(r"明天|明早|明日"), Later.TOMORROW),
    (re.compile(r"午饭|饭后|中午|下午"), Later.AFTER_LUNCH),
    (re.compile(r"30\s*分|半\s*个?\s*小时|半个钟|过会|一会|^$"), Later.HALF_HOUR),
)
_SPAN = re.compile(r"(\d{1,3})\s*(天|个?小时|分钟?)")
_UNIT = {"天": timedelta(days=1), "小时": timedelta(hours=1), "分": timedelta(minutes=1)}
_DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")


class Reminders:
    """Words and presses about reminders; a part of the conversation."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {
            Wish.LATER: self.put_off,
            Wish.MUTE: self.mute,
            Wish.UNMUTE: self.unmute,
            Wish.STATEMENT: self.statement,
        }

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {"sla.later": self.press_later}

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {}

    def press_later(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Put off the reminder that was pressed.

        Raises:
            NothingRuns: what it reminded of is done, or is measured anew since then.
        """
        clock = uow.sla.clock(pressed.action.subject_id)
        if clock is None or pressed.action.choice not in set(Later):
            raise NotFound(what="这条提醒")
        number = uow.sla.number_of(clock.work_order_id)
        if clock.episode != pressed.action.version:
            raise NothingRuns(number=number)
        wanted = Later(pressed.action.choice)
        command = PutOffReminder(
            work_order_id=clock.work_order_id, clock_id=clock.id, later=wanted, **said.cause(person.id)
        )
        self._bus.handle(command, uow)
        return _told_until(said, number, wanted, uow)

    def put_off(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Put off by words: `稍后提醒 WO-… 30分钟`."""
        order = _meant(words, f"稍后提醒 {EXAMPLE} 30分钟", person, uow)
        wanted = next((kind for pattern, kind in LATER_SAID if pattern.search(half_width(words.rest))), None)
        if wanted is None:
            raise NotUnderstood(
                words=words.word, example=f"稍后提醒 {order.number} 30分钟（或 午饭后、明天）"
            )
        command = PutOffReminder(work_order_id=order.id, later=wanted, **said.cause(person.id))
        self._bus.handle(command, uow)
        return _told_until(said, order.number, wanted, uow)

    def mute(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Silence a work order for a while: `静音 WO-… 2小时 客户约了明天`."""
        order = _meant(words, f"静音 {EXAMPLE} 2小时 原因", person, uow)
        found = _SPAN.search(half_width(words.rest))
        if found is None:
            raise NotUnderstood(words=words.word, example=f"静音 {order.number} 2小时 原因")
        unit = next(length for name, length in _UNIT.items() if name in found[2])
        until = said.at + int(found[1]) * unit
        rest = half_width(words.rest)
        reason = (rest[: found.start()] + rest[found.end() :]).strip(" ,，。")[:200]
        command = MuteReminders(work_order_id=order.id, until=until, reason=reason, **said.cause(person.id))
        self._bus.handle(command, uow)
        return say(uow, said, MUTED.format(number=order.number, until=local_time(until)))

    def unmute(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Let a work order remind again: `取消静音 WO-…`."""
        order = _meant(words, f"取消静音 {EXAMPLE}", person, uow)
        self._bus.handle(UnmuteReminders(work_order_id=order.id, **said.cause(person.id)), uow)
        return say(uow, said, UNMUTED.format(number=order.number))

    def statement(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Account for every step that was due on a day: `升级对账`, `升级对账 11月29日`."""
        if not may(person.roles, Verb.SEE_HISTORY):
            raise NotPermitted(action=words.word)
        view = statement_view(_day_meant(words, said.at), said.at, uow)
        return show(uow, said, "statement", view.model_dump(mode="json"))


def _meant(words: Words, example: str, person: Person, uow: BotUnitOfWork) -> WorkOrder:
    if not words.number:
        raise NotUnderstood(words=words.word, example=example)
    return order_numbered(words.number, person, uow)


def _told_until(said: Said, number: str, wanted: Later, uow: BotUnitOfWork) -> Outcome:
    return say(uow, said, PUT_OFF.format(number=number, until=local_time(later(wanted, said.at))))


def _day_meant(words: Words, at: datetime) -> date:
    """Return the day that was said, else today; a day without a year is the last one that was.

    Raises:
        NotUnderstood: there is no such day.
    """
    today, plain = local_day(at), half_width(words.rest)
    if "昨" in plain:
        return today - timedelta(days=1)
    found = _DAY.search(plain)
    if found is None:
        return today
    try:
        day = date(int(found[1] or today.year), int(found[2]), int(found[3]))
        return day if found[1] or day <= today else day.replace(year=day.year - 1)
    except ValueError as error:
        raise NotUnderstood(words=words.word, example=f"{words.word} 11月29日") from error
