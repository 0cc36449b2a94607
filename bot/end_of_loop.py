"""What follows acceptance: settlement, rating, follow-up, time line, documents, reminders and digests."""

from bot.digests import Digests
from bot.follow_ups import FollowUps
from bot.papers import Papers
from bot.parts import Part
from bot.reminders import Reminders
from bot.settling import Settling
from bot.survey import Surveys
from bot.timelines import TimeLines
from domain.intake.understanding import Understander
from domain.kernel.bus import Bus


def end_of_loop(bus: Bus, understander: Understander) -> tuple[Part, ...]:
    """Return the parts of the conversation."""
    return (
        Settling(bus),
        Surveys(bus, understander),
        FollowUps(bus),
        TimeLines(),
        Papers(),
        Reminders(bus),
        Digests(),
    )
