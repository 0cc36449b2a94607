"""The customer's signature: what was drawn, by whom and on what, and which report it is for."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Message
from domain.workorder.errors import SignatureEmpty
from domain.workorder.timeline import Recorded

POINTS: Final = 4000
"""More points than a name has, however long the finger rested."""
SHORTEST: Final = 20
"""Pixels; what is drawn in less is a dot."""

Point = tuple[int, int, int]


class Signature(Message):
    """What somebody drew to accept the work.

    Args:
        image: sha256 of the picture, a PNG that was uploaded before.
        strokes: the lines as drawn, each point as x and y in pixels and the milliseconds since the first.
        signer: the name of whoever drew it, as they gave it.
        device: what the browser says of itself, shortened.
    """

    image: str = Field(pattern="^[0-9a-f]{64}$")
    strokes: tuple[tuple[Point, ...], ...] = Field(max_length=500)
    signer: str = Field(min_length=1, max_length=50)
    device: str = Field(default="", max_length=200)


class SignedReport(Signature):
    """A signature together with what it is for.

    Args:
        digest: sha256 over the report's version and content and the picture; see `digest_of`.
    """

    digest: str


class SignatureFound(Message):
    """The last signature on a work order's report.

    Args:
        report_version: the version it is for.
        by_id: whose link or phone it was drawn on.
        valid: it is for the present version, and both are unchanged.
    """

    signature: SignedReport
    report_version: int
    by_id: str
    signed_at: AwareDatetime
    valid: bool


def insist_drawn(signature: Signature) -> None:
    """Refuse a signature that is none.

    Raises:
        SignatureEmpty: nothing, or only a dot, was drawn; or more than anybody's name.
    """
    points = [point for stroke in signature.strokes for point in stroke]
    if not 2 <= len(points) <= POINTS:
        raise SignatureEmpty
    wide = max(x for x, _, _ in points) - min(x for x, _, _ in points)
    high = max(y for _, y, _ in points) - min(y for _, y, _ in points)
    if max(wide, high) < SHORTEST:
        raise SignatureEmpty


def digest_of(report: Mapping[str, Any], version: int, image: str) -> str:
    """Return what binds a signature to a report: another content, version or picture has another one.

    Source: docs/reference/work-order-lifecycle.md, rule WO-14.
    """
    content = json.dumps(report, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{version}\n{content}\n{image}".encode()).hexdigest()


def last_signature(
    history: Sequence[Recorded], version: int, report: Mapping[str, Any]
) -> SignatureFound | None:
    """Return the last signature in a work order's history, or None where nobody signed.

    Args:
        version: the present version of the report.
        report: its content.
    """
    for one in reversed(history):
        drawn = one.payload.get("signature")
        if one.name != "WorkSignedOff" or not drawn:
            continue
        signature = SignedReport.model_validate(drawn)
        signed = int(one.payload["report_version"])
        return SignatureFound(
            signature=signature,
            report_version=signed,
            by_id=one.actor_id,
            signed_at=one.occurred_at,
            valid=signed == version and signature.digest == digest_of(report, version, signature.image),
        )
    return None


def voided_signer(history: Sequence[Recorded]) -> str:
    """Return whose signature a correction voided, until the work is accepted or done once more."""
    signer = ""
    for one in history:
        if one.name == "ReportAmended":
            signer = str(one.payload.get("voided_signer", "")) or signer
        elif one.name in ("WorkSignedOff", "WorkCompleted"):
            signer = ""
    return signer
