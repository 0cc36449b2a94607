"""The power fails between any two steps of a hand-over: no piece is lost, and nothing happens twice."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select, update

from domain.parts.model.documents import Transfer
from domain.parts.places import TRANSIT_ID
from domain.policies.parts_places import van_for, van_id
from tests.support import parts
from tests.support.builders import LI, WANG
from tests.support.databases import migrated_sqlite
from tests.support.launching import Zygote
from tests.support.night import Night
from tests.support.stock_books import insist
from tests.support.stockroom import BEARING, furnish
from tests.support.storage import transaction

pytestmark = pytest.mark.processes

WANG_CHAT, LI_CHAT = "user:wang", "user:li"
HELD = 12
SPREAD = {"before": 2, "after": 2, "sent": 1}
"""Of so many commits or messages of each step in turn one is the last thing the process does."""


@dataclass(frozen=True)
class Step:
    """What somebody does, and which event has happened so many times when it is done.

    Args:
        who: who does it; nobody where the clock does.
        word: said once; a platform delivers again what nobody took.
        press: pressed for as long as nothing happens.
        moved: how many of the bearings Li, Wang and nobody yet have then.
        quiet: the power does not fail in it.
    """

    event: str
    times: int
    moved: tuple[int, int, int]
    who: str = ""
    word: str = ""
    press: str = ""
    quiet: bool = False


OFFER = "转配件 王芳 6204 ×3"
STEPS = (
    Step("PartsOffered", 1, (9, 0, 3), "li", word=OFFER),
    Step("PartsTaken", 1, (9, 3, 0), "wang", press="收下"),
    Step("PartsOffered", 2, (6, 3, 3), "li", word=OFFER),
    Step("PartsSentBack", 1, (9, 3, 0), "wang", press="拒收"),
    Step("PartsOffered", 3, (6, 3, 3), "li", word=OFFER, quiet=True),
    Step("PartsSentBack", 2, (9, 3, 0), "li", press="撤回"),
    Step("PartsOffered", 4, (6, 3, 3), "li", word=OFFER, quiet=True),
    Step("PartsSentBack", 3, (9, 3, 0)),
)
CUTS = sum(not step.quiet for step in STEPS) - 1
"""A step with few commits may pass its crash on to the next."""
ENDS = ["expired", "recalled", "refused", "taken"]


class HandOvers(Night):
    """Li hands over to Wang, again and again, and the power fails in every step."""

    def __init__(self, folder: Path, url: str, zygote: Zygote, moment: str) -> None:
        self._moment = moment
        self._failing = 0
        super().__init__(folder, url, zygote, self._next_crash())
        furnish(self.database, processes=(), jobs=())
        with transaction(self.database) as uow:
            van_for(uow.people.get(LI), uow)
            uow.commit()
        parts.opening(self.database, BEARING, van_id(LI), HELD, 15_007)

    def play_all(self) -> None:
        """Do every step, and look at the stock after each."""
        self._power_on()
        for step in STEPS:
            self.until(self.is_quiet, "quiet")
            if not step.quiet:
                assert self._zygote.newest is not None
                self._zygote.newest.arm()
            self._begin(step)
            self.until(partial(self._is_done, step), f"{step.event} × {step.times}")
            self.until(self.is_quiet, "quiet")
            assert self.held() == step.moved, step
            insist(self.database)

    def held(self) -> tuple[int, ...]:
        """Return how many Li and Wang have, and how many are on their way."""
        places = (van_id(LI), van_id(WANG), TRANSIT_ID)
        return tuple(int(parts.on_hand(self.database, BEARING, place)[0]) for place in places)

    def ends(self) -> list[str]:
        """Return how every hand-over ended."""
        with self.database.read() as session:
            return sorted(session.execute(select(Transfer.state)).scalars())

    def _next_crash(self) -> str:
        self._failing += 1
        return f"armed:{self._moment}:{1 + self._failing % SPREAD[self._moment]}"

    def _begin(self, step: Step) -> None:
        if step.word:
            self.stage.dingtalk.user_says(step.who, step.word)
        elif not step.press:
            with self.database.write() as session, session.begin():
                ended = datetime.now(UTC) - timedelta(seconds=1)
                session.execute(update(Transfer).where(Transfer.state == "offered").values(next_due_at=ended))

    def _is_done(self, step: Step) -> bool:
        if self.events(step.event) < step.times and step.press:
            self.now_and_then(lambda: self.stage.dingtalk.user_presses(step.who, step.press))
        return self.events(step.event) >= step.times


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    launcher = Zygote()
    yield launcher
    launcher.close()


@pytest.mark.parametrize("moment", list(SPREAD))
def test_a_power_cut_in_any_step_of_a_hand_over_loses_and_doubles_no_piece(tmp_path, zygote, moment):
    url = migrated_sqlite(Path(os.environ["FIXLOOP_TEST_RUN_DIRECTORY"]), tmp_path / "parts.db")
    night = HandOvers(tmp_path, url, zygote, moment)

    try:
        night.play_all()

        assert night.losses >= CUTS
        assert night.ends() == ENDS
        for step in STEPS:
            assert night.events(step.event) == max(one.times for one in STEPS if one.event == step.event)
        for chat, words in ((WANG_CHAT, "收下"), (LI_CHAT, "撤回")):
            shown = night.stage.dingtalk.chat(chat)
            assert [one.text for one in shown if words in one.buttons] == []
        assert len(night.told(WANG_CHAT)) >= len(ENDS)
    finally:
        night.close()
