"""The wall: everybody's phone side by side in a browser, over what the played platforms hold."""

from sandbox.wall.acts import Act, Playbill
from sandbox.wall.board import Board
from sandbox.wall.codes import Code
from sandbox.wall.guide import Cue, Guide
from sandbox.wall.ledger import Attempt, Ledger, Notification, Standing
from sandbox.wall.phones import Chat, Kind, Phone, Speaker
from sandbox.wall.samples import SAMPLE_PHOTO
from sandbox.wall.server import Wall

__all__ = [
    "SAMPLE_PHOTO",
    "Act",
    "Attempt",
    "Board",
    "Chat",
    "Code",
    "Cue",
    "Guide",
    "Kind",
    "Ledger",
    "Notification",
    "Phone",
    "Playbill",
    "Speaker",
    "Standing",
    "Wall",
]
