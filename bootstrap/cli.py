"""The command line: `fixloop serve | web | stream | scheduler | demo | doctor | db | import | export | …`."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence

from adapters.storage.migrate import DatabaseUnavailable, upgrade
from bootstrap.demo.commands import demo, sandbox
from bootstrap.doctor import examine
from bootstrap.file_commands import add_commands as add_file_commands
from bootstrap.label_commands import add_commands as add_label_commands
from bootstrap.logs import set_up_logging
from bootstrap.process_commands import add_commands as add_process_commands
from bootstrap.serving import (
    PortTaken,
    SchemaMissing,
    run_scheduler,
    run_stream,
    run_web,
    serve,
)
from bootstrap.settings import BadSettings, Settings, load_settings, unknown_variables
from bootstrap.sla_commands import add_commands

RUNS: dict[str, tuple[str, Callable[[Settings], None]]] = {
    "serve": ("run everything in one process", serve),
    "web": ("run the webhooks under gunicorn", run_web),
    "stream": ("run the DingTalk stream client", run_stream),
    "scheduler": ("run the ticks, the workers and the delivery pump", run_scheduler),
}


log = logging.getLogger(__name__)

WITH_PORT = ("serve", "web")


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command; wrong settings end it with a list of what, where and an example."""
    arguments = _parser().parse_args(argv)
    try:
        arguments.run(arguments)
    except BadSettings as error:
        sys.exit("settings are missing or wrong:\n  " + "\n  ".join(error.lines))
    except (SchemaMissing, PortTaken) as error:
        sys.exit(str(error))
    except DatabaseUnavailable as error:
        sys.exit(
            f"the database cannot be used: {error}\n  check FIXLOOP_DATABASE_URL, e.g. sqlite:////var/lib/fixloop/fixloop.db"
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fixloop", description="After-sales service in enterprise chat.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (help_text, _) in RUNS.items():
        command = commands.add_parser(name, help=help_text)
        if name in WITH_PORT:
            command.add_argument(
                "--port", type=int, help="port of the web server (default FIXLOOP_PORT or 8080)"
            )
        command.set_defaults(run=_run, name=name, port=None)
    play = commands.add_parser("demo", help="play the story against the played platforms")
    play.add_argument(
        "--exit", action="store_true", help="end after the story; non-zero if a step was not seen"
    )
    play.add_argument(
        "--port", type=int, default=0, help="port of the product's web server (default: a free one)"
    )
    play.set_defaults(
        run=lambda arguments: sys.exit(demo(exit_after_story=arguments.exit, port=arguments.port))
    )
    stage = commands.add_parser("sandbox", help="play only the platforms and print the settings for them")
    stage.add_argument(
        "--port", type=int, default=0, help="port where the product will answer (default 8080)"
    )
    stage.set_defaults(run=lambda arguments: sys.exit(sandbox(port=arguments.port)))
    doctor = commands.add_parser("doctor", help="check settings, database, credentials and cards")
    doctor.add_argument(
        "--to", default="", metavar="NAME", help="send this person a self-test card on every rung"
    )
    doctor.add_argument("--wait", type=float, default=60.0, metavar="S", help="how long to wait for a press")
    doctor.set_defaults(run=_doctor)
    database = commands.add_parser("db", help="make or migrate the database schema")
    database.add_argument("action", choices=["upgrade"])
    database.set_defaults(run=_db)
    for add in (add_file_commands, add_commands, add_process_commands, add_label_commands):
        add(commands)
    return parser


def _run(arguments: argparse.Namespace) -> None:
    overrides = {} if arguments.port is None else {"port": arguments.port}
    settings = load_settings(**overrides)
    set_up_logging(settings.log_level)
    for name in unknown_variables(os.environ):
        log.warning("%s is not a setting of Fixloop and is ignored; see docs/reference/settings.md", name)
    if settings.wecom is None and settings.dingtalk is None:
        log.warning("no platform is configured; set FIXLOOP_WECOM__… or FIXLOOP_DINGTALK__…, see README.md")
    RUNS[arguments.name][1](settings)


def _db(_arguments: argparse.Namespace) -> None:
    settings = load_settings()
    upgrade(settings.database_url)
    print("the database schema is current")


def _doctor(arguments: argparse.Namespace) -> None:
    settings = load_settings()
    set_up_logging("WARNING")
    sys.exit(0 if examine(settings, to=arguments.to, wait_s=arguments.wait, write=_say) else 1)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
