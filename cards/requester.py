"""The work order's card for those who reported it: to accept the work, and to say how it went."""

from cards.spec import Button, ButtonStyle, Card, CardAction, Link, Tone
from cards.text import REQUESTER_STATUS, SCORE_LABEL
from cards.text_closing import (
    ACCEPT_AGAIN,
    CHANGED,
    CHANGED_LABEL,
    CHANGED_NOTHING,
    CHANGED_SOMEHOW,
    CORRECTED_TITLE,
    DONE_TITLE,
    SIGN_AGAIN,
    SIGNATURE_LABEL,
)
from cards.text_pages import PAGE_LABEL, RATE_PAGE, SIGN_PAGE
from domain.kernel.money import yuan
from domain.workorder.status import Status
from domain.workorder.views import RequesterView

_RATE = "请为这次服务打分（1～5 分），也可以直接回复，例如：5分 技师很专业"
_HINT = {
    Status.COMPLETED: "请确认是否已修好；不满意请点“不通过”并说明原因，技师会继续处理。",
    Status.SIGNED_OFF: "谢谢您的确认。",
    Status.ACCEPTED: "技师会继续处理，修好后再请您确认。",
    Status.CLOSED: "本次服务已完成。如有问题，直接描述即可重新报修。",
}


def requester_card(view: RequesterView) -> Card:
    """Lay out one work order for acceptance and rating."""
    amount = f"{yuan(view.amount_fen)} 元" if view.amount_fen is not None else ""
    waits = view.status is Status.COMPLETED
    fields = [
        ("状态", REQUESTER_STATUS[view.status]),
        ("技师", view.assignee_name),
        ("故障原因", view.cause),
        ("处理措施", view.remedy),
        ("费用", amount),
        (SIGNATURE_LABEL, _sign_again(view) if waits else ""),
        ("本次更正", "；".join(changed_words(change) for change in view.changed)),
    ]
    return Card(
        title=f"工单 {view.number}" + (_title(view) if waits else ""),
        status=REQUESTER_STATUS[view.status],
        tone=Tone.INFO if waits else Tone.SUCCESS,
        fields=tuple((label, value) for label, value in fields if value),
        links=_links(view),
        body=f"故障：{view.fault}",
        hint=_HINT.get(view.status, "") + (_RATE if view.scores else ""),
        buttons=_buttons(view),
    )


def _links(view: RequesterView) -> tuple[Link, ...]:
    text = SIGN_PAGE if view.actions else RATE_PAGE
    return (Link(PAGE_LABEL, text, view.page_url),) if view.page_url else ()


def _title(view: RequesterView) -> str:
    return CORRECTED_TITLE if view.changed or view.voided_signer else DONE_TITLE


def _sign_again(view: RequesterView) -> str:
    """Return that a signature does not count any more; it is drawn on the page, which a group has not."""
    if not view.voided_signer:
        return ""
    return (SIGN_AGAIN if view.page_url else ACCEPT_AGAIN).format(signer=view.voided_signer)


def changed_words(change: tuple[str, str, str]) -> str:
    """Return what a correction changed in one field."""
    field, before, after = change
    if not before and not after:
        return CHANGED_SOMEHOW.format(label=CHANGED_LABEL[field])
    return CHANGED.format(
        label=CHANGED_LABEL[field], before=before or CHANGED_NOTHING, after=after or CHANGED_NOTHING
    )


def _buttons(view: RequesterView) -> tuple[Button, ...]:
    if view.actions:
        report = f"r{view.report_version}"
        accept = CardAction("wo.sign_off", view.work_order_id, view.version, report)
        reject = CardAction("wo.reject", view.work_order_id, view.version, report)
        return (
            Button("验收通过", accept, f"验收 {view.number}", ButtonStyle.PRIMARY),
            Button("不通过", reject, f"不通过 {view.number} 原因", ButtonStyle.DANGER),
        )
    if not view.scores:
        return ()
    return tuple(
        Button(
            label,
            CardAction("wo.rate", view.work_order_id, view.version, str(score)),
            f"评价 {view.number} {score}分",
        )
        for score, label in SCORE_LABEL.items()
    )
