"""The product's delivery ledger in the words of the wall."""

from collections import Counter

from adapters.storage.engine import Database
from adapters.storage.notifications import Owed, Tried, counts, notifications
from bootstrap.demo.stage import DESK_GROUP
from cards.catalog import render
from cards.spec import Card
from sandbox.wall import Attempt, Ledger, Notification, Standing

MOST = 80
TITLE_LIMIT = 60
WAYS = {
    "dingtalk.own_card": "钉钉卡片",
    "dingtalk.built_in_card": "钉钉内置卡片",
    "dingtalk.text": "钉钉文字",
    "wecom.card": "企微卡片",
    "wecom.text": "企微文字",
    "wecom.aibot": "智能机器人",
    "wecom.kf": "微信客服",
    "wecom.welcome": "欢迎语",
    "wecom.webhook": "群机器人",
    "dingtalk.todo": "钉钉待办",
}
OUTCOMES = {
    "accepted": "平台已收",
    "failed": "没发出去",
    "waiting": "等对方先说话",
    "dead": "放弃",
    "expired": "过期",
    "needless": "不用再发",
    "revoked": "平台撤回",
    "moot": "不用再说",
    "superseded": "并入更新的一条",
}
STANDINGS = {
    "pending": Standing.DUE,
    "waiting": Standing.WAITING,
    "sent": Standing.ACCEPTED,
    "superseded": Standing.DROPPED,
    "moot": Standing.DROPPED,
    "expired": Standing.DROPPED,
    "dead": Standing.DEAD,
}
WHY = {"superseded": "有更新的一条代替它", "moot": "条件已不成立，不用再说", "expired": "来不及了，不再发"}
CHATS = {
    "dingtalk_group": DESK_GROUP,
    "wecom_webhook": "售后通报群",
    "wecom_user": "还没绑定的企微成员",
    "dingtalk_user": "还没绑定的钉钉成员",
    "wecom_kf": "还没绑定的微信客户",
}
"""Who reads what is no known person's."""


def read_ledger(database: Database) -> Ledger:
    """Return the newest notifications, and how many there are of each standing."""
    found = Counter[Standing]()
    for state, count in counts(database).items():
        found[STANDINGS[state]] += count
    return Ledger([_notification(owed) for owed in notifications(database, MOST)], dict(found))


def _notification(owed: Owed) -> Notification:
    return Notification(
        key=str(owed.seq),
        to=owed.reader or _chat(owed.audience),
        what=_title(owed),
        standing=_standing(owed),
        way=_way(owed.tried[-1].rung) if owed.tried else "",
        why=_why(owed),
        intended_at=owed.decided_at,
        sent_at=owed.tried[0].at if owed.tried else None,
        accepted_at=owed.accepted_at,
        acted_at=owed.acted_at,
        next_at=owed.retry_at,
        attempts=tuple(map(_attempt, owed.tried)),
    )


def _chat(audience: str) -> str:
    kind = audience.split(":")[1]
    return CHATS.get(kind, kind)


def _standing(owed: Owed) -> Standing:
    if owed.acted_at is not None:
        return Standing.ACTED
    retried = owed.state == "pending" and any(one.outcome == "failed" for one in owed.tried)
    return Standing.RETRYING if retried else STANDINGS[owed.state]


def _why(owed: Owed) -> str:
    if owed.state in WHY:
        return WHY[owed.state]
    return f"平台答复 {owed.last_error}" if owed.last_error else ""


def _attempt(tried: Tried) -> Attempt:
    return Attempt(tried.at, _way(tried.rung), OUTCOMES.get(tried.outcome, tried.outcome), tried.code)


def _way(rung: str) -> str:
    return WAYS.get(rung, rung)


def _title(owed: Owed) -> str:
    """Return the first line of what its reader sees."""
    if owed.audience.startswith("todo:"):
        return str(owed.view.get("subject", owed.card))[:TITLE_LIMIT]
    content = render(owed.card, owed.view)
    if isinstance(content, Card):
        return f"{content.title} {content.status}".strip()[:TITLE_LIMIT]
    return content.text.strip().splitlines()[0][:TITLE_LIMIT]
