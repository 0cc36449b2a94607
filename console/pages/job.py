"""The technician's page of one job: what to know, the steps, parts, the report; also without a network."""

from console.page import PageSpec
from console.pages import job_pack, job_parts, job_report, job_sign, job_steps
from domain.kernel.bus import Bus
from domain.kernel.links import Page


def page(bus: Bus) -> PageSpec:
    """Return the page."""
    return PageSpec(
        page=Page.JOB,
        title="作业页",
        data=job_pack.data,
        deeds={
            **job_steps.deeds(bus),
            **job_parts.deeds(bus),
            **job_report.deeds(bus),
            **job_sign.deeds(bus),
        },
        shows=job_pack.shows,
        takes_files=True,
    )
