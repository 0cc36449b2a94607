"""Platforms that are down, slow or throttled, and a database that refuses: nothing lost, nothing doubled."""

import pytest

from sandbox.core.faults import Fault
from tests.support.loop import Loop
from tests.support.refusing import refusing_writes
from tests.support.storage import one


@pytest.fixture(autouse=True)
def eager_customers(stage: Loop) -> None:
    """Let customers confirm every summary at once."""
    stage.let_customers_confirm()


RECEIPT = "已收到您的报修"
HTML = "<html><body><h1>502 Bad Gateway</h1></body></html>"
LONG_ENOUGH_S = 400
MORE = 3

BROKEN = {
    "502": Fault(status=502, body=HTML),
    "html with 200": Fault(status=200, body=HTML),
    "not json": Fault(status=200, body="ok", content_type="application/json"),
    "cut before the answer": Fault(reset=True),
    "too slow": Fault(delay_s=1.2),
}
WECOM_SAYS = {
    "busy": Fault(error={"errcode": -1}),
    "45009": Fault(error={"errcode": 45009}),
    "45033": Fault(error={"errcode": 45033}),
    "60020": Fault(error={"errcode": 60020}),
    "unheard of": Fault(error={"errcode": 999999}),
}
QPS = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"
DINGTALK_SAYS = {
    "qps": Fault(error={"status": 403, "code": QPS, "message": "slow down"}),
    "busy": Fault(error={"status": 500, "code": "system.busy", "message": "busy"}),
    "banned": Fault(status=200, body='{"status":1111,"punish":"deny"}', content_type="application/json"),
}


def _impatient(loop: Loop) -> None:
    """Wait for platforms less long than in earnest."""
    loop.product.platforms.wecom.timeout = (0.8, 0.8)  # type: ignore[union-attr]
    loop.product.platforms.dingtalk._timeout_s = (0.8, 0.8)  # type: ignore[union-attr]


def _later(loop: Loop, times: int = 1) -> None:
    """Let every attempt be made again; a call that was slow by itself needs one more."""
    for _ in range(times):
        loop.settle()
        loop.advance(LONG_ENOUGH_S)
    loop.settle()
    for _ in range(MORE):
        if loop.outbox("pending") or one(loop.database, "SELECT count(*) FROM kf_account WHERE dirty"):
            loop.advance(LONG_ENOUGH_S)
            loop.settle()


@pytest.fixture
def patient(stage: Loop) -> Loop:
    """A loop whose offers outlive every trouble, and whose calls time out soon."""
    stage.start_product(offer_timeout_s=86400)
    _impatient(stage)
    return stage


@pytest.mark.parametrize("trouble", [*BROKEN, *WECOM_SAYS])
def test_a_receipt_arrives_once_when_wecom_recovers(patient, trouble):
    patient.faults.once("kf/send_msg", (BROKEN | WECOM_SAYS)[trouble])

    patient.chen.says("冷库坏了")
    _later(patient)

    assert len(patient.chen.told(RECEIPT)) == 1
    assert len(patient.orders()) == 1
    assert not patient.outbox("dead") + patient.outbox("pending")


@pytest.mark.parametrize("trouble", [*BROKEN, *DINGTALK_SAYS])
def test_a_card_arrives_once_when_dingtalk_recovers(patient, trouble):
    patient.faults.once("card/createAndDeliver", (BROKEN | DINGTALK_SAYS)[trouble], times=2)

    number = patient.chen.reports()
    _later(patient, times=2)

    assert len(patient.li.told(number)) == 1
    assert len(patient.desk.told(number)) == 1
    assert patient.li.presses("接单").code == 200
    assert patient.chen.hears("李强 技师")


@pytest.mark.parametrize("trouble", [*BROKEN, *WECOM_SAYS])
def test_a_template_card_arrives_once_when_wecom_recovers(patient, trouble):
    patient.faults.once("message/send", Fault(), times=1)  # The receipt goes through.
    number = patient.lin.reports()
    patient.settle()
    patient.zhao.says(f"派单 {number} 李强")
    patient.li.card("接单")
    patient.settle()
    patient.faults.once("message/update_template_card", (BROKEN | WECOM_SAYS)[trouble])

    patient.zhao.says(f"派单 {number} 孙浩")
    _later(patient)

    live = [card for card in patient.sun.shown() if "接单" in card.buttons]
    assert len(live) == 1
    patient.sun.presses("接单")
    assert patient.lin.hears("孙浩 技师")


@pytest.mark.parametrize("trouble", [*BROKEN, *DINGTALK_SAYS])
def test_a_shown_card_reaches_its_last_state_when_dingtalk_recovers(patient, trouble):
    patient.chen.reports()
    patient.li.card("接单")
    patient.settle()
    patient.faults.once("card/update", (BROKEN | DINGTALK_SAYS)[trouble], times=3)

    patient.chen.says("取消")
    _later(patient, times=3)

    assert patient.only_order().status == "cancelled"
    assert not patient.li.has_button("接单")
    assert len(patient.desk.told()) == 1
    assert patient.desk.told("已取消")


@pytest.mark.parametrize("trouble", [*BROKEN, *WECOM_SAYS])
def test_a_fault_is_pulled_once_when_wecom_recovers(patient, trouble):
    patient.faults.once("kf/sync_msg", (BROKEN | WECOM_SAYS)[trouble])

    patient.chen.says("冷库坏了")
    _later(patient)

    assert len(patient.orders()) == 1
    assert len(patient.chen.told(RECEIPT)) == 1


