"""The page behind the code on a machine: a report without an account, and nothing learned from it."""

import pytest

from domain.assets.commands import EndLabel
from domain.kernel.links import Page
from tests.support import cast
from tests.support.closing import by, decide
from tests.support.customer_pages import freezer, png, scanned
from tests.support.loop import Loop
from tests.support.pages import PageVisitor

STRANGER = "13711112222"
HATEFUL = "<script>alert(1)</script>{{ 1 + 1 }} 不制冷"


def test_a_report_becomes_a_work_order_of_this_machine(loop: Loop) -> None:
    page = scanned(loop)
    photo = page.upload(png()).json()["sha256"]

    answer = page.do(
        "report",
        name="钱老板",
        mobile="137 1111 2222",
        fault="冷库不制冷了，报警 E7",
        when="明天上午9点到11点",
        photos=[photo],
    )
    loop.settle()

    told, order = answer.json(), loop.only_order()
    assert answer.status_code == 200, answer.text
    assert told["more"]["number"] == order.number and order.number in told["message"]
    assert "09:00–11:00" in told["more"]["wished"]
    assert (order.asset_id, order.details["source"]) == (freezer(loop).id, "page")
    assert order.details["contact_name"] == "钱老板" and "E7" in order.description
    status = PageVisitor(told["more"]["status_url"])
    assert status.data()["number"] == order.number
    assert status.data()["photos"] == [photo]
    assert len(loop.events("FileFetched")) == 1


def test_the_page_tells_only_what_stands_on_the_machine(loop: Loop) -> None:
    shown = scanned(loop).data()

    assert shown == {"machine": "冷库机组", "model": "X1", "serial": "LK-9001", "site": ""}


@pytest.mark.parametrize("mobile", [cast.MOBILE["陈静"], cast.MOBILE["何洁"], STRANGER, cast.MOBILE["李强"]])
def test_nobody_learns_whose_number_it_is(loop: Loop, mobile: str) -> None:
    page = scanned(loop)

    told = page.do("report", mobile=mobile, fault="压缩机一直响").json()
    status = PageVisitor(told["more"]["status_url"]).data()

    said = f"{told} {status}"
    assert not any(name in said for name in ("陈静", "何洁", "李强", "沪冷"))
    assert "您" in status["lines"][-1]["by"]


def test_a_known_contact_hears_of_it_in_their_own_chat(loop: Loop) -> None:
    loop.chen.says("你好")
    scanned(loop).do("report", mobile=cast.MOBILE["陈静"], fault="压缩机一直响")
    loop.settle()

    loop.chen.hears("已收到您的报修", loop.only_order().number)


def test_the_same_fault_joins_the_open_work_order_and_shows_no_strangers_words(loop: Loop) -> None:
    page = scanned(loop)
    first = page.do("report", mobile=STRANGER, fault="冷库不制冷了，报警 E7").json()["more"]

    second = page.do("report", mobile="13733334444", fault="冷库不制冷，报警 E7").json()
    loop.settle()

    assert second["more"] == {"number": first["number"], "joined": True, "wished": "", "status_url": ""}
    assert "已经报修过" in second["message"] and first["number"] in second["message"]
    assert loop.only_order().reporter_count == 2


def test_another_fault_of_the_machine_is_a_work_order_of_its_own(loop: Loop) -> None:
    page = scanned(loop)

    page.do("report", mobile=STRANGER, fault="冷库不制冷了，报警 E7")
    page.do("report", mobile=STRANGER, fault="门把手掉了")

    assert len(loop.orders()) == 2


def test_a_double_submit_is_one_work_order(loop: Loop) -> None:
    page = scanned(loop)
    form = {"mobile": STRANGER, "fault": "冷库不制冷了"}

    answers = [page.do("report", "the-key-of-this-click", **form).json() for _ in range(2)]

    assert answers[0]["more"] == answers[1]["more"]
    assert len(loop.orders()) == 1


def test_a_joker_at_the_code_is_stopped(loop: Loop) -> None:
    page = scanned(loop)
    faults = ("门把手掉了", "灯不亮", "地面漏水", "风机异响", "显示屏黑屏", "轮子坏了")

    answers = [page.do("report", mobile=STRANGER, fault=fault) for fault in faults]

    assert [answer.status_code for answer in answers] == [200] * 5 + [409]
    assert "请" in answers[-1].json()["message"]


