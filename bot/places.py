"""Where somebody said they are: kept for a short while, so that the next step takes it along."""

from datetime import timedelta
from typing import TypedDict

from adapters.inbound import LocationContent
from bot.ports import BotUnitOfWork
from bot.replies import Said

PLACE = "place"
PLACE_LIFE = timedelta(minutes=10)


class Place(TypedDict):
    """Degrees, or nothing; to be handed on with `**`."""

    latitude: float | None
    longitude: float | None


def keep_place(said: Said, content: LocationContent, uow: BotUnitOfWork) -> None:
    """Keep a place beside whatever else is talked about."""
    data = {"latitude": content.latitude, "longitude": content.longitude}
    uow.dialogues.begin(_key(said), PLACE, data, said.at + PLACE_LIFE)


def place_of(said: Said, uow: BotUnitOfWork) -> Place:
    """Return where the sender said they are within the last ten minutes."""
    found = uow.dialogues.current(_key(said), said.at)
    if found is None:
        return Place(latitude=None, longitude=None)
    return Place(latitude=found[1]["latitude"], longitude=found[1]["longitude"])


def _key(said: Said) -> str:
    return f"place:{said.key}"
