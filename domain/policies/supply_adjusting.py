"""Corrections of the books, and pieces that are thrown away.

Source: docs/reference/spare-parts.md, rule PA-2
"""

from domain.parts.commands import PartLine
from domain.parts.errors import QuantityWrong
from domain.parts.ledger import average_fen, value_of
from domain.parts.moving import Why, move
from domain.parts.places import DIFFERENCE_ID, SCRAP_ID, Reason
from domain.parts.supply_commands import AdjustStock, ScrapParts
from domain.parts.wording import part_name
from domain.policies.ports import EveryUnitOfWork
from domain.policies.supply_people import inside, insist_keeper


def adjust_stock(cmd: AdjustStock, uow: EveryUnitOfWork) -> None:
    """Correct the books by so many; what is added costs what is there costs, else the catalogue's price.

    Raises:
        QuantityWrong: it is nothing, or not a whole number of what is counted in whole units.
        NotEnough, LotNeeded, LotNotHere, PieceExists: it cannot be so.
    """
    part, place = uow.parts.get(cmd.part_id), inside(cmd.place_id, uow)
    if not cmd.quantity:
        raise QuantityWrong(name=part_name(part), quantity="0", why="要写增加或减少多少")
    why = Why(reason=Reason.ADJUST, actor_id=cmd.actor_id, at=cmd.issued_at, note=cmd.reason)
    line = PartLine(part_id=part.id, quantity=abs(cmd.quantity), lot=cmd.lot)
    if cmd.quantity < 0:
        move(line, place.id, DIFFERENCE_ID, why, uow)
        return
    balance = uow.stock.balance(part.id, place.id)
    price = average_fen(balance.quantity, balance.value_fen) if balance.quantity else part.price_fen
    move(line, DIFFERENCE_ID, place.id, why, uow, value_fen=value_of(line.quantity, price))


def scrap_parts(cmd: ScrapParts, uow: EveryUnitOfWork) -> None:
    """Throw pieces away.

    Raises:
        NotKeeper: somebody else keeps the place.
        NotEnough, QuantityWrong, LotNeeded, LotNotHere: it cannot be so.
    """
    place = inside(cmd.place_id, uow)
    insist_keeper(place, cmd.actor_id, uow)
    why = Why(reason=Reason.SCRAP, actor_id=cmd.actor_id, at=cmd.issued_at, note=cmd.reason)
    move(PartLine(part_id=cmd.part_id, quantity=cmd.quantity, lot=cmd.lot), place.id, SCRAP_ID, why, uow)
