"""How long a document takes to draw, and how large it becomes."""

import statistics
import time
from collections.abc import Callable
from functools import partial

from adapters.documents import pictures
from adapters.documents.fonts import coverage
from adapters.documents.labels import render_labels
from adapters.documents.render import render_report, render_settlement
from domain.policies.documents import AssetLabel, Photo, ServiceReportDocument
from tests.support.documents import AT, CHARGES, URL, photo, report, settlement


def measure(rounds: int = 21) -> None:
    """Print the figures; processor time too, because the wall clock sees what else runs."""
    start = time.perf_counter()
    coverage()
    print("\n== Documents, median of", rounds)
    print(f"   font, once in a process       {(time.perf_counter() - start) * 1000:8.0f} ms")
    sent = {"2": _photos(1600), "12": _photos(4032)}
    kept = {name: tuple(map(_small, found)) for name, found in sent.items()}
    labels = [AssetLabel(url=f"{URL}{no}", name="3 号数控车床", serial=f"SN-{no:05}") for no in range(24)]
    unsigned = report(signature=None)
    long = settlement(charges=CHARGES * 50)
    _print("report without pictures", rounds, lambda: render_report(unsigned, url=URL))
    _print("report, signed", rounds, lambda: render_report(report(), url=URL))
    for name, found in kept.items():
        view = _with(found)
        _print(f"report, 4 photos of {name} million", rounds, partial(render_report, view, url=URL))
    _print("making 4 of 2 million small", rounds, lambda: b"".join(map(_small, sent["2"])))
    _print("making 4 of 12 million small", rounds, lambda: b"".join(map(_small, sent["12"])))
    _print("settlement, 4 lines", rounds, lambda: render_settlement(settlement(), url=URL))
    _print("settlement, 200 lines", rounds, lambda: render_settlement(long, url=URL))
    _print("sheet of 24 labels", rounds, lambda: render_labels(labels))


def _photos(width: int) -> tuple[bytes, ...]:
    """Return four that differ: a document holds the same picture once."""
    return tuple(photo(width - 4 * no, width * 3 // 4 - 3 * no) for no in range(4))


def _small(data: bytes) -> bytes:
    return pictures.small(data) or b""


def _with(photos: tuple[bytes, ...]) -> ServiceReportDocument:
    """Return a report as the product prints it: with the small ones, which are made when a photo comes in."""
    return report(photos=tuple(Photo(data=one, caption="照片", taken_at=AT) for one in photos))


def _print(name: str, rounds: int, draw: Callable[[], bytes]) -> None:
    size = len(draw())
    taken, worked = [], []
    for _ in range(rounds):
        start, processor = time.perf_counter(), time.process_time()
        draw()
        taken.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - processor) * 1000)
    print(
        f"   {name:<30}{statistics.median(taken):8.0f} ms   processor {statistics.median(worked):6.0f} ms"
        f"   {size / 1024:7.0f} KB"
    )
