"""One word for one thing: docs/reference/glossary.md, checked against identifiers and Chinese texts."""

from pathlib import PurePosixPath

import pytest

from tests.architecture import source, words

GLOSSARY = (source.ROOT / "docs" / "reference" / "glossary.md").read_text("utf-8")
SYNONYMS = words.forbidden(GLOSSARY)


def test_our_code_uses_only_the_glossary_s_words():
    found = [
        misuse
        for file in source.product_files()
        for path in [PurePosixPath(source.shown(file))]
        for misuse in [
            *words.misused_in_name(path, SYNONYMS),
            *words.misuses(file.read_text("utf-8"), path, SYNONYMS),
        ]
    ]

    assert not found, "\n".join(found)


def test_no_synonym_is_itself_a_word_of_the_glossary():
    rows = words.tables(GLOSSARY)[0]
    good = {cell.strip() for row in rows for column in row[:2] for cell in column.split(",")}

    assert [each.synonym for each in SYNONYMS if each.synonym in good] == []


@pytest.mark.parametrize(
    "code",
    ["ticket = 1", "open_tickets = 1", "class TicketClosed: ...", "label = '维修单'", "label = f'{1}维修单'"],
)
def test_a_synonym_is_found(code: str):
    assert list(words.misuses(code, PurePosixPath("domain/x.py"), SYNONYMS))


@pytest.mark.parametrize("code", ["ticketing = 1", "text = 'ticket'", "# 维修单", "work_order = '工单'"])
def test_what_only_looks_like_a_synonym_is_left_alone(code: str):
    assert not list(words.misuses(code, PurePosixPath("domain/x.py"), SYNONYMS))


def test_a_platform_s_own_word_is_allowed_where_the_platform_is_spoken():
    allowed = PurePosixPath("adapters/dingtalk/stream.py")

    assert not list(words.misuses("ticket = 1", allowed, SYNONYMS))
