"""The report and the signature on the job page: the rules of the chat, and what is no photo."""

from domain.workorder.model import WorkOrder
from sandbox.wecom.media import TINY_PNG
from tests.support.field import ACCEPTED, give_checklist, order_of
from tests.support.job_page import REPORT, begin, job_page
from tests.support.loop import Loop
from tests.support.pages import PageVisitor
from tests.support.pictures import photo

GOOD = [{"key": "cools", "passed": True}, {"key": "seal", "passed": True}]
DRAWN = [[[20, 40, 0], [80, 90, 120], [160, 30, 260]]]


def done(loop: Loop) -> tuple[WorkOrder, PageVisitor]:
    """Return a job with a filed report, and its page."""
    order = begin(loop)
    page = job_page(loop, order)
    assert page.do("complete", **REPORT).status_code == 200
    return order, page


def test_what_the_machine_asks_for_must_not_be_missing(loop: Loop) -> None:
    page = job_page(loop, begin(loop, asset_id=give_checklist(loop)))
    sha256 = page.upload(photo()).json()["sha256"]
    bad_seal = [GOOD[0], {"key": "seal", "passed": False}]

    nothing = page.do("complete", cause="没有", photos=[sha256])
    no_remark = page.do("complete", checks=bad_seal, photos=[sha256], **REPORT)
    no_photo = page.do("complete", checks=GOOD, **REPORT)
    whole = page.do("complete", checks=GOOD, photos=[sha256], **REPORT)

    assert nothing.json()["message"].endswith(
        "服务报告还缺：故障原因、处理措施、工时、制冷正常、门封检查。请补全后再提交。"
    )
    assert "门封检查（不合格，请写明情况）" in no_remark.json()["message"]
    assert "还缺：现场照片。" in no_photo.json()["message"]
    assert {one.status_code for one in (nothing, no_remark, no_photo)} == {409}
    assert whole.status_code == 200 and len(loop.events("ReportFiled")) == 1
    assert loop.events("ReportFiled")[0]["report"]["photos"] == 1


def test_a_second_report_is_not_lost_without_a_word(loop: Loop) -> None:
    _, page = done(loop)

    again = page.do("complete", **(REPORT | {"cause": "另一个原因"}))
    amended = page.do("amend", **(REPORT | {"cause": "另一个原因"}))

    assert again.status_code == 409 and again.json()["code"] == "reported_already"
    assert amended.status_code == 200
    assert [one["report"]["cause"] for one in loop.events("ReportFiled")] == ["启动电容击穿", "另一个原因"]


def test_impossible_hours_are_refused_as_in_chat(loop: Loop) -> None:
    page = job_page(loop, begin(loop))

    refused = page.do("complete", **(REPORT | {"hours": "99"}))

    assert refused.status_code == 409 and refused.json()["code"] == "hours_out_of_range"


def test_photos_are_shown_to_whoever_has_the_job_with_time_and_place(loop: Loop) -> None:
    order = begin(loop)
    page = job_page(loop, order)
    sha256 = page.upload(photo()).json()["sha256"]

    page.do("note", photos=[sha256], latitude=31.2, longitude=121.6)

    (shown,) = page.data()["photos"]
    assert shown["sha256"] == sha256 and shown["words"].startswith("李强 ")
    assert page.file(sha256).headers["Content-Type"] == "image/jpeg"
    assert job_page(loop, order, "王芳").file(sha256).status_code == 404
    assert page.file("0" * 64).status_code == 404


def test_what_is_no_photo_or_was_never_uploaded_is_refused(loop: Loop) -> None:
    page = job_page(loop, begin(loop, far=ACCEPTED))

    exe = page.upload(b"MZ\x90\x00" + bytes(4000))
    svg = page.upload(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    heic = page.upload(b"\x00\x00\x00\x18ftypheic" + bytes(4000))
    huge = page.upload(b"\xff\xd8\xff\xe0" + bytes(11 * 1024 * 1024))
    unknown = page.do("note", photos=["a" * 64])

    assert [one.status_code for one in (exe, svg, heic, huge)] == [415, 415, 415, 413]
    assert "HEIC" in heic.json()["message"] and exe.json()["message"].startswith("这个文件不是照片")
    assert unknown.status_code == 409 and "这张照片" in unknown.json()["message"]


def test_the_customer_signs_on_the_technicians_phone(loop: Loop) -> None:
    order, page = done(loop)
    image = page.upload(TINY_PNG + bytes(100)).json()["sha256"]

    empty = page.do("sign", signer="陈静", image=image, strokes=[], seen_report=1)
    outdated = page.do("sign", signer="陈静", image=image, strokes=DRAWN, seen_report=7)
    nameless = page.do("sign", signer=" ", image=image, strokes=DRAWN, seen_report=1)
    signed = page.do("sign", signer="陈静", image=image, strokes=DRAWN, seen_report=1, device="Phone")

    assert empty.json()["code"] == "signature_empty"
    assert outdated.status_code == 409 and nameless.status_code == 422
    assert signed.json()["message"] == f"陈静 已签字，工单 {order.number} 验收完成。"
    assert order_of(loop, order.id).status == "signed_off"
    (event,) = loop.events("WorkSignedOff")
    assert (event["signer"], event["by_customer"], event["signature"]["device"]) == ("陈静", True, "Phone")
    assert any("验收" in line and "李强" in line for line in signed.json()["data"]["lines"])


def test_a_correction_voids_the_signature_and_says_so(loop: Loop) -> None:
    _, page = done(loop)
    image = page.upload(TINY_PNG + bytes(100)).json()["sha256"]
    page.do("sign", signer="陈静", image=image, strokes=DRAWN, seen_report=1)

    amended = page.do("amend", **(REPORT | {"remedy": "又换了一只"}))

    assert amended.json()["data"]["signed"] | {"at": ""} == {
        "signer": "陈静",
        "at": "",
        "version": 1,
        "valid": False,
    }
