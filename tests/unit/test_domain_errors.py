"""Every refusal is a whole Chinese sentence, whoever raises it."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import bot
import console
import domain
from domain.kernel.errors import DomainError
from domain.workorder.errors import TakenByAnother

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _all(parent: type[DomainError]) -> Iterator[type[DomainError]]:
    yield parent
    for child in parent.__subclasses__():
        yield from _all(child)


def _load(*packages) -> None:
    for package in packages:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


PACKAGES = (domain, bot, console)
_load(*PACKAGES)
REFUSALS = list(_all(DomainError))
BY_NAME = {refusal.__name__: refusal for refusal in REFUSALS}


def facts_of(refusal: type | None) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(refusal.__doc__ or "") if name}


def is_said_anew(refusal: type[DomainError]) -> bool:
    """Return whether it is another one's sentence in a page's words: the same code, the same facts."""
    parent = refusal.__base__
    return refusal.code == getattr(parent, "code", "") and facts_of(refusal) <= facts_of(parent)


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """Yield place, class and keyword facts of every refusal our code makes."""
    for package in PACKAGES:
        for file in Path(package.__path__[0]).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                made = node.exc if isinstance(node, ast.Raise) else node
                name = made.func if isinstance(made, ast.Call) else made
                if (
                    isinstance(name, ast.Name)
                    and name.id in BY_NAME
                    and isinstance(node, ast.Raise | ast.Call)
                ):
                    keywords = made.keywords if isinstance(made, ast.Call) else []
                    yield f"{file}:{node.lineno}", name.id, {each.arg or "" for each in keywords}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_is_a_filled_chinese_sentence(refusal: type[DomainError]):
    message = refusal(**dict.fromkeys(facts_of(refusal), "甲")).message

    assert not re.search(r"[{}]", message)
    assert CHINESE.search(message)
    listed = (refusal.__doc__ or "").rstrip().endswith("{lines}")
    assert message.endswith("。") or listed
    assert "\n" not in message or listed


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_says_what_can_be_done_now(refusal: type[DomainError]):
    message = refusal(**dict.fromkeys(facts_of(refusal), "甲")).message

    assert refusal is DomainError or re.search("请|回复|例如", message)


def test_each_refusal_has_a_code_of_its_own():
    codes = [refusal.code for refusal in REFUSALS if not is_said_anew(refusal)]

    assert len(set(codes)) == len(codes)


def test_every_place_that_refuses_gives_the_facts_of_the_sentence():
    made = list(raised())
    missing = [(place, name) for place, name, given in made if not facts_of(BY_NAME[name]) <= given]

    own = {name for name, refusal in BY_NAME.items() if not is_said_anew(refusal)}
    assert own - {name for _, name, _ in made} == {"DomainError", "ConcurrentUpdate"}
    assert missing == []


def test_braces_in_people_s_words_are_left_alone():
    refusal = TakenByAnother(number="{holder}", holder="{0}")

    assert refusal.message.startswith("工单 {holder} 已被 {0} 接单")
