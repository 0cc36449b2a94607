"""What a page is: what it shows to whom, and what can be done on it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from console.ports import Files, PageUnitOfWork
from domain.kernel.links import Page
from domain.kernel.messages import Cause
from domain.people.model import Person


@dataclass(frozen=True)
class Visit:
    """Somebody on a page, in one transaction.

    Args:
        person: whom the link was made for, active; None for whoever scanned the code on a machine.
        subject_id: what the page is about.
        at: the moment.
        key: the name of this submission, unique over all; empty for a look.
        files: the kept files, to be read.
        wanted: what of the page is looked at, e.g. a filter; anybody may write anything into it.
    """

    person: Person | None
    subject_id: UUID
    at: datetime
    uow: PageUnitOfWork
    files: Files
    key: str = ""
    wanted: Mapping[str, str] = field(default_factory=dict)

    @property
    def actor(self) -> Person:
        """Return whom the link was made for, on pages that nobody opens otherwise."""
        assert self.person is not None, "this page is opened by a signed link only"
        return self.person

    def cause(self, actor_id: object = None) -> Cause:
        """Return the fields of every command this submission leads to."""
        actor = actor_id or self.actor.id
        return Cause(actor_id=str(actor), issued_at=self.at, idempotency_key=self.key)


class Body(BaseModel):
    """What a submission carries; a field it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


@dataclass(frozen=True)
class Done:
    """What a submission led to.

    Args:
        message: what happened and what comes next, in Chinese.
        more: facts that the page needs besides its fresh data, as JSON values.
    """

    message: str
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Deed:
    """One thing that can be done on a page.

    Args:
        body: what it needs.
        do: decides it; raises a `DomainError` where it is refused, and nothing happens then.
    """

    body: type[Body]
    do: Callable[[Visit, Any], Done]


@dataclass(frozen=True)
class PageSpec:
    """One page.

    Args:
        title: of the browser's window.
        data: what it shows, as JSON values; nothing that the visitor may not see is in there.
        deeds: what can be done, by name.
        shows: the sha256 names of the files that it shows.
        documents: what can be downloaded, by file name.
        takes_files: photos may be uploaded.
    """

    page: Page
    title: str
    data: Callable[[Visit], dict[str, Any]]
    deeds: Mapping[str, Deed] = field(default_factory=dict)
    shows: Callable[[Visit], Collection[str]] = lambda _visit: ()
    documents: Mapping[str, Callable[[Visit], bytes]] = field(default_factory=dict)
    takes_files: bool = False
