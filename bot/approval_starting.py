"""Which request somebody wants to begin: by the title of one that can be asked for."""

import re
from collections.abc import Sequence

from bot.approval_words import ApprovalWords, Deed, take_number, trimmed
from bot.errors import RequestUnknown
from bot.intents import half_width
from bot.ports import BotUnitOfWork
from cards.text_approval import REQUEST_EXAMPLE, REQUEST_NO_SUCH, REQUEST_SAY_WHICH, REQUESTS_NONE
from domain.approval.ports import PublishedProcess
from domain.policies.process_requests import asks_amount, requests, short_title

_ASKS = re.compile(r"^(?:我想要|我要|我想|想要|帮我|请)?(?:发起)?(申请)\s*(?=\S)")
_AMOUNT = "3000元"
_REASON = "原因"


def request_said(text: str, uow: BotUnitOfWork) -> ApprovalWords | None:
    """Return a request that is said without a blank, or in a sentence: `我要申请折扣300元`."""
    number, plain, _ = take_number(half_width(text).strip())
    found = _ASKS.match(plain)
    if found is None:
        return None
    rest = plain[found.end() :]
    for title, one in _by_name(requests(uow)):
        if rest.startswith(title):
            left = rest[len(title) :]
            apart = not left[:1].isalpha()
            if not apart and not asks_amount(one.definition):
                return None
            said = f"{one.definition.title} {trimmed(left)}".rstrip()
            return ApprovalWords(Deed.START, found[1], number, rest=said)
    return None


def process_called(words: ApprovalWords, uow: BotUnitOfWork) -> tuple[PublishedProcess, str]:
    """Return the process that one of the words stands for, and the other words.

    Raises:
        RequestUnknown: none does.
    """
    known, tokens = requests(uow), words.rest.split()
    for same in (_is_called, _begins_like):
        for at, token in enumerate(tokens):
            for one in known:
                if same(token, one.definition.name, one.definition.title):
                    return one, " ".join([*tokens[:at], *tokens[at + 1 :]])
    names = [token for token in tokens if not any(char.isdigit() for char in token)]
    raise RequestUnknown(
        lead=REQUEST_NO_SUCH.format(name=names[0]) if names else REQUEST_SAY_WHICH,
        known="、".join(one.definition.title for one in known) or REQUESTS_NONE,
        example=request_example(known[0], words.number) if known else REQUEST_EXAMPLE,
    )


def request_example(published: PublishedProcess, number: str) -> str:
    """Return words that begin a request, ready to be sent: `申请 折扣 3000元 原因`."""
    definition = published.definition
    amount = _AMOUNT if asks_amount(definition) else ""
    parts = ("申请", short_title(definition.title), number, amount, _REASON)
    return " ".join(part for part in parts if part)


def _by_name(known: Sequence[PublishedProcess]) -> list[tuple[str, PublishedProcess]]:
    """Return everything a request may be called, the longest first."""
    names = [
        (name, one)
        for one in known
        for name in {one.definition.title: None, short_title(one.definition.title): None}
    ]
    return sorted(names, key=lambda named: -len(named[0]))


def _is_called(token: str, name: str, title: str) -> bool:
    return token in (name, title, short_title(title))


def _begins_like(token: str, name: str, title: str) -> bool:
    return len(token) > 1 and (title.startswith(token) or token.startswith(title))
