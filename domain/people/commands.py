"""Wishes about people."""

from uuid import UUID

from pydantic import Field

from domain.kernel.messages import Command


class BindIdentity(Command):
    """A platform user says which mobile number is theirs.

    Args:
        platform: `wecom`, `wecom_external` or `dingtalk`.
        user_id: the platform's name of the speaker.
        conversation: where to answer.
        verified: the platform confirmed the number (True), denied it (False) or could not tell (None).
    """

    platform: str
    user_id: str = Field(min_length=1)
    display_name: str = ""
    mobile: str = Field(pattern=r"^1[3-9]\d{9}$")
    conversation: str
    verified: bool | None = None


class MeetCaller(Command):
    """Somebody registers a request for a person we do not know yet.

    Args:
        mobile: may be empty where the caller gave none.
        customer_id: whose contact they are, where that is known.
    """

    person_id: UUID
    name: str = Field(default="", max_length=100)
    mobile: str = Field(default="", pattern=r"^(1[3-9]\d{9})?$")
    region: str = ""
    customer_id: UUID | None = None
