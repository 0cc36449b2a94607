"""The table of rights is complete, the guard asks it about every command, and its page says the same."""

from domain.access.rights import FIELDS, RIGHTS, Field, Scope, Verb
from domain.people.model import Role
from domain.policies.guard import NEEDED
from domain.policies.permitted import VERB_OF
from domain.registry import HANDLERS
from domain.workorder.status import Action
from tests.architecture import source

PAGE = source.ROOT / "docs" / "reference" / "rights.md"
CLOCK_ALONE = {Action.LEAVE_UNASSIGNED, Action.EXPIRE, Action.EXTEND, Action.RELEASE}


def table(head: str, rows: list[tuple[str, list[Scope | None]]]) -> str:
    """Return a Markdown table with a column for each role."""
    roles = " | ".join(role.value for role in Role)
    lines = [f"| {head} | {roles} |", "| --- |" + " --- |" * len(Role)]
    for name, granted in rows:
        cells = " | ".join(scope.value if scope else "–" for scope in granted)
        lines.append(f"| {name} | {cells} |")
    return "\n".join(lines)


def verbs() -> str:
    """Return who may do what, as the page has it."""
    rows = [(f"{verb.value} `{verb.name}`", [RIGHTS[role].get(verb) for role in Role]) for verb in Verb]
    return table("action", rows)


def fields() -> str:
    """Return who sees what, as the page has it."""
    return table("field", [(f"`{one.value}`", [FIELDS[role].get(one) for role in Role]) for one in Field])


def test_every_role_has_rights_and_fields():
    assert set(RIGHTS) == set(FIELDS) == set(Role)


def test_everything_that_can_be_done_somebody_may_do():
    granted = {verb for row in RIGHTS.values() for verb in row}

    assert granted == set(Verb)


def test_the_guard_asks_about_every_command():
    assert set(NEEDED) == set(HANDLERS)


def test_every_action_of_the_lifecycle_belongs_to_a_right_or_to_the_clock():
    assert set(VERB_OF) & CLOCK_ALONE == set()
    assert set(VERB_OF) | CLOCK_ALONE == set(Action)


def test_a_technician_never_sees_the_cost_and_a_customer_no_internal_note():
    assert Field.COST not in FIELDS[Role.TECHNICIAN]
    assert Field.INTERNAL_NOTES not in FIELDS[Role.CUSTOMER]
    assert FIELDS[Role.FINANCE][Field.COST] is Scope.ALL


def test_the_page_has_the_tables_as_they_are():
    page = PAGE.read_text("utf-8")

    assert verbs() in page, verbs()
    assert fields() in page, fields()
