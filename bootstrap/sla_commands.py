"""`fixloop sla`: check, publish and show time limits, and the escalation statement of a day."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from adapters.clock import utc_now
from adapters.storage.engine import Database
from bootstrap.serving import check_schema
from bootstrap.settings import load_settings
from bootstrap.sla import SlaRefused, apply_to_open, hints, publish, read_document, transaction
from cards.sla import statement
from domain.kernel.localtime import local_day
from domain.policies.sla_statement import statement_view
from domain.sla.definition import SlaDocument


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `fixloop sla`."""
    sla = commands.add_parser("sla", help="check, publish and show time limits; account for escalations")
    actions = sla.add_subparsers(required=True, metavar="ACTION")
    check = actions.add_parser("check", help="say what is wrong with a file, and change nothing")
    check.add_argument("file", type=Path, metavar="FILE")
    check.set_defaults(run=_check)
    publishing = actions.add_parser("publish", help="let a file count for what starts from now on")
    publishing.add_argument("file", type=Path, metavar="FILE")
    publishing.add_argument("--note", default="", help="what changed, for the audit")
    publishing.add_argument(
        "--apply-to-open", action="store_true", help="also bring running clocks and open work orders to it"
    )
    publishing.set_defaults(run=_publish)
    show = actions.add_parser("show", help="print the document that counts now")
    show.set_defaults(run=_show)
    account = actions.add_parser("statement", help="account for every step that was due on a day")
    account.add_argument("day", nargs="?", type=date.fromisoformat, metavar="YYYY-MM-DD")
    account.set_defaults(run=_statement)


def _check(arguments: argparse.Namespace) -> None:
    document = _read_or_exit(arguments.file)
    print(f"没有错误：{len(document.calendars)} 个日历，{len(document.policies)} 条策略")


def _publish(arguments: argparse.Namespace) -> None:
    document = _read_or_exit(arguments.file)
    database = _database()
    try:
        version = publish(database, document, arguments.note, utc_now())
        print(f"已发布第 {version} 版，对新开始的计时生效；正在计时的仍按原来的版本")
        if arguments.apply_to_open:
            print(f"已让 {apply_to_open(database, print, utc_now)} 张未完工单改用第 {version} 版")
    finally:
        database.close()


def _show(_arguments: argparse.Namespace) -> None:
    database = _database()
    try:
        with transaction(database, utc_now()) as uow:
            published = uow.sla.current()
    finally:
        database.close()
    if published is None:
        sys.exit("还没有发布过时限规则；启动 fixloop serve 会发布默认规则")
    shown = published.document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    print(json.dumps(shown, ensure_ascii=False, indent=2))


def _statement(arguments: argparse.Namespace) -> None:
    now = utc_now()
    database = _database()
    try:
        with transaction(database, now) as uow:
            print(statement(statement_view(arguments.day or local_day(now), now, uow)).text)
    finally:
        database.close()


def _read_or_exit(file: Path) -> SlaDocument:
    try:
        document = read_document(file)
    except SlaRefused as refused:
        sys.exit("时限规则有错，没有发布：\n  " + "\n  ".join(refused.lines))
    for line in hints(document, local_day(utc_now())):
        print(f"注意：{line}")
    return document


def _database() -> Database:
    settings = load_settings()
    check_schema(settings)
    return Database(settings.database_url)
