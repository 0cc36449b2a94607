"""What each viewer reads on the work order's card, and what nobody may."""

import pytest

from cards.spec import Card, plain_text
from cards.work_order import work_order_card
from domain.policies.views import FAULT_SHOWN, desk_view, progress_line, technician_view
from domain.workorder.status import ENDED, LABEL, UNASSIGNED, UNDER_WAY, Status
from tests.fakes.memory import memory
from tests.support.builders import ADDRESS, CHEN, LI, MOBILE, NAME, NUMBER, QIAN, WANG, ZHAO, work_order

HELD = tuple(status for status in Status if status not in UNASSIGNED | ENDED)
UNASSIGNED_OR_ENDED = tuple(status for status in Status if status not in HELD)


LABELS = {
    Status.OFFERED: ["接单", "拒单"],
    Status.ACCEPTED: ["出发", "挂起", "转单", "要配件"],
    Status.EN_ROUTE: ["到达", "挂起", "转单", "要配件"],
    Status.ON_SITE: ["开始处理", "挂起", "转单", "要配件"],
    Status.IN_PROGRESS: ["完工", "挂起", "转单", "要配件"],
    Status.ON_HOLD: ["恢复", "转单", "要配件"],
    Status.COMPLETED: ["修改报告"],
}


def card_for(viewer, status: Status = Status.OFFERED, **changes) -> Card:
    order = work_order(status, **changes)
    uow = memory(order)
    view = (
        technician_view(order, viewer, "看这里", uow)
        if viewer is not None
        else desk_view(order, "看这里", uow)
    )
    return work_order_card(view)


def private_words(card: Card) -> list[str]:
    return [word for word in (*MOBILE.values(), NAME[CHEN], ADDRESS) if word in plain_text(card)]


@pytest.mark.parametrize("status", HELD)
def test_who_holds_it_reads_contact_and_address(status: Status):
    assert private_words(card_for(LI, status)) == [MOBILE[CHEN], NAME[CHEN], ADDRESS]


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("viewer", [WANG, ZHAO, QIAN])
def test_who_does_not_hold_it_reads_neither_contact_nor_address(viewer, status: Status):
    assert private_words(card_for(viewer, status)) == []


def test_whoever_goes_there_opens_the_map_at_the_site():
    site = {"latitude": 31.2, "longitude": 121.6}

    (link,) = card_for(LI, Status.EN_ROUTE, details=site).links

    assert link.url.endswith("position=121.600000,31.200000")
    assert card_for(WANG, Status.EN_ROUTE, details=site).links == ()


@pytest.mark.parametrize("status", UNASSIGNED_OR_ENDED)
def test_who_lost_it_reads_neither_contact_nor_address(status: Status):
    assert private_words(card_for(LI, status)) == []


def test_a_cancelled_work_order_s_last_assignee_loses_the_contact():
    order = work_order(Status.CANCELLED)
    order.assignee_id = LI

    view = technician_view(order, LI, "", memory(order))

    assert (view.contact, view.address, view.actions) == ("", "", ())


@pytest.mark.parametrize("status", Status)
def test_the_desk_s_group_never_reads_a_mobile_number(status: Status):
    assert private_words(card_for(None, status)) == []


@pytest.mark.parametrize("status", Status)
def test_an_unregistered_requester_s_mobile_stays_out_of_the_group_too(status: Status):
    card = card_for(None, status, customer_id=None, asset_id=None)

    assert not any(mobile in plain_text(card) for mobile in MOBILE.values())
    assert ("客户", "陈静（未登记客户）") in card.fields


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("viewer", [LI, WANG, ZHAO, QIAN, None])
def test_only_who_is_asked_gets_buttons(viewer, status: Status):
    labels = [button.label for button in card_for(viewer, status).buttons]

    assert labels == (LABELS.get(status, []) if viewer == LI else [])


def test_a_button_carries_the_version_it_was_rendered_from():
    accept, decline = card_for(LI, version=9).buttons

    assert (accept.action.verb, accept.action.version) == ("wo.accept", 9)
    assert (decline.action.verb, decline.action.version) == ("wo.decline", 9)


def test_a_button_s_words_do_the_same_in_a_chat_without_buttons():
    words = plain_text(card_for(LI))

    assert words.endswith(f"回复：接单 {NUMBER} ｜ 拒单 {NUMBER} 原因")


@pytest.mark.parametrize("status", Status)
def test_the_card_shows_its_status_and_its_remark(status: Status):
    card = card_for(None, status)

    assert card.status.startswith(LABEL[status])
    assert card.hint == "看这里"


def test_everybody_reads_who_accepted():
    statuses = {card_for(viewer, Status.ACCEPTED).status for viewer in (LI, WANG, QIAN, None)}

    assert statuses == {"已接单：李强"}


def test_the_offer_s_end_is_a_moment_in_china():
    assert ("接单时限", "11月24日 09:10 前") in card_for(LI).fields


def test_an_empty_field_is_left_out():
    labels = [label for label, _ in card_for(WANG, asset_id=None).fields]

    assert labels == ["状态", "客户", "报修"]


def test_who_was_asked_before_reads_that_the_offer_is_gone():
    card = card_for(WANG)

    assert card.status == "已收回"
    assert not card.buttons


def test_ten_thousand_characters_are_cut_on_the_card_only():
    order = work_order(description="漏" * 10_000)
    card = work_order_card(desk_view(order, "", memory(order)))

    assert card.body == "故障：" + "漏" * FAULT_SHOWN + "…"


@pytest.mark.parametrize("status", Status)
def test_progress_names_the_technician_only_after_the_acceptance(status: Status):
    order = work_order(status)

    line = progress_line(order, memory(order))

    accepted = status in UNDER_WAY | {Status.ON_HOLD}
    assert (line.assignee_name, line.assignee_mobile) == (("李强", MOBILE[LI]) if accepted else ("", ""))


def test_who_goes_there_reads_fault_machine_and_place_first_and_keeps_what_every_card_must_show():
    view = technician_view(work_order(), LI, "", memory(work_order()))
    facts = {
        "page_url": "https://x/p/1",
        "priority": "P2",
        "parts": ("轴承 6204 ×2：上海中心仓有 5",),
        "before": ("WO-1 更换轴承", "WO-2 " + "清洗滤网" * 20),
        "estimated_min": 90,
    }

    card = work_order_card(view.model_copy(update=facts))

    labels = [label for label, _ in card.fields]
    assert labels[:5] == ["故障", "设备", "地址", "联系人", "优先级"]
    assert {"接单时限", "备件", "客户", "以往处理"} <= set(labels)
    assert not {"状态", "报修", "预计耗时"} & set(labels)
    assert dict(card.fields)["以往处理"] == "WO-1 更换轴承（共 2 条，见作业页）"
    assert card.body == ""
