"""A technician's page of a job that is under way."""

from typing import Any

from domain.kernel.links import Page
from domain.workorder.model import WorkOrder
from tests.support.field import IN_PROGRESS, order_of, under_way
from tests.support.loop import Loop
from tests.support.pages import PageVisitor

LI, WANG = "李强", "王芳"
REPORT = {"cause": "启动电容击穿", "remedy": "更换启动电容，试机正常", "hours": "1.5"}


def begin(loop: Loop, far: int = IN_PROGRESS, **facts: Any) -> WorkOrder:
    """Bring a work order of Li's so far, and return it."""
    return order_of(loop, under_way(loop, far=far, **facts))


def job_page(loop: Loop, order: WorkOrder, name: str = LI) -> PageVisitor:
    """Return the page as somebody's link opens it."""
    person = loop.person(name)
    return PageVisitor(loop.product.links.to(Page.JOB, person.id, order.id, loop.clock.now()))
