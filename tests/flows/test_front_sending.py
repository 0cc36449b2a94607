"""What a page sends over a bad line: once, in order, with the phone's time, or refused in words."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.fronted import Answer, Browser, Call, Fronted
from tests.support.page_checks import BINARY, needs_chromium

pytestmark = needs_chromium
API = """
const { createApi } = await import("/static/lib/api.js");
const api = createApi({ first_wait_ms: 5, timeout_ms: 2000 });
const said = (error) => ({ code: error.code, message: error.message, fields: error.fields });
"""
DRAFTS = (
    API
    + """
const { openDrafts } = await import("/static/lib/drafts.js");
const send = (step) =>
  api.send(step.url, { ...step.facts, device_at: step.device_at }, { key: step.key, attempts: 1 });
const open = (owner = "li") => openDrafts({ owner, send });
const drafts = await open();
const add = (order, name) => drafts.add({ order, url: "/step", facts: { order, name }, label: name });
"""
)
GONE: Answer = None
OK: Answer = (200, {"ok": True})


class Server(Fronted):
    """Answers `/step` with what was set, in turn, and with success afterwards."""

    def __init__(self) -> None:
        super().__init__()
        self.reachable = True
        self.next: list[Answer] = []
        self.answers["/step"] = self._step

    def _step(self, call: Call) -> Answer:
        if not self.reachable:
            return GONE
        return self.next.pop(0) if self.next else OK

    @property
    def keys(self) -> list[str]:
        return [call.headers["idempotency-key"] for call in self.paths("/step")]

    @property
    def names(self) -> list[str]:
        return [call.facts["name"] for call in self.paths("/step")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert BINARY is not None
    with Browser(BINARY) as browser:
        yield browser


@pytest.fixture
def server(browser: Browser) -> Iterator[Server]:
    with Server() as server:
        _open(browser, server)
        yield server


def _open(browser: Browser, server: Fronted) -> None:
    browser.goto(f"{server.url}/page/")
    browser.wait(f"location.origin === '{server.url}' && document.readyState === 'complete'")


def test_a_submission_is_repeated_under_one_key(server: Server, browser: Browser):
    server.next = [GONE, (503, {}), (502, "<html>"), OK]

    answer = browser.module(API + "return await api.send('/step', { name: '到达' });")

    assert answer == {"ok": True}
    assert len(server.keys) == 4 and len(set(server.keys)) == 1


def test_pressing_twice_sends_once_and_pressing_later_sends_anew(server: Server, browser: Browser):
    script = (
        API
        + """
        const press = api.submission("/step");
        await Promise.all([press({ name: "到达" }), press({ name: "到达" })]);
        await press({ name: "到达" });
        """
    )

    browser.module(script)

    assert len(server.keys) == 2 and len(set(server.keys)) == 2


def test_pressing_again_without_having_heard_an_answer_keeps_the_key(server: Server, browser: Browser):
    server.next = [GONE] * 4
    script = (
        API
        + """
        const press = api.submission("/step");
        const first = await press({ name: "到达" }).catch(said);
        await press({ name: "到达" });
        await press({ name: "完工" });
        return first;
        """
    )

    first = browser.module(script)

    assert (first["code"], first["message"]) == ("offline", "网络不通，请检查网络后再试。")
    assert len(set(server.keys[:5])) == 1 and server.keys[5] != server.keys[4]


def test_another_text_is_another_submission(server: Server, browser: Browser):
    server.next = [GONE] * 4
    script = (
        API
        + """
        const press = api.submission("/step");
        await press({ name: "到达" }).catch(said);
        await press({ name: "完工" });
        """
    )

    browser.module(script)

    assert server.keys[4] != server.keys[3]


def test_the_server_s_sentence_and_fields_reach_the_page(server: Server, browser: Browser):
    told = {"code": "validation", "message": "工时不对，请填写数字。", "fields": {"hours": "请填写数字。"}}
    server.next = [(422, told)]

    assert browser.module(API + "return api.send('/step', {}).catch(said);") == told
    assert len(server.keys) == 1


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (401, "expired", "这个链接已失效，请回到聊天里重新打开。"),
        (403, "forbidden", "您不能打开这个页面，请回到自己的聊天里打开链接。"),
        (409, "conflict", "内容刚刚被别人改过，请刷新页面后再试。"),
        (413, "too_large", "内容太大，请减少照片或文字后再提交。"),
        (418, "refused", "提交没有成功，请检查后再试。"),
    ],
)
def test_an_answer_without_a_sentence_gets_one(
    server: Server, browser: Browser, status: int, code: str, words: str
):
    server.next = [(status, "<html>no</html>")]

    told = browser.module(API + "return api.send('/step', {}).catch(said);")

    assert (told["code"], told["message"]) == (code, words)


def test_steps_taken_offline_arrive_once_in_order_with_the_phone_s_time(server: Server, browser: Browser):
    server.reachable = False
    script = """
        for (const name of ["出发", "到达", "开始处理"]) await add("WO-1", name);
        const report = await drafts.flush();
        return { stopped: report.stopped.code, times: (await drafts.steps()).map((step) => step.device_at) };
    """
    before = browser.module(DRAFTS + script)
    tried = len(server.calls)
    _open(browser, server)
    server.reachable = True

    after = browser.module(
        DRAFTS + "return [await drafts.flush(), await drafts.flush(), await drafts.steps()];"
    )

    assert before["stopped"] == "offline" and server.names[:tried] == ["出发"] * tried
    arrived = server.paths("/step")[tried:]
    assert [call.facts["name"] for call in arrived] == ["出发", "到达", "开始处理"]
    assert [call.facts["device_at"] for call in arrived] == before["times"]
    assert len({call.headers["idempotency-key"] for call in arrived}) == 3
    assert arrived[0].headers["idempotency-key"] == server.keys[0]
    assert (after[0]["sent"], after[1]["sent"], after[2]) == (3, 0, [])


def test_a_conflict_holds_the_rest_of_its_work_order_and_nothing_else(server: Server, browser: Browser):
    conflict = {"code": "conflict", "message": "工单已改派给王工，请放弃这一步。"}
    server.next = [(409, conflict)]
    script = """
        await add("WO-1", "到达"); await add("WO-1", "完工"); await add("WO-2", "出发");
        await drafts.flush();
        return (await drafts.steps()).map((step) => [step.label, step.state, step.message]);
    """

    steps = browser.module(DRAFTS + script)

    assert server.names == ["到达", "出发"]
    assert steps == [["到达", "conflict", conflict["message"]], ["完工", "waiting", ""]]


@pytest.mark.parametrize(
    ("way", "arrives"), [("again", ["到达", "到达", "完工"]), ("drop", ["到达", "完工"])]
)
def test_after_a_conflict_the_reader_decides(server: Server, browser: Browser, way: str, arrives: list[str]):
    server.next = [(409, {"code": "conflict", "message": "工单已改派，请确认。"})]
    script = f"""
        const step = await add("WO-1", "到达"); await add("WO-1", "完工");
        await drafts.flush();
        await drafts.{way}(step.id);
        await drafts.flush();
        return drafts.steps();
    """

    left = browser.module(DRAFTS + script)

    assert left == [] and server.names == arrives
    assert len(set(server.keys)) == len(arrives)


def test_a_refused_step_keeps_its_reason(server: Server, browser: Browser):
    server.next = [(422, {"code": "validation", "message": "请先填写故障原因。"})]
    script = "await add('WO-1', '完工'); await drafts.flush(); return drafts.steps();"

    steps: list[dict[str, Any]] = browser.module(DRAFTS + script)

    assert [(step["state"], step["code"], step["message"]) for step in steps] == [
        ("refused", "validation", "请先填写故障原因。")
    ]


def test_a_link_that_has_run_out_loses_no_step(server: Server, browser: Browser):
    server.next = [(410, {"code": "expired", "message": "链接已过期，请回到聊天里重新打开。"})]
    script = "await add('WO-1', '完工'); return [await drafts.flush(), await drafts.steps()];"

    report, steps = browser.module(DRAFTS + script)

    assert report["sent"] == 0 and [step["state"] for step in steps] == ["waiting"]


def test_two_tabs_send_a_step_once(server: Server, browser: Browser):
    script = """
        const other = await open();
        for (const name of ["出发", "到达"]) await add("WO-1", name);
        await Promise.all([drafts.flush(), other.flush(), drafts.flush()]);
    """

    browser.module(DRAFTS + script)

    assert server.names == ["出发", "到达"]


def test_half_a_form_survives_a_reload_and_belongs_to_its_owner(server: Server, browser: Browser):
    browser.module(DRAFTS + "await drafts.keepForm('report', { cause: '接触器烧蚀' });")
    _open(browser, server)
    script = """
        const wang = await open("wang");
        const found = [await drafts.loadForm("report"), await wang.loadForm("report")];
        await drafts.dropForm("report");
        return [...found, await drafts.loadForm("report")];
    """

    assert browser.module(DRAFTS + script) == [{"cause": "接触器烧蚀"}, None, None]


def test_what_waits_is_sent_by_itself_when_the_network_is_back(server: Server, browser: Browser):
    browser.module(DRAFTS + "await add('WO-1', '到达'); drafts.start();")
    browser.wait("true")
    browser.module(DRAFTS + "await add('WO-1', '完工'); window.dispatchEvent(new Event('online'));")

    browser.module(
        DRAFTS
        + """
        while ((await drafts.steps()).length > 0) await new Promise((done) => setTimeout(done, 20));
        """
    )

    assert server.names == ["到达", "完工"]
