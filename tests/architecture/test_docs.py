"""What the documents promise exists, and what exists stands in the documents."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from bootstrap import cli
from bootstrap.settings import DingtalkSettings, LlmSettings, Settings, WecomSettings
from bot import approval_words, intents, stock_words
from domain.kernel.errors import DomainError
from domain.workorder.status import TRANSITIONS
from tests.architecture import source

DOCS = source.ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), *sorted(source.ROOT.glob("README*.md")), source.ROOT / "CHANGELOG.md"]
REFERENCE = DOCS / "reference"

_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
_SETTING = re.compile(r"\bFIXLOOP_[A-Z][A-Z0-9_]*[A-Z0-9]")


def test_every_relative_link_leads_somewhere():
    broken = [
        f"{source.shown(page)}: {target}"
        for page in PAGES
        for target in _LINK.findall(_prose(page))
        if not re.match(r"[a-z]+:", target) and not _resolves(page, target)
    ]

    assert not broken, "\n".join(broken)


def test_every_page_is_listed_in_the_index():
    index = DOCS / "README.md"
    listed = {
        (folder.parent / target.partition("#")[0]).resolve()
        for folder in (index, DOCS / "adr" / "README.md")
        for target in _LINK.findall(_prose(folder))
    }

    assert [source.shown(page) for page in sorted(DOCS.rglob("*.md")) if page not in {index, *listed}] == []


def test_every_setting_is_documented_and_nothing_else():
    documented = set(_SETTING.findall((REFERENCE / "settings.md").read_text("utf-8")))
    examples_of_mistakes = {"FIXLOOP_TYPO", "FIXLOOP_WECOM__TYPO"}

    assert documented - examples_of_mistakes == set(_settings())


def test_no_page_names_a_setting_that_does_not_exist():
    known = {*_settings(), "FIXLOOP_TYPO", "FIXLOOP_WECOM__TYPO", "FIXLOOP_TEST_POSTGRES_URL"}
    unknown = [
        f"{source.shown(page)}: {name}"
        for page in PAGES
        for name in _SETTING.findall(page.read_text("utf-8"))
        if name not in known
    ]

    assert not unknown, "\n".join(unknown)


def test_every_command_and_option_is_documented():
    page = (REFERENCE / "commands.md").read_text("utf-8")
    told = {"-h", "--help", *re.findall(r"--[a-z-]+", page)}
    commands = _commands()
    options = {
        f"{name} {option}": option
        for name, command in commands.items()
        for action in command._actions
        for option in action.option_strings
    }

    assert [name for name in commands if f"`fixloop {name}" not in page] == []
    assert [shown for shown, option in options.items() if option not in told] == []


def test_every_chat_command_is_documented():
    page = (REFERENCE / "chat-commands.md").read_text("utf-8")
    tables = (intents._VERBS, approval_words.VERBS, approval_words.SHARED, stock_words.VERBS)
    verbs = [verb for table in tables for _, words in table for verb in words.split("|")]

    assert [verb for verb in verbs if f"`{verb}`" not in page] == []


def test_every_refusal_is_documented():
    page = (REFERENCE / "chat-commands.md").read_text("utf-8")
    codes = {refusal.code for refusal in _subclasses(DomainError)}

    assert [code for code in sorted(codes) if f"`{code}`" not in page] == []


def test_the_lifecycle_page_has_the_table_of_the_code():
    page = (REFERENCE / "work-order-lifecycle.md").read_text("utf-8")
    rows = set(re.findall(r"^\| `(\w+)` \| (\w+) \| `(\w+)` \|", page, re.MULTILINE))

    assert rows == {
        (before.value, action.value, after.value) for (before, action), after in TRANSITIONS.items()
    }


def test_every_rule_the_code_cites_is_written_down():
    page = (REFERENCE / "work-order-lifecycle.md").read_text("utf-8")
    cited = {
        rule
        for file in source.product_files()
        for rule in re.findall(r"\b(?:WO|DI)-\d{1,2}\b", file.read_text("utf-8"))
    }

    assert cited
    assert [rule for rule in sorted(cited) if f"**{rule} " not in page] == []


def test_every_rule_of_intake_the_code_cites_is_written_down():
    page = (REFERENCE / "intake.md").read_text("utf-8")
    files = [file.read_text("utf-8") for file in source.product_files()]
    cited = {rule for text in files for rule in re.findall(r"\bRQ-\d{1,2}\b", text)}

    assert cited
    assert [rule for rule in sorted(cited) if f"**{rule} " not in page] == []


def test_every_rule_of_processes_the_code_cites_is_written_down():
    page = (REFERENCE / "processes.md").read_text("utf-8")
    files = [file.read_text("utf-8") for file in source.product_files()]
    cited = {rule for text in files for rule in re.findall(r"\bPR-\d{1,2}\b", text)}

    assert cited
    assert [rule for rule in sorted(cited) if f"**{rule} " not in page] == []


def test_every_rule_of_business_time_the_code_cites_is_written_down():
    page = (REFERENCE / "calendar.md").read_text("utf-8")
    files = [file.read_text("utf-8") for file in source.product_files()]
    cited = {rule for text in files for rule in re.findall(r"\bCAL-\d{1,2}\b", text)}

    assert cited
    assert [rule for rule in sorted(cited) if f"**{rule} " not in page] == []


def test_every_rule_of_expressions_the_code_cites_is_written_down():
    page = (REFERENCE / "expressions.md").read_text("utf-8")
    files = [file.read_text("utf-8") for file in source.product_files()]
    cited = {rule for text in files for rule in re.findall(r"\bEX-\d{1,2}\b", text)}

    assert cited
    assert [rule for rule in sorted(cited) if not re.search(rf"\*\*{rule}\b", page)] == []


def test_every_rule_of_time_limits_the_code_cites_is_written_down():
    page = (REFERENCE / "sla.md").read_text("utf-8")
    files = [file.read_text("utf-8") for file in source.product_files()]
    cited = {rule for text in files for rule in re.findall(r"\bSLA-\d{1,2}\b", text)}

    assert cited
    assert [rule for rule in sorted(cited) if f"**{rule} " not in page] == []


def test_every_rule_of_owners_processes_the_code_cites_is_written_down():
    page = (REFERENCE / "process-engine.md").read_text("utf-8")
    files = [file.read_text("utf-8") for file in source.product_files()]
    cited = {rule for text in files for rule in re.findall(r"\bPE-\d{1,2}\b", text)}

    assert cited
    assert [rule for rule in sorted(cited) if f"**{rule} " not in page] == []


def test_every_direct_dependency_has_a_decision():
    decisions = "\n".join(page.read_text("utf-8") for page in DOCS.glob("adr/0*.md")).lower()
    project = source.PYPROJECT["project"]
    required = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[\[<>=!~ ]", requirement)[0].lower() for requirement in required]

    assert [
        name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", decisions)
    ] == []


def test_a_heading_is_found_as_github_names_it():
    assert _anchor("3. List the trusted `address`, or not") == "3-list-the-trusted-address-or-not"


def _prose(page: Path) -> str:
    return _FENCED.sub("", page.read_text("utf-8"))


def _resolves(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.is_relative_to(source.ROOT) or not file.exists():
        return False
    return not anchor or anchor in {_anchor(heading) for heading in _HEADING.findall(_prose(file))}


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _settings() -> Iterator[str]:
    groups: dict[str, type[BaseModel]] = {
        "wecom": WecomSettings,
        "dingtalk": DingtalkSettings,
        "llm": LlmSettings,
    }
    for name in Settings.model_fields:
        if name in groups:
            yield from (f"FIXLOOP_{name}__{inner}".upper() for inner in groups[name].model_fields)
        else:
            yield f"FIXLOOP_{name}".upper()


def _commands() -> dict[str, argparse.ArgumentParser]:
    for action in cli._parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("the parser has no sub-commands")


def _subclasses(parent: type[DomainError]) -> Iterator[type[DomainError]]:
    for child in parent.__subclasses__():
        yield child
        yield from _subclasses(child)