def test_a_code_that_was_taken_back_leads_nowhere(loop: Loop) -> None:
    page = scanned(loop)
    decide(loop, EndLabel(asset_id=freezer(loop).id, **by(loop, "赵敏")))

    assert page.open().status_code == 404
    assert "二维码" in page.open().text
    assert page.do("report", mobile=STRANGER, fault="冷库不制冷").status_code == 404
    assert loop.orders() == []


def test_a_new_code_ends_the_one_before(loop: Loop) -> None:
    old = scanned(loop)
    new = scanned(loop, "anotherLabel0123456789")

    assert (old.open().status_code, new.open().status_code) == (404, 200)


@pytest.mark.parametrize("label", ["kQ3xT9pLm2VwZr7aYb5cDf", "../../etc/passwd", "x", "' OR 1=1 --"])
def test_a_guessed_code_leads_nowhere(loop: Loop, label: str) -> None:
    scanned(loop)

    assert PageVisitor(loop.product.links.of_label(label)).open().status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("mobile", "12345", "11 位手机号"),
        ("mobile", "", "11 位手机号"),
        ("fault", "坏" * 10_000, "最多 1000 个字"),
        ("fault", " ", "请填写这一项"),
        ("name", "钱" * 10_000, "最多 30 个字"),
        ("when", "早" * 10_000, "最多 50 个字"),
        ("photos", ["a" * 64] * 10, "最多 9 项"),
        ("photos.0", "../../etc/passwd", "填得不对"),
    ],
)
def test_a_field_that_is_wrong_is_named_in_a_sentence(
    loop: Loop, field: str, value: object, said: str
) -> None:
    name, _, item = field.partition(".")
    form: dict[str, object] = {"mobile": STRANGER, "fault": "冷库不制冷"}
    form |= {name: [value] if item else value}

    answer = scanned(loop).do("report", **form)

    assert answer.status_code == 422, answer.text
    assert said in answer.json()["fields"][field]
    assert loop.orders() == []


def test_a_photo_that_was_never_uploaded_is_refused(loop: Loop) -> None:
    answer = scanned(loop).do("report", mobile=STRANGER, fault="冷库不制冷", photos=["b" * 64])

    assert answer.status_code == 409 and "照片" in answer.json()["message"]
    assert loop.orders() == []


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"MZ\x90\x00" + b"\0" * 200, 415),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", 415),
        (b"PK\x03\x04" + b"\0" * 200, 415),
        (b"\0\0\0\x18ftypheic" + b"\0" * 200, 415),
        (b"\xff\xd8\xff\xe0" + b"\0" * (10 * 1024 * 1024), 413),
        (b"", 400),
    ],
)
def test_what_is_no_photo_is_not_kept(loop: Loop, data: bytes, status: int) -> None:
    answer = scanned(loop).upload(data)

    assert answer.status_code == status
    assert "请" in answer.json()["message"]


def test_script_in_every_field_stays_text(loop: Loop) -> None:
    page = scanned(loop)

    told = page.do("report", name="<b>钱</b>", mobile=STRANGER, fault=HATEFUL, when="<i>").json()

    status = PageVisitor(told["more"]["status_url"])
    assert HATEFUL in status.data()["fault"]
    assert "<script>alert" not in status.open().text


def test_the_status_page_of_a_stranger_shows_nobody_elses_pictures(loop: Loop) -> None:
    page = scanned(loop)
    photo = page.upload(png()).json()["sha256"]
    page.do("report", mobile=STRANGER, fault="冷库不制冷了，报警 E7", photos=[photo])
    other = page.do("report", mobile="13733334444", fault="门把手掉了").json()["more"]["status_url"]

    assert PageVisitor(other).file(photo).status_code == 404
    assert page.file(photo).status_code == 404


def test_a_link_of_one_page_opens_no_other(loop: Loop) -> None:
    page = scanned(loop)
    told = page.do("report", mobile=STRANGER, fault="冷库不制冷了").json()
    status = PageVisitor(told["more"]["status_url"])

    assert status.do("report", mobile=STRANGER, fault="再报一次").status_code == 404
    assert status.do("sign", report=1).status_code == 404
    assert Page.STATUS.value in status.open().text
