"""Reading and publishing the document of time limits."""

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from adapters.calendars.mainland import mainland_china
from adapters.clock import utc_now
from adapters.storage.engine import Database
from adapters.storage.sla_running import open_work_orders
from adapters.storage.uow import SqlUnitOfWork
from bootstrap.wording import unreadable
from domain.engine.calendar import missing_years, remarks
from domain.kernel.errors import ConcurrentUpdate
from domain.kernel.messages import Cause
from domain.kernel.mistakes import said, worth_telling
from domain.policies.sla_formulas import wrong_formulas
from domain.registry import make_bus
from domain.sla.commands import AttachSla, PublishSla
from domain.sla.definition import SlaDocument

log = logging.getLogger(__name__)

DEFAULT = Path(__file__).with_name("sla.json")
"""What counts until a business owner publishes something else."""
PROGRESS_EVERY = 200


class SlaRefused(Exception):
    """A document is wrong; `lines` say where and why, in Chinese."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def read_document(file: Path) -> SlaDocument:
    """Return the document of a file, with the days of the shipped year file where it has none of its own.

    Raises:
        SlaRefused: it cannot be read, or says something wrong.
    """
    try:
        document = SlaDocument.model_validate_json(file.read_bytes())
    except OSError as error:
        raise SlaRefused([unreadable(file, error)]) from error
    except ValidationError as error:
        raise SlaRefused([_plainly(one) for one in worth_telling(error.errors())]) from error
    _check_formulas(document)
    shipped = mainland_china()
    days = shipped if document.days is None else shipped.with_years_of(document.days)
    return document.model_copy(update={"days": days})


def hints(document: SlaDocument, on: date) -> Iterator[str]:
    """Go through what is not wrong but deserves a second look."""
    days = document.days
    assert days is not None, "read_document fills the days in"
    for name, spec in document.calendars.items():
        yield from (f"日历“{name}”：{one}" for one in remarks(spec, days))
    if any(spec.holidays for spec in document.calendars.values()):
        for year in missing_years(days, on):
            yield (
                f"还没有 {year} 年的节假日，{year} 年只按法定固定日期放假；"
                "国务院公布后请升级 Fixloop，或写进 days 再发布"
            )


def publish(database: Database, document: SlaDocument, note: str, now: datetime) -> int:
    """Publish a document and return its version.

    Raises:
        SlaRefused: a formula cannot be read.
    """
    _check_formulas(document)
    with transaction(database, now) as uow:
        command = PublishSla(document=document, note=note, **_cause("sla-publish", now))
        make_bus().handle(command, uow)
        published = uow.sla.current()
        uow.commit()
    assert published is not None, "it was just published"
    return published.version


def publish_default(database: Database) -> None:
    """Publish the shipped document where nothing was ever published; of several processes the first does."""
    now = utc_now()
    with transaction(database, now) as uow:
        if uow.sla.current() is not None:
            return
    try:
        publish(database, read_document(DEFAULT), "默认规则", now)
    except ConcurrentUpdate:
        return


def apply_to_open(database: Database, write: Callable[[str], None], now: Callable[[], datetime]) -> int:
    """Let every open work order run by the newest document, one transaction each; return how many.

    It may be stopped at any moment and run again: what runs by the newest document already stays as it is.
    One that fails is named and left as it is.
    """
    bus, done = make_bus(), 0
    for work_order_id in open_work_orders(database):
        at = now()
        try:
            with transaction(database, at) as uow:
                cause = _cause(f"attach:{work_order_id}", at)
                bus.handle(AttachSla(work_order_id=work_order_id, **cause), uow)
                uow.commit()
        except Exception:
            log.exception("work order %s could not be brought to the newest document", work_order_id)
            write(f"    工单 {work_order_id} 没有改成，仍按原来的版本；原因见日志，可重新运行")
            continue
        done += 1
        if done % PROGRESS_EVERY == 0:
            write(f"    已处理 {done} 张未完工单")
    return done


def transaction(database: Database, now: datetime) -> SqlUnitOfWork:
    """Return a transaction of the command line, which tells nobody."""
    return SqlUnitOfWork(database, desks=(), now=now, channel="cli", correlation_id="fixloop-sla")


def _check_formulas(document: SlaDocument) -> None:
    if wrong := list(wrong_formulas(document)):
        raise SlaRefused(wrong)


def _cause(key: str, now: datetime) -> Cause:
    return Cause(actor_id="system", issued_at=now, idempotency_key=f"{key}:{now.timestamp():.0f}"[:128])


def _plainly(error: ErrorDetails) -> str:
    """Return where in the file something is wrong, and what."""
    return f"{' → '.join(str(part) for part in error['loc']) or '文件'}：{said(error)}"
