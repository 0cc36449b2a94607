"""Loads the people an import may be about, and writes what became of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from adapters.imports import ParsedFiles, Row
from adapters.inbound import sender_key
from adapters.storage.bulk import Counts, chunks, insert_all
from adapters.storage.dialect import HELD_STATE
from adapters.storage.import_match import KnownPerson, PeopleImport, Wish, contact_wish, staff_wish
from adapters.storage.tables import EventRow, InboxRow
from domain.access.rights import Verb, may
from domain.people.events import IdentityBound
from domain.people.handlers import WECHAT_VISITOR
from domain.people.model import Identity, Person, PersonRole, Role
from domain.survey.model import FollowUp
from domain.workorder.model import WorkOrder
from domain.workorder.status import UNDER_WAY, Status

Pairs = Collection[tuple[str, str]]


def load_people(session: Session, files: ParsedFiles) -> list[KnownPerson]:
    """Return everybody whom an identity or a mobile number of the files points at."""
    wishes: list[Wish[Row]] = [*map(staff_wish, files.people), *map(contact_wish, files.customers)]
    mobiles = {wish.mobile for wish in wishes if wish.mobile}
    mobiles |= {line.row.manager for line in files.people if line.row.manager}
    ids: set[UUID] = set()
    for chunk in chunks(mobiles):
        ids.update(session.scalars(select(Person.id).where(Person.mobile.in_(chunk))))
    for platform, users in _by_platform(pair for wish in wishes for pair in wish.identities).items():
        for chunk in chunks(users):
            query = select(Identity.person_id).where(Identity.platform == platform)
            ids.update(session.scalars(query.where(Identity.user_id.in_(chunk))))
    return [person for some in chunks(ids) for person in _known(session, some)]


def write_people(session: Session, people: PeopleImport, now: datetime) -> Counts:
    """Write the difference between before and after."""
    new = [person for person in people.after.values() if person.id not in people.before]
    pairs = [(before, people.after[key]) for key, before in people.before.items() if key in people.after]
    changed = [(before, after) for before, after in pairs if before != after]
    # A manager may come later in the same file, so nobody reports to anybody until all are there.
    insert_all(session, Person, [{**_columns(person), "manager_id": None} for person in new])
    rows = [_columns(after) for before, after in changed if _columns(before) != _columns(after)]
    if rows := rows + [_columns(person) for person in new if person.manager_id is not None]:
        session.execute(update(Person), rows)
    _write_roles(session, changed, new)
    _write_identities(session, changed, new, now)
    left = [before.id for before, after in changed if _works(before) and not _works(after)]
    _free_work_orders(session, left, now)
    _free_follow_ups(session, [was.id for was, after in changed if _calls(was) and not _calls(after)], now)
    return Counts(len(new), len(changed), len(pairs) - len(changed))


def _known(session: Session, ids: Sequence[UUID]) -> list[KnownPerson]:
    roles: dict[UUID, set[Role]] = defaultdict(set)
    for person_id, role in session.execute(
        select(PersonRole.person_id, PersonRole.role).where(PersonRole.person_id.in_(ids))
    ):
        roles[person_id].add(Role(role))
    identities: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    for person_id, platform, user_id in session.execute(
        select(Identity.person_id, Identity.platform, Identity.user_id).where(Identity.person_id.in_(ids))
    ):
        identities[person_id].add((platform, user_id))
    claimed = _self_bound(session, ids)
    table = Person.__table__
    return [
        KnownPerson(
            **{**row, "skills": tuple(row["skills"])},
            roles=frozenset(roles[row["id"]]),
            identities=frozenset(identities[row["id"]]),
            self_bound=any((row["id"], user_id) in claimed for _, user_id in identities[row["id"]]),
        )
        for row in session.execute(select(*table.columns).where(table.columns["id"].in_(ids))).mappings()
    ]


def _self_bound(session: Session, ids: Sequence[UUID]) -> set[tuple[UUID, str]]:
    """Return who was bound to which WeChat user because that user typed a number."""
    query = select(EventRow.subject_id, EventRow.payload).where(
        EventRow.subject_id.in_(ids), EventRow.name == IdentityBound.__name__
    )
    return {
        (subject_id, payload["user_id"])
        for subject_id, payload in session.execute(query)
        if payload["platform"] == WECHAT_VISITOR
    }


def _columns(person: KnownPerson) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "mobile": person.mobile,
        "region": person.region,
        "skills": list(person.skills),
        "customer_id": person.customer_id,
        "manager_id": person.manager_id,
        "active": person.active,
        "created_at": person.created_at,
    }


def _write_roles(
    session: Session, changed: Sequence[tuple[KnownPerson, KnownPerson]], new: Sequence[KnownPerson]
) -> None:
    lost: dict[Role, list[UUID]] = defaultdict(list)
    for before, after in changed:
        for role in before.roles - after.roles:
            lost[role].append(after.id)
    for role, ids in lost.items():
        for chunk in chunks(ids):
            query = delete(PersonRole).where(PersonRole.role == role.value, PersonRole.person_id.in_(chunk))
            session.execute(query)
    gained = [(after.id, after.roles - before.roles) for before, after in changed]
    gained += [(person.id, person.roles) for person in new]
    rows = [{"person_id": key, "role": role.value} for key, roles in gained for role in sorted(roles)]
    insert_all(session, PersonRole, rows)


def _write_identities(
    session: Session,
    changed: Sequence[tuple[KnownPerson, KnownPerson]],
    new: Sequence[KnownPerson],
    now: datetime,
) -> None:
    lost = _by_platform(pair for before, after in changed for pair in before.identities - after.identities)
    for platform, users in lost.items():
        for chunk in chunks(users):
            query = delete(Identity).where(Identity.platform == platform, Identity.user_id.in_(chunk))
            session.execute(query)
    gained = [(after.id, after.identities - before.identities) for before, after in changed]
    gained += [(person.id, person.identities) for person in new]
    rows = [
        {"id": uuid4(), "person_id": key, "platform": platform, "user_id": user_id, "bound_at": now}
        for key, identities in gained
        for platform, user_id in sorted(identities)
    ]
    insert_all(session, Identity, rows)
    _release_held(session, [pair for _, identities in gained for pair in identities])


def _release_held(session: Session, bound: Pairs) -> None:
    """Let what these people said before we knew them be handled now."""
    for chunk in chunks(bound):
        keys = [sender_key(platform, user_id) for platform, user_id in chunk]
        query = update(InboxRow).where(InboxRow.sender_key.in_(keys), InboxRow.state == HELD_STATE)
        session.execute(
            query.values(state="pending", next_try_at=InboxRow.received_at),
            execution_options={"synchronize_session": False},
        )


def _works(person: KnownPerson) -> bool:
    """Return whether somebody may have work orders."""
    return person.active and Role.TECHNICIAN in person.roles


def _free_work_orders(session: Session, left: Sequence[UUID], now: datetime) -> None:
    """Let the clock look at what somebody has who left.

    Source: docs/reference/work-order-lifecycle.md, rule WO-21.
    """
    held = [status.value for status in (*sorted(UNDER_WAY), Status.ON_HOLD)]
    for chunk in chunks(left):
        query = update(WorkOrder).where(WorkOrder.assignee_id.in_(chunk), WorkOrder.status.in_(held))
        session.execute(query.values(next_due_at=now), execution_options={"synchronize_session": False})


def _calls(person: KnownPerson) -> bool:
    """Return whether somebody may ask customers afterwards."""
    return person.active and may(person.roles, Verb.FOLLOW_UP)


def _free_follow_ups(session: Session, left: Sequence[UUID], now: datetime) -> None:
    """Let the clock look at the calls of somebody who left.

    Source: docs/reference/work-order-lifecycle.md, rule WO-21.
    """
    for chunk in chunks(left):
        query = update(FollowUp).where(FollowUp.assignee_id.in_(chunk), FollowUp.done_at.is_(None))
        session.execute(query.values(next_due_at=now), execution_options={"synchronize_session": False})


def _by_platform(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for platform, user_id in pairs:
        found[platform].append(user_id)
    return found
