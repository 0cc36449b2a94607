"""Where a message to the robot in a group can end, and which ways lead there."""

from enum import StrEnum

from domain.groups.errors import GroupCardOutdated, GroupStepNotPossible


class Outcome(StrEnum):
    """What became of a message that was addressed to the robot in a group."""

    OPEN = "open"
    """Nobody has decided yet."""
    ORDER = "order"
    LINKED = "linked"
    NOT_A_REQUEST = "not_a_request"
    ASSIGNED = "assigned"


WAYS: dict[Outcome, frozenset[Outcome]] = {
    Outcome.OPEN: frozenset({Outcome.ORDER, Outcome.LINKED, Outcome.NOT_A_REQUEST, Outcome.ASSIGNED}),
    # Every end but an assignment, which is undone on the work order itself, is corrected with one tap.
    Outcome.NOT_A_REQUEST: frozenset({Outcome.ORDER, Outcome.ASSIGNED}),
    Outcome.ORDER: frozenset({Outcome.NOT_A_REQUEST}),
    Outcome.LINKED: frozenset({Outcome.NOT_A_REQUEST, Outcome.ORDER}),
    Outcome.ASSIGNED: frozenset(),
}


def check_way(before: Outcome, after: Outcome, *, version: int, seen_version: int | None) -> None:
    """Insist that a message may end so now.

    Raises:
        GroupCardOutdated: somebody else decided since the pressed card was shown.
        GroupStepNotPossible: this does not follow from where it stands.

    Source: docs/reference/work-order-lifecycle.md, rule DI-6.
    """
    if seen_version is not None and seen_version != version:
        raise GroupCardOutdated
    if after not in WAYS[before]:
        raise GroupStepNotPossible
