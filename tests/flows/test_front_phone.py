"""What a page asks of the phone: photographs, codes, the place; with the chat's own abilities and without."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sandbox.wall import SAMPLE_PHOTO
from tests.support.fronted import Browser, Fronted, vendored
from tests.support.page_checks import BINARY, needs_chromium

pytestmark = needs_chromium
PHOTOS = """
const { prepare, upload } = await import("/static/lib/photos.js");
const said = (error) => ({ code: error.code, message: error.message });
const painted = (width, height, kind) => new Promise((done) => {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#3366cc";
  pen.fillRect(0, 0, width, height / 2);
  canvas.convertToBlob({ type: kind }).then((blob) => done(new File([blob], "现场 照片.png")));
});
"""
BRIDGE = 'const { createBridge, chatHere } = await import("/static/lib/bridge.js");\n'
ASKED = """
window.asked = [];
const askSdk = async (platform, url) => { asked.push([platform, url]); return sdk; };
"""
WECOM = """
window.told = [];
window.WeixinJSBridge = { invoke: (name, { verifySignature, verifyJsApiList }, answer) => {
  told.push([name, verifySignature]);
  answer({
    scanQRCode: { err_msg: "scanQRCode:ok", resultStr: "CODE_128,SN-0042" },
    geoLocation: { err_msg: "geoLocation:ok", latitude: "31.2", longitude: "121.5", accuracy: "30" },
  }[name] ?? { err_msg: `${name}:ok` });
} };
const config = { corpId: "ww1", timestamp: 1, nonceStr: "n", signature: "s1", jsApiList: ["scanQRCode"] };
const sdk = { src: "/static/%s", config };
const bridge = createBridge({ askSdk });
"""
DINGTALK = """
window.told = [];
window.nuva = { isReady: true, require: () => (done, fail, area, name, given) => {
  told.push([name, given.signature ?? ""]);
  done({
    scan: { text: ` SN-0042 ${given.type}` },
    get: { latitude: 31.2, longitude: 121.5, accuracy: 30 + given.coordinate },
  }[name] ?? {});
} };
const sdk = { src: "/static/%s", config: CONFIG };
const bridge = createBridge({ askSdk });
"""
SIGNED = (
    '{ agentId: "1", corpId: "ding1", timeStamp: 1, nonceStr: "n", signature: "s1", jsApiList: ["scan"] }'
)
AGENTS = {
    "wecom": "Mozilla/5.0 (Linux; Android 14) Chrome/116.0 Mobile wxwork/4.1.30 MicroMessenger/7.0.1",
    "dingtalk": "Mozilla/5.0 (Linux; Android 14) Chrome/116.0 Mobile AliApp(DingTalk/7.6.0) DingTalk/7.6.0",
}
ALL = "return [await bridge.scan(), await bridge.location(), await bridge.close(), told, asked];"
HERE = {"latitude": 31.2, "longitude": 121.5, "accuracy_m": 30}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert BINARY is not None
    with Browser(BINARY) as browser:
        yield browser


@pytest.fixture
def server(browser: Browser) -> Iterator[Fronted]:
    with Fronted() as server:
        browser.goto(f"{server.url}/page/")
        browser.wait(f"location.origin === '{server.url}' && document.readyState === 'complete'")
        yield server


@pytest.mark.parametrize(
    ("size", "becomes"), [((4000, 1000), (1600, 400)), ((900, 3200), (450, 1600)), ((640, 480), (640, 480))]
)
def test_a_photo_is_made_small(
    server: Fronted, browser: Browser, size: tuple[int, int], becomes: tuple[int, int]
):
    script = f"""
        const file = await painted({size[0]}, {size[1]}, "image/png");
        const {{ blob, width, height, name }} = await prepare(file);
        const picture = await createImageBitmap(blob);
        return [width, height, picture.width, picture.height, blob.type, name];
    """

    assert browser.module(PHOTOS + script) == [*becomes, *becomes, "image/jpeg", "现场 照片.jpg"]


def test_a_transparent_picture_becomes_white_and_not_black(server: Fronted, browser: Browser):
    script = """
        const { blob } = await prepare(await painted(40, 40, "image/png"));
        const pen = new OffscreenCanvas(40, 40).getContext("2d");
        pen.drawImage(await createImageBitmap(blob), 0, 0);
        return [...pen.getImageData(20, 38, 1, 1).data];
    """

    assert min(browser.module(PHOTOS + script)) > 250


@pytest.mark.parametrize(
    ("bytes_", "code", "words"),
    [
        ("new Uint8Array(41 * 1024 * 1024)", "photo_too_large", "超过 40 MB"),
        ("new Uint8Array(0)", "photo_empty", "是空的"),
        ("new TextEncoder().encode('MZ' + 'x'.repeat(99))", "photo_kind", "不是照片"),
        (
            "'<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>'",
            "photo_kind",
            "不是照片",
        ),
        ("'PK\\u0003\\u0004' + 'x'.repeat(99)", "photo_kind", "不是照片"),
        ("'\\0\\0\\0\\u0018ftypheic' + 'x'.repeat(99)", "photo_heic", "兼容性最佳"),
        ("new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 1, 2, 3])", "photo_broken", "可能已损坏"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(
    server: Fronted, browser: Browser, bytes_: str, code: str, words: str
):
    script = f"return prepare(new File([{bytes_}], 'a.jpg', {{ type: 'image/jpeg' }})).catch(said);"

    told = browser.module(PHOTOS + script)

    assert told["code"] == code
    assert words in told["message"] and "请" in told["message"] and told["message"].endswith("。")


def test_an_upload_cut_off_half_way_is_repeated(server: Fronted, browser: Browser):
    answers: list[tuple[int, Any] | None] = [None, (503, {}), (200, {"id": "f1"})]
    server.answers["/photos"] = lambda call: answers.pop(0)
    script = """
        const seen = [];
        const photo = await prepare(await painted(3000, 2000, "image/png"));
        const options = { onProgress: (part) => seen.push(part), first_wait_ms: 5 };
        const answer = await upload("/photos", photo, options).answer;
        return [answer, Math.max(...seen), seen.filter((part) => part === 0).length];
    """

    answer, most, begun = browser.module(PHOTOS + script)

    assert (answer, most, begun) == ({"id": "f1"}, 1, 3)
    calls = server.paths("/photos")
    assert len(calls) == 3 and calls[-1].body.startswith(b"\xff\xd8\xff")


def test_an_upload_can_be_given_up(server: Fronted, browser: Browser):
    server.answers["/photos"] = lambda call: None
    script = """
        const photo = await prepare(await painted(30, 20, "image/png"));
        const { answer, cancel } = upload("/photos", photo, { attempts: 99, first_wait_ms: 5 });
        setTimeout(cancel, 30);
        return answer.catch(said);
    """

    assert browser.module(PHOTOS + script)["code"] == "cancelled"


def scripted(text: str, package: str) -> str:
    """Return a script in which the vendor's file is named."""
    (file,) = (row["file"] for row in vendored() if row["name"] == package)
    return BRIDGE + ASKED + text.replace("%s", file)


