"""Codes on machines: the desk makes, replaces and takes them back, in chat and on the command line."""

import re

import pytest

from bootstrap.cli import main
from tests.support.loop import Loop
from tests.support.pages import PageVisitor


def told(loop: Loop, words: str) -> str:
    """Say something as the dispatcher and return the address that is answered."""
    loop.zhao.says(words)
    text = loop.zhao.hears("LK-9001", "/p/q-")
    return str(re.findall(r"https?://\S+/p/q-[\w-]{22}", text)[0])


def test_the_desk_asks_for_the_code_of_a_machine(loop: Loop) -> None:
    first = told(loop, "二维码 LK-9001")
    loop.settle()

    assert PageVisitor(first).data()["serial"] == "LK-9001"
    assert len(loop.events("AssetLabelled")) == 1
    assert first.rpartition("q-")[2] not in str(loop.events("AssetLabelled"))


def test_a_new_code_replaces_the_one_before(loop: Loop) -> None:
    first = told(loop, "二维码 LK-9001")
    loop.zhao.says("换二维码 LK-9001")
    text = str(loop.zhao.hears("旧二维码已停用"))
    second = re.findall(r"https?://\S+/p/q-[\w-]{22}", text)[0]

    assert (PageVisitor(first).open().status_code, PageVisitor(second).open().status_code) == (404, 200)


def test_a_code_is_taken_back(loop: Loop) -> None:
    first = told(loop, "二维码 LK-9001")
    loop.zhao.says("停用二维码 LK-9001")
    loop.zhao.hears("已停用", "LK-9001")
    loop.zhao.says("停用二维码 LK-9001")
    loop.zhao.hears("没有可停用的", "二维码 LK-9001")

    assert PageVisitor(first).open().status_code == 404


@pytest.mark.parametrize("who", ["li", "qian"])
def test_who_does_not_keep_the_machines_gets_no_code(loop: Loop, who: str) -> None:
    person = getattr(loop, who)
    person.says("二维码 LK-9001")
    person.hears("没有权限")

    assert not loop.events("AssetLabelled")


def test_an_unknown_machine_has_no_code(loop: Loop) -> None:
    loop.zhao.says("二维码 XX-404404")
    loop.zhao.hears("没有找到", "XX-404404")

    assert not loop.events("AssetLabelled")


def test_the_command_line_prints_the_same_code_again_until_a_new_one_is_asked_for(
    loop: Loop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FIXLOOP_DATABASE_URL", loop.database_url)
    monkeypatch.setenv("FIXLOOP_PUBLIC_URL", loop.web_url)

    lines = []
    for words in (["make", "lk9001"], ["make", "LK-9001"], ["make", "--new", "LK-9001"], ["end", "LK-9001"]):
        main(["labels", *words])
        lines.append(capsys.readouterr().out.strip())

    assert lines[0] == lines[1] != lines[2]
    assert lines[0].startswith("LK-9001\t冷库机组\t" + loop.web_url)
    assert lines[3].endswith("已停用")
    assert PageVisitor(lines[2].split("\t")[2]).open().status_code == 404
    with pytest.raises(SystemExit, match="没有找到"):
        main(["labels", "make", "XX-404404"])