def test_a_token_that_died_early_is_replaced_on_both_platforms(loop):
    loop.chen.reports()
    loop.li.card("接单")
    loop.settle()
    loop.wecom.revoke_tokens()
    loop.dingtalk.expire_tokens()

    loop.li.presses("接单")

    assert loop.chen.hears("李强 技师")
    assert loop.desk.hears("已接单：李强")
    loop.settle()
    assert len(loop.chen.told("李强 技师")) == 1
    assert len(loop.calls("gettoken")) == 2


def test_a_wrapped_old_style_token_error_is_understood(loop):
    loop.dingtalk.old_token_error_wrapped = True
    loop.dingtalk.user_says("zhou", "你好")
    loop.settle()
    loop.dingtalk.expire_tokens()

    loop.dingtalk.user_says("zhou", "13800000008")
    loop.settle()

    assert loop.identities("周涛")


def test_both_platforms_may_be_down_for_an_hour(patient):
    patient.chen.says("你好")
    patient.chen.hears("随时为您服务")
    patient.settle()
    patient.faults.always("*", Fault(status=503, body=HTML))
    patient.chen.says("冷库坏了")
    _later(patient, times=9)
    assert not patient.chen.told(RECEIPT)

    patient.faults.always("*", None)
    _later(patient, times=2)

    assert len(patient.chen.told(RECEIPT)) == 1
    assert patient.li.card("接单")
    assert len(patient.desk.told("冷库坏了")) == len(patient.webhook_group.told("冷库坏了")) == 1


def test_a_card_that_vanished_silently_does_not_keep_the_order_waiting(loop):
    loop.let_customers_decide()
    loop.lin.says("制冰机坏了")
    loop.lin.card("确认报修")
    loop.faults.always("message/send", Fault(drop=True))
    loop.lin.presses("确认报修")
    loop.settle()
    assert not loop.sun.shown()
    loop.faults.always("message/send", None)

    loop.advance(601)
    loop.wang.card("接单", "制冰机坏了")
    loop.wang.presses("接单")

    assert loop.lin.hears("王芳 技师")


def test_dingtalks_calls_per_second_are_respected_in_the_end(patient):
    patient.dingtalk.qps_limit = 3
    for machine in range(4):
        patient.chen.reports(f"{machine}号机坏了")

    _later(patient, times=3)

    cards = [card for card in patient.li.shown() if "接单" in card.buttons]
    assert len(cards) == 4
    assert len(patient.desk.told()) == 4


def test_a_broken_stream_comes_back_and_presses_work_again(loop):
    loop.chen.reports()
    loop.li.card("接单")
    loop.faults.once("gateway/open", Fault(status=200, body=HTML))

    loop.dingtalk.drop_connections()
    loop.journal.wait_for(lambda: not loop.dingtalk.connections(), 5, "the end of the connection")
    loop.dingtalk.wait_connected(5)

    assert loop.li.presses("接单").code == 200
    assert loop.chen.hears("李强 技师")
    loop.errors.expect("the connection broke")


def test_a_database_that_refuses_makes_wecom_deliver_again_later(loop):
    loop.wecom.retry_after_s = 0.2
    with refusing_writes(loop.database, "inbox"):
        loop.lin.says("制冰机坏了")
        (refused,) = loop.callbacks("text", 1)
    assert refused.data["status"] == 500

    assert loop.lin.hears(RECEIPT)
    loop.settle()
    assert len(loop.orders()) == len(loop.lin.told(RECEIPT)) == 1
    loop.errors.expect("durable|defect")


def test_a_database_that_refuses_makes_wecom_wake_us_again(loop):
    loop.wecom.retry_after_s = 0.2
    with refusing_writes(loop.database, "kf_account"):
        loop.chen.says("冷库坏了")
        (refused,) = loop.callbacks("kf_msg_or_event", 1)
    assert refused.data["status"] == 500

    assert loop.chen.hears(RECEIPT)
    loop.settle()
    assert len(loop.orders()) == 1
    loop.errors.expect("durable")


def test_a_database_that_refuses_keeps_what_was_pulled_for_later(loop):
    with refusing_writes(loop.database, "inbox"):
        loop.chen.says("冷库坏了")
        loop.journal.wait_for(lambda: loop.errors.seen, 5, "a worker that stumbles")
    loop.advance(200)

    assert loop.chen.hears(RECEIPT)
    loop.settle()
    assert len(loop.orders()) == 1
    loop.errors.expect("stumbled|durable|defect")


def test_a_database_that_refuses_makes_dingtalk_deliver_again_later(loop):
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.dingtalk.redeliver_after_s = 0.3
    with refusing_writes(loop.database, "inbox"):
        loop.li.says(f"接单 {number}")
        loop.journal.wait_for(lambda: loop.errors.seen, 5, "a message that is not taken in")

    assert loop.chen.hears("李强 技师")
    loop.settle()
    assert len(loop.events("WorkOrderAccepted")) == 1
    loop.errors.expect("not taken in|defect")


def test_a_database_that_refuses_tells_the_presser_that_it_did_not_work(loop):
    loop.chen.reports()
    loop.li.card("接单")
    with refusing_writes(loop.database, "inbox"):
        pressed = loop.li.presses("接单")
    assert pressed.code == 500
    assert "failed" in pressed.error

    assert loop.li.presses("接单").code == 200
    assert loop.chen.hears("李强 技师")
    loop.errors.expect("not taken in|defect")


def test_a_decision_that_cannot_be_written_is_made_again_later(loop):
    with refusing_writes(loop.database, "draft"):
        loop.lin.says("制冰机坏了")
        loop.settle()
        assert [row.state for row in loop.inbox()] == ["pending"]

    loop.advance(60)

    assert loop.lin.hears(RECEIPT)
    loop.settle()
    assert len(loop.orders()) == 1
    loop.errors.expect("defect")
