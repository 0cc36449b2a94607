"""Who an audience is on which platform, and the rungs that reach them, best first."""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from adapters.delivery.ports import Address
from cards.spec import Card, Note

RUNGS: dict[str, tuple[str, ...]] = {
    "dingtalk_user": ("dingtalk.own_card", "dingtalk.built_in_card", "dingtalk.text"),
    "dingtalk_group": ("dingtalk.own_card", "dingtalk.built_in_card", "dingtalk.text"),
    "wecom_user": ("wecom.card", "wecom.text"),
    "wecom_aibot": ("wecom.aibot",),
    "wecom_kf": ("wecom.kf",),
    "wecom_welcome": ("wecom.welcome",),
    "wecom_webhook": ("wecom.webhook",),
}
CARD_ONLY = frozenset({"dingtalk.own_card", "dingtalk.built_in_card", "wecom.card"})
PLATFORM_ORDER = ("dingtalk", "wecom", "wecom_external")


class Ladder:
    """Turns an audience into steps; the first that works is the one that is used.

    Args:
        available: the rungs this deployment has configured.
        identities: who a person is, as (platform, user id).
        kf_open_kfid: the 微信客服 account that reaches customers who are not in a chat with us now.
    """

    def __init__(
        self,
        available: Collection[str],
        identities: Callable[[UUID], Sequence[tuple[str, str]]],
        kf_open_kfid: str,
    ) -> None:
        self._available = available
        self._identities = identities
        self._kf_open_kfid = kf_open_kfid

    def steps(self, audience: str, content: Card | Note, first: str = "") -> list[tuple[str, Address]]:
        """Return (rung, address) pairs, best first; empty when nobody can be reached.

        Args:
            first: the platform on which a person is tried before the others.
        """
        return [
            (rung, address)
            for address in self._addresses(audience, first)
            for rung in RUNGS.get(address.kind, ())
            if rung in self._available and not (isinstance(content, Note) and rung in CARD_ONLY)
        ]

    def _addresses(self, audience: str, first: str) -> list[Address]:
        kind, _, rest = audience.partition(":")
        if kind != "person":
            return _with_private(Address.parse(rest))
        found = sorted(
            self._identities(UUID(rest)), key=lambda pair: (pair[0] != first, PLATFORM_ORDER.index(pair[0]))
        )
        return [self._address(platform, user_id) for platform, user_id in found]

    def _address(self, platform: str, user_id: str) -> Address:
        if platform == "wecom_external":
            return Address("wecom_kf", f"{self._kf_open_kfid}:{user_id}")
        return Address(f"{platform}_user", user_id)


def _with_private(address: Address) -> list[Address]:
    """Return the address and, for an AI bot's chat, the member's app chat: the bot answers only once."""
    member = address.rest.rpartition(":")[2]
    if address.kind != "wecom_aibot" or not member:
        return [address]
    return [address, Address("wecom_user", member)]
