"""Where a piece can be: places of ours, which hold stock, and the world outside, which does not.

Source: docs/reference/spare-parts.md, rule PA-1
"""

from enum import StrEnum
from uuid import UUID


class PlaceKind(StrEnum):
    """What kind of place a piece is at."""

    STORE = "store"
    BRANCH = "branch"
    BIN = "bin"
    VAN = "van"
    TRANSIT = "transit"
    REPAIR = "repair"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    SCRAP = "scrap"
    DIFFERENCE = "difference"
    OPENING = "opening"


OUTSIDE = frozenset(
    {
        PlaceKind.SUPPLIER,
        PlaceKind.CUSTOMER,
        PlaceKind.SCRAP,
        PlaceKind.DIFFERENCE,
        PlaceKind.OPENING,
    }
)
"""What comes from there or goes there enters or leaves the stock; nothing is kept on hand there."""
STORES = frozenset({PlaceKind.STORE, PlaceKind.BRANCH, PlaceKind.BIN})
"""Where a storekeeper issues from."""

TRANSIT_ID = UUID("5f0c1d1e-0000-4000-8000-000000000001")
REPAIR_ID = UUID("5f0c1d1e-0000-4000-8000-000000000002")
SUPPLIER_ID = UUID("5f0c1d1e-0000-4000-8000-000000000003")
CUSTOMER_ID = UUID("5f0c1d1e-0000-4000-8000-000000000004")
SCRAP_ID = UUID("5f0c1d1e-0000-4000-8000-000000000005")
DIFFERENCE_ID = UUID("5f0c1d1e-0000-4000-8000-000000000006")
OPENING_ID = UUID("5f0c1d1e-0000-4000-8000-000000000007")
"""The one place of each of these kinds; the migration makes them."""


class Tracking(StrEnum):
    """How closely the pieces of a part are told apart."""

    NONE = "none"
    BATCH = "batch"
    SERIAL = "serial"


class Reason(StrEnum):
    """Why a piece moved, as the ledger keeps it."""

    OPENING = "opening"
    PURCHASE = "purchase"
    ISSUE = "issue"
    RETURN = "return"
    HAND_OVER = "hand_over"
    TRANSFER = "transfer"
    USE = "use"
    UNUSE = "unuse"
    COUNT = "count"
    ADJUST = "adjust"
    SCRAP = "scrap"
    OLD = "old"
    REPAIR = "repair"
