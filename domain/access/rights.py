"""The one table of rights: role × scope × action, and the fields a role may see.

Source: docs/reference/rights.md
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.people.model import Role


class Scope(StrEnum):
    """How far a right reaches; each one includes those before it."""

    OWN = "own"
    """What somebody reported, was asked for or holds."""
    TEAM = "team"
    """What belongs to the same customer."""
    REGION = "region"
    """What lies in one of somebody's regions; who has none is limited to none."""
    ALL = "all"


class Verb(StrEnum):
    """What can be done, as people speak of it."""

    REPORT = "报修"
    REGISTER = "登记"
    SEE = "查看"
    SEE_HISTORY = "查看客户和设备档案"
    OFFER = "派单"
    ACCEPT = "接单"
    DECLINE = "拒单"
    STEP = "更新现场进度"
    HOLD = "挂起"
    REASSIGN = "转单"
    NOTE = "补充说明"
    RELAY = "转达消息"
    CANCEL = "取消"
    MERGE = "合并"
    JOIN = "关联"
    SIGN_OFF = "验收"
    SKIP_ACCEPTANCE = "代客户验收"
    TAKE_SIGNATURE = "请客户签字"
    SETTLE = "结算"
    FOLLOW_UP = "回访"
    CLOSE = "关单"
    REOPEN = "重开"
    RATE = "评价"
    CHANGE = "修改工单"
    MANAGE_CUSTOMERS = "维护客户和设备"
    REMIND = "稍后提醒"
    MUTE = "静音"
    MANAGE_SLA = "发布时限规则"
    REQUEST = "发起申请"
    APPROVE = "审批"
    HAND_OVER = "交接审批"
    MANAGE_PROCESSES = "发布流程"
    SEE_STOCK = "查看库存"
    ASK_PARTS = "领用备件"
    HAND_OVER_PARTS = "交接备件"
    KEEP_STOCK = "出入库"
    BUY_PARTS = "采购备件"
    CORRECT_STOCK = "调整库存"


_CUSTOMER: Mapping[Verb, Scope] = {
    Verb.REPORT: Scope.ALL,
    Verb.SEE: Scope.OWN,
    Verb.NOTE: Scope.OWN,
    Verb.RELAY: Scope.OWN,
    Verb.CANCEL: Scope.OWN,
    Verb.JOIN: Scope.TEAM,
    Verb.SIGN_OFF: Scope.OWN,
    Verb.RATE: Scope.OWN,
    Verb.REOPEN: Scope.OWN,
}
_TECHNICIAN: Mapping[Verb, Scope] = {
    Verb.REPORT: Scope.ALL,
    Verb.SEE: Scope.ALL,
    Verb.SEE_HISTORY: Scope.OWN,
    # Whoever does not hold the work order is told who does, so the decision itself refuses them.
    Verb.ACCEPT: Scope.ALL,
    Verb.DECLINE: Scope.ALL,
    Verb.STEP: Scope.ALL,
    Verb.HOLD: Scope.OWN,
    Verb.REASSIGN: Scope.OWN,
    Verb.NOTE: Scope.OWN,
    Verb.RELAY: Scope.OWN,
    Verb.REMIND: Scope.OWN,
    # Whose job it is for, the request itself says.
    Verb.ASK_PARTS: Scope.ALL,
    # The customer draws on the phone of whoever did the work.
    Verb.TAKE_SIGNATURE: Scope.OWN,
}
_AGENT: Mapping[Verb, Scope] = {
    Verb.REPORT: Scope.ALL,
    Verb.REGISTER: Scope.ALL,
    Verb.SEE: Scope.ALL,
    Verb.SEE_HISTORY: Scope.ALL,
    Verb.NOTE: Scope.ALL,
    Verb.RELAY: Scope.ALL,
    Verb.CANCEL: Scope.ALL,
    Verb.JOIN: Scope.ALL,
    Verb.FOLLOW_UP: Scope.ALL,
    Verb.REOPEN: Scope.ALL,
    Verb.CHANGE: Scope.ALL,
    Verb.REMIND: Scope.ALL,
    # Who registered a caller without a chat hears from them whether it is repaired.
    Verb.SKIP_ACCEPTANCE: Scope.ALL,
}
_DISPATCHER: Mapping[Verb, Scope] = {
    **_AGENT,
    Verb.OFFER: Scope.ALL,
    Verb.REASSIGN: Scope.ALL,
    Verb.HOLD: Scope.ALL,
    Verb.MERGE: Scope.ALL,
    Verb.SETTLE: Scope.ALL,
    Verb.CLOSE: Scope.ALL,
    Verb.MANAGE_CUSTOMERS: Scope.ALL,
    Verb.MUTE: Scope.ALL,
    # For whoever holds the job.
    Verb.ASK_PARTS: Scope.ALL,
}
_MANAGER: Mapping[Verb, Scope] = {
    **_DISPATCHER,
    Verb.MANAGE_SLA: Scope.ALL,
    Verb.HAND_OVER: Scope.ALL,
    Verb.MANAGE_PROCESSES: Scope.ALL,
    Verb.KEEP_STOCK: Scope.ALL,
    Verb.BUY_PARTS: Scope.ALL,
    Verb.CORRECT_STOCK: Scope.ALL,
}
_SEES_ALL: Mapping[Verb, Scope] = {Verb.REPORT: Scope.ALL, Verb.SEE: Scope.ALL, Verb.SEE_HISTORY: Scope.ALL}

