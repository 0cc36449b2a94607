"""Every cell of the truth table of 加签 × 票签 in docs/reference/process-engine.md."""

from typing import Any

import pytest

from tests.support.process import Life, one

VOTERS = ("zhang", "wang", "sun")
SHARE = {"mode": "vote", "pass_share": 0.6}
TWO = {"mode": "vote", "pass_count": 2}
VOTES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    # cell: rule, what is said, who is asked then, the status
    "A1 before: I wait": (SHARE, "zhang before wu,xu", "sun wang wu xu", "running"),
    "A1 before, agreed: mine again": (
        SHARE,
        "zhang before wu,xu; wu agree; xu agree",
        "sun wang zhang",
        "running",
    ),
    "A1 before, they do not count": (
        SHARE,
        "zhang before wu,xu; wu agree; xu agree; zhang agree",
        "sun wang",
        "running",
    ),
    "A2 before, refused: my seat refuses": (
        SHARE,
        "zhang before wu; wu refuse",
        "sun wang",
        "running",
    ),
    "A2 before, refused, and one more": (
        SHARE,
        "zhang before wu; wu refuse; sun refuse",
        "",
        "refused",
    ),
    "A2 before, refused, the others agree": (
        SHARE,
        "zhang before wu; wu refuse; sun agree; wang agree",
        "",
        "approved",
    ),
    "A3 before 或签: the first decides": (
        SHARE,
        "zhang before wu,xu any; xu agree",
        "sun wang zhang",
        "running",
    ),
    "A3 before 依次: one at a time": (
        SHARE,
        "zhang before wu,xu sequence",
        "sun wang wu",
        "running",
    ),
    "A3 before 依次: the next": (
        SHARE,
        "zhang before wu,xu sequence; wu agree",
        "sun wang xu",
        "running",
    ),
    "A4 before, decided without me": (SHARE, "zhang before wu; wang agree; sun agree", "", "approved"),
    "A5 after: asked once I agreed": (SHARE, "zhang after wu", "sun wang zhang", "running"),
    "A5 after: I do not count until they agree": (
        SHARE,
        "zhang after wu; zhang agree; wang agree",
        "sun wu",
        "running",
    ),
    "A5 after, agreed: I count": (
        SHARE,
        "zhang after wu; zhang agree; wang agree; wu agree",
        "",
        "approved",
    ),
    "A6 after, refused: my seat refuses": (
        SHARE,
        "zhang after wu; zhang agree; wu refuse; wang agree",
        "sun",
        "running",
    ),
    "A6 after: I refuse, they are not asked": (
        SHARE,
        "zhang after wu; zhang refuse",
        "sun wang",
        "running",
    ),
    "A7 after, decided without them": (
        SHARE,
        "zhang after wu; zhang agree; wang agree; sun agree",
        "",
        "approved",
    ),
    "A8 beside: a share is of more": (
        SHARE,
        "zhang beside wu,xu; zhang agree; wang agree",
        "sun wu xu",
        "running",
    ),
    "A8 beside: three of five": (
        SHARE,
        "zhang beside wu,xu; zhang agree; wu agree; xu agree",
        "",
        "approved",
    ),
    "A8 beside: a count stays": (TWO, "zhang beside wu,xu; wu agree; xu agree", "", "approved"),
    "A8 beside: refused once certain": (
        SHARE,
        "zhang beside wu,xu; wu refuse; xu refuse; sun refuse",
        "",
        "refused",
    ),
    "A9 减签 beside: fewer voters decide at once": (
        {"mode": "vote", "pass_share": 0.5},
        "zhang beside wu,xu; wang agree; sun agree; zhang remove wu",
        "",
        "approved",
    ),
    "A9 减签 before: mine again": (
        SHARE,
        "zhang before wu; zhang remove wu",
        "sun wang zhang",
        "running",
    ),
    "A9 减签 after: my vote counts": (
        SHARE,
        "zhang after wu; zhang agree; wang agree; zhang remove wu",
        "",
        "approved",
    ),
    "A10 委派: an opinion is no vote": (
        SHARE,
        "zhang entrust wu; wu refuse",
        "sun wang zhang",
        "running",
    ),
    "A10 委派: then mine": (
        SHARE,
        "zhang entrust wu; wu agree; zhang agree; sun agree",
        "",
        "approved",
    ),
    "A11 added by an added one, before": (
        SHARE,
        "zhang before wu; wu before xu; xu refuse",
        "sun wang",
        "running",
    ),
    "A11 beside an added one: in their group": (
        SHARE,
        "zhang before wu any; wu beside xu; xu agree",
        "sun wang zhang",
        "running",
    ),
    "A12 会签 before, refused": ({"mode": "all"}, "zhang before wu; wu refuse", "", "refused"),
    "A12 会签 beside, refused": ({"mode": "all"}, "zhang beside wu; wu refuse", "", "refused"),
    "A12 会签 beside, all agree": (
        {"mode": "all"},
        "zhang beside wu; zhang agree; wang agree; sun agree; wu agree",
        "",
        "approved",
    ),
    "A13 或签 after: mine is not yet a decision": (
        {"mode": "any"},
        "zhang after wu; zhang agree",
        "sun wang wu",
        "running",
    ),
    "A13 或签 beside: one more who may decide": (
        {"mode": "any"},
        "zhang beside wu; wu agree",
        "",
        "approved",
    ),
    "A14 依次 before": ({"mode": "sequence"}, "zhang before wu; wu agree", "zhang", "running"),
    "A14 依次 beside: directly after me": (
        {"mode": "sequence"},
        "zhang beside wu,xu; zhang agree",
        "wu",
        "running",
    ),
    "A14 依次 after: before the next": ({"mode": "sequence"}, "zhang after wu; zhang agree", "wu", "running"),
}


@pytest.mark.parametrize("cell", VOTES.values(), ids=VOTES)
def test_added_approvers_and_votes(cell):
    rule, said, asked, status = cell
    life = Life(one(*VOTERS, **rule)).play(said)

    assert (" ".join(sorted(life.open)), life.state.status) == (asked, status)
