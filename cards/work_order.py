"""The work order's card, for a technician and for the service desk."""

from cards.spec import Button, ButtonStyle, Card, CardAction, Tone
from cards.text import ACTION_LABEL, ACTION_WORDS, RELEASED, STATUS_LABEL
from domain.kernel.localtime import local_time
from domain.workorder.status import Action, Status
from domain.workorder.views import WorkOrderView

TONE = {
    Status.NEW: Tone.INFO,
    Status.DISPATCHING: Tone.WARNING,
    Status.OFFERED: Tone.INFO,
    Status.ACCEPTED: Tone.SUCCESS,
    Status.CANCELLED: Tone.NEUTRAL,
}
STYLE = {Action.ACCEPT.value: ButtonStyle.PRIMARY, Action.DECLINE.value: ButtonStyle.DANGER}


def work_order_card(view: WorkOrderView) -> Card:
    """Lay out one work order as its viewer may see it."""
    status = STATUS_LABEL[view.status]
    if view.status is Status.ACCEPTED:
        status += f"：{view.assignee_name}"
    elif view.released and view.status is not Status.CANCELLED:
        status = RELEASED
    fields = [
        ("状态", status),
        ("客户", view.customer_name),
        ("设备", view.asset),
        ("联系人", view.contact),
        ("地址", view.address),
        ("报修", local_time(view.reported_at)),
    ]
    if view.offer_expires_at is not None:
        fields.append(("接单时限", local_time(view.offer_expires_at) + " 前"))
    return Card(
        title=f"工单 {view.number}",
        status=status,
        tone=TONE[view.status],
        fields=tuple((label, value) for label, value in fields if value),
        body=f"故障：{view.fault}",
        hint=view.remark,
        buttons=tuple(_button(action, view) for action in view.actions),
    )


def _button(action: str, view: WorkOrderView) -> Button:
    return Button(
        label=ACTION_LABEL[action],
        action=CardAction(verb=f"wo.{action}", subject_id=view.work_order_id, version=view.version),
        words=ACTION_WORDS[action].format(number=view.number),
        style=STYLE[action],
    )
