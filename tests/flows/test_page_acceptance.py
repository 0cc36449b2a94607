"""The acceptance page: what was done, a signature for this very report, a rejection, and how it went."""

import pytest

from domain.kernel.links import Page
from tests.support.closing import Ending, begin
from tests.support.customer_pages import DRAWN, acceptance, png, signature, visitor
from tests.support.loop import Loop
from tests.support.pages import PageVisitor


@pytest.fixture
def done(loop: Loop) -> Ending:
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    return ending


def signs(ending: Ending) -> PageVisitor:
    page = acceptance(ending)
    assert page.do("sign", **signature(page)).status_code == 200
    ending.becomes("signed_off")
    return page


def test_the_report_stands_there(done: Ending) -> None:
    shown = acceptance(done).data()

    assert (shown["report"]["cause"], shown["report"]["remedy"]) == ("启动电容击穿", "更换启动电容")
    assert (shown["can_sign"], shown["can_rate"], shown["signature"]) == (True, False, None)


def test_a_signature_accepts_and_is_bound_to_the_report(done: Ending) -> None:
    page = signs(done)

    event = done.loop.events("WorkSignedOff")[0]
    shown = page.data()
    assert (event["report_version"], event["signer"], event["by_customer"]) == (1, "陈静", True)
    assert (event["signature"]["device"], len(event["signature"]["digest"])) == ("测试浏览器", 64)
    assert shown["signature"]["valid"] and "陈静" in shown["signature"]["words"]
    assert page.file(shown["signature"]["image"]).content == png()


def test_a_later_correction_voids_the_signature_and_says_so(done: Ending) -> None:
    page = signs(done)

    done.amends("更换压缩机")

    shown = page.data()
    assert shown["can_sign"] and not shown["signature"]["valid"]
    assert "不再有效" in shown["signature"]["words"] and "第 1 版 → 第 2 版" in shown["signature"]["words"]
    assert any("更换压缩机" in one for one in shown["changed"])
    done.says(f"时间线 {done.number}")
    done.customer.hears("陈静 的签字不再有效")


def test_the_customer_is_told_to_sign_again_with_the_way_there(done: Ending) -> None:
    signs(done)
    # WeChat takes a few messages only until the customer writes again.
    done.says("进度")

    done.amends("更换压缩机")

    told = done.customer.hears("报告已更正，陈静 的原签字失效，请重新签字")
    assert "看报告，签字验收 http" in told


def test_a_second_correction_says_it_again_until_it_is_signed(done: Ending) -> None:
    page = signs(done)
    done.amends("更换压缩机")
    done.says("进度")

    done.amends("更换压缩机和电容")

    done.customer.hears("陈静 的原签字失效，请重新签字", "改为“更换压缩机和电容”")
    assert page.do("sign", **signature(page)).status_code == 200
    done.becomes("signed_off")
    done.loop.advance(6 * 60)
    assert "原签字失效" not in done.customer.hears("已验收", "更换压缩机和电容")


def test_a_correction_before_anybody_signed_voids_nothing(done: Ending) -> None:
    done.amends("更换压缩机")

    assert "签字失效" not in done.customer.hears("报告已更正")


def test_the_corrected_report_is_signed_anew(done: Ending) -> None:
    page = signs(done)
    done.amends("更换压缩机")

    answer = page.do("sign", **signature(page))

    assert answer.status_code == 200, answer.text
    assert [one["report_version"] for one in done.loop.events("WorkSignedOff")] == [1, 2]
    assert page.data()["signature"]["valid"]


def test_a_signature_for_an_older_report_is_refused(done: Ending) -> None:
    page = acceptance(done)
    body = signature(page)
    done.amends("更换压缩机")

    answer = page.do("sign", **body)

    assert answer.status_code == 409
    assert done.loop.only_order().status == "completed"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"strokes": []}, 409),
        ({"strokes": [[[5, 5, 0]]]}, 409),
        ({"strokes": [[[5, 5, 0], [8, 8, 30]]]}, 409),
        ({"image": "c" * 64}, 409),
        ({"image": "../../etc/passwd"}, 422),
        ({"signer": " "}, 422),
        ({"signer": "陈" * 10_000}, 422),
        ({"strokes": [[[n, n % 50, n] for n in range(4500)]]}, 409),
    ],
)
def test_what_is_no_signature_accepts_nothing(done: Ending, changes: dict[str, object], status: int) -> None:
    page = acceptance(done)

    answer = page.do("sign", **signature(page, **changes))

    assert answer.status_code == status, answer.text
    assert done.loop.only_order().status == "completed"


