"""`fixloop import` and `fixloop export`."""

import argparse
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

from adapters.clock import utc_now
from adapters.csvfiles import ImportRefused, import_files, preview_files, take_back_import
from adapters.csvfiles.exports import HEADERS, ExportRefused, export_file
from adapters.storage.engine import Database
from adapters.storage.exporting import Period
from bootstrap.serving import check_schema
from bootstrap.settings import load_settings
from domain.kernel.localtime import CHINA, local_day

Commands = argparse._SubParsersAction


def add_commands(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add what reads and writes files."""
    files = commands.add_parser("import", help="import people, customers, assets, contracts, rules and parts")
    files.add_argument("files", nargs="*", type=Path, metavar="FILE")
    files.add_argument("--preview", action="store_true", help="say what would change, and write nothing")
    files.add_argument("--take-back", action="store_true", help="take the last import of parts back")
    files.set_defaults(run=_import)
    export = commands.add_parser(
        "export", help="export parts, suppliers, stock or the ledger as CSV or Excel"
    )
    export.add_argument("what", choices=list(HEADERS))
    export.add_argument("file", type=Path, metavar="FILE.csv|FILE.xlsx")
    export.add_argument("--place", default="", metavar="CODE", help="only this store, branch, bin or van")
    export.add_argument(
        "--from", dest="since", type=_day, metavar="YYYY-MM-DD", help="the ledger from this day"
    )
    export.add_argument("--to", dest="until", type=_day, metavar="YYYY-MM-DD", help="the ledger to this day")
    export.set_defaults(run=_export)


def _import(arguments: argparse.Namespace) -> None:
    if arguments.take_back and (arguments.files or arguments.preview):
        sys.exit("--take-back 撤销上一次备件导入，不带文件，也不能和 --preview 一起用")
    if not arguments.files and not arguments.take_back:
        sys.exit(
            "请写上要导入的文件，例如 fixloop import parts.csv；"
            "撤销上一次备件导入用 fixloop import --take-back"
        )
    database = _database()
    try:
        if arguments.take_back:
            lines = take_back_import(database, utc_now())
        elif arguments.preview:
            lines = ["预览，没有写入任何数据：", *preview_files(database, arguments.files, utc_now())]
        else:
            lines = import_files(database, arguments.files, utc_now())
        for line in lines:
            print(line)
    except ImportRefused as refused:
        first = "没有撤销：" if arguments.take_back else "没有导入任何数据，请先修正："
        sys.exit(f"{first}\n  " + "\n  ".join(refused.lines))
    finally:
        database.close()


def _export(arguments: argparse.Namespace) -> None:
    if arguments.what == "parts" and arguments.place:
        sys.exit(
            "备件目录不分仓库，请去掉 --place；要某个仓库的库存用 fixloop export stock --place CODE FILE"
        )
    if arguments.what == "suppliers" and arguments.place:
        sys.exit("供应商不分仓库，请去掉 --place，例如 fixloop export suppliers FILE")
    if arguments.what != "ledger" and (arguments.since or arguments.until):
        sys.exit("--from 和 --to 只用于 fixloop export ledger")
    period = Period(since=_midnight(arguments.since), until=_midnight(arguments.until, after_days=1))
    database = _database()
    try:
        count = export_file(
            database,
            arguments.what,
            arguments.file,
            place=arguments.place,
            period=period,
            today=local_day(utc_now()),
        )
        print(f"已导出 {count} 行到 {arguments.file}")
    except ExportRefused as refused:
        sys.exit(f"没有导出：{refused}")
    finally:
        database.close()


def _database() -> Database:
    settings = load_settings()
    check_schema(settings)
    return Database(settings.database_url)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应为 2026-03-02 这样") from None


def _midnight(day: date | None, *, after_days: int = 0) -> datetime | None:
    """Return when a day begins in China, or one some days later."""
    return datetime.combine(day + timedelta(days=after_days), time(), CHINA) if day is not None else None
