"""An agreement in a few words: of a customer to finished work, of a technician to the one offer there is."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.accepting import offer_acceptance
from bot.errors import SeveralOffers
from bot.finding import waiting_for
from bot.intents import Wish, Words, letters
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from cards.text_spoken import OFFER_WAITS, SIGN_OFF_ASKED
from domain.people.model import Person
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN, UNDER_WAY, Status

ASKED = "sign_off_asked"
ASKED_FOR = timedelta(minutes=30)
LISTED = 10
_AGREED = re.compile(
    r"(?:好|行|嗯|恩|可以|是|对|ok|okay|收到|没问题|没毛病|通过|同意|验收|确认|满意|修好|修得不错|搞定|正常|很|都|"
    r"这次|已经|谢谢|感谢|辛苦|了|的|啦|呀|啊|吧|哈|您|你们?|师傅)+"
)
_PLAIN = re.compile("通过|没问题|没毛病|可以了|行了|好了|修好|搞定|验收|满意|正常|同意")
"""What can only be said of work that is done; “好的” can be said of anything."""
_SIGNED = re.compile("通过|验收|修好")
_WEAK = re.compile("好|行|嗯|恩|可以|对|ok|收到|是")
_TAKES = re.compile(
    r"(?:好|好的|行|嗯|恩|ok|okay|收到|可以|没问题|我|这单|这个)*"
    r"(?P<plain>接|接单|接了|接吧|接单吧|接下|接下了|可以接|能接)?"
    r"(?:马上|现在|这就|立刻|我)*(?:去|到|过去|出发|处理)?(?:了|吧|啊|哈|的)*"
)
_GOES = re.compile("马上|现在|这就|立刻|过去|去")


def agreed(said: Said, words: Words, text: str, person: Person, uow: BotUnitOfWork) -> Outcome | Words | None:
    """Return what an agreement to finished work means; None for words that are none.

    “好的” alone is asked about once, and so is anything while another work order is under way.
    """
    plain = letters(text)
    if not plain or "?" in text or "？" in text or _AGREED.fullmatch(plain) is None:
        return None
    waiting = waiting_for(person, uow)
    if not waiting or words.number not in ("", *(one.number for one in waiting)):
        return None
    asked = uow.dialogues.current(_asked_key(said), said.at) is not None
    others = any(one.state in OPEN for one in uow.work_orders.concerning(person.id, LISTED))
    sure = _SIGNED.search(plain) or (_PLAIN.search(plain) and not others) or asked
    if sure and (_PLAIN.search(plain) or _WEAK.search(plain)):
        uow.dialogues.end(_asked_key(said))
        return Words(Wish.SIGN_OFF, words.number, "", "验收")
    if not (_PLAIN.search(plain) or _WEAK.search(plain)):
        return None
    number = words.number or (waiting[0].number if len(waiting) == 1 else "")
    uow.dialogues.begin(_asked_key(said), ASKED, {"number": number}, said.at + ASKED_FOR)
    if len(waiting) > 1:
        return offer_acceptance(said, words.number, person, uow)
    return say(uow, said, SIGN_OFF_ASKED.format(number=number))


def took(said: Said, words: Words, text: str, person: Person, uow: BotUnitOfWork) -> Outcome | Words | None:
    """Return what an agreement means while offers wait for a technician; None for words that are none.

    Raises:
        SeveralOffers: more than one waits.
    """
    plain = letters(text)
    found = _TAKES.fullmatch(plain) if plain and "?" not in text and "？" not in text else None
    if found is None:
        return None
    mine = uow.work_orders.open_of_assignee(person.id, LISTED)
    offers = [one for one in mine if one.state is Status.OFFERED]
    if not offers:
        return None
    if len(offers) > 1 and found["plain"]:
        raise SeveralOffers(count=len(offers), lines="，或 ".join(f"接单 {one.number}" for one in offers))
    working = any(one.state in UNDER_WAY for one in mine)
    if found["plain"] or (_GOES.search(plain) and not working and len(offers) == 1):
        return Words(Wish.ACCEPT, offers[0].number, "", "接单")
    return say(uow, said, _waits(offers))


def _waits(offers: Sequence[WorkOrder]) -> str:
    return "\n".join(OFFER_WAITS.format(number=one.number) for one in offers)


def _asked_key(said: Said) -> str:
    return f"{ASKED}:{said.key}"
