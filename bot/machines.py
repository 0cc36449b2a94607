"""A customer names the right machine after the registration: changed at once, or asked about with buttons.

Source: docs/reference/intake.md, rule RQ-22
"""

import re
from collections.abc import Sequence
from uuid import UUID

from bot.intake_heard import KNOWN_LIMIT
from bot.intents import Words, half_width, letters
from bot.parts import Pressed
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say, show
from cards.offers import MachineOption, MachinesView
from cards.text_spoken import MACHINE_CORRECTED, MACHINE_SAME
from domain.assets.model import Asset
from domain.kernel.bus import Bus
from domain.people.model import Person
from domain.policies.machines import may_correct_asset
from domain.workorder.commands import CorrectAsset
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN

LOOKED_AT = 10
SHOWN = 8
_WRONG = (
    r"(?:不对|不是(?:这台|那台)?|错了|搞错了|弄错了|说错了|报错了|(?:设备|机器)(?:不对|错了|报错了|选错了))"
)
_CORRECTION = re.compile(
    rf"^\s*(?:{_WRONG}[了啊呀]?[\s,，。.!！]*(?:应该|要修的|设备|机器|坏的)*(?:是|改成|换成)|(?:设备|机器)(?:是|改成|换成|应该是))"
    r"\s*(?P<what>[^,，。.!！?？\n]{1,40})"
)
_TAIL = re.compile(r"(?:的)?(?:那|这)?(?:一)?(?:台|个|间|套|部)?(?:设备|机器)?(?:的)?[了啊呀吧]?$")
_THING = re.compile(r"(?:[台间套部](?:设备|机器)?|机组?|空调|冷库|冰箱)的?[了啊呀吧]?$")
_ONLY_WRONG = re.compile(r"(?:设备|机器)(?:不对|错了|报错了|选错了|搞错了)[了啊呀]*")


class Machines:
    """What is said about the machine of a work order; every method is one wish of one customer."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def correct(
        self, said: Said, words: Words, text: str, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Change the machine, or ask which; None for words that correct none.

        Somebody who is under way is told the words instead, like any others.
        """
        found = _CORRECTION.match(half_width(text))
        if found is None and _ONLY_WRONG.fullmatch(letters(text)) is None:
            return None
        order = _meant(words, person, uow)
        if order is None or order.customer_id is None:
            return None
        machines = uow.assets.of_customer(order.customer_id, KNOWN_LIMIT)
        fits = _fitting(_TAIL.sub("", found["what"]).strip() if found else "", machines)
        if len(fits) == 1:
            return self._correct(said, order, fits[0], person, uow)
        if len(machines) < 2 or (found is not None and not fits and not _names_a_thing(found["what"])):
            return None
        return _ask(said, order, fits or machines, uow)

    def press(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Change the machine to the one of the button."""
        order = uow.work_orders.get(pressed.action.subject_id)
        return self._correct(said, order, uow.assets.get(UUID(pressed.action.choice)), person, uow)

    def _correct(
        self, said: Said, order: WorkOrder, asset: Asset, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        same = order.asset_id == asset.id
        command = CorrectAsset(work_order_id=order.id, asset_id=asset.id, **said.cause(person.id))
        self._bus.handle(command, uow)
        text = MACHINE_SAME if same else MACHINE_CORRECTED
        return say(uow, said, text.format(number=order.number, asset=uow.assets.name_of(asset.id)))


def _meant(words: Words, person: Person, uow: BotUnitOfWork) -> WorkOrder | None:
    """Return the work order that was registered last, if nobody has departed; else the named one."""
    mine = [one for one in uow.work_orders.concerning(person.id, LOOKED_AT) if one.state in OPEN]
    named = [one for one in mine if one.number == words.number] if words.number else mine
    return next((one for one in named[:1] if may_correct_asset(one)), None)


def _fitting(what: str, machines: Sequence[Asset]) -> list[Asset]:
    """Return the machines that are called like this, by name, nickname, serial or where they stand."""
    plain = letters(what)
    if not plain:
        return []

    def fits(one: Asset) -> bool:
        names = [letters(name) for name in (one.name, *one.nicknames, one.serial, one.site) if name]
        both = letters(f"{one.name}（{one.serial}）")
        return plain == both or any(name and (plain in name or name in plain) for name in names)

    exact = [one for one in machines if plain in (letters(one.name), letters(one.serial))]
    return exact or [one for one in machines if fits(one)]


def _names_a_thing(what: str) -> bool:
    """Return whether words end like those that point at one of several machines."""
    return _THING.search(what) is not None


def _ask(said: Said, order: WorkOrder, machines: Sequence[Asset], uow: BotUnitOfWork) -> Outcome:
    view = MachinesView(
        work_order_id=order.id,
        number=order.number,
        version=order.version,
        machines=tuple(
            MachineOption(asset_id=one.id, name=one.name, serial=one.serial) for one in machines[:SHOWN]
        ),
    )
    return show(uow, said, "machines", view.model_dump(mode="json"))
