"""The documents of a work order over the wire: what stands on them, for whom, and when."""

import io

import pytest
import requests
from pypdf import PdfReader

from domain.kernel.links import Page
from tests.support.closing import Ending, begin
from tests.support.customer_pages import acceptance, signature
from tests.support.loop import Loop
from tests.support.pages import PageVisitor


@pytest.fixture
def ending(loop: Loop) -> Ending:
    return begin(loop, "kf", "dingtalk")


def papers(ending: Ending, name: str = "") -> PageVisitor:
    loop, order = ending.loop, ending.loop.only_order()
    person_id = loop.person(name).id if name else order.requester_id
    return PageVisitor(loop.product.links.to(Page.DOCUMENT, person_id, order.id, loop.clock.now()))


def pdf(page: PageVisitor, name: str = "report.pdf") -> str:
    answer = requests.get(f"{page.url}/{name}", timeout=30)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf"), answer.text
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.content)).pages)
    return text.replace("\n", "")


def test_there_is_no_report_before_the_work_is_done(ending: Ending) -> None:
    page = papers(ending)

    answer = requests.get(f"{page.url}/report.pdf", timeout=10)

    assert (answer.status_code, answer.json()["code"]) == (409, "no_report_yet")
    assert page.data()["documents"] == []


def test_the_report_says_what_was_done_when_and_by_whom(ending: Ending) -> None:
    ending.completes()

    text = pdf(papers(ending))

    for words in (ending.number, "启动电容击穿", "更换启动电容", "1.5 小时", "李强", "出发", "到达", "完工"):
        assert words in text


def test_a_signature_stands_on_it_until_the_report_is_corrected(ending: Ending) -> None:
    ending.completes()
    page = acceptance(ending)
    assert page.do("sign", **signature(page)).status_code == 200
    ending.becomes("signed_off")
    assert "陈静" in pdf(papers(ending)) and "签名已失效" not in pdf(papers(ending))

    ending.amends("更换压缩机")

    assert "签名已失效" in pdf(papers(ending))


def test_the_price_is_on_paper_for_whoever_pays_and_for_nobody_else(ending: Ending) -> None:
    ending.completes()
    page = acceptance(ending)
    page.do("sign", **signature(page))
    ending.becomes("signed_off")
    ending.finance.says(f"结算 {ending.number} 380.50 客户承担")
    ending.becomes("settled")

    paper = pdf(papers(ending), "settlement.pdf")
    assert "¥380.50" in paper
    for words in ("现场工时（服务报告第 1 版）", "1.5", "小时", "已含", "没有单独计价"):
        assert words in paper
    assert "人工小计" not in paper and "¥0.00" not in paper
    assert "¥380.50" in pdf(papers(ending, "郑会"), "settlement.pdf")
    refused = requests.get(f"{papers(ending, '李强').url}/settlement.pdf", timeout=10)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_settled_yet")


def test_a_paper_that_does_not_exist_is_not_found(ending: Ending) -> None:
    ending.completes()

    assert requests.get(f"{papers(ending).url}/secrets.pdf", timeout=10).status_code == 404


def test_the_chat_answers_with_a_link_of_the_asker_s_own(ending: Ending) -> None:
    ending.customer.says(f"单据 {ending.number}")
    ending.customer.hears("还没有服务报告")
    ending.completes()

    ending.customer.says(f"单据 {ending.number}")
    ending.technician.says(f"单据 {ending.number}")

    said = ending.customer.hears("服务报告", "/p/")
    assert "启动电容击穿" in pdf(PageVisitor(said.rpartition("\n")[2].strip()))
    assert ending.technician.hears("服务报告", "/p/").rpartition("\n")[2] != said.rpartition("\n")[2]
