"""What only colleagues ask for; a customer who says such a word describes something."""

from bot.intents import Wish

STAFF_WISHES = frozenset(
    {
        Wish.DEPART,
        Wish.ARRIVE,
        Wish.START,
        Wish.COMPLETE,
        Wish.HOLD,
        Wish.RESUME,
        Wish.REASSIGN,
        Wish.AMEND,
        Wish.NOTE,
        Wish.TELL_CUSTOMER,
        Wish.FIELD_BOARD,
        Wish.LATER,
        Wish.MUTE,
        Wish.UNMUTE,
        Wish.STATEMENT,
        Wish.DIGEST,
        Wish.MERGE,
        Wish.PRIORITY,
        Wish.TYPE,
        Wish.ESTIMATE,
        Wish.REGISTER,
        Wish.POOL,
    }
)
