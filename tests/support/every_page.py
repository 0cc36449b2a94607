"""One opened page of every kind in the catalogue, for what has to hold on all of them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from adapters.documents.render import render_report, render_settlement
from bootstrap.wiring import understander
from console.catalog import every_page
from console.page import PageSpec
from console.pages.document import Papers
from domain.kernel.links import Page
from domain.people.model import Role
from domain.registry import make_bus
from tests.support.closing import begin, hire
from tests.support.customer_pages import acceptance, scanned, visitor
from tests.support.job_page import begin as job_begins
from tests.support.job_page import job_page
from tests.support.joint import joint_request, tasks_of
from tests.support.loop import Loop
from tests.support.pages import PageVisitor
from tests.support.stores import KEEPER, shop


def _link(loop: Loop, page: Page, name: str, subject_id: UUID) -> PageVisitor:
    return PageVisitor(loop.product.links.to(page, loop.person(name).id, subject_id, loop.clock.now()))


def _status(loop: Loop) -> PageVisitor:
    loop.lin.reports("二号库的冷机不制冷了")
    return visitor(loop, Page.STATUS, "林涛", loop.only_order().id)


def _acceptance(loop: Loop) -> PageVisitor:
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    return acceptance(ending)


def _document(loop: Loop) -> PageVisitor:
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    return visitor(loop, Page.DOCUMENT, "陈静", ending.order_id)


def _job(loop: Loop) -> PageVisitor:
    return job_page(loop, job_begins(loop))


def _task(loop: Loop) -> PageVisitor:
    hire(loop, "王经理", Role.MANAGER, "dingtalk", "boss")
    joint_request(loop, "all")
    mine = next(one for one in tasks_of(loop) if one.assignee_id == loop.person("王经理").id)
    return _link(loop, Page.TASK, "王经理", mine.id)


def _store(loop: Loop) -> PageVisitor:
    store = shop(loop, "dingtalk")
    store.requested(_6204=2, KB_10=1)
    return _link(loop, Page.STORE, KEEPER, store.place)


def _board(loop: Loop) -> PageVisitor:
    loop.chen.reports("二号库的冷机不制冷了")
    loop.settle()
    return _link(loop, Page.BOARD, "赵敏", loop.person("赵敏").id)


OPENED: Final[Mapping[Page, Callable[[Loop], PageVisitor]]] = {
    Page.STATUS: _status,
    Page.ACCEPTANCE: _acceptance,
    Page.REPORT: scanned,
    Page.DOCUMENT: _document,
    Page.JOB: _job,
    Page.TASK: _task,
    Page.STORE: _store,
    Page.BOARD: _board,
}
"""How each page is opened with something on it."""


def catalogue(loop: Loop) -> dict[Page, PageSpec]:
    """Return every page of the catalogue."""
    papers = Papers(loop.product.settings.company(), render_report, render_settlement)
    pages = every_page(make_bus(), understander(), loop.product.limits, papers, 600)
    return {page.page: page for page in pages}


def texts_of(schema: Mapping[str, Any], text: str) -> Iterator[tuple[str, Any]]:
    """Give every text in the JSON of a submission once: where it stands, and a body that is only this text.

    Args:
        schema: the JSON schema of the submission.
    """
    yield from _texts(schema, schema.get("$defs", {}), text)


def _texts(schema: Mapping[str, Any], defs: Mapping[str, Any], text: str) -> Iterator[tuple[str, Any]]:
    if "$ref" in schema:
        yield from _texts(defs[schema["$ref"].rpartition("/")[2]], defs, text)
    for choice in schema.get("anyOf", ()):
        yield from _texts(choice, defs, text)
    if schema.get("type") == "string":
        yield "", text
    for name, inner in schema.get("properties", {}).items():
        yield from ((f".{name}{path}", {name: body}) for path, body in _texts(inner, defs, text))
    if isinstance(more := schema.get("additionalProperties"), dict):
        yield from ((f".key{path}", {"key": body}) for path, body in _texts(more, defs, text))
    if isinstance(one := schema.get("items"), dict):
        yield from ((f".0{path}", [body]) for path, body in _texts(one, defs, text))
