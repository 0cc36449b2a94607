"""Many reminders in one message."""

from cards.spec import Card, Tone
from cards.text_noise import FOLD_ALL_URGENT, FOLD_MORE, FOLD_SOME_URGENT, FOLD_TITLE
from domain.kernel.messages import Message


class FoldView(Message):
    """What is left of several notices.

    Args:
        lines: one for each, the most urgent first.
        urgent: how many of them are urgent; they come first.
        more: how many follow in further messages.
    """

    lines: tuple[str, ...]
    urgent: int
    more: int = 0


def fold(view: FoldView) -> Card:
    """Lay out a fold: a list, since nobody could press a button for one of many."""
    return Card(
        title=_title(len(view.lines), view.urgent),
        tone=Tone.DANGER if view.urgent else Tone.WARNING,
        body="\n".join(view.lines),
        hint=FOLD_MORE.format(count=view.more) if view.more else "",
    )


def _title(count: int, urgent: int) -> str:
    """Say how loud it is in the title, which every platform shows."""
    if not urgent:
        return FOLD_TITLE.format(count=count)
    words = FOLD_ALL_URGENT if urgent == count else FOLD_SOME_URGENT
    return words.format(count=count, urgent=urgent)
