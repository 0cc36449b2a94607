"""Who plays: the sample people and customers, known to the played platforms."""

import csv
from dataclasses import dataclass
from pathlib import Path

from bootstrap.demo.stage import Stage

SAMPLE = Path(__file__).parent.parent / "sample"
SAMPLE_FILES = tuple(
    SAMPLE / f"{name}.csv"
    for name in (
        *("customers", "assets", "people", "contracts", "suppliers", "parts", "places"),
        *("opening_stock", "stock_rules", "usual_parts"),
    )
)


@dataclass(frozen=True)
class Player:
    """One person on one platform.

    Args:
        platform: `dingtalk`, `kf` (a customer in WeChat) or `wecom` (a member in the app's chat).
    """

    name: str
    platform: str
    user_id: str
    roles: frozenset[str]


COLLEAGUE = Player("吴磊", "wecom", "wulei", frozenset({"colleague"}))
"""A customer's colleague: a WeCom member whom the product never met, so that one sees how it meets people."""
COLLEAGUE_MOBILE = "13800000024"


@dataclass(frozen=True)
class Cast:
    """All players."""

    players: tuple[Player, ...]

    def with_role(self, role: str) -> list[Player]:
        """Return the players of one role, in the order of the sample files."""
        return [player for player in self.players if role in player.roles]

    def named(self, name: str) -> Player:
        """Return one player.

        Raises:
            LookupError: nobody has this name.
        """
        for player in self.players:
            if player.name == name:
                return player
        raise LookupError(
            f"没有叫“{name}”的人；可用的名字：{'、'.join(player.name for player in self.players)}"
        )


def read_cast() -> Cast:
    """Return the players of the sample files."""
    players = [
        Player(row["name"], "dingtalk", row["dingtalk_userid"], frozenset(row["roles"].split(";")))
        for row in _rows("people.csv")
        if row["dingtalk_userid"]
    ]
    players += [
        Player(row["contact_name"], "kf", row["wecom_external_userid"], frozenset({"customer"}))
        for row in _rows("customers.csv")
    ]
    return Cast(tuple(players))


def enter(cast: Cast, stage: Stage) -> None:
    """Make the players known to the platforms and start those."""
    for player in cast.players:
        if player.platform == "kf":
            stage.wecom.add_customer(player.user_id, player.name)
        else:
            stage.dingtalk.add_user(player.user_id, player.name)
    stage.wecom.add_member(COLLEAGUE.user_id, COLLEAGUE.name, COLLEAGUE_MOBILE)
    stage.start_platforms([player.user_id for player in cast.players if player.platform == "dingtalk"])


def _rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
