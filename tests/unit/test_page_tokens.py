"""Signed links: the same for a day, good for their time, and nobody else's."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.links import LinkBroken, LinkExpired, SignedLinks
from domain.kernel.links import LIFETIME, Page

AT = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
LI, ORDER = UUID(int=1), UUID(int=2)
LINKS = SignedLinks("https://fixloop.example.com", "k" * 40)


def token(page: Page = Page.JOB, at: datetime = AT, links: SignedLinks = LINKS) -> str:
    return links.to(page, LI, ORDER, at).rpartition("/")[2]


@pytest.mark.parametrize("page", list(LIFETIME))
def test_a_link_says_what_it_was_made_for(page: Page) -> None:
    claim = LINKS.read(token(page), AT + LIFETIME[page])

    assert (claim.page, claim.person_id, claim.subject_id) == (page, LI, ORDER)


@pytest.mark.parametrize("page", list(LIFETIME))
def test_a_link_ends_within_a_day_of_its_time(page: Page) -> None:
    with pytest.raises(LinkExpired):
        LINKS.read(token(page), AT + LIFETIME[page] + timedelta(days=1))


def test_a_link_is_the_same_all_day() -> None:
    assert token(at=AT) == token(at=AT + timedelta(hours=10))


def test_a_link_under_another_key_is_broken() -> None:
    with pytest.raises(LinkBroken):
        LINKS.read(token(links=SignedLinks("https://fixloop.example.com", "o" * 40)), AT)


@given(position=st.integers(0, 94), letter=st.sampled_from("ABCxyz019-_."))
def test_no_letter_of_a_link_can_be_changed(position: int, letter: str) -> None:
    sound = token()
    changed = sound[:position] + letter + sound[position + 1 :]

    if changed != sound:
        with pytest.raises(LinkBroken):
            LINKS.read(changed, AT)


@given(st.text(max_size=300))
def test_no_text_is_a_link(text: str) -> None:
    with pytest.raises(LinkBroken):
        LINKS.read(text, AT)
