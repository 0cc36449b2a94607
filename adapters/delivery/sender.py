"""Shows something through one rung: within the address's budget, with the people it mentions."""

from collections.abc import Callable, Mapping, Sequence

from adapters.delivery.budget import Budget
from adapters.delivery.ports import Address, Channel, Mention, MentioningChannel, Sent
from cards.spec import Card, Note

MENTIONING = frozenset({"dingtalk.own_card", "dingtalk.built_in_card", "wecom.webhook"})
"""Rungs that can mention somebody in a group; elsewhere the name stands in the words."""
MENTIONS = 20

Named = Callable[[Sequence[str], str], Sequence[Mention]]
"""Who people are on a platform, with the names others know them by."""


class Sender:
    """Knows the configured rungs by name."""

    def __init__(self, channels: Mapping[str, Channel], budget: Budget, named: Named) -> None:
        self._channels = channels
        self._budget = budget
        self._named = named

    def take(self, to: Address, *, reminder: bool) -> None:
        """Take the token of one message.

        Raises:
            OverBudget: it has to wait.
        """
        self._budget.take(to, reminder=reminder)

    def room(self, to: Address) -> float:
        """Return how many reminders could be sent at once."""
        return self._budget.room(to)

    def show(
        self, rung: str, to: Address, content: Card | Note, message_key: str, mentions: Sequence[str] = ()
    ) -> Sent:
        """Show something whose token was taken.

        Args:
            mentions: ids of people.

        Raises:
            DeliveryError: read `failure`.
        """
        people = self._people(rung, mentions)
        if not people:
            return self._channels[rung].send(to, content, message_key=message_key)
        channel: MentioningChannel = self._channels[rung]  # type: ignore[assignment]
        return channel.send(to, content, message_key=message_key, mentions=people)

    def _people(self, rung: str, mentions: Sequence[str]) -> tuple[Mention, ...]:
        if not mentions or rung not in MENTIONING:
            return ()
        return tuple(self._named(mentions, rung.partition(".")[0])[:MENTIONS])
