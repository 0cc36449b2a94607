"""Who a rule of a process means: roles, regions, skills, superiors, substitutes."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from pydantic import TypeAdapter

from domain.approval.model import Absence
from domain.engine.process.definition import Assign
from domain.people.model import Person, Role
from domain.policies.process_directory import RecordedDirectory
from tests.fakes.memory import MemoryUnitOfWork, memory
from tests.support.builders import AT, LI, QIAN, WANG, ZHAO


def hire(uow: MemoryUnitOfWork, name: str, role: Role, region: str = "", **more: object) -> str:
    """Let somebody join, and return their id."""
    made = Person(id=uuid4(), name=name, mobile="", region=region, skills=[], active=True, created_at=AT)
    for key, value in more.items():
        setattr(made, key, value)
    made.give_roles(frozenset({role}))
    uow.people.add(made)
    return str(made.id)


def meant(uow: MemoryUnitOfWork, who: dict[str, object], **data: object) -> tuple[str, ...]:
    directory = RecordedDirectory(uow)  # type: ignore[arg-type]
    return directory.people(TypeAdapter(Assign).validate_python(who), data, str(ZHAO))


@pytest.fixture
def uow() -> MemoryUnitOfWork:
    found: MemoryUnitOfWork = memory()
    return found


def test_a_role_is_everybody_who_has_it_and_near_ones_where_the_region_counts(uow: MemoryUnitOfWork):
    east, south = hire(uow, "东", Role.MANAGER, "华东"), hire(uow, "南", Role.MANAGER, "华南")

    assert set(meant(uow, {"by": "role", "role": "manager"})) >= {east, south}
    near = {"by": "role", "role": "manager", "same_region": True}
    assert meant(uow, near, region="华南") == (south,)
    assert set(meant(uow, near, region="西北")) >= {east, south}


def test_a_skill_may_ask_for_a_level_and_a_higher_one_is_enough(uow: MemoryUnitOfWork):
    senior = hire(uow, "高", Role.TECHNICIAN, skills=["制冷", "专家"])
    hire(uow, "低", Role.TECHNICIAN, skills=["制冷", "初级"])

    assert meant(uow, {"by": "skill", "skill": "制冷", "level": "高级"}) == (senior,)
    assert meant(uow, {"by": "skill", "field": "fault_code"}) == ()


def test_the_nth_head_is_whom_the_directory_names_else_the_next_level(uow: MemoryUnitOfWork):
    director = hire(uow, "总监", Role.DIRECTOR)
    manager = hire(uow, "经理", Role.MANAGER)
    assert meant(uow, {"by": "head"}) == (manager,)
    assert meant(uow, {"by": "head", "levels": 2}) == (director,)

    uow.people.get(ZHAO).manager_id = UUID(director)

    assert meant(uow, {"by": "head"}) == (director,)


def test_fields_and_relations_name_only_people_who_are_there(uow: MemoryUnitOfWork):
    uow.people.get(WANG).active = False

    assert meant(uow, {"by": "relation", "relation": "asset_responsible"}, responsible=str(LI)) == (str(LI),)
    assert meant(uow, {"by": "field", "field": "judges"}, judges=[str(LI), str(WANG)]) == (str(LI),)
    assert meant(uow, {"by": "person", "person": str(WANG)}) == ()


@pytest.mark.parametrize(("hours", "found"), [(-1, None), (0, QIAN), (23, QIAN), (24, None)])
def test_a_substitute_counts_from_the_begin_to_the_end(uow: MemoryUnitOfWork, hours: int, found: UUID | None):
    away = Absence(person_id=ZHAO, substitute_id=QIAN, from_at=AT, to_at=AT + timedelta(days=1), set_by="x")
    uow.processes.keep_absence(away)

    directory = RecordedDirectory(uow)  # type: ignore[arg-type]

    substitute = directory.substitute(str(ZHAO), AT + timedelta(hours=hours))
    assert substitute == (str(found) if found else None)


def test_without_an_administrator_managers_decide(uow: MemoryUnitOfWork):
    manager = hire(uow, "经理", Role.MANAGER)
    assert RecordedDirectory(uow).admins() == (manager,)  # type: ignore[arg-type]

    admin = hire(uow, "管理员", Role.ADMIN)

    assert RecordedDirectory(uow).admins() == (admin,)  # type: ignore[arg-type]
