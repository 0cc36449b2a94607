"""Serves the visitors of all pages: one transaction for each look and for each submission."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from adapters.files.ports import OpenFile
from adapters.files.store import KeptFile
from adapters.inbound import Answer, Inbound, Platform, RequestContent, Sender
from adapters.links import LABEL_MARK, Claim, LinkBroken
from console.page import Body, Deed, Done, PageSpec, Visit
from console.ports import Files, LinkReader, OpenUnitOfWork, PageUnitOfWork
from domain.files.model import File
from domain.kernel.errors import DomainError, NotFound
from domain.kernel.links import LIFETIME, Page
from domain.kernel.races import with_refusal

log = logging.getLogger(__name__)

CHANNEL = "page"
_DONE, _REFUSED = "page.done", "page.refused"
UNUSED_FOR: Final = timedelta(days=7)
"""How long an uploaded photo waits for its submission at least; longer where the link is good for longer, so
that no draft on a phone outlives its photos."""


class Reused(Exception):
    """The same submission key came with other contents."""


class Refused(Exception):
    """Understood, but not possible; `code` and `message` are the refusal's."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


class TakenAway(Exception):
    """The same bytes, which nothing had used, were taken away at this moment; sent again they are kept."""


class NoSuchThing(Exception):
    """The page has nothing of this name."""