@contextmanager
def within(browser: Browser, platform: str) -> Iterator[None]:
    """Let the page believe that it stands in this chat's web view."""
    browser.call("Emulation.setUserAgentOverride", userAgent=AGENTS[platform])
    browser.goto(browser.run("location.href"))
    browser.wait("document.readyState === 'complete'")
    browser.requested.clear()
    browser.complaints.clear()
    yield
    browser.call("Emulation.setUserAgentOverride", userAgent="")


def test_wecom_s_own_abilities_are_used_with_a_signed_config(server: Fronted, browser: Browser):
    with within(browser, "wecom"):
        told = browser.module(scripted(WECOM, "@wecom/jssdk") + ALL)

    calls = [["preVerifyJSAPI", "s1"], ["scanQRCode", "s1"], ["geoLocation", "s1"], ["closeWindow", "s1"]]
    assert told == ["SN-0042", HERE, True, calls, [["wecom", f"{server.url}/page/"]]]


@pytest.mark.parametrize(("config", "calls"), [(SIGNED, [["requestJsApis", "s1"]]), ("null", [])])
def test_dingtalk_s_own_abilities_are_used(
    server: Fronted, browser: Browser, config: str, calls: list[list[str]]
):
    with within(browser, "dingtalk"):
        told = browser.module(scripted(DINGTALK.replace("CONFIG", config), "dingtalk-jsapi") + ALL)

    calls = [*calls, ["scan", ""], ["get", ""], ["close", ""]]
    assert told == ["SN-0042 all", HERE, True, calls, [["dingtalk", f"{server.url}/page/"]]]


