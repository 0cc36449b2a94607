"""The wall: everybody's phone side by side in a browser, over what the played platforms hold."""

from sandbox.wall.acts import Act, Playbill
from sandbox.wall.board import Board
from sandbox.wall.phones import Chat, Kind, Phone, Speaker
from sandbox.wall.samples import SAMPLE_PHOTO
from sandbox.wall.server import Wall

__all__ = ["SAMPLE_PHOTO", "Act", "Board", "Chat", "Kind", "Phone", "Playbill", "Speaker", "Wall"]
