"""What the architecture tests call our code."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES: list[str] = PYPROJECT["tool"]["importlinter"]["root_packages"]


def product_files() -> Iterator[Path]:
    """Every Python file that we ship."""
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def other_files() -> Iterator[Path]:
    """Every Python file that we do not ship."""
    for folder in ("tests", "bench"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()
