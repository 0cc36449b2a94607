"""Which colleague a name stands for: exactly one, or the candidates are told."""

import re
from collections.abc import Sequence

from bot.errors import ColleagueUnknown, SeveralColleagues
from bot.ports import BotUnitOfWork
from cards.text import ROLE_LABEL
from cards.text_approval import ALIKE, COLLEAGUE
from domain.people.model import STAFF_ROLES, Person

_NAMED = re.compile(r"(?P<name>\D+?)\s*[（(]?(?:尾号)?(?P<tail>\d{4})?[)）]?")
LISTED = 5


def colleague_named(said: str, uow: BotUnitOfWork) -> Person:
    """Return the one active colleague of this name, told apart by the end of their number: `王强 0001`.

    Raises:
        ColleagueUnknown: nobody has this name; who is called alike is told.
        SeveralColleagues: more than one has it.
    """
    found = _NAMED.fullmatch(said.strip())
    name, tail = (found["name"], found["tail"] or "") if found is not None else (said.strip(), "")
    everybody = uow.people.with_roles(STAFF_ROLES)
    exact = [one for one in everybody if one.name == name and one.mobile.endswith(tail)]
    if len(exact) == 1:
        return exact[0]
    if exact:
        lines = "，或 ".join(f"{one.name} {one.mobile[-4:]}（{_roles(one)}）" for one in exact[:LISTED])
        raise SeveralColleagues(count=len(exact), name=name, lines=lines)
    raise ColleagueUnknown(name=said.strip(), alike=_alike(name, everybody))


def _alike(name: str, everybody: Sequence[Person]) -> str:
    """Return who may be meant: a part of the name, or `李工` for everybody called Li."""
    family = name[:1] if name[1:] in ("工", "总", "经理", "主管", "师傅") else ""
    fits = [
        one
        for one in everybody
        if name in one.name or one.name in name or (family and one.name[:1] == family)
    ]
    if not fits:
        return ""
    names = "、".join(COLLEAGUE.format(name=one.name, roles=_roles(one)) for one in fits[:LISTED])
    return ALIKE.format(names=names)


def _roles(person: Person) -> str:
    return "、".join(ROLE_LABEL[role] for role in sorted(person.roles & STAFF_ROLES))
