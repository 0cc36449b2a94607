"""Who does what next on the wall, for somebody who has read nothing: the product's buttons, in order."""

from bootstrap.demo.cast import Cast
from cards.text import ACTION_LABEL, JOB_PAGE_TEXT, SCORE_LABEL
from cards.text_closing import FOLLOW_UP_SOLVED, NPS_THANKS_TITLE
from cards.text_intake import CANCEL_ORDER, CONFIRM, EXPEDITE_ORDER
from cards.text_pages import RATE_PAGE, SIGN_PAGE
from cards.text_staff_pages import STORE_LINK_TEXT, TASK_LINK_TEXT
from domain.workorder.status import Action
from sandbox.wall import Cue, Guide

SAYS = "3号冷库的冷藏机组不制冷了，库温已经升到8度"
BEGIN = "从这里开始，说说哪里坏了：点“帮我写好”，再点“发送”"
_PAGE = (JOB_PAGE_TEXT,)
_WAITS_FOR_NOBODY = (EXPEDITE_ORDER, CANCEL_ORDER)


def guide(cast: Cast) -> Guide:
    """Return how the wall finds out whose turn it is."""
    steps = {action: ACTION_LABEL[action.value] for action in Action if action.value in ACTION_LABEL}
    work = "需要备件就打开作业页申请；修好了在作业页填报告，点“提交并完工”"
    sign = f"修好了：点“{SIGN_PAGE}”，在页面上签字、打分"
    cues = (
        Cue(CONFIRM, f"看看对不对，可以先发张照片（点 ＋），再点“{CONFIRM}”", ends="已收到您的报修"),
        Cue("收下", "仓库出库了，点“收下”"),
        Cue("全部出库", "技师要备件，点“全部出库”，或打开仓库页拣货", also=(STORE_LINK_TEXT,)),
        Cue("同意", "有事要审批，看过点“同意”或“不同意”", also=(TASK_LINK_TEXT,)),
        Cue(steps[Action.ACCEPT], "派到一张工单，点“接单”"),
        Cue(steps[Action.DEPART], "点“出发”，或打开作业页一步步来", also=_PAGE),
        Cue(steps[Action.ARRIVE], "到了现场，点“到达”", also=_PAGE),
        Cue(steps[Action.START], "点“开始处理”", also=_PAGE),
        Cue(steps[Action.COMPLETE], work, also=_PAGE),
        Cue(steps[Action.RESUME], "工单挂起了，等到了就点“恢复”", also=_PAGE),
        Cue("验收通过", sign, ends=NPS_THANKS_TITLE, also=(SIGN_PAGE,)),
        Cue(SCORE_LABEL[5], f"打个分，或点“{RATE_PAGE}”", ends=NPS_THANKS_TITLE, also=(RATE_PAGE,)),
        Cue(FOLLOW_UP_SOLVED, f"给客户打过电话，点“{FOLLOW_UP_SOLVED}”", late=True),
        Cue(steps[Action.SETTLE], "点“结算”，再回复金额，例如 380", late=True),
        *(Cue(label) for label in _WAITS_FOR_NOBODY),
    )
    return Guide(cast.with_role("customer")[0].user_id, BEGIN, SAYS, cues)
