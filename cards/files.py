"""Messages about files."""

from cards.spec import Note
from cards.text_files import FILE_LOST, FILE_MISSING, FILE_REUSED, MEDIUM_LABEL, NOT_FORWARDED
from domain.files.commands import Medium, MissingReason
from domain.kernel.messages import Message


class FileMissingView(Message):
    """A file that could not be fetched."""

    media: Medium
    reason: MissingReason


class FileReusedView(Message):
    """A file that another work order showed before."""

    number: str
    earlier_number: str
    sender_name: str


def file_missing(view: FileMissingView) -> Note:
    """Ask the sender to send it again."""
    return Note(FILE_MISSING[view.reason].format(what=MEDIUM_LABEL[view.media]))


def file_reused(view: FileReusedView) -> Note:
    """Let the service desk look at it."""
    return Note(FILE_REUSED.format(**view.model_dump()))


def not_forwarded(mime: str) -> str:
    """Return what stands in a chat for a file that it does not take."""
    return NOT_FORWARDED.format(what=MEDIUM_LABEL[_medium_of(mime)])


def lost() -> str:
    """Return what stands in a chat for a file that cannot be read any more."""
    return FILE_LOST


def _medium_of(mime: str) -> Medium:
    kinds = {"image": Medium.IMAGE, "audio": Medium.VOICE, "video": Medium.VIDEO}
    return kinds.get(mime.partition("/")[0], Medium.FILE)
