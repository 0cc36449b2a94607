"""Parts on the job page: found, asked for, taken, used and given back, by the commands of the chat."""

from typing import Any

from tests.support import parts
from tests.support.field import order_of
from tests.support.job_page import job_page
from tests.support.loop import Loop
from tests.support.pages import PageVisitor
from tests.support.stocked import BEARING, ON_HAND, SEAL, STORE, Stocked, stocked


def page_of(loop: Loop) -> tuple[Stocked, PageVisitor]:
    job = stocked(loop, "dingtalk")
    job.starts_work()
    return job, job_page(loop, order_of(loop, job.ending.order_id))


def found(page: PageVisitor, text: str) -> list[dict[str, Any]]:
    return list(page.do("find_part", text=text).json()["more"]["parts"])


def asks(page: PageVisitor, code: str, quantity: str, key: str = "") -> Any:
    (part,) = found(page, code)
    return page.do("ask_parts", key, lines=[{"part_id": part["id"], "quantity": quantity}])


def test_a_part_is_found_by_code_name_and_serial(loop: Loop) -> None:
    _, page = page_of(loop)

    by_code, by_name, by_serial = found(page, BEARING), found(page, "密封圈"), found(page, "SN100")
    nothing = page.do("find_part", text="<script>alert(1)</script>").json()

    assert (by_code[0]["name"], by_code[0]["places"]) == ("轴承 6204", ["中心仓 20"])
    assert by_name[0]["code"] == SEAL
    assert (by_serial[0]["name"], by_serial[0]["tracked"]) == ("控制板", True)
    assert nothing["message"].startswith("没有找到“<script>") and nothing["more"]["parts"] == []


def test_a_part_goes_from_the_store_into_the_machine_and_back_into_the_van(loop: Loop) -> None:
    job, page = page_of(loop)

    asked = [asks(page, BEARING, "2", "the-key-of-one-request") for _ in range(2)]
    assert [one.json()["message"] for one in asked] == ["已申请：轴承 6204 ×2。等仓库出库"] * 2
    (request,) = page.data()["parts"]["requests"]
    assert "轴承 6204 ×2" in request["words"]
    loop.settle()
    job.presses(job.keeper, "全部出库", "待出库")
    (offered,) = page.data()["parts"]["to_take"]
    page.do("take_parts", transfer_id=offered["id"], rev=offered["rev"])
    (piece,) = page.data()["parts"]["in_hand"]
    mine = {"part_id": piece["part_id"], "lot": piece["lot"]}
    used = page.do("use_part", quantity="2", **mine).json()
    unused = page.do("unuse_part", quantity="1", **mine).json()
    too_many = page.do("use_part", quantity="5", **mine)

    assert used["message"] == f"已用在工单 {job.number}：轴承 6204 ×2。"
    assert [one["words"] for one in unused["data"]["parts"]["used"]] == ["轴承 6204 ×1"]
    assert [one["words"] for one in unused["data"]["parts"]["in_hand"]] == ["轴承 6204 ×1"]
    assert too_many.json()["code"] == "never_issued"
    assert too_many.json()["message"].endswith("没有核销。请改“用了”的数量，或在下面“申请备件”。")
    assert (job.at(STORE), job.at(job.van)) == (ON_HAND - 2, 1)
    parts.assert_books(loop.database)
    loop.settle()


def test_a_request_that_is_not_needed_any_more_is_cancelled(loop: Loop) -> None:
    job, page = page_of(loop)
    asks(page, SEAL, "3")
    (request,) = page.data()["parts"]["requests"]

    cancelled = page.do("cancel_request", request_id=request["id"])

    assert cancelled.json()["message"].endswith(" 已取消。")
    assert page.data()["parts"]["requests"] == []
    too_many = asks(page, SEAL, "4")
    assert too_many.status_code == 409 and too_many.json()["code"] == "not_enough"
    assert asks(page, SEAL, "-1").status_code == 422
    assert job.at(STORE, SEAL) == 3
    loop.settle()


def test_too_few_pieces_are_refused_with_what_to_tap_on_the_page(loop: Loop) -> None:
    _, page = page_of(loop)

    refused = asks(page, BEARING, "500").json()

    assert refused["code"] == "not_enough"
    assert "中心仓有 20" in refused["message"]
    assert refused["message"].endswith("请改数量再点“申请”，或查找别的备件。")
    assert "回复" not in refused["message"]
