"""A store with parts in it, the storekeeper in their chat, and what technicians ask it for."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import column, select

from domain.parts.commands import RequestParts, WantedLine
from domain.parts.model.documents import PartsRequest, Transfer
from domain.parts.model.supply import Purchase, StockCount
from domain.parts.places import Tracking
from domain.people.model import Role
from tests.support.actors import Member, User
from tests.support.closing import Staff, by, hire
from tests.support.field import does, order_of, under_way
from tests.support.loop import Loop
from tests.support.parts import assert_books, on_hand, opening, part, store

KEEPER = "孔仓"
T = TypeVar("T")


@dataclass
class Shop:
    """One store on one platform.

    Args:
        keeper: the storekeeper's chat.
        technician: the chat of whoever asks for parts.
        parts: ids by code: `6204` and `6205` are counted, `KB-10` has serials, `MF-3` batches.
    """

    loop: Loop
    platform: str
    keeper: Staff
    technician: Staff
    place: UUID
    parts: dict[str, UUID] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the technician's name."""
        return "李强" if self.platform == "dingtalk" else "孙浩"

    def says(self, text: str, *heard: str) -> str:
        """Let the storekeeper write, and return what they hear."""
        times = len(self.keeper.told(*heard)) + 1
        self.keeper.says(text)
        self.loop.settle()
        return self.keeper.hears(*heard, times=times) if heard else ""

    def sends(self, picture: bytes, *heard: str) -> str:
        """Let the storekeeper send a photo, and return what they hear."""
        times = len(self.keeper.told(*heard)) + 1
        if isinstance(self.keeper, Member):
            self.loop.wecom.member_sends_image(self.keeper.userid, picture)
        else:
            self.loop.dingtalk.user_sends_picture(self.keeper.userid, picture)
        self.loop.settle()
        return self.keeper.hears(*heard, times=times) if heard else ""

    def presses(self, label: str, *words: str) -> None:
        """Let the storekeeper press a button on a card."""
        self.keeper.card(label, *words)
        self.keeper.presses(label)
        self.loop.settle()

    def requested(self, **quantities: int) -> str:
        """Let the technician ask for parts for a job, and return the request's number."""
        customer, who = "lin", "li" if self.platform == "dingtalk" else "sun"
        number = under_way(self.loop, who, customer)
        wanted = tuple(
            WantedLine(part_id=self.parts[code.replace("_", "-").lstrip("-")], quantity=Decimal(quantity))
            for code, quantity in quantities.items()
        )
        does(
            self.loop,
            RequestParts(
                request_id=uuid4(),
                work_order_id=order_of(self.loop, number).id,
                lines=wanted,
                **by(self.loop, self.name),
            ),
        )
        self.loop.settle()
        return self.all_of(PartsRequest)[-1].number

    def stands(self, code: str) -> str:
        """Return how many of a part are in the store."""
        quantity, _, _ = on_hand(self.loop.database, self.parts[code], self.place)
        return f"{quantity.normalize():f}"

    def transfers(self) -> list[Transfer]:
        """Return every hand-over, oldest first."""
        return self.all_of(Transfer)

    def purchases(self) -> list[Purchase]:
        """Return every purchase, oldest first."""
        return self.all_of(Purchase)

    def counts(self) -> list[StockCount]:
        """Return every count, oldest first."""
        with self.loop.database.read() as session:
            return list(session.execute(select(StockCount).order_by(StockCount.started_at)).scalars())

    def all_of(self, table: type[T]) -> list[T]:
        """Return every row of a table, oldest first."""
        with self.loop.database.read() as session:
            return list(session.scalars(select(table).order_by(column("created_at"))).all())

    def books_are_right(self) -> None:
        """Assert that the books of all places agree."""
        assert_books(self.loop.database)


def shop(loop: Loop, platform: str) -> Shop:
    """Open a store with ten of everything that is counted, and two control boards."""
    keeper = hire(loop, KEEPER, Role.STOREKEEPER, platform)
    technician: User | Member = loop.li if platform == "dingtalk" else loop.sun
    place = store(loop.database, keeper_id=loop.person(KEEPER).id)
    made = Shop(loop, platform, keeper, technician, place)
    made.parts = {
        "6204": part(loop.database, "6204", "轴承 6204", barcode="6901234567892", price_fen=1500),
        "6205": part(loop.database, "6205", "轴承 6205", price_fen=1800),
        "KB-10": part(loop.database, "KB-10", "控制板", tracking=Tracking.SERIAL, price_fen=20000),
        "MF-3": part(loop.database, "MF-3", "密封圈", tracking=Tracking.BATCH, price_fen=200),
    }
    opening(loop.database, made.parts["6204"], place, 10, 15000)
    opening(loop.database, made.parts["6205"], place, 10, 18000)
    opening(loop.database, made.parts["KB-10"], place, 1, 20000, lot="SN001")
    opening(loop.database, made.parts["KB-10"], place, 1, 20000, lot="SN002")
    opening(loop.database, made.parts["MF-3"], place, 10, 2000, lot="B1")
    return made
