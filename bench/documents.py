"""How long a document takes to draw, and how large it becomes."""

import statistics
import time
from collections.abc import Callable

from adapters.documents.fonts import coverage
from adapters.documents.labels import render_labels
from adapters.documents.render import render_report, render_settlement
from domain.policies.documents import AssetLabel
from tests.support.documents import CHARGES, URL, photo, report, settlement, with_photos


def measure(rounds: int = 21) -> None:
    """Print the figures; processor time too, because the wall clock sees what else runs."""
    start = time.perf_counter()
    coverage()
    print("\n== Documents, median of", rounds)
    print(f"   font, once in a process       {(time.perf_counter() - start) * 1000:8.0f} ms")
    small, large = photo(1600, 1200), photo(4032, 3024)
    labels = [AssetLabel(url=f"{URL}{no}", name="3 号数控车床", serial=f"SN-{no:05}") for no in range(24)]
    unsigned = report(signature=None)
    long = settlement(charges=CHARGES * 50)
    _print("report without pictures", rounds, lambda: render_report(unsigned, url=URL))
    _print("report, signed", rounds, lambda: render_report(report(), url=URL))
    _print("report, 4 photos of 2 million", rounds, lambda: render_report(with_photos(4, small), url=URL))
    _print("report, 4 photos of 12 million", rounds, lambda: render_report(with_photos(4, large), url=URL))
    _print("settlement, 4 lines", rounds, lambda: render_settlement(settlement(), url=URL))
    _print("settlement, 200 lines", rounds, lambda: render_settlement(long, url=URL))
    _print("sheet of 24 labels", rounds, lambda: render_labels(labels))


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
