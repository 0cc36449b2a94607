"""A shared place that is far from where the machine stands is asked about, not taken.

Source: docs/reference/intake.md, rule RQ-18
"""

import re
from uuid import UUID

from domain.intake.data import DraftData, FarPlace, Question, Step
from domain.intake.model import Draft
from domain.policies.ports import EveryUnitOfWork
from domain.policies.sites import whereabouts
from domain.workorder.lifecycle.field import distance_between

FAR_KM = 30
"""From here on a shared place is another site than the one on file."""
_CITY = re.compile("(?:^|[省区市])([\u4e00-\u9fa5]{2,4}?)市")
_QUESTION = Question(step=Step.PLACE)


def site_kept(draft: Draft, data: DraftData, uow: EveryUnitOfWork) -> DraftData:
    """Return the knowledge with a place set aside that is far from the site on file.

    Where no coordinates of the site are known, the cities in both addresses are compared.
    """
    if data.far is None and data.question == _QUESTION:
        data = data.model_copy(update={"question": None})
    if data.latitude is None or data.longitude is None or data.moved:
        return data
    site, place = _site(draft, data, uow)
    km = round(distance_between(place, (data.latitude, data.longitude)) / 1000) if place else 0
    if km <= FAR_KM and (place or not _other_city(site, data.place)):
        return data
    far = FarPlace(
        latitude=data.latitude, longitude=data.longitude, place=data.place, site=site, distance_km=km
    )
    from_label = data.set_by.get("address") == "place"
    kept = {
        "far": far,
        "latitude": None,
        "longitude": None,
        "address": "" if from_label else data.address,
        "set_by": {name: by for name, by in data.set_by.items() if name != "address" or not from_label},
        "asked": tuple(one for one in data.asked if one != _QUESTION.key),
    }
    return data.model_copy(update=kept)


def which_site(data: DraftData) -> Question | None:
    """Return the question where to go, while a far place waits for its answer."""
    return _QUESTION if data.far is not None and _QUESTION.key not in data.asked else None


def _site(draft: Draft, data: DraftData, uow: EveryUnitOfWork) -> tuple[str, tuple[float, float] | None]:
    """Return address and place of the machine, else of the customer."""
    customer_id = uow.people.get(draft.requester_id).customer_id
    customer = uow.customers.get(customer_id) if customer_id is not None else None
    assets = [uow.assets.get(UUID(fault.asset_id)) for fault in data.faults if fault.asset_id]
    address = customer.address if customer is not None else ""
    for asset in assets:
        address = whereabouts(customer, asset).strip() or address
        if asset.latitude is not None and asset.longitude is not None:
            return address, (asset.latitude, asset.longitude)
    if customer is None or customer.latitude is None or customer.longitude is None:
        return address, None
    return address, (customer.latitude, customer.longitude)


def _other_city(site: str, place: str) -> bool:
    here, there = _CITY.search(site), _CITY.search(place)
    return here is not None and there is not None and here[1] != there[1]
