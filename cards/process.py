"""What a definition would have changed, for its owner."""

from cards.spec import Card, Tone
from cards.text_process import (
    CHANGED_LABEL,
    COMPARED,
    COMPARED_LABEL,
    COMPARED_NONE,
    COST,
    LOAD_FEWER,
    LOAD_LABEL,
    LOAD_LESS,
    LOAD_MORE,
    LOAD_NO_HISTORY,
    LOAD_WAIT,
    LOOKED,
    LOOKED_LABEL,
    NOTHING_WRITTEN,
    PREVIEW_CHANGED,
    PREVIEW_NONE,
    PREVIEW_SAME,
    PREVIEW_TITLE,
    REST,
    SUBJECTS,
    WAY,
)
from domain.approval.views import ApproverLoad, OtherWay, PreviewView
from domain.kernel.localtime import duration
from domain.kernel.money import yuan


def process_preview(view: PreviewView) -> Card:
    """Lay out a rehearsal: how many, who is asked more often, and which ones."""
    unit, kind = SUBJECTS[view.about]
    looked = LOOKED.format(days=view.days, looked_at=view.looked_at, unit=unit, kind=kind)
    fields = [
        (COMPARED_LABEL, COMPARED.format(version=view.version) if view.version else COMPARED_NONE),
        (LOOKED_LABEL, looked if view.looked_at else PREVIEW_NONE.format(days=view.days, kind=kind)),
    ]
    if view.looked_at:
        changed = PREVIEW_CHANGED.format(changed=view.changed, unit=unit) if view.changed else PREVIEW_SAME
        fields.append((CHANGED_LABEL, changed))
    fields += [(LOAD_LABEL.format(name=one.name), _load(one)) for one in view.loads]
    rest = view.changed - len(view.lines)
    lines = [_way(one) for one in view.lines] + ([REST.format(count=rest, unit=unit)] if rest else [])
    return Card(
        title=PREVIEW_TITLE.format(title=view.title),
        tone=Tone.WARNING if view.changed else Tone.INFO,
        fields=tuple(fields),
        body="\n".join(lines),
        hint=NOTHING_WRITTEN,
    )


def _way(one: OtherWay) -> str:
    cost = COST.format(yuan=yuan(one.amount_fen)) if one.amount_fen is not None else ""
    return WAY.format(number=one.number, cost=cost, before=one.before, after=one.after)


def _load(one: ApproverLoad) -> str:
    said = [LOAD_MORE.format(count=one.more)] if one.more else []
    said += [LOAD_FEWER.format(count=one.fewer)] if one.fewer else []
    extra = one.more - one.fewer
    if one.answer_s is None:
        said.append(LOAD_NO_HISTORY)
    elif extra:
        words = LOAD_WAIT if extra > 0 else LOAD_LESS
        said.append(words.format(each=duration(one.answer_s), total=duration(abs(extra) * one.answer_s)))
    return "，".join(said)
