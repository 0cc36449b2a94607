"""Every page there is."""

from console.page import PageSpec
from console.pages import acceptance, board, document, job, report, status, store, task
from domain.intake.commands import Limits
from domain.intake.understanding import Understander
from domain.kernel.bus import Bus


def every_page(
    bus: Bus, understander: Understander, limits: Limits, papers: document.Papers, offer_timeout_s: int
) -> tuple[PageSpec, ...]:
    """Return every page; each kind of link opens exactly one.

    Args:
        understander: reads what somebody reports in their own words.
        limits: how intake is set.
        papers: makes the documents.
        offer_timeout_s: how long a technician has for an answer to an offer.
    """
    return (
        status.page(bus),
        acceptance.page(bus),
        report.page(bus, understander, limits),
        document.page(papers),
        job.page(bus),
        task.page(bus),
        store.page(bus),
        board.page(bus, offer_timeout_s),
    )
