"""Requests from other systems: the same work order as from a chat, once, or an error that says what to do."""

import threading
from typing import Any

import pytest
import requests

from adapters.rate_limit import PER_MINUTE
from tests.support import cast
from tests.support.loop import Loop

SECRET, OTHER_SECRET = "k" * 32, "o" * 32
BODY = {
    "description": "3号冷库机组不制冷，库温 8 度",
    "mobile": "13800001111",
    "contact_name": "张先生",
    "customer_code": "C001",
    "serial": "LK-9001",
    "priority": "P2",
    "external_ref": "ERP-42",
}


@pytest.fixture
def loop(stage: Loop) -> Loop:
    """Give the whole loop with two systems that have a key."""
    stage.start_product(api_keys=f"erp:{SECRET},portal:{OTHER_SECRET}")
    return stage


def post(loop: Loop, body: Any = None, *, key: str = "k-1", secret: str = SECRET, **more: Any) -> Any:
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key} | more.pop("headers", {})
    told = {"json": BODY if body is None else body} if "data" not in more else more
    return requests.post(f"{loop.web_url}/api/v1/requests", headers=headers, timeout=10, **told)


def get(loop: Loop, path: str, secret: str = SECRET) -> Any:
    return requests.get(f"{loop.web_url}{path}", headers={"Authorization": f"Bearer {secret}"}, timeout=10)


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in BODY.items() if name not in names}


def test_a_request_becomes_a_work_order_like_any_other(loop: Loop):
    answer = post(loop)

    assert answer.status_code == 201
    order = loop.only_order()
    assert answer.json() == {
        "number": order.number,
        "status_url": f"/api/v1/requests/{order.number}",
        "possible_duplicates": [],
    }
    assert answer.headers["Location"] == answer.json()["status_url"]
    assert (order.details["source"], order.details["original_refs"]) == ("api", ["ERP-42"])
    assert (order.priority, order.region) == ("P2", "华东")
    assert loop.person("张先生").customer_id == order.customer_id
    loop.li.card("接单", order.number)
    loop.settle()


def test_a_bound_customer_is_told_in_their_own_chat(loop: Loop):
    answer = post(loop, without("customer_code", "serial") | {"mobile": cast.MOBILE["林涛"]})

    assert loop.lin.hears("已收到您的报修", answer.json()["number"])
    assert loop.only_order().requester_id == loop.person("林涛").id


def test_a_repeat_gets_the_same_answer_and_makes_nothing(loop: Loop):
    first, second = post(loop), post(loop)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert len(loop.orders()) == 1


def test_the_same_fault_of_the_same_customer_is_named_and_registered_as_asked(loop: Loop):
    first = post(loop).json()["number"]

    again = post(loop, {**BODY, "description": "冷库还是不制冷，温度一直往上涨"}, key="k-2")
    other = post(loop, {**BODY, "customer_code": "C002", "serial": ""}, key="k-3")

    assert again.status_code == 201
    assert again.json()["possible_duplicates"] == [first]
    assert other.json()["possible_duplicates"] == []
    assert len(loop.orders()) == 3


def test_many_at_once_with_one_key_make_one_order(loop: Loop):
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda: answers.append(post(loop))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted({one.status_code for one in answers}) == [200, 201]
    assert len({one.json()["number"] for one in answers}) == 1
    assert len(loop.orders()) == 1


def test_the_same_key_with_another_body_is_a_conflict(loop: Loop):
    post(loop)

    answer = post(loop, BODY | {"description": "另一台也坏了"})

    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_conflict")
    assert len(loop.orders()) == 1


def test_two_systems_may_use_the_same_key(loop: Loop):
    answers = [post(loop), post(loop, secret=OTHER_SECRET)]

    assert [one.status_code for one in answers] == [201, 201]
    assert len(loop.orders()) == 2


@pytest.mark.parametrize(("name", "empty"), [("description", ""), ("mobile", None), ("description", "！")])
def test_what_is_required_in_chat_is_required_here(loop: Loop, name: str, empty: str | None):
    answer = post(loop, BODY | {name: empty})

    assert (answer.status_code, answer.json()["code"]) == (422, "request_incomplete")
    assert "请补充" in answer.json()["message"]
    assert not loop.orders()


@pytest.mark.parametrize(
    "wrong",
    [
        {"mobile": "12345"},
        {"priority": "P9"},
        {"latitude": 91},
        {"unknown": 1},
        {"appointment_from": "2026-11-24T09:00:00"},
        {"description": "长" * 4001},
        {"waybills": "SF1"},
    ],
)
def test_a_wrong_field_is_named(loop: Loop, wrong: dict[str, Any]):
    answer = post(loop, BODY | wrong)

    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")
    assert next(iter(wrong)) in answer.json()["fields"]
    assert not loop.orders()


@pytest.mark.parametrize(
    "named", [{"customer_code": "C999"}, {"serial": "NOBODYS-1"}, {"customer_code": "C002"}]
)
def test_an_unknown_customer_or_somebody_else_s_machine_is_refused_alike(loop: Loop, named: dict[str, str]):
    answers = [post(loop, BODY | named), post(loop, BODY | named)]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(422, "not_found")] * 2
    assert "C001" not in answers[0].text
    assert not loop.orders()


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "k" * 31])
def test_without_a_key_nobody_is_let_in(loop: Loop, secret: str):
    answer = post(loop, secret=secret)

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")


@pytest.mark.parametrize("key", ["", "with space", "长", "x" * 81])
def test_an_idempotency_key_is_needed(loop: Loop, key: str):
    answer = post(loop, headers={"Idempotency-Key": key.encode()})

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing")


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 60_000, "application/json", 400),
        (b"a=1", "application/x-www-form-urlencoded", 415),
        (b"{}" + b" " * 70_000, "application/json", 413),
    ],
)
def test_what_is_no_small_json_object_is_refused(loop: Loop, data: bytes, kind: str, status: int):
    answer = post(loop, data=data, headers={"Content-Type": kind})

    assert answer.status_code == status
    assert answer.json()["message"]


def test_an_address_or_method_we_do_not_have_answers_in_json(loop: Loop):
    wrong_method = requests.delete(f"{loop.web_url}/api/v1/requests", timeout=10)
    wrong_path = get(loop, "/api/v2/nothing")

    assert (wrong_method.status_code, wrong_method.json()["code"]) == (405, "method_not_allowed")
    assert (wrong_path.status_code, wrong_path.json()["code"]) == (404, "not_found")


def test_too_many_in_a_minute_have_to_wait(loop: Loop):
    answers = [get(loop, "/api/v1/requests/WO-20261124-0001") for _ in range(PER_MINUTE + 1)]

    assert {one.status_code for one in answers[:-1]} == {404}
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 61
    loop.advance(61)
    assert get(loop, "/api/v1/requests/WO-20261124-0001").status_code == 404


def test_its_own_requests_can_be_followed_and_nobody_else_s(loop: Loop):
    path = post(loop).json()["status_url"]
    number = loop.only_order().number
    loop.li.card("接单", number)
    loop.li.presses("接单")
    loop.order_becomes("accepted")

    answer = get(loop, path)

    assert answer.status_code == 200
    shown = answer.json()
    assert (shown["status"], shown["assignee"], shown["priority"]) == ("accepted", "李强", "P2")
    assert cast.MOBILE["李强"] not in answer.text
    assert get(loop, path, OTHER_SECRET).status_code == 404
    other = loop.lin.reports()
    assert get(loop, f"/api/v1/requests/{other}").status_code == 404


def test_without_keys_the_api_is_closed(stage: Loop):
    stage.start_product()

    assert post(stage).status_code == 401
