"""Files and functions stay small enough to be read in one go."""

import ast

from tests.architecture import source

FILE_LINES = 300
TEST_FILE_LINES = 400
FUNCTION_LINES = 40
# A migration is one list of columns; cutting it into functions would hide it.
MIGRATIONS = source.ROOT / "adapters" / "storage" / "migrations" / "versions"


def test_no_file_of_ours_is_too_long():
    too_long = [
        f"{source.shown(file)}: {lines} lines, at most {limit}"
        for files, limit in ((source.product_files(), FILE_LINES), (source.other_files(), TEST_FILE_LINES))
        for file in files
        if (lines := len(file.read_text("utf-8").splitlines())) > limit
    ]

    assert not too_long, "\n".join(too_long)


def test_no_function_of_ours_is_too_long():
    too_long = [
        f"{source.shown(file)}:{function.lineno} {function.name}: {lines} lines, at most {FUNCTION_LINES}"
        for file in [*source.product_files(), *source.other_files()]
        if not file.is_relative_to(MIGRATIONS)
        for function in source.functions(file)
        if (lines := _body_lines(function)) > FUNCTION_LINES
    ]

    assert not too_long, "\n".join(too_long)


def test_a_docstring_does_not_count_as_body():
    function = ast.parse('def f():\n    """One\n    two\n    """\n    a = 1\n    return a\n').body[0]

    assert isinstance(function, ast.FunctionDef)
    assert _body_lines(function) == 2


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body
    if ast.get_docstring(function, clean=False) is not None:
        body = body[1:]
    if not body:
        return 0
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1