class Counter:
    """Reads links, opens transactions and lets pages decide.

    Args:
        pages: every page.
        links: reads signed links.
        files: the kept files.
        now: the clock.
    """

    def __init__(
        self,
        pages: Iterable[PageSpec],
        links: LinkReader,
        open_uow: OpenUnitOfWork,
        files: Files,
        now: Callable[[], datetime],
    ) -> None:
        self._pages = {page.page: page for page in pages}
        self._links = links
        self._open_uow = open_uow
        self._files = files
        self._now = now

    def page(self, token: str) -> PageSpec:
        """Return which page a link opens.

        Raises:
            LinkBroken, LinkExpired: it opens none.
        """
        if token.startswith(LABEL_MARK):
            with self._visit(token):
                return self._pages[Page.REPORT]
        return self._pages[self._links.read(token, self._now()).page]

    def check(self, token: str) -> None:
        """Insist that whoever the link was made for may still open it.

        Raises:
            LinkBroken, LinkExpired: they may not.
        """
        with self._visit(token):
            pass

    def data(self, token: str, wanted: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return what the page shows.

        Args:
            wanted: what of it, where the page has more than one look.

        Raises:
            LinkBroken, LinkExpired: nothing is shown.
            DomainError: the page has nothing to show any more.
        """
        with self._visit(token, wanted=wanted) as (spec, visit):
            return spec.data(visit)

    def do(
        self, token: str, name: str, key: str, body: Mapping[str, Any]
    ) -> tuple[Done, dict[str, Any] | None]:
        """Do one thing once; return what came of it with the page's fresh data.

        Args:
            key: the client's name of this submission: a repeat is answered like the first.

        Raises:
            LinkBroken, LinkExpired, NoSuchThing: there is nothing to do here.
            pydantic.ValidationError: the body is not what it takes.
            Reused: the key belongs to something else.
            Refused: nothing was done.
        """
        spec = self.page(token)
        deed = spec.deeds.get(name)
        if deed is None:
            raise NoSuchThing(name)
        parsed = deed.body.model_validate(body)
        who = hashlib.sha256(token.encode()).hexdigest()[:32]
        inbound = self._inbound(who, name, key, parsed)
        answer = with_refusal(lambda refusal: self._decide(token, deed, parsed, inbound, refusal))
        if answer.view["digest"] != self._digest(inbound):
            raise Reused
        if answer.card == _REFUSED:
            raise Refused(str(answer.view["code"]), str(answer.view["message"]))
        more = answer.view["more"]
        assert isinstance(more, dict)
        return Done(str(answer.view["message"]), more), self._fresh(token)

    def keep(self, token: str, pieces: Iterable[bytes]) -> KeptFile:
        """Keep an uploaded photo; a submission then names it.

        Raises:
            LinkBroken, LinkExpired, NoSuchThing: the page takes none.
            FileTooLarge: the rest was not read.
            TakenAway: it has to be sent again.
        """
        if not self.page(token).takes_files:
            raise NoSuchThing("files")
        kept = self._files.keep(pieces)
        with self._visit(token) as (spec, visit):
            file = File(
                sha256=kept.sha256,
                size=kept.size,
                mime=kept.mime,
                first_seen_at=visit.at,
                expires_at=visit.at + max(UNUSED_FOR, LIFETIME.get(spec.page, UNUSED_FOR)),
            )
            visit.uow.files.remember(file)
            # Now nobody takes it away any more; until now somebody may have.
            if not self._files.has(kept.sha256):
                raise TakenAway
            visit.uow.commit()
        return kept

    def file(self, token: str, sha256: str) -> OpenFile:
        """Return a file that the page shows.

        Raises:
            LinkBroken, LinkExpired, NoSuchThing: it shows none of this name.
            FileAbsent: it is lost.
        """
        with self._visit(token) as (spec, visit):
            if sha256 not in spec.shows(visit):
                raise NoSuchThing(sha256)
        return self._files.open(sha256)

    def document(self, token: str, name: str) -> bytes:
        """Return a document made now.

        Raises:
            LinkBroken, LinkExpired, NoSuchThing: there is none of this name.
            DomainError: it cannot be made yet.
        """
        with self._visit(token) as (spec, visit):
            make = spec.documents.get(name)
            if make is None:
                raise NoSuchThing(name)
            return make(visit)

    @contextmanager
    def _visit(
        self, token: str, key: str = "", wanted: Mapping[str, str] | None = None
    ) -> Iterator[tuple[PageSpec, Visit]]:
        """Open a transaction for whoever the link was made for.

        Raises:
            LinkBroken: also where the person is no longer active or the label was taken back.
        """
        now = self._now()
        signed = None if token.startswith(LABEL_MARK) else self._links.read(token, now)
        with self._open_uow(now=now, channel=CHANNEL, correlation_id=str(uuid4())) as uow:
            claim = signed or self._labelled(token, uow)
            try:
                person = uow.people.get(claim.person_id) if claim.person_id is not None else None
            except NotFound as error:
                raise LinkBroken from error
            if person is not None and not person.active:
                raise LinkBroken
            spec = self._pages[claim.page]
            yield spec, Visit(person, claim.subject_id, now, uow, self._files, key, wanted or {})

    def _labelled(self, token: str, uow: PageUnitOfWork) -> Claim:
        asset_id = uow.assets.of_label(token.removeprefix(LABEL_MARK))
        if asset_id is None:
            raise LinkBroken
        return Claim(Page.REPORT, None, asset_id)

    def _decide(
        self, token: str, deed: Deed, body: Body, inbound: Inbound, refusal: DomainError | None
    ) -> Answer:
        with self._visit(token, f"{CHANNEL}:{inbound.delivery_key}") as (_, visit):
            inbox = visit.uow.inbox
            seq = inbox.admit(inbound, state="done", now=visit.at, correlation_id=inbound.delivery_key)
            if seq is None:
                return inbox.stored_answer(inbound)
            digest = self._digest(inbound)
            if refusal is None:
                done = deed.do(visit, body)
                answer = Answer(
                    card=_DONE, view={"digest": digest, "message": done.message, "more": done.more}
                )
            else:
                log.info("refused on a page: %s", refusal.code)
                view = dict[str, object](digest=digest, code=refusal.code, message=refusal.message)
                answer = Answer(card=_REFUSED, view=view)
            inbox.settle(seq, state="done", answer=answer, refusal=refusal.code if refusal else "")
            visit.uow.commit()
            return answer

    def _fresh(self, token: str) -> dict[str, Any] | None:
        try:
            return self.data(token)
        except (LinkBroken, DomainError):
            return None

    def _inbound(self, who: str, name: str, key: str, body: Body) -> Inbound:
        values = {"deed": name, **body.model_dump(mode="json")}
        digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
        return Inbound(
            channel="page",
            delivery_key=f"{who}:{key}",
            sender=Sender(platform=Platform.PAGE, user_id=who),
            conversation=f"page:{who}",
            sent_at=self._now(),
            content=RequestContent(body=values, digest=digest, nonce=uuid4().hex),
        )

    @staticmethod
    def _digest(inbound: Inbound) -> str:
        assert isinstance(inbound.content, RequestContent)
        return inbound.content.digest
