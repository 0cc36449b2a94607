"""Cards and messages about ratings, follow-ups and service reports."""

from typing import Any
from uuid import UUID

from cards.spec import Button, ButtonStyle, Card, CardAction, Note, Tone
from cards.text_closing import (
    FOLLOW_UP_AGAIN_HINT,
    FOLLOW_UP_LATE_HINT,
    FOLLOW_UP_NEWS,
    FOLLOW_UP_OPEN_HINT,
    FOLLOW_UP_PASS,
    FOLLOW_UP_PASS_WORDS,
    FOLLOW_UP_REOPEN_HINT,
    FOLLOW_UP_SOLVED,
    FOLLOW_UP_SOLVED_WORDS,
    FOLLOW_UP_UNREACHABLE,
    FOLLOW_UP_UNREACHABLE_WORDS,
    FOLLOW_UP_UNSOLVED,
    FOLLOW_UP_UNSOLVED_WORDS,
    FOLLOW_UPS_HOW,
    FOLLOW_UPS_MORE,
    FOLLOW_UPS_TITLE,
    KIND_LABEL,
    LATE_MARK,
    LATE_SUFFIX,
    NO_FOLLOW_UPS,
    NOBODY_CALLS,
    NPS_BODY,
    NPS_COMMENT_HINT,
    NPS_HINT,
    NPS_RECOMMENDED,
    NPS_SKIP,
    NPS_THANKS,
    NPS_THANKS_TITLE,
    NPS_TITLE,
    NPS_WORDS,
    OFFER_REOPEN_HINT,
    OFFER_REOPEN_TITLE,
    OWNER_MARK,
    POOL_MARK,
    REOPEN_BUTTON,
    REOPEN_WORDS,
    REPORT_AGAIN_TITLE,
    REPORT_AMENDED,
    REPORT_TITLE,
    RESULT_LABEL,
)
from cards.text_field import VISITS
from domain.kernel.localtime import local_time
from domain.kernel.messages import Message
from domain.survey.views import FollowUpLine, FollowUpNewsView, FollowUpsView, FollowUpView, NpsView

SKIP = "skip"
"""The choice of somebody who does not want to say whether they would recommend us."""
_HIGHEST = 10


class ServiceReportView(Message):
    """A service report as the desk's group reads it: no cost, no number to call."""

    number: str
    version: int
    technician: str
    report: dict[str, Any]
    visit: int = 1
    amended: bool = False


class ReopenOfferView(Message):
    """A finished work order whose customer may mean the same fault again."""

    work_order_id: UUID
    version: int
    number: str
    fault: str
    finished: str


def nps(view: NpsView) -> Card:
    """Ask whether somebody who rated would recommend us, or thank for the answer."""
    if not view.open:
        said = NPS_RECOMMENDED.format(nps=view.nps) if view.nps is not None else ""
        thanks = NPS_THANKS.format(number=view.number, score=view.score)
        hint = NPS_COMMENT_HINT if view.waits else ""
        return Card(title=NPS_THANKS_TITLE, tone=Tone.SUCCESS, body=thanks + said, hint=hint)
    scores = [(str(score), str(score), NPS_WORDS.format(nps=score)) for score in range(_HIGHEST, -1, -1)]
    return Card(
        title=NPS_TITLE.format(score=view.score),
        tone=Tone.INFO,
        body=NPS_BODY,
        hint=NPS_HINT,
        buttons=tuple(
            Button(label, CardAction("survey.nps", view.rating_id, 1, choice), words)
            for label, choice, words in [*scores, (NPS_SKIP, SKIP, NPS_SKIP)]
        ),
    )


def follow_up(view: FollowUpView) -> Card:
    """Lay out one follow-up for whoever is to call."""
    state = RESULT_LABEL[view.result]
    late = LATE_SUFFIX if view.late else ""
    fields = (
        ("状态", state),
        ("时限", "" if view.result else f"{local_time(view.due_at)} 前" + late),
        ("客户", view.customer_name),
        ("联系人", view.contact if not view.result else ""),
        ("处理措施", view.remedy),
        ("评分", f"{view.score} 分" if view.score is not None else ""),
        ("评价", view.comment),
        ("回访记录", view.note),
    )
    return Card(
        title=f"{KIND_LABEL[view.kind]} {view.number}",
        status=state,
        tone=_tone(view),
        fields=tuple((label, value) for label, value in fields if value),
        body=f"故障：{view.fault}",
        hint=_hint(view),
        buttons=_buttons(view),
    )


