"""Binding a platform user to a person; never a guess."""

from uuid import uuid4

from domain.kernel.errors import NotFound
from domain.people.commands import BindIdentity, MeetCaller
from domain.people.errors import MobileNotConfirmed, MobileUnknown
from domain.people.events import CallerMet, IdentityBound
from domain.people.model import STAFF_ROLES, Identity, Person, Role
from domain.people.ports import PeopleUnitOfWork

WECHAT_VISITOR = "wecom_external"
"""People outside the company, whose number no platform can confirm: they only ever become customers."""


def bind_identity(cmd: BindIdentity, uow: PeopleUnitOfWork) -> None:
    """Find or make the person behind a mobile number and bind the platform user to it.

    Staff are bound only when the platform confirmed the number: typing a colleague's gives no rights.
    Nobody joins, by a number alone, a contact that is bound already or is staff too: knowing a number
    must show nobody's work orders and give nobody's rights.
    """
    if uow.people.by_identity(cmd.platform, cmd.user_id) is not None:
        return
    person = _as_customer(cmd, uow) if cmd.platform == WECHAT_VISITOR else _as_staff(cmd, uow)
    newly_met = person is None
    if person is None:
        person = _newcomer(cmd, uow)
    uow.people.add_identity(
        Identity(
            id=uuid4(),
            person_id=person.id,
            platform=cmd.platform,
            user_id=cmd.user_id,
            bound_at=cmd.issued_at,
        )
    )
    uow.record(
        IdentityBound(
            occurred_at=cmd.issued_at,
            actor_id=str(person.id),
            person_id=person.id,
            platform=cmd.platform,
            user_id=cmd.user_id,
            conversation=cmd.conversation,
            newly_met=newly_met,
        )
    )


def _as_staff(cmd: BindIdentity, uow: PeopleUnitOfWork) -> Person | None:
    if cmd.verified is False:
        raise MobileNotConfirmed
    known = [person for person in uow.people.by_mobile(cmd.mobile) if person.active]
    staff = [person for person in known if person.roles & STAFF_ROLES]
    if cmd.verified is None:
        if staff:
            raise MobileNotConfirmed
        if known:
            return _as_customer(cmd, uow)
    if not known and cmd.platform != "wecom":
        raise MobileUnknown
    return next(iter(staff or known), None)


def _as_customer(cmd: BindIdentity, uow: PeopleUnitOfWork) -> Person | None:
    contacts = [person for person in uow.people.by_mobile(cmd.mobile) if Role.CUSTOMER in person.roles]
    if not contacts:
        return None
    contact = contacts[0]
    if contact.identities or contact.roles & STAFF_ROLES:
        return _newcomer(cmd, uow, customer_of=contact)
    return contact


def _newcomer(cmd: BindIdentity, uow: PeopleUnitOfWork, customer_of: Person | None = None) -> Person:
    person = Person(
        id=uuid4(),
        name=cmd.display_name or f"尾号{cmd.mobile[-4:]}的客户",
        # A member's number that no platform confirmed is not kept: an import would match it to staff.
        mobile=cmd.mobile if cmd.verified or cmd.platform == WECHAT_VISITOR else "",
        region=customer_of.region if customer_of else "",
        customer_id=customer_of.customer_id if customer_of else None,
        created_at=cmd.issued_at,
        skills=[],
        active=True,
    )
    person.give_roles(frozenset({Role.CUSTOMER}))
    uow.people.add(person)
    return person


def meet_caller(cmd: MeetCaller, uow: PeopleUnitOfWork) -> None:
    """Keep somebody who called as a customer's contact; no platform user is bound by it."""
    person = Person(
        id=cmd.person_id,
        name=cmd.name.strip() or (f"尾号{cmd.mobile[-4:]}的客户" if cmd.mobile else "来电客户"),
        mobile=cmd.mobile,
        region=cmd.region,
        customer_id=cmd.customer_id,
        created_at=cmd.issued_at,
        skills=[],
        active=True,
    )
    person.give_roles(frozenset({Role.CUSTOMER}))
    uow.people.add(person)
    uow.record(
        CallerMet(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            person_id=person.id,
            customer_id=cmd.customer_id,
        )
    )


def technician_named(name: str, uow: PeopleUnitOfWork) -> Person:
    """Return the one active technician of this name.

    Raises:
        NotFound: nobody, or more than one.
    """
    found = uow.people.by_name(name, Role.TECHNICIAN)
    if len(found) != 1:
        raise NotFound(what=f"技师 {name}" if not found else f"唯一的技师 {name}（有 {len(found)} 位同名）")
    return found[0]


def technician_reached(choice: str, uow: PeopleUnitOfWork) -> Person:
    """Return the technician of this id in hex, if a staff platform reaches them.

    Raises:
        NotFound: there is none.
    """
    found = [one.person_id for one in uow.people.technicians() if one.person_id.hex == choice]
    if not found:
        raise NotFound(what="这位技师")
    return uow.people.get(found[0])
