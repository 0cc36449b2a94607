"""Questions about parts that every member of staff may ask."""

from dataclasses import replace

from bot.part_finding import spellings
from bot.part_words import read_parts
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say, show
from bot.stock_cards import open_hand_over
from bot.stock_handing import kept_places
from bot.stock_meaning import chosen, parts_meant
from bot.stock_words import StockDeed, StockWords, asked_about
from cards.text_parts import LOT_UNKNOWN, NOT_NUMBERED, STOCK_OF_WHAT, WHO_HAS_WHAT
from domain.access.rights import Verb, may
from domain.parts.errors import PartUnknown
from domain.people.model import BOARD_ROLES, Person
from domain.policies.board import field_board
from domain.policies.stock_lists import low_list, old_list, parts_request_list, transit_list
from domain.policies.stock_views import holder_view, piece_view, stock_view

PARTS_SHOWN = 3
"""Parts of one question that are answered with a card each."""
_ON_FIELD_BOARD = "在途"
"""Said by who sends technicians out, it asks who is on the road."""


def stock(said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
    """Show where a part is: `库存 6204`."""
    rest = asked_about(words.rest)
    if not rest:
        return say(uow, said, STOCK_OF_WHAT.format(word=words.word))
    meant = parts_meant(said, replace(words, rest=rest), uow)
    if isinstance(meant, Outcome):
        return meant
    chosen(said, uow)
    for no, one in enumerate(meant[:PARTS_SHOWN]):
        view = stock_view(one.part, person, uow).model_dump(mode="json")
        show(uow, said, "stock", view, step=f"reply{no}" if no else "reply")
    return DONE


def holder(said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
    """Show what somebody answers for: `我的车`."""
    return show(uow, said, "holder", holder_view(person, uow).model_dump(mode="json"), privately=True)


def who(said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
    """Show who has a piece, or a part: `谁拿着 SN12345`, `谁有 6204`."""
    rest = asked_about(words.rest)
    if not rest:
        return say(uow, said, WHO_HAS_WHAT.format(word=words.word))
    pieces = read_parts(rest)
    lots = [*(pieces[0].lots if pieces else ()), rest]
    for lot in (spelled for one in lots for spelled in spellings(one)):
        if (view := piece_view(lot, uow)) is not None:
            return show(uow, said, "piece", view.model_dump(mode="json"))
    try:
        return stock(said, words, person, uow)
    except PartUnknown:
        if pieces and pieces[0].lots:
            return say(uow, said, LOT_UNKNOWN.format(lot=pieces[0].lots[0]))
        raise


def transit(said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
    """Show what is on its way; who sends technicians out sees these first on 在途."""
    boards = bool(person.roles & BOARD_ROLES)
    if boards and words.word == _ON_FIELD_BOARD:
        show(uow, said, "field_board", field_board(said.at, uow).model_dump(mode="json"))
    view = transit_list(person, None if boards else kept_places(person, uow), uow)
    return show(uow, said, "documents", view.model_dump(mode="json"))


def low(said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
    """Show what runs low: `低库存`."""
    return show(uow, said, "low_stock", low_list(uow).model_dump(mode="json"))


def old(said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
    """Show the old parts that have to come back: a technician's own, or everybody's to who takes them."""
    everybody = may(person.roles, Verb.KEEP_STOCK)
    view = old_list(None if everybody else person, said.at, uow)
    return show(uow, said, "documents", view.model_dump(mode="json"), privately=True)


def requests(said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
    """Show what somebody asked for: `领料单`."""
    view = parts_request_list(person, uow)
    return show(uow, said, "documents", view.model_dump(mode="json"), privately=True)


def document(said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
    """Bring the card of a hand-over that is named; of an old part, the list of them."""
    if words.document.startswith("JJ"):
        return old(said, words, person, uow)
    transfer = uow.hand_overs.transfer_numbered(words.document)
    if transfer is None:
        return say(uow, said, NOT_NUMBERED.format(number=words.document), privately=True)
    return open_hand_over(said, transfer, person, uow)


QUERIES = {
    StockDeed.STOCK: stock,
    StockDeed.HOLDER: holder,
    StockDeed.WHO: who,
    StockDeed.TRANSIT: transit,
    StockDeed.LOW: low,
    StockDeed.OLD: old,
    StockDeed.REQUESTS: requests,
    StockDeed.SHOW: document,
}
"""Which question is answered how."""
