"""Whoever is imported stays the same person: a second import of the same rows changes nothing."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from adapters.imports import CustomerRow, Line, PersonRow
from adapters.storage.import_match import KnownPerson, PeopleImport

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MOBILES = [f"1380000000{n}" for n in range(4)]
IDS = ["a", "b", "c"]
CODES = {code: UUID(int=1000 + n) for n, code in enumerate(["C1", "C2", "C3"])}
PLATFORMS = ["dingtalk", "wecom", "wecom_external"]


@st.composite
def known_people(draw: st.DrawFn) -> list[KnownPerson]:
    pairs = [(platform, user_id) for platform in PLATFORMS for user_id in IDS]
    owners = draw(st.lists(st.integers(0, 5), min_size=len(pairs), max_size=len(pairs)))
    roles = st.frozensets(st.sampled_from(["customer", "agent", "technician"]), min_size=1)
    return [
        KnownPerson(
            id=UUID(int=number),
            name=f"甲{number}",
            created_at=NOW,
            mobile=draw(st.sampled_from(["", *MOBILES])),
            customer_id=draw(st.sampled_from([None, *CODES.values()])),
            roles=draw(roles),  # type: ignore[arg-type]
            identities=frozenset(pair for pair, owner in zip(pairs, owners, strict=True) if owner == number),
            self_bound=draw(st.booleans()),
        )
        for number in range(1, 5)
    ]


def distinct(values: list[str]) -> st.SearchStrategy[list[str]]:
    """Some rows' values of a key column: none is there twice, except the empty one."""
    return st.permutations([*values, "", ""])


@st.composite
def staff_lines(draw: st.DrawFn) -> list[Line[PersonRow]]:
    columns = zip(
        draw(distinct(MOBILES)), draw(distinct([*IDS, "d"])), draw(distinct([*IDS, "d"])), strict=True
    )
    rows = [
        {"name": f"乙{n}", "mobile": mobile, "dingtalk_userid": ding, "wecom_userid": wecom}
        for n, (mobile, ding, wecom) in enumerate(columns)
        if mobile or ding or wecom
    ]
    # Not `customer` alone: there people.csv and customers.csv may contradict each other about one number.
    roles = st.sampled_from(["technician", "agent;manager", "customer;agent"])
    kept = draw(st.integers(0, len(rows)))
    return [
        Line("people.csv", n, PersonRow.model_validate({**row, "roles": draw(roles)}))
        for n, row in enumerate(rows[:kept])
    ]


@st.composite
def contact_lines(draw: st.DrawFn) -> list[Line[CustomerRow]]:
    columns = zip(CODES, draw(distinct(MOBILES)), draw(distinct([*IDS, "d"])), strict=False)
    return [
        Line(
            "customers.csv",
            n,
            CustomerRow(code=code, name="丙", contact_mobile=mobile, wecom_external_userid=wechat),
        )
        for n, (code, mobile, wechat) in enumerate(columns)
    ]


@given(known_people(), staff_lines(), contact_lines())
def test_a_second_import_changes_nobody(known, staff, contacts):
    first = PeopleImport(known, CODES, NOW)
    first.run(staff, contacts)
    if first.problems:
        assert not first.after
        return
    everybody = {**first.before, **first.after}

    again = PeopleImport(everybody.values(), CODES, NOW)
    again.run(staff, contacts)

    assert again.problems == []
    assert again.after == {key: everybody[key] for key in first.after}


@given(known_people(), staff_lines(), contact_lines())
def test_an_identity_has_one_owner_and_nobody_loses_theirs_to_somebody_else(known, staff, contacts):
    run = PeopleImport(known, CODES, NOW)

    run.run(staff, contacts)

    everybody = {**run.before, **run.after}.values()
    bound = [pair for person in everybody for pair in person.identities]
    assert len(bound) == len(set(bound))


@given(known_people(), staff_lines(), contact_lines())
def test_a_number_typed_by_a_visitor_makes_nobody_staff(known, staff, contacts):
    run = PeopleImport(known, CODES, NOW)

    run.run(staff, contacts)

    stated = {pair for line in staff for pair in _stated(line.row)}
    promoted = [
        person
        for key, person in run.after.items()
        if key in run.before and person.is_staff and not run.before[key].is_staff
    ]
    assert all(not person.self_bound or person.identities & stated for person in promoted)


def _stated(row: PersonRow) -> set[tuple[str, str]]:
    return {("dingtalk", row.dingtalk_userid), ("wecom", row.wecom_userid)}
