"""Who decides while somebody is away, and after they left."""

from datetime import datetime, timedelta

from bot.approval_facts import Unclear, read_away, read_people
from bot.approval_words import ApprovalWords
from bot.colleagues import colleague_named
from bot.errors import NotUnderstood
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from cards.text_approval import (
    AWAY,
    BACK,
    LEAVE_DAY,
    LEAVE_DAY_END,
    LEAVE_NO_DATES,
    LEAVE_NO_NAME,
    LEAVE_WRONG_DATES,
    PASSED_ON,
)
from domain.approval.commands import EndAbsence, HandOverTasks, SetAbsence
from domain.approval.errors import AbsenceWrong
from domain.kernel.bus import Bus
from domain.kernel.localtime import CHINA, local_time
from domain.people.model import Person


class Absences:
    """`请假`, `销假` and `离职交接`."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def away(self, said: Said, words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Let a substitute decide for a while: `请假 12-01 到 12-03 代理人 王强`.

        Raises:
            AbsenceWrong: the days, or the substitute, are missing or make no sense.
        """
        try:
            read = read_away(words.rest, said.at)
        except Unclear as unclear:
            why = LEAVE_WRONG_DATES if str(unclear) else LEAVE_NO_DATES
            raise AbsenceWrong(why=why) from unclear
        if not read.name:
            raise AbsenceWrong(why=LEAVE_NO_NAME)
        substitute = colleague_named(read.name, uow)
        command = SetAbsence(
            person_id=person.id,
            substitute_id=substitute.id,
            from_at=read.from_at,
            to_at=read.to_at,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        text = AWAY.format(
            from_day=_begin(read.from_at), to_day=_end(read.from_at, read.to_at), name=substitute.name
        )
        return say(uow, said, text, privately=True)

    def back(self, said: Said, words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Decide oneself again: `销假`."""
        self._bus.handle(EndAbsence(person_id=person.id, **said.cause(person.id)), uow)
        return say(uow, said, BACK, privately=True)

    def pass_on(self, said: Said, words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Give everything that waits for somebody to somebody else: `离职交接 张三 李四`.

        Raises:
            NotUnderstood: there are not two names.
        """
        first = read_people(words.rest)
        second = read_people(first.rest.removeprefix("给 ").removeprefix("到 "))
        names = first.names if len(first.names) > 1 else (*first.names, *second.names)
        if len(names) != 2:
            raise NotUnderstood(words=words.word, example="离职交接 张三 李四")
        leaver, heir = (colleague_named(name, uow) for name in names)
        self._bus.handle(HandOverTasks(from_id=leaver.id, to_id=heir.id, **said.cause(person.id)), uow)
        return say(uow, said, PASSED_ON.format(name=leaver.name, to=heir.name), privately=True)


def _begin(moment: datetime) -> str:
    """Return `12月1日` where a whole day begins, else the minute."""
    there = moment.astimezone(CHINA)
    if there.hour or there.minute:
        return local_time(moment)
    return LEAVE_DAY.format(month=there.month, day=there.day)


def _end(from_at: datetime, to_at: datetime) -> str:
    """Return the last day of whole days, else the minute; midnight belongs to the day that ends."""
    there = to_at.astimezone(CHINA)
    if there.hour or there.minute:
        return local_time(to_at)
    begins = from_at.astimezone(CHINA)
    last = there - timedelta(days=1)
    words = LEAVE_DAY_END if begins.hour or begins.minute else LEAVE_DAY
    return words.format(month=last.month, day=last.day)
