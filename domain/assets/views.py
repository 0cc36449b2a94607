"""What a card or a message may know of customers and assets; a field a viewer may not see is empty."""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from domain.assets.entitlement import Entitlement
from domain.kernel.messages import Message


class PastOrder(Message):
    """One work order in a history.

    Args:
        type, status: as the work order has them; `open` says that it is not ended.
    """

    number: str
    type: str
    status: str
    open: bool
    fault: str
    reported_at: AwareDatetime
    asset: str = ""
    assignee_name: str = ""


class Attempt(Message):
    """Something that was said or done about an earlier work order.

    Args:
        kind: `report` (cause and remedy), `note`, `held`, `rejected` or `reopened`.
        by: who said or did it; may be empty.
    """

    number: str
    at: AwareDatetime
    kind: str
    text: str
    by: str = ""


class PartChange(Message):
    """What was replaced or used, in the words of a service report."""

    number: str
    at: AwareDatetime
    text: str


class InstalledLine(Message):
    """A part with a serial or a batch that sits, or sat, in a machine.

    Args:
        part: in words, with its serial.
        number: the work order that put it in.
        removed_at: when it was taken out; None while it is inside.
    """

    part: str
    number: str
    installed_at: AwareDatetime
    removed_at: AwareDatetime | None = None


class ContactLine(Message):
    """Somebody of the customer's."""

    name: str
    mobile: str


class ContractLine(Message):
    """One contract; `running` on the day of the view."""

    number: str
    name: str
    starts_on: date
    ends_on: date
    running: bool
    parts: bool
    labour: bool
    travel: bool
    sla_level: str = ""


class AssetLine(Message):
    """One asset in a customer's list."""

    name: str
    serial: str
    kind: str = ""
    warranty_until: date | None = None
    in_warranty: bool = False


class LevelLine(Message):
    """One change of a customer's level."""

    at: AwareDatetime
    before: str
    after: str
    reason: str
    by: str = ""


class FirstTimeFix(Message):
    """How many finished repairs there were, and how many of them were right the first time.

    A repair that was rejected, opened again or followed by the same fault (rule WO-12) was not.

    Args:
        repeats: how many were followed by the same fault.
    """

    finished: int
    fixed: int
    repeats: int


class HistoryView(Message):
    """Everything at the moment of a call, on one card.

    Args:
        looked_for: what was asked for, in the asker's words.
        caller, caller_mobile: the person whose number it was; empty otherwise.
        entitlement: of the asset, or of the customer as a whole where no asset is meant.
        orders: open ones first, then the newest.
        more: there are more work orders than shown.
        parts: what earlier service reports say was replaced.
        attempts: what was already tried, newest first.
    """

    looked_for: str
    customer_id: UUID | None = None
    customer_name: str = ""
    customer_code: str = ""
    level: str = ""
    value_note: str = ""
    caller: str = ""
    caller_mobile: str = ""
    address: str = ""
    asset: str = ""
    asset_model: str = ""
    site: str = ""
    entitlement: Entitlement | None = None
    orders: tuple[PastOrder, ...] = ()
    more: bool = False
    parts: tuple[PartChange, ...] = ()
    attempts: tuple[Attempt, ...] = ()


class CustomerView(Message):
    """One customer from every side.

    Args:
        asset_count: of all assets, also those that `assets` leaves out.
        complaints: how many complaints there ever were.
        first_time_fix: of all repairs; None for who may not see it.
        charged_fen: what settled work orders charged the customer; None for who may not see costs.
        score: the average of all ratings, None where nobody answered; `answers` says how many did.
    """

    customer_id: UUID
    name: str
    code: str
    level: str = ""
    value_note: str = ""
    region: str = ""
    address: str = ""
    contacts: tuple[ContactLine, ...] = ()
    contracts: tuple[ContractLine, ...] = ()
    assets: tuple[AssetLine, ...] = ()
    asset_count: int = 0
    orders: tuple[PastOrder, ...] = ()
    more: bool = False
    complaints: int | None = None
    first_time_fix: FirstTimeFix | None = None
    charged_fen: int | None = None
    score: float | None = None
    answers: int = 0
    levels: tuple[LevelLine, ...] = ()
    doubles: tuple[str, ...] = ()


class AssetView(Message):
    """The file of one machine.

    Args:
        attributes: label and value of its kind's own fields.
        first_time_fix: of this machine; None for who may not see it.
        parts: changes of parts, as service reports tell them.
        installed: parts with a serial or a batch that are inside or were, newest first.
        doubles: records that were merged into this one.
    """

    asset_id: UUID
    name: str
    serial: str
    nicknames: tuple[str, ...] = ()
    kind: str = ""
    model: str = ""
    batch: str = ""
    made_on: date | None = None
    installed_on: date | None = None
    customer_name: str = ""
    site: str = ""
    responsible: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    entitlement: Entitlement
    first_time_fix: FirstTimeFix | None = None
    orders: tuple[PastOrder, ...] = ()
    more: bool = False
    parts: tuple[PartChange, ...] = ()
    installed: tuple[InstalledLine, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    doubles: tuple[str, ...] = ()