def follow_ups(view: FollowUpsView) -> Note:
    """List what is to be followed up, the most urgent first."""
    if not view.lines:
        return Note(NO_FOLLOW_UPS)
    more = [FOLLOW_UPS_MORE] if view.more else []
    title = FOLLOW_UPS_TITLE.format(count=len(view.lines))
    return Note("\n".join([f"【{title}】", *map(_line, view.lines), *more, FOLLOW_UPS_HOW]))


def follow_up_news(view: FollowUpNewsView) -> Note:
    """Say which call waits, why, and what to do about it."""
    said = FOLLOW_UP_NEWS[view.news].format(
        number=view.number,
        kind=KIND_LABEL[view.kind],
        due=local_time(view.due_at),
        left=view.left_name,
        name=view.assignee_name or NOBODY_CALLS,
    )
    return Note(said)


def service_report(view: ServiceReportView) -> Card:
    """Lay out a service report for the desk's group; a correction says so."""
    report, title = view.report, REPORT_TITLE if view.visit == 1 else REPORT_AGAIN_TITLE
    readings = "，".join(f"{name} {value}" for name, value in report.get("readings", {}).items())
    fields = (
        ("技师", view.technician),
        ("原因", str(report.get("cause", ""))),
        ("处理", str(report.get("remedy", ""))),
        ("工时", f"{report['hours']} 小时" if report.get("hours") else ""),
        ("用料", str(report.get("materials", ""))),
        ("读数", readings),
        ("照片", f"{report['photos']} 张" if report.get("photos") else ""),
    )
    return Card(
        title=title.format(number=view.number, visit=VISITS[min(view.visit, len(VISITS)) - 1]),
        tone=Tone.INFO,
        fields=tuple((label, value) for label, value in fields if value),
        hint=REPORT_AMENDED.format(version=view.version) if view.amended else "",
    )


def reopen_offer(view: ReopenOfferView) -> Card:
    """Offer to reopen a finished work order with one tap."""
    action = CardAction("wo.reopen", view.work_order_id, view.version)
    words = REOPEN_WORDS.format(number=view.number)
    return Card(
        title=OFFER_REOPEN_TITLE,
        tone=Tone.INFO,
        fields=(("工单", view.number), ("完成时间", view.finished)),
        body=f"故障：{view.fault}",
        hint=OFFER_REOPEN_HINT,
        buttons=(Button(REOPEN_BUTTON, action, words, ButtonStyle.PRIMARY),),
    )


def _tone(view: FollowUpView) -> Tone:
    if view.result:
        return Tone.WARNING if view.result == "unsolved" else Tone.SUCCESS
    return Tone.DANGER if view.late or view.kind == "low_score" else Tone.INFO


def _hint(view: FollowUpView) -> str:
    if view.result:
        return FOLLOW_UP_REOPEN_HINT.format(number=view.number) if view.reopens else ""
    if view.late:
        return FOLLOW_UP_LATE_HINT
    return FOLLOW_UP_AGAIN_HINT.format(attempts=view.attempts) if view.attempts else FOLLOW_UP_OPEN_HINT


def _buttons(view: FollowUpView) -> tuple[Button, ...]:
    def button(
        label: str, verb: str, words: str, choice: str = "", style: ButtonStyle = ButtonStyle.DEFAULT
    ) -> Button:
        action = CardAction(f"follow_up.{verb}", view.follow_up_id, view.version, choice)
        return Button(label, action, words.format(number=view.number), style)

    if view.reopens:
        return (button(REOPEN_BUTTON, "reopen", REOPEN_WORDS, style=ButtonStyle.PRIMARY),)
    if view.result:
        return ()
    passing = (
        button(
            FOLLOW_UP_PASS.format(name=one.name)[:10],
            "pass",
            FOLLOW_UP_PASS_WORDS.format(number=view.number, name=one.name),
            one.person_id.hex,
        )
        for one in view.colleagues
    )
    return (
        button(FOLLOW_UP_SOLVED, "solved", FOLLOW_UP_SOLVED_WORDS, style=ButtonStyle.PRIMARY),
        button(FOLLOW_UP_UNSOLVED, "unsolved", FOLLOW_UP_UNSOLVED_WORDS, style=ButtonStyle.DANGER),
        button(FOLLOW_UP_UNREACHABLE, "unreachable", FOLLOW_UP_UNREACHABLE_WORDS),
        *passing,
    )


def _line(line: FollowUpLine) -> str:
    late = LATE_MARK if line.late else ""
    owner = OWNER_MARK.format(name=line.owner_name) if line.owner_name else POOL_MARK
    pool = "" if line.mine else owner
    return (
        f"· {line.number} {KIND_LABEL[line.kind]}{pool}，{late}{local_time(line.due_at)} 前\n"
        f"  {line.customer_name}，{line.contact}"
    )
