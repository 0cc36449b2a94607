"""Who plays in the flow tests: on the platforms, and as the product's database knows them."""

from datetime import datetime
from uuid import UUID, uuid4

from adapters.storage.engine import Database
from domain.assets.model import Asset, Customer
from domain.people.model import Identity, Person, Role
from sandbox.dingtalk import DingtalkSandbox
from sandbox.wecom import WecomSandbox

CHEN, NEW_VISITOR = "wmChen", "wmNewVisitor"
MOBILE = {
    "陈静": "13900000001",
    "林涛": "13900000002",
    "李强": "13800000003",
    "王芳": "13800000004",
    "孙浩": "13800000005",
    "赵敏": "13800000006",
    "钱进": "13800000007",
    "周涛": "13800000008",
    "何洁": "13900000009",
    "吴梅": "13800000010",
    "郑强": "13800000011",
}
NOBODYS_MOBILE = "13700000000"
_PEOPLE: tuple[tuple[str, Role, str, str, tuple[tuple[str, str], ...]], ...] = (
    # Region decides who is asked: Li before Wang before Sun for Chen, Sun first for Lin.
    ("陈静", Role.CUSTOMER, "", "C001", (("wecom_external", CHEN),)),
    ("林涛", Role.CUSTOMER, "", "C002", (("wecom", "lin"),)),
    ("李强", Role.TECHNICIAN, "华东", "", (("dingtalk", "li"),)),
    ("王芳", Role.TECHNICIAN, "", "", (("dingtalk", "wang"),)),
    ("孙浩", Role.TECHNICIAN, "华南", "", (("wecom", "sun"),)),
    ("赵敏", Role.DISPATCHER, "", "", (("dingtalk", "zhao"),)),
    ("钱进", Role.FINANCE, "", "", (("dingtalk", "qian"),)),
    # Known by number alone: nobody was bound yet.
    ("周涛", Role.TECHNICIAN, "华北", "", ()),
    ("何洁", Role.CUSTOMER, "", "C001", ()),
    ("吴梅", Role.AGENT, "", "", (("dingtalk", "wu"),)),
    ("郑强", Role.MANAGER, "", "", (("wecom", "zheng"),)),
)
_FIRMS = (("C001", "沪冷物流", "华东", "张江路 88 号"), ("C002", "深港冷链", "华南", "科技园 6 栋"))
_DINGTALK = {"li": "李强", "wang": "王芳", "zhao": "赵敏", "qian": "钱进", "zhou": "周涛", "wu": "吴梅"}
_WECOM = {"lin": "林涛", "sun": "孙浩", "zhou.tao": "周涛", "zheng": "郑强"}


def register_everybody(database: Database, now: datetime) -> None:
    """Put firms, machines and people into the product's database."""
    firms = {code: uuid4() for code, *_ in _FIRMS}
    with database.write() as session, session.begin():
        for code, name, region, address in _FIRMS:
            firm = Customer(id=firms[code], code=code, name=name, region=region, address=address)
            firm.level, firm.created_at = "", now
            session.add(firm)
        session.flush()
        freezer = Asset(id=uuid4(), serial="LK-9001", name="冷库机组", model="X1", site="", batch="")
        freezer.customer_id = firms["C001"]
        session.add(freezer)
        for name, role, region, firm_code, identities in _PEOPLE:
            session.add(_person(name, role, region, firms.get(firm_code), identities, now))


def _person(
    name: str,
    role: Role,
    region: str,
    firm: UUID | None,
    identities: tuple[tuple[str, str], ...],
    now: datetime,
) -> Person:
    made = Person(id=uuid4(), name=name, mobile=MOBILE[name], region=region, skills=[], active=True)
    made.customer_id, made.created_at = firm, now
    made.give_roles(frozenset({role}))
    made.identities = [identity(platform, user_id, now) for platform, user_id in identities]
    return made


def identity(platform: str, user_id: str, now: datetime) -> Identity:
    """Return who somebody is on one platform."""
    return Identity(id=uuid4(), platform=platform, user_id=user_id, bound_at=now)


def populate(wecom: WecomSandbox, dingtalk: DingtalkSandbox) -> None:
    """Let everybody exist on the platforms; the numbers are what each platform's address book says."""
    wecom.add_customer(CHEN, "陈静")
    wecom.add_customer(NEW_VISITOR, "微信用户")
    for userid, name in _WECOM.items():
        wecom.add_member(userid, name, MOBILE[name])
    wecom.add_member("stranger", "新来的")
    for userid, name in _DINGTALK.items():
        dingtalk.add_user(userid, name, MOBILE[name])
    dingtalk.add_user("stranger", "新来的", NOBODYS_MOBILE)
