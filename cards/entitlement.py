"""Who pays for a repair, in one line."""

from cards.text_assets import (
    CONTRACT_TOO,
    ENTITLEMENT,
    INCLUDED,
    INCLUDES,
    NOTHING_INCLUDED,
    SLA_LEVEL,
)
from domain.assets.entitlement import Entitlement, Reason
from domain.kernel.localtime import day_words


def entitlement_words(view: Entitlement) -> str:
    """Return whether warranty or contract pays, for what and until when."""
    words = ENTITLEMENT[view.reason].format(
        until=day_words(view.until),
        number=view.contract_number,
        name=view.contract_name,
        included=included_words(parts=view.parts, labour=view.labour, travel=view.travel),
    )
    if view.reason is Reason.WARRANTY and view.contract_number:
        words += CONTRACT_TOO.format(number=view.contract_number, name=view.contract_name)
    return words + (SLA_LEVEL.format(level=view.sla_level) if view.sla_level else "")


def included_words(*, parts: bool, labour: bool, travel: bool) -> str:
    """Return what is included, e.g. `含备件、人工`."""
    what = "、".join(
        INCLUDED[name]
        for name, included in (("parts", parts), ("labour", labour), ("travel", travel))
        if included
    )
    return INCLUDES.format(what=what) if what else NOTHING_INCLUDED
