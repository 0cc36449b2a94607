"""What every `fixloop process` command begins with: the database, a file or a name, and who asks."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.storage.checks import Checks
from adapters.storage.engine import Database
from bootstrap.process_files import SYSTEM, ProcessFileRefused, read_file
from bootstrap.process_words import WrongData
from bootstrap.serving import check_schema
from bootstrap.settings import load_settings
from domain.approval.errors import VersionNotFound
from domain.approval.ports import PublishedProcess
from domain.engine.process import Definition
from domain.kernel.errors import DomainError
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_publish import read_faultless
from domain.policies.process_reading import with_ids

Action = Callable[[argparse.Namespace], None]
ENDINGS = (".yaml", ".yml", ".json")


def answering(action: Action) -> Action:
    """Return an action that ends with the words of whatever refuses it."""

    def run(arguments: argparse.Namespace) -> None:
        try:
            action(arguments)
        except DomainError as refusal:
            sys.exit(refusal.message)
        except (ProcessFileRefused, WrongData) as refusal:
            sys.exit(str(refusal))

    return run


@contextmanager
def opened() -> Iterator[Database]:
    """Open the database of the settings, and close it."""
    settings = load_settings()
    check_schema(settings)
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        database.close()


def file_or_name(text: str) -> Path | None:
    """Return the file that is meant, or None where it is a name."""
    file = Path(text)
    return file if file.suffix in ENDINGS or "/" in text or file.is_file() else None


def read_checked(file: Path, uow: EveryUnitOfWork) -> Definition:
    """Return the definition of a file, ready to be run.

    Raises:
        ProcessFileRefused: it cannot be read.
        DefinitionWrong: it could not be published.
    """
    return with_ids(read_faultless(read_file(file), uow), uow)


def published_named(name: str, uow: EveryUnitOfWork) -> PublishedProcess:
    """Return the version of a process that counts now.

    Raises:
        WrongData: nothing of this name was ever published.
    """
    found = uow.processes.current(name)
    if found is None:
        known = "、".join(uow.processes.names()) or "暂无"
        raise WrongData(f"没有“{name}”这个流程，已发布的有：{known}；用 fixloop process list 查看")
    return found


def version_of(name: str, number: int | None, uow: EveryUnitOfWork) -> PublishedProcess:
    """Return one version of a process, the newest where no number is said.

    Raises:
        VersionNotFound: there is no such version.
    """
    newest = published_named(name, uow)
    if number is None:
        return newest
    found = uow.processes.version(name, number) if 0 < number <= newest.version else None
    if found is None:
        raise VersionNotFound(name=name, version=number, newest=newest.version)
    return found


def actor(database: Database, name: str) -> str:
    """Return who acts: the one active person of this name, else the system."""
    return person_named(database, name) if name else SYSTEM


def person_named(database: Database, name: str) -> str:
    """Return the id of the one active person of a name.

    Raises:
        WrongData: there is none, or more than one.
    """
    found = Checks(database).person_named(name)
    if found is None:
        raise WrongData(f"没有唯一一位叫“{name}”的在职人员，请核对姓名")
    return str(found)
