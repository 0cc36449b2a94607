"""Labels at hand on the stage: the codes on customers' machines and on the store's shelves."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

import zxingcpp
from PIL import Image
from zxingcpp import BarcodeFormat

from adapters.links import SignedLinks
from adapters.storage.engine import Database
from adapters.storage.uow import SqlUnitOfWork
from bootstrap.demo.cast import SAMPLE, Cast, Player
from bootstrap.label_commands import code_of
from domain.kernel.messages import Cause
from sandbox.wall import Code

MOST_PARTS = 8
MOST_MACHINES = 6
SCALE = 4


def label_machines(database: Database, links: SignedLinks, now: datetime) -> dict[str, str]:
    """Put a code on every sample machine, and return the address behind each by serial number."""
    with SqlUnitOfWork(database, desks=(), now=now, channel="cli", correlation_id="fixloop-demo") as uow:
        found = {}
        for row in _rows("assets.csv"):
            if (asset := uow.assets.with_serial(row["serial"])) is not None:
                cause = Cause(actor_id="system", issued_at=now, idempotency_key=f"labels:{asset.id}")
                found[row["serial"]] = links.of_label(code_of(asset, uow, cause))
        uow.commit()
    return found


def labels_of(cast: Cast, phone: str, addresses: Mapping[str, str]) -> Sequence[Code]:
    """Return what somebody could scan: customers their own machines, staff also what lies on shelves.

    Args:
        addresses: where the codes on machines lead, by serial number; others say the number itself.
    """
    player = next((one for one in cast.players if one.user_id == phone), None)
    machines, parts = _machines(_customer_of(player), addresses), _parts()
    if player is None or "customer" in player.roles:
        return machines
    return (*parts, *machines) if "storekeeper" in player.roles else (*machines, *parts)


def _customer_of(player: Player | None) -> str:
    """Return the code of a contact's customer; empty for anybody else, who may stand before any machine."""
    if player is None:
        return ""
    rows = _rows("customers.csv")
    return next((row["code"] for row in rows if row["wecom_external_userid"] == player.user_id), "")


def _machines(customer: str, addresses: Mapping[str, str]) -> tuple[Code, ...]:
    rows = [row for row in _rows("assets.csv") if customer in ("", row["customer_code"])]
    return tuple(
        _machine(row["name"], row["serial"], addresses.get(row["serial"], row["serial"]))
        for row in rows[:MOST_MACHINES]
    )


@cache
def _machine(name: str, serial: str, text: str) -> Code:
    return Code(f"asset-{serial}", name, text, _draw(text, BarcodeFormat.QRCode))


@cache
def _parts() -> tuple[Code, ...]:
    rows = [row for row in _rows("parts.csv") if row["barcode"]]
    return tuple(
        Code(
            f"part-{row['code']}",
            f"{row['name']} {row['code']}",
            row["barcode"],
            _draw(row["barcode"], BarcodeFormat.Code128),
        )
        for row in rows[:MOST_PARTS]
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _draw(text: str, kind: BarcodeFormat) -> bytes:
    """Return a label as a PNG, with the white edge that a reader needs."""
    drawn = zxingcpp.create_barcode(text, kind).to_image(scale=SCALE)
    height, width = drawn.shape
    # It is a buffer, which its stubs do not say.
    code = Image.frombytes("L", (width, height), bytes(drawn))  # type: ignore[call-overload]
    edge = 10 * SCALE
    paper = Image.new("L", (width + 2 * edge, height + 2 * edge), 255)
    paper.paste(code, (edge, edge))
    file = io.BytesIO()
    paper.save(file, "PNG")
    return file.getvalue()
