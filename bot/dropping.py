"""A bare 取消 while something is waited for means the question, not a work order."""

from dataclasses import replace

from bot.dialogue.approving import OWN
from bot.dialogue.asking import REJECT_REASON, REOPEN_REASON, SETTLEMENT
from bot.dialogue.holding import HOLD, HOLD_NOTE
from bot.dialogue.reasons import CANCEL_REASON, DECLINE_REASON
from bot.dialogue.reassigning import REASSIGN
from bot.dialogue.report_draft import REPORT
from bot.intents import Wish, Words
from bot.lookups import MERGE
from bot.merging import DOUBTED_MERGE
from bot.notes import HELD_WORDS
from bot.registering import REGISTERING
from bot.stock_asking import PARTS_ASK
from bot.stock_handing import PARTS_REFUSED

WAITS = OWN | frozenset(
    {
        CANCEL_REASON,
        DECLINE_REASON,
        DOUBTED_MERGE,
        HELD_WORDS,
        HOLD,
        HOLD_NOTE,
        MERGE,
        PARTS_ASK,
        PARTS_REFUSED,
        REASSIGN,
        REGISTERING,
        REJECT_REASON,
        REOPEN_REASON,
        REPORT,
        SETTLEMENT,
    }
)
"""Dialogues that “算了” ends; whoever is asked for a rating may well mean their work order."""
_BARE = frozenset({"取消", "取消了", "取消吧"})


def dropped_by(words: Words, text: str, kind: str) -> Words:
    """Return 取消 as 算了 where a dialogue of this kind waits; with a number it stays a command."""
    return replace(words, wish=Wish.NEVER_MIND) if kind in WAITS and text.strip() in _BARE else words
