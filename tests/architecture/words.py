"""Finds words that the glossary replaces by better ones."""

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

_ROW = re.compile(r"^\| (.+) \|$", re.MULTILINE)
_IDENTIFIER_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# Python 3.12 and later cut an f-string into tokens of its own.
_TEXT_TOKENS = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}


@dataclass(frozen=True)
class Forbidden:
    """A synonym, the glossary's word for it, and the folders where the platform's own word stands."""

    synonym: str
    word: str
    allowed_in: tuple[str, ...]

    def applies_to(self, file: PurePosixPath) -> bool:
        return not any(file.is_relative_to(folder) for folder in self.allowed_in)


def tables(glossary: str) -> list[list[list[str]]]:
    """Read the cells of every table of a Markdown text, without headings."""
    found: list[list[list[str]]] = []
    for block in re.split(r"\n\s*\n", glossary):
        rows = [[cell.strip() for cell in row.split("|")] for row in _ROW.findall(block)]
        if rows:
            found.append(rows[2:])
    return found


def forbidden(glossary: str) -> list[Forbidden]:
    """Read `| word | 中文 | never |` and, after it, `| platform word | where | why |`."""
    words, platform_words = tables(glossary)
    allowed = {word: _listed(where) for word, where, _ in platform_words}
    return [
        Forbidden(synonym, word, tuple(allowed.get(synonym, ())))
        for word, _, never in words
        for synonym in _listed(never)
    ]


def misuses(source: str, file: PurePosixPath, synonyms: list[Forbidden]) -> Iterator[str]:
    """Name each place of a Python file where an identifier or a Chinese text has a forbidden synonym."""
    applicable = [synonym for synonym in synonyms if synonym.applies_to(file)]
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NAME:
            found = [each for each in applicable if _in_identifier(each.synonym, token.string)]
        elif token.type in _TEXT_TOKENS:
            found = [
                each for each in applicable if not each.synonym.isascii() and each.synonym in token.string
            ]
        else:
            continue
        for each in found:
            yield f"{file}:{token.start[0]}: '{each.synonym}', but our word is '{each.word}'"


def misused_in_name(file: PurePosixPath, synonyms: list[Forbidden]) -> Iterator[str]:
    """Name each synonym that stands in a module's own name."""
    for each in synonyms:
        if each.applies_to(file) and any(
            _in_identifier(each.synonym, part) for part in file.with_suffix("").parts
        ):
            yield f"{file}: named '{each.synonym}', but our word is '{each.word}'"


def _in_identifier(synonym: str, identifier: str) -> bool:
    if not synonym.isascii():
        return False
    parts = "_".join(part.lower() for part in _IDENTIFIER_PART.findall(identifier))
    wanted = synonym.replace(" ", "_")
    return any(f"_{form}_" in f"_{parts}_" for form in (wanted, f"{wanted}s"))


def _listed(cell: str) -> list[str]:
    return [item.strip(" `") for item in cell.split(",") if item.strip(" `—")]
