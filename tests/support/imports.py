"""Files written for an import, a database they go into, and what stands there afterwards."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter

from adapters.csvfiles import ImportRefused, import_files, preview_files, take_back_import
from adapters.storage.engine import Database
from tests.support import storage

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PEOPLE = ("name,mobile,roles", "钱国平,13800000009,storekeeper", "李建国,13800000001,technician")
SUPPLIERS = ("code,name,contact,lead_days", "S1,上海轴承厂,周经理,5")
PARTS = (
    "code,name,spec,unit,whole,category,barcode,price,supplier_code,models,substitutes,tracking,return_old",
    "6204,轴承 6204,2RS,个,是,轴承,690001,18.50,S1,,6205,,",
    "6205,轴承 6205,,个,,轴承,690002,22,S1,,,,",
    "R404A,制冷剂 R404A,,kg,否,制冷,,85,,BF-40HP;BF-60HP,,批次,",
    "KB,控制板,,块,是,控制,690003,1680,,BF-40HP,,序列号,是",
)
PLACES = ("code,name,kind,region,keeper,parent", "SH,上海中心仓,仓库,华东,钱国平,", "SH-A1,A1 货位,库位,,,SH")
OPENING = (
    "part,place,quantity,unit_cost,lot",
    "6204,SH,20,16.80,",
    "R404A,SH,45.5,76,B1",
    "KB,SH,1,1480,SN1",
    "KB,SH-A1,1,1480,SN2",
)
RULES = ("part,place,below,order_quantity", "6204,SH,10,20")
USUAL = ("fault_code,part,quantity", "e9,6204,2")
BASICS = (PEOPLE, SUPPLIERS, PARTS, PLACES)
EVERYTHING = (*BASICS, OPENING, RULES, USUAL)
TABLES = (
    "supplier",
    "part",
    "place",
    "stock_rule",
    "usual_part",
    "stock_balance",
    "stock_lot",
    "stock_entry",
)


class ImportWorld:
    """A database, the files that were written for it, and what stands in it afterwards."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder

    def imports(self, *files: Sequence[str], now: datetime = NOW) -> list[str]:
        """Import files given as their lines, and return what is said about parts."""
        return _about_parts(import_files(self.database, self.write(*files), now))

    def previews(self, *files: Sequence[str]) -> list[str]:
        """Preview files given as their lines."""
        return _about_parts(preview_files(self.database, self.write(*files), NOW))

    def refuses(self, *files: Sequence[str]) -> list[str]:
        """Return why files are not imported, without where they stand; nothing was written."""
        before = self.everything()
        with pytest.raises(ImportRefused) as refusal:
            self.imports(*files)
        assert self.everything() == before
        return [line.replace(f"{self.folder}/", "") for line in refusal.value.lines]

    def undoes(self) -> list[str]:
        """Take the last import back."""
        return take_back_import(self.database, NOW)

    def refuses_to_undo(self) -> list[str]:
        """Return why the last import is not taken back; nothing was written."""
        before = self.everything()
        with pytest.raises(ImportRefused) as refusal:
            self.undoes()
        assert self.everything() == before
        return refusal.value.lines

    def write(self, *files: Sequence[str]) -> list[Path]:
        """Write CSV files named 0.csv, 1.csv and so on."""
        paths = [self.folder / f"{number}.csv" for number in range(len(files))]
        for path, lines in zip(paths, files, strict=True):
            path.write_text("\n".join(lines), "utf-8")
        return paths

    def everything(self) -> list[list[str]]:
        """Return every record about parts and people."""
        return [
            sorted(str(tuple(row)) for row in storage.rows(self.database, f"SELECT * FROM {table}"))
            for table in (*TABLES, "person", "import_batch", "import_change")
        ]

    def count(self, table: str) -> int:
        """Return how many records a table has."""
        found: int = storage.one(self.database, f"SELECT count(*) FROM {table}")
        return found


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """Write a workbook with cells as Excel would keep them, and return its path."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write(number, column, value)
    return path


def _about_parts(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if not line.startswith(("客户：", "设备：", "人员（"))]
