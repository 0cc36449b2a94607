"""What every request must say, whatever door it comes through.

Source: docs/reference/rest-api.md.
"""

from domain.workorder.errors import RequestIncomplete

SHORTEST = 2
"""Letters and digits a description must have."""
MISSING = {"description": "哪台设备、出了什么问题", "mobile": "联系人手机号"}


def missing_in(description: str, *, reachable: bool) -> tuple[str, ...]:
    """Return the names of required facts that are missing.

    Args:
        reachable: the requester is somebody we know, or a mobile number was given.
    """
    missing = [] if sum(char.isalnum() for char in description) >= SHORTEST else ["description"]
    return tuple(missing if reachable else [*missing, "mobile"])


def check_complete(description: str, *, reachable: bool) -> None:
    """Refuse a request that lacks a required fact.

    Raises:
        RequestIncomplete: the same refusal, with the same code, in chat, on a card and over the API.
    """
    missing = missing_in(description, reachable=reachable)
    if missing:
        raise RequestIncomplete(missing="、".join(MISSING[name] for name in missing))