@pytest.mark.parametrize("platform", list(AGENTS))
def test_a_chat_s_script_is_loaded_when_it_is_needed_and_not_before(
    server: Fronted, browser: Browser, platform: str
):
    text, package = (WECOM, "@wecom/jssdk") if platform == "wecom" else (DINGTALK, "dingtalk-jsapi")
    with within(browser, platform):
        browser.module(scripted(text.replace("CONFIG", SIGNED), package) + "window.bridge = bridge;")
        before = [url for url in browser.requested if "vendor" in url]
        assert browser.module("return window.bridge.scan();")
        browser.run("true")
        loaded = [url for url in browser.requested if "vendor" in url]

    assert before == [] and len(loaded) == 1 and browser.complaints == []


@pytest.mark.parametrize(
    "failing",
    [
        "async () => { throw new Error('503'); }",
        "async () => ({ src: '/static/vendor/gone.js', config: {} })",
        "async () => ({ src: '/static/%s', config: { corpId: '' } })",
        "() => new Promise(() => {})",
    ],
)
def test_where_the_chat_gives_nothing_the_page_goes_on_without(
    server: Fronted, browser: Browser, failing: str
):
    script = f"""
        window.setTimeout = ((real) => (call, ms) => real(call, Math.min(ms, 50)))(window.setTimeout);
        const bridge = createBridge({{ askSdk: {failing} }});
        return [await bridge.scan().catch((error) => error.message), await bridge.close()];
    """
    with within(browser, "wecom"):
        told = browser.module(scripted(script, "@wecom/jssdk"))
    browser.complaints.clear()

    assert told == ["这里不能扫码，请手工输入编号。", False]


def test_who_gives_up_scanning_is_asked_for_nothing_else(server: Fronted, browser: Browser):
    cancelled = WECOM.replace("scanQRCode:ok", "scanQRCode:cancel")
    with within(browser, "wecom"):
        told = browser.module(scripted(cancelled, "@wecom/jssdk") + "return bridge.scan();")

    assert told == ""


def test_in_wechat_and_in_browsers_no_script_is_asked_for(server: Fronted, browser: Browser):
    agent = "Mozilla/5.0 (iPhone) Mobile/15E148 MicroMessenger/8.0.50 NetType/WIFI"
    script = f"""
        const platform = chatHere("{agent}");
        const bridge = createBridge({{ platform, askSdk: async () => asked.push("asked") }});
        await bridge.scan().catch(() => null);
        return [chatHere(), bridge.platform, asked];
    """

    assert browser.module(BRIDGE + ASKED + script) == ["", "", []]


def test_without_a_chat_the_place_comes_from_the_browser(server: Fronted, browser: Browser):
    browser.call("Browser.grantPermissions", origin=server.url, permissions=["geolocation"])
    browser.call("Emulation.setGeolocationOverride", latitude=31.2, longitude=121.5, accuracy=30)

    told = browser.module(BRIDGE + "const bridge = createBridge(); return bridge.location();")

    assert told == HERE


def test_without_a_chat_and_a_reader_a_code_is_to_be_typed(server: Fronted, browser: Browser):
    script = """
        const bridge = createBridge();
        const told = await bridge.scan().catch((error) => error.message);
        return [told, await bridge.close()];
    """

    assert browser.module(BRIDGE + script) == ["这里不能扫码，请手工输入编号。", False]


@pytest.mark.parametrize(
    ("reads", "told"),
    [("SN-0042", "SN-0042"), ("", "没有从照片里认出码，请靠近、对正后重拍，或者手工输入编号。")],
)
def test_a_code_is_read_off_a_photo_by_the_server(
    server: Fronted, browser: Browser, tmp_path: Path, reads: str, told: str
):
    photo = tmp_path / "code.png"
    photo.write_bytes(SAMPLE_PHOTO)
    script = f"""
        const bridge = createBridge({{ readCode: async (file) => file.size > 0 ? "{reads}" : "?" }});
        bridge.scan().then((text) => (window.scanned = text), (error) => (window.scanned = error.message));
    """
    browser.module(BRIDGE + script)
    browser.wait("Boolean(document.querySelector('.picker'))")

    browser.choose_file(".picker", photo)

    assert browser.wait("window.scanned") == told
    assert browser.run("document.querySelector('.picker') === null")


def test_a_script_of_another_host_is_never_taken(server: Fronted, browser: Browser):
    browser.requested.clear()
    script = """
        const askSdk = async () => ({ src: "https://res.example.com/jweixin.js", config: {} });
        return createBridge({ platform: "wecom", askSdk }).scan().catch((error) => error.code);
    """

    assert browser.module(BRIDGE + script) == "scan_unavailable"
    assert all(url.startswith(server.url) for url in browser.requested)
