"""A job under way with a stocked store behind it: who asks for parts, who keeps them, who approves."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bootstrap.process_files import SHIPPED, publish, read_file
from domain.parts.places import Tracking
from domain.people.model import Role
from domain.workorder.field_commands import ArriveOnSite, DepartForSite, StartWork
from tests.support import parts
from tests.support.closing import Ending, Staff, begin, by, decide, hire
from tests.support.loop import Loop

BEARING, BIG_BEARING, BOARD, SEAL = "6204", "6305", "KB-10", "MF-3"
PRICE_FEN = 3_350
ON_HAND = 20


@dataclass
class Stocked:
    """One job of a technician, a store, its keeper, a colleague, and a manager who approves.

    Args:
        ending: the job with its customer.
        technician, colleague: both have a chat on this platform.
    """

    loop: Loop
    ending: Ending
    technician: Staff
    colleague: Staff
    keeper: Staff
    manager: Staff
    name: str

    @property
    def number(self) -> str:
        """Return the job's number."""
        return self.ending.number

    @property
    def van(self) -> UUID:
        """Return the technician's van."""
        return self.van_of(self.name)

    def van_of(self, name: str) -> UUID:
        """Return somebody's van."""
        with self.loop.product.open_uow(now=self.loop.clock.now(), channel="test", correlation_id="c") as uow:
            van = uow.parts.van_of(self.loop.person(name).id)
            assert van is not None
            return van.id

    def says(self, who: Staff, text: str) -> None:
        """Let somebody write, and wait until everything that follows has happened."""
        who.says(text)
        self.loop.settle()

    def presses(self, who: Staff, label: str, *words: str) -> None:
        """Let somebody press the newest card with this button, and wait as well."""
        who.card(label, *words)
        who.presses(label)
        self.loop.settle()

    def at(self, place: UUID, code: str = BEARING) -> Any:
        """Return how many of a part are at a place."""
        return parts.on_hand(self.loop.database, parts.part_id(code), place)[0]

    def starts_work(self) -> None:
        """Let the technician be at work on site."""
        for step in (DepartForSite, ArriveOnSite, StartWork):
            self.loop.advance(60)
            decide(self.loop, step(work_order_id=self.ending.order_id, **by(self.loop, self.name)))
        self.loop.settle()


STORE = parts.place_id("CK")


def stocked(loop: Loop, platform: str, *, approval: bool = False) -> Stocked:
    """Return a job that a technician accepted, with parts in the store.

    Args:
        approval: the shipped process decides on requests.
    """
    for name in ("parts_request",) if approval else ():
        publish(loop.database, read_file(SHIPPED / f"{name}.yaml"), 0, "", loop.clock.now())
    ending = begin(loop, "kf", platform)
    keeper = hire(loop, "赵仓", Role.STOREKEEPER, platform)
    manager = hire(loop, "王经理", Role.MANAGER, platform, "boss")
    colleague = hire(loop, "王海涛", Role.TECHNICIAN, platform)
    stock_up(loop, loop.person("赵仓").id)
    name = "李强" if platform == "dingtalk" else "孙浩"
    return Stocked(loop, ending, ending.technician, colleague, keeper, manager, name)


def stock_up(loop: Loop, keeper_id: UUID) -> None:
    """Fill a store: bearings of two kinds, a board with serials, a seal."""
    database = loop.database
    store = parts.store(database, "CK", "中心仓", keeper_id)
    bearing = parts.part(database, BEARING, "轴承 6204", spec="20x47x14", price_fen=PRICE_FEN)
    parts.part(database, BIG_BEARING, "轴承 6305", spec="25x62x17", price_fen=5_000)
    board = parts.part(database, BOARD, "控制板", tracking=Tracking.SERIAL, price_fen=80_000, return_old=True)
    seal = parts.part(database, SEAL, "密封圈", price_fen=120)
    parts.opening(database, bearing, store, ON_HAND, ON_HAND * PRICE_FEN + 7)
    parts.opening(database, parts.part_id(BIG_BEARING), store, 4, 20_000)
    for serial in ("SN100", "SN101"):
        parts.opening(database, board, store, 1, 80_000, lot=serial)
    parts.opening(database, seal, store, 3, 360)