def test_a_photo_is_no_signature(done: Ending) -> None:
    page = acceptance(done)
    jpeg = page.upload(b"\xff\xd8\xff\xe0" + b"\0" * 500).json()["sha256"]

    assert page.do("sign", **signature(page, image=jpeg)).json()["code"] == "signature_lost"


def test_a_second_press_signs_nothing_twice(done: Ending) -> None:
    page = acceptance(done)
    body = signature(page)

    answers = [page.do("sign", "the-key-of-this-click", **body) for _ in range(2)]
    later = page.do("sign", **body)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert later.status_code == 409 and len(done.loop.events("WorkSignedOff")) == 1


def test_a_rejection_sends_the_technician_back(done: Ending) -> None:
    page = acceptance(done)

    answer = page.do("reject", report=1, reason="还是不制冷 <script>")
    done.becomes("accepted")

    assert "退回技师" in answer.json()["message"]
    assert done.loop.events("WorkRejected")[0]["reason"] == "还是不制冷 <script>"
    assert page.data()["can_sign"] is False and "还不用验收" in page.data()["notice"]


def test_a_rejection_needs_a_reason(done: Ending) -> None:
    answer = acceptance(done).do("reject", report=1, reason=" ")

    assert (answer.status_code, answer.json()["fields"]) == (422, {"reason": "请填写这一项。"})


def test_the_rating_comes_with_comment_and_recommendation(done: Ending) -> None:
    page = signs(done)

    answer = page.do("rate", score=5, comment="师傅很专业", nps=9)
    done.loop.settle()

    assert answer.json()["data"]["rating"] == {"score": 5, "comment": "师傅很专业", "nps": 9}
    assert answer.json()["data"]["can_rate"] is False
    assert done.loop.only_order().rating == 5


def test_a_low_rating_is_followed_up(done: Ending) -> None:
    page = signs(done)

    answer = page.do("rate", score=1, comment="迟到两小时")
    done.loop.settle()

    assert "尽快与您联系" in answer.json()["message"]
    assert {one["kind"] for one in done.loop.events("FollowUpCreated")} == {"routine", "low_score"}


@pytest.mark.parametrize("body", [{"score": 0}, {"score": 6}, {"score": 5, "nps": 11}, {"score": "好"}])
def test_a_rating_beyond_the_scale_is_refused(done: Ending, body: dict[str, object]) -> None:
    page = signs(done)

    assert page.do("rate", **body).status_code == 422
    assert done.loop.only_order().rating is None


def test_rating_before_acceptance_is_too_early(done: Ending) -> None:
    answer = acceptance(done).do("rate", score=5)

    assert (answer.status_code, answer.json()["code"]) == (409, "rated_too_early")


@pytest.mark.parametrize("name", ["何洁", "林涛", "王芳", "钱进"])
def test_whoever_did_not_report_it_signs_nothing(done: Ending, name: str) -> None:
    page = acceptance(done, name)
    image = page.upload(png()).json()["sha256"]

    answer = page.do("sign", report=1, image=image, strokes=DRAWN, signer=name)

    assert (page.look().status_code, answer.status_code) == (409, 409)
    assert done.loop.only_order().status == "completed"


def test_a_status_link_signs_nothing(done: Ending) -> None:
    page = visitor(done.loop, Page.STATUS, "陈静", done.order_id)

    assert page.do("sign", report=1, image="a" * 64, strokes=DRAWN, signer="陈静").status_code == 404


def test_a_link_that_was_changed_or_ran_out_shows_nothing(done: Ending) -> None:
    page = acceptance(done)
    changed = PageVisitor(page.url[:-1] + ("A" if page.url[-1] != "A" else "B"))

    broken = changed.open().status_code
    done.loop.advance(20 * 86_400)

    assert (broken, page.open().status_code) == (404, 410)
    assert page.do("reject", report=1, reason="不行").status_code == 410


def test_their_chat_thanks_who_rated_on_the_page_as_it_would_there(done: Ending) -> None:
    page = signs(done)

    page.do("rate", score=5, comment="师傅准时", nps=9)

    done.customer.hears("评价已收到", done.number, "5 分", "推荐度 9 分")
    done.loop.advance(6 * 60)
    assert not done.customer.told("请为这次服务打分")


def test_their_chat_asks_for_the_rating_that_the_page_did_not_get(done: Ending) -> None:
    signs(done)
    done.loop.settle()
    asked_at_once = done.customer.told("请为这次服务打分")

    done.loop.advance(6 * 60)

    done.customer.hears("请为这次服务打分")
    assert not asked_at_once
