"""`fixloop import` and `fixloop export` as they are typed: preview, take-back, and out and in again."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bootstrap.cli import main
from tests.support.imports import BASICS, EVERYTHING, PARTS, workbook

Type = Callable[..., str]


@pytest.fixture
def types(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type a command of `fixloop`, and return what it prints."""
    monkeypatch.setenv("FIXLOOP_DATABASE_URL", database_url)

    def typed(*words: str | Path) -> str:
        main([str(word) for word in words])
        return capsys.readouterr().out

    return typed


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return written(tmp_path, *EVERYTHING)


def written(folder: Path, *files: Sequence[str], encoding: str = "utf-8") -> list[Path]:
    """Write CSV files and return their paths."""
    paths = [folder / f"{number}.csv" for number in range(len(files))]
    for path, lines in zip(paths, files, strict=True):
        path.write_text("\n".join(lines), encoding)
    return paths


def refused(types: Type, *words: str | Path) -> str:
    """Type a command that ends with status 1, and return why."""
    with pytest.raises(SystemExit) as ended:
        types(*words)
    return str(ended.value.code)


def test_a_preview_writes_nothing(types: Type, files: list[Path]):
    first = types("import", "--preview", *files)

    assert first.startswith("预览，没有写入任何数据：\n")
    assert "备件：新增 4，更新 0，未变 0" in first
    assert "备件 6204：新增" in first
    assert "备件：新增 4，更新 0，未变 0" in types("import", *files)
    assert "备件：新增 0，更新 0，未变 4" in types("import", "--preview", *files)


def test_what_excel_saves_as_gbk_goes_in(types: Type, tmp_path: Path):
    types("import", *written(tmp_path, *BASICS, encoding="gb18030"))
    types("export", "parts", tmp_path / "out.csv")

    assert "制冷剂 R404A" in (tmp_path / "out.csv").read_text("utf-8-sig")


def test_an_import_is_taken_back_once(types: Type, files: list[Path]):
    types("import", *files)

    said = types("import", "--take-back")

    assert "期初库存：退回 4" in said
    assert "没有可以撤销的导入" in refused(types, "import", "--take-back")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_catalogue_goes_out_and_in_again(types: Type, files: list[Path], tmp_path: Path, ending: str):
    types("import", *files)
    out = tmp_path / f"parts.{ending}"

    assert types("export", "parts", out) == f"已导出 4 行到 {out}\n"

    assert "备件：新增 0，更新 0，未变 4" in types("import", out)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_stock_and_ledger_go_out(types: Type, files: list[Path], tmp_path: Path, ending: str):
    types("import", *files)

    assert "已导出 4 行" in types("export", "stock", tmp_path / f"stock.{ending}")
    assert "已导出 1 行" in types("export", "stock", "--place", "SH-A1", tmp_path / f"bin.{ending}")
    assert "已导出 4 行" in types("export", "ledger", tmp_path / f"ledger.{ending}")
    assert "已导出 0 行" in types("export", "ledger", "--to", "2020-01-01", tmp_path / f"old.{ending}")


def test_a_wrong_row_is_told_and_nothing_goes_in(types: Type, tmp_path: Path):
    wrong = written(tmp_path, *BASICS[:2], (*PARTS, "X,甲,个,,,,,-1,,,,,"))

    said = refused(types, "import", *wrong)

    assert said.startswith("没有导入任何数据，请先修正：\n  ")
    assert "price 列“-1”不对（不能是负数）" in said
    assert "已导出 0 行" in types("export", "parts", tmp_path / "out.csv")


def test_a_formula_in_a_workbook_is_told_with_its_cell(types: Type, tmp_path: Path):
    rows = [["code", "name", "unit", "price"], ["X", "甲", "个", "=1+1"]]
    book = workbook(tmp_path / "parts.xlsx", {"备件": rows})

    assert "D2 是公式" in refused(types, "import", book)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("import",), "请写上要导入的文件"),
        (("import", "none.csv"), "没有这个文件"),
        (("import", "--take-back", "--preview"), "不能和 --preview 一起用"),
        (("export", "stock", "x.txt"), "应为 .csv 或 .xlsx"),
        (("export", "stock", "--place", "NO", "x.csv"), "没有编码为“NO”的仓库"),
        (("export", "parts", "--place", "SH", "x.csv"), "备件目录不分仓库"),
        (("export", "stock", "--from", "2026-03-02", "x.csv"), "只用于 fixloop export ledger"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(types: Type, words: tuple[str, ...], why: str):
    assert why in refused(types, *words)
