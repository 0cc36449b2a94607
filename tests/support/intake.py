"""More customers of Chen's firm, and what the product knows of requests that are not registered yet."""

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import select

from domain.assets.model import Asset, Customer
from domain.files.model import Attachment
from domain.intake.model import Draft
from domain.people.model import Person, Role
from domain.workorder.model import Reporter
from tests.support import cast
from tests.support.actors import Visitor
from tests.support.loop import Loop


def colleague(loop: Loop, name: str, firm: str = "C001") -> Visitor:
    """Let one more contact of a firm exist on WeChat and in the product's database."""
    userid = f"wm{uuid4().hex[:8]}"
    loop.wecom.add_customer(userid, name)
    with loop.database.write() as session, session.begin():
        customer = session.execute(select(Customer).where(Customer.code == firm)).scalar_one()
        made = Person(id=uuid4(), name=name, mobile="13900001234", region="", skills=[], active=True)
        made.customer_id, made.created_at = customer.id, loop.clock.now()
        made.give_roles(frozenset({Role.CUSTOMER}))
        made.identities = [cast.identity("wecom_external", userid, loop.clock.now())]
        session.add(made)
    return Visitor(loop.wecom, userid)


def machine(loop: Loop, serial: str, name: str, firm: str = "C001") -> None:
    """Let a firm have one more machine."""
    with loop.database.write() as session, session.begin():
        customer = session.execute(select(Customer).where(Customer.code == firm)).scalar_one()
        asset = Asset(id=uuid4(), serial=serial, name=name, model="", site="", batch="")
        asset.customer_id = customer.id
        session.add(asset)


def drafts(loop: Loop) -> Sequence[Draft]:
    """Return every draft, oldest first."""
    with loop.database.read() as session:
        return session.execute(select(Draft).order_by(Draft.created_at)).scalars().all()


def only_draft(loop: Loop) -> Draft:
    """Return the one draft there is."""
    (draft,) = drafts(loop)
    return draft


def reporters(loop: Loop) -> Sequence[Reporter]:
    """Return everybody who ever joined a work order, oldest first."""
    with loop.database.read() as session:
        return session.execute(select(Reporter).order_by(Reporter.joined_at)).scalars().all()


def attachments(loop: Loop) -> Sequence[Attachment]:
    """Return every file that somebody sent."""
    with loop.database.read() as session:
        return session.execute(select(Attachment).order_by(Attachment.sent_at)).scalars().all()
