"""Handlers of what people ask about reminders, and of the business owner's publishing."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from domain.kernel.localtime import CHINA
from domain.sla.commands import (
    Later,
    MuteReminders,
    PublishSla,
    PutOffReminder,
    UnmuteReminders,
)
from domain.sla.errors import MuteTooLong, NothingRuns, NotMuted
from domain.sla.events import ReminderPutOff, RemindersMuted, RemindersUnmuted, SlaPublished
from domain.sla.model import SlaClock, SlaDocumentRow, SlaMute, SlaSnooze
from domain.sla.ports import SlaUnitOfWork

DOCUMENT_ID = uuid5(NAMESPACE_URL, "fixloop:sla-document")
"""What events about the document are recorded with."""
MUTED_AT_MOST = timedelta(days=7)
AFTER_LUNCH = (13, 30)
TOMORROW = (9, 0)


def put_off_reminder(cmd: PutOffReminder, uow: SlaUnitOfWork) -> None:
    """Remind one person again later, if it is still needed then.

    Raises:
        NothingRuns: no clock of the work order runs, or the reminder's own one has stopped.
    """
    clock = _clock(cmd, uow)
    until = later(cmd.later, cmd.issued_at)
    uow.sla.keep_snooze(
        SlaSnooze(clock_id=clock.id, person_id=UUID(cmd.actor_id), episode=clock.episode, due_at=until)
    )
    uow.record(
        ReminderPutOff(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            work_order_id=cmd.work_order_id,
            clock_id=clock.id,
            until=until,
        )
    )


def later(wanted: Later, at: datetime) -> datetime:
    """Return the moment that somebody means in China: half an hour on, 13:30, or 9:00 tomorrow.

    After lunch said after lunch is tomorrow's.
    """
    if wanted is Later.HALF_HOUR:
        return at + timedelta(minutes=30)
    hour, minute = AFTER_LUNCH if wanted is Later.AFTER_LUNCH else TOMORROW
    there = at.astimezone(CHINA)
    moment = there.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if wanted is Later.TOMORROW or moment <= there:
        moment += timedelta(days=1)
    return moment


def mute_reminders(cmd: MuteReminders, uow: SlaUnitOfWork) -> None:
    """Remind nobody of a work order until a moment; its clocks go on.

    Raises:
        MuteTooLong: the moment is over, or further than a week away.
    """
    if not cmd.issued_at < cmd.until <= cmd.issued_at + MUTED_AT_MOST:
        raise MuteTooLong(days=MUTED_AT_MOST.days, number=uow.sla.number_of(cmd.work_order_id))
    uow.sla.keep_mute(
        SlaMute(work_order_id=cmd.work_order_id, until=cmd.until, by_id=UUID(cmd.actor_id), reason=cmd.reason)
    )
    uow.record(
        RemindersMuted(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            work_order_id=cmd.work_order_id,
            until=cmd.until,
            reason=cmd.reason,
        )
    )


def unmute_reminders(cmd: UnmuteReminders, uow: SlaUnitOfWork) -> None:
    """Remind again from now on; what fell into the mute is not told afterwards.

    Raises:
        NotMuted: nobody muted it, or the mute is over.
    """
    mute = uow.sla.mute(cmd.work_order_id)
    if mute is None or mute.until <= cmd.issued_at:
        raise NotMuted(number=uow.sla.number_of(cmd.work_order_id))
    uow.sla.drop_mute(cmd.work_order_id)
    uow.record(
        RemindersUnmuted(occurred_at=cmd.issued_at, actor_id=cmd.actor_id, work_order_id=cmd.work_order_id)
    )


def publish_sla(cmd: PublishSla, uow: SlaUnitOfWork) -> None:
    """Let a new version of the document count for every clock that starts from now on."""
    before = uow.sla.current()
    version = before.version + 1 if before is not None else 1
    uow.sla.add_document(
        SlaDocumentRow(
            version=version,
            document=cmd.document.model_dump(mode="json", by_alias=True),
            note=cmd.note,
            published_by=cmd.actor_id,
            published_at=cmd.issued_at,
        )
    )
    uow.record(
        SlaPublished(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            document_id=DOCUMENT_ID,
            version=version,
            note=cmd.note,
        )
    )


def _clock(cmd: PutOffReminder, uow: SlaUnitOfWork) -> SlaClock:
    running = [one for one in uow.sla.clocks(cmd.work_order_id) if one.due_at is not None]
    if cmd.clock_id is not None:
        running = [one for one in running if one.id == cmd.clock_id]
    found = min(running, key=lambda one: one.due_at or cmd.issued_at, default=None)
    if found is None:
        raise NothingRuns(number=uow.sla.number_of(cmd.work_order_id))
    return found
