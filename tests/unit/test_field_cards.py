"""What the cards of the field show: words that belong somewhere, who is where, what was relayed."""

from uuid import UUID

import pytest

from cards.field import CandidatesView, HeldWordsView, OrderRef, candidates, field_board, held_words
from cards.news import RelayedView, relayed
from cards.spec import Note, plain_text
from domain.policies.board import FieldBoardView
from domain.policies.board import field_board as board_of
from domain.workorder.status import Status
from tests.fakes.memory import memory
from tests.support.builders import AT, LATER, LI, NUMBER, ORDER, WANG, work_order

ONE = OrderRef(work_order_id=ORDER, number=NUMBER, version=3)
OTHER = OrderRef(work_order_id=UUID(int=301), number="WO-20261124-0002", version=1)


def relay(text: str, **changes: object) -> str:
    values = {"number": NUMBER, "speaker": "陈静", "role": "customer", "to": "technician", "text": text}
    return plain_text(relayed(RelayedView.model_validate(values | changes)))


def labels(*orders: OrderRef) -> list[str]:
    card = held_words(HeldWordsView(kinds=("text",), text="声音不对", orders=orders))
    return [button.label for button in card.buttons]


@pytest.mark.parametrize(
    ("said", "harmful"),
    [
        ("@所有人 快来", "@所有人"),
        ("@all come", "@all"),
        ("@ 全体成员", "@ 全体"),
        ("看 https://evil.example/x", "://"),
    ],
)
def test_relayed_words_call_nobody_and_open_nothing(said: str, harmful: str):
    assert harmful not in relay(said)


def test_an_address_with_an_at_sign_stays_as_it_is():
    assert "chen@example.com" in relay("发到 chen@example.com")


def test_the_technician_learns_how_to_answer_and_who_speaks():
    assert relay("门禁在前台").startswith(f"客户 陈静（工单 {NUMBER}）说：\n门禁在前台\n回复客户：")
    assert relay("先打电话", role="desk").startswith("服务台 陈静")


def test_a_file_after_its_words_needs_no_words_of_its_own():
    assert relayed(
        RelayedView(number=NUMBER, speaker="李强", to="customer", text="", files=("a",), bare=True)
    ) == Note("", files=("a",))


def test_with_one_work_order_words_go_to_the_time_line_or_to_the_customer():
    assert labels(ONE) == ["记到时间线", "发给客户", "忽略"]


def test_with_several_the_work_order_is_chosen():
    assert labels(ONE, OTHER) == ["记到 …0001", "记到 …0002", "忽略"]


def test_without_anybody_to_take_over_the_words_are_told():
    shown = candidates(CandidatesView(**ONE.model_dump(), candidates=()))

    assert isinstance(shown, Note)
    assert "没有别的技师可转" in shown.text


def test_the_board_lists_the_busy_by_what_they_do_and_the_free():
    on_the_way = work_order(Status.EN_ROUTE, eta_at=LATER)
    offered = work_order(Status.OFFERED, id=UUID(int=301), number="WO-20261124-0002")

    view = board_of(AT, memory(offered, on_the_way))

    assert [job.number for job in view.lines[0].jobs] == [NUMBER, "WO-20261124-0002"]
    assert view.free == ("王芳",)
    assert "在途（预计 11月24日 09:10 到）" in field_board(view).text


def test_a_finished_work_order_leaves_its_technician_free():
    view = board_of(AT, memory(work_order(Status.COMPLETED, LI), work_order(Status.CLOSED, WANG)))

    assert (view.lines, len(view.free)) == ((), 2)


def test_a_board_without_technicians_says_so():
    assert "没有在岗的技师" in field_board(FieldBoardView(at=AT, lines=())).text