_STAFF: Mapping[Verb, Scope] = {
    Verb.REQUEST: Scope.ALL,
    Verb.APPROVE: Scope.ALL,
    Verb.SEE_STOCK: Scope.ALL,
    Verb.HAND_OVER_PARTS: Scope.ALL,
}
"""What everybody may who works for us; whose task an approval is, its process says.

Whose pieces somebody hands over or takes, the hand-over says.
"""

_OF_ROLE: Mapping[Role, Mapping[Verb, Scope]] = {
    Role.TECHNICIAN: _TECHNICIAN,
    Role.AGENT: _AGENT,
    Role.DISPATCHER: _DISPATCHER,
    Role.MANAGER: _MANAGER,
    Role.DIRECTOR: {**_SEES_ALL, Verb.REMIND: Scope.ALL, Verb.MUTE: Scope.ALL},
    # A store serves the jobs of its region; one without a region serves all.
    Role.STOREKEEPER: {
        Verb.REPORT: Scope.ALL,
        Verb.SEE: Scope.ALL,
        Verb.NOTE: Scope.REGION,
        Verb.KEEP_STOCK: Scope.ALL,
        Verb.BUY_PARTS: Scope.ALL,
    },
    Role.FINANCE: {**_SEES_ALL, Verb.SETTLE: Scope.ALL},
    Role.ADMIN: _MANAGER,
}
RIGHTS: Mapping[Role, Mapping[Verb, Scope]] = {
    Role.CUSTOMER: _CUSTOMER,
    **{role: {**_STAFF, **verbs} for role, verbs in _OF_ROLE.items()},
}


class Field(StrEnum):
    """What not everybody may see of a work order."""

    CONTACT = "contact"
    """The customer's name, number and address."""
    TECHNICIAN_MOBILE = "technician_mobile"
    COST = "cost"
    INTERNAL_NOTES = "internal_notes"


FIELDS: Mapping[Role, Mapping[Field, Scope]] = {
    Role.CUSTOMER: {Field.CONTACT: Scope.OWN, Field.TECHNICIAN_MOBILE: Scope.OWN},
    Role.TECHNICIAN: {Field.CONTACT: Scope.OWN, Field.INTERNAL_NOTES: Scope.OWN},
    Role.STOREKEEPER: {Field.TECHNICIAN_MOBILE: Scope.ALL, Field.INTERNAL_NOTES: Scope.REGION},
    Role.FINANCE: {Field.CONTACT: Scope.ALL, Field.COST: Scope.ALL},
    **{
        role: dict.fromkeys(Field, Scope.ALL)
        for role in (Role.DISPATCHER, Role.MANAGER, Role.DIRECTOR, Role.ADMIN)
    },
    Role.AGENT: {field: Scope.ALL for field in Field if field is not Field.COST},
}

_REACH = tuple(Scope)


@dataclass(frozen=True)
class Relation:
    """How somebody stands to a record: the narrowest scope that holds."""

    scope: Scope

    def within(self, granted: Scope) -> bool:
        """Return whether a granted scope reaches the record."""
        return _REACH.index(self.scope) <= _REACH.index(granted)


STRANGER = Relation(Scope.ALL)


def may(roles: Collection[Role], verb: Verb, relation: Relation = STRANGER) -> bool:
    """Return whether any of somebody's roles allows this at the record."""
    granted = (RIGHTS[role].get(verb) for role in roles)
    return any(scope is not None and relation.within(scope) for scope in granted)


def sees(roles: Collection[Role], field: Field, relation: Relation) -> bool:
    """Return whether any of somebody's roles shows this field of the record."""
    granted = (FIELDS[role].get(field) for role in roles)
    return any(scope is not None and relation.within(scope) for scope in granted)
