"""A real database with the usual people in it, and ways to look at it from outside."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import text

from adapters.delivery.store import Attempt, Desk
from adapters.storage.engine import Database
from adapters.storage.uow import SqlUnitOfWork
from domain.kernel.messages import Command
from domain.registry import make_bus
from tests.support.builders import AT, asset, customer, everybody

DESKS = (Desk("dingtalk_group:cid1", changes_cards=True), Desk("wecom_webhook:", changes_cards=False))
T = TypeVar("T")


@contextmanager
def opened(url: str, *, with_people: bool = True) -> Iterator[Database]:
    """Open a migrated database, put in the customer, the asset and the five people, and close it."""
    database = Database(url)
    try:
        if with_people:
            with database.write() as session, session.begin():
                session.add(customer())
                session.flush()
                session.add(asset())
                session.add_all(everybody())
        yield database
    finally:
        database.close()


def transaction(database: Database, now: datetime = AT) -> SqlUnitOfWork:
    """Return a transaction that is undone unless it commits."""
    return SqlUnitOfWork(database, desks=DESKS, now=now, channel="test", correlation_id="c-1")


def decided(database: Database, *commands: Command) -> None:
    """Decide commands, each in a transaction of its own."""
    for command in commands:
        with transaction(database, command.issued_at) as uow:
            make_bus().handle(command, uow)
            uow.commit()


def rows(database: Database, query: str, **values: object) -> Sequence[Any]:
    """Return what a query finds."""
    with database.read() as session:
        return session.execute(text(query), values).all()


def one(database: Database, query: str, **values: object) -> Any:
    """Return the only value of the only row."""
    ((value,),) = rows(database, query, **values)
    return value


def at_once(times: int, work: Callable[[int], T]) -> list[T]:
    """Run the work in so many threads that begin together, and return what each returned."""
    begin = threading.Barrier(times)

    def run(number: int) -> T:
        begin.wait(timeout=10)
        return work(number)

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(run, range(times), timeout=60))


def attempt(rung: str = "dingtalk.text", code: str = "", at: datetime = AT) -> Attempt:
    """Return one try on a rung."""
    return Attempt(rung, "dingtalk_user:li", at, code)
