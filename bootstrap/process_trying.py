"""`fixloop process simulate` and `preview`: try a definition on sample data and on the past."""

import argparse
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from adapters.clock import utc_now
from adapters.storage.engine import Database
from adapters.storage.past_orders import answer_times, past_orders, past_requests
from bootstrap.process_files import transaction
from bootstrap.process_hints import nobody_for
from bootstrap.process_opening import (
    Action,
    file_or_name,
    opened,
    person_named,
    published_named,
    read_checked,
)
from bootstrap.process_words import data_of, drawn
from cards.process import process_preview
from cards.spec import told
from domain.approval.views import PreviewView
from domain.engine.process import Definition, simulate
from domain.kernel.notices import Notice, person_audience
from domain.people.model import STAFF_ROLES
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_directory import RecordedDirectory
from domain.policies.process_fields import ORDER, compile_rule
from domain.policies.process_orders import who_answers
from domain.policies.process_preview import Comparison, asker_matters, counts_now, types_of
from domain.policies.process_reading import with_ids
from domain.policies.sla_audience import Superiors
from domain.policies.views import name_of_actor

PROGRESS_EVERY = 20_000
LINES_IN_CHAT = 10
ANSWERS_OF = timedelta(days=365)
Adding = Callable[[str, str, Action], argparse.ArgumentParser]


def add_trying(add: Adding) -> None:
    """Add the commands that try and change nothing."""
    trying = add("simulate", "draw the way that sample data would take, and whom it would ask", _simulate)
    trying.add_argument("what", metavar="FILE|NAME")
    trying.add_argument("--data", default="", help="e.g. '费用=5000.01 等级=VIP', amounts in yuan")
    trying.add_argument("--data-file", type=Path, metavar="FILE", help="the same as a JSON object")
    trying.add_argument("--as", dest="initiator", default="", metavar="NAME", help="who would ask")
    past = add("preview", "say what a file would have changed in the past, and change nothing", _preview)
    past.add_argument("file", type=Path, metavar="FILE")
    past.add_argument("--days", type=_positive, default=90, metavar="N")
    past.add_argument("--limit", type=_positive, default=20, metavar="N", help="how many are listed")
    past.add_argument("--send-to", default="", metavar="NAME", help="also send it to this person's chat")


def rehearse(
    database: Database, definition: Definition, now: datetime, *, days: int, limit: int
) -> PreviewView:
    """Return what a definition would have changed, had it counted in the last days; nothing is written.

    Args:
        definition: names people by id, and has no problems.
        limit: how many lines the view has at most.
    """
    with transaction(database, now) as uow:
        current = counts_now(definition, uow)
        before = with_ids(current.definition, uow) if current is not None else None
        matters, types = asker_matters(definition, uow), types_of(definition.name, uow)
    since = now - timedelta(days=days)
    if definition.about == ORDER:
        cases = past_orders(database, since, now, types)
    else:
        cases = past_requests(database, definition.name, since, now)
    comparison = Comparison(before, definition, limit)
    for count in comparison.take(cases, matters):
        if count % PROGRESS_EVERY == 0:
            print(f"    已看过 {count:,}", file=sys.stderr, flush=True)
    with transaction(database, now) as uow:
        ways = comparison.ways(uow, now)
    answers = answer_times(database, ways.people, now - ANSWERS_OF)
    return ways.view(current.version if current is not None else 0, days, answers)


def _preview(arguments: argparse.Namespace) -> None:
    now = utc_now()
    with opened() as database:
        to = person_named(database, arguments.send_to) if arguments.send_to else ""
        with transaction(database, now) as uow:
            definition = read_checked(arguments.file, uow)
        view = rehearse(database, definition, now, days=arguments.days, limit=arguments.limit)
        print(told(process_preview(view)))
        if to:
            send(database, view, to, now)
            print(f"已发给 {arguments.send_to}")


def send(database: Database, view: PreviewView, person_id: str, now: datetime) -> None:
    """Owe somebody the card of a rehearsal; a chat shows the first lines."""
    short = view.model_copy(update={"lines": view.lines[:LINES_IN_CHAT]})
    with transaction(database, now) as uow:
        uow.notify(
            Notice(
                audience=person_audience(person_id),
                card="process_preview",
                view=short.model_dump(mode="json"),
                dedupe_key=f"process-preview:{view.name}:{now.timestamp():.6f}:{person_id}",
            )
        )
        uow.commit()


def _simulate(arguments: argparse.Namespace) -> None:
    now = utc_now()
    with opened() as database:

        def person(name: str) -> str:
            return person_named(database, name)

        data = data_of(arguments.data, arguments.data_file, person)
        given = person(arguments.initiator) if arguments.initiator else ""
        with transaction(database, now) as uow:
            file = file_or_name(arguments.what)
            if file is not None:
                definition = read_checked(file, uow)
            else:
                definition = with_ids(published_named(arguments.what, uow).definition, uow)
            initiator = given or _usual_initiator(definition, str(data.get("region", "")), uow)
            found = simulate(
                definition,
                data,
                compile=compile_rule,
                directory=RecordedDirectory(uow),
                now=now,
                initiator=initiator,
            )
            print(f"{definition.title}，发起人 {name_of_actor(initiator, uow)}（可用 --as 换人）")
            nobody = nobody_for(definition, uow)
            for line in drawn(found, lambda one: name_of_actor(one, uow) or one, nobody):
                print(line)


def _usual_initiator(definition: Definition, region: str, uow: EveryUnitOfWork) -> str:
    """Return who answers for a work order; for a request, the first colleague."""
    staff = [one.id for one in uow.people.with_roles(STAFF_ROLES)]
    if not staff:
        sys.exit("还没有导入任何同事，无法知道会问谁；先运行 fixloop import people.csv")
    if definition.about == ORDER:
        return str(who_answers(region, staff[0], Superiors(uow)))
    return str(staff[0])


def _positive(text: str) -> int:
    number = int(text)
    if not 0 < number <= 36_500:
        raise argparse.ArgumentTypeError("1 … 36500")
    return number
