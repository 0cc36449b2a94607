"""The pages of one process, made of the settings and its other parts."""

from collections.abc import Callable, Mapping
from datetime import datetime

from adapters.documents.fonts import coverage
from adapters.documents.render import render_report, render_settlement
from adapters.files.photos import PhotoStore
from adapters.links import SignedLinks
from adapters.rate_limit import RateLimit
from bootstrap.opening import OpenUow
from bootstrap.settings import Settings
from console.catalog import every_page
from console.counter import Counter
from console.pages.document import Papers
from console.ports import PageSdk
from console.sdk import PageSdks
from console.web import PageAddresses
from domain.intake.commands import Limits
from domain.intake.understanding import Understander
from domain.registry import make_bus


def page_addresses(
    settings: Settings,
    links: SignedLinks,
    open_uow: OpenUow,
    files: PhotoStore,
    understander: Understander,
    limits: Limits,
    sdks: Mapping[str, PageSdk],
    now: Callable[[], datetime],
) -> PageAddresses:
    """Return what answers browsers."""
    # Half a second that whoever opens the first document need not wait.
    coverage()
    papers = Papers(settings.company(), render_report, render_settlement)
    pages = every_page(make_bus(), understander, limits, papers, settings.offer_timeout_s)
    counter = Counter(pages, links, open_uow, files, now)
    home_url = settings.public_url
    return PageAddresses(counter, RateLimit(now), PageSdks(home_url, sdks), home_url)
