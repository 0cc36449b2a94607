"""Views of documents, and what stands on a PDF."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from PIL import Image, ImageDraw
from pypdf import PdfReader

from domain.policies.documents import (
    ChargeKind,
    ChargeLine,
    CheckLine,
    Company,
    Photo,
    ServiceReportDocument,
    SettlementDocument,
    Signature,
    Step,
)
from domain.workorder.details import Payer
from tests.support.barcodes import as_file

AT = datetime(2026, 11, 24, 1, 5, tzinfo=UTC)
SHA256 = "a1b2c3d4" * 8
URL = "https://fix.example.com/d/Zk3v9QpL2mXw7Rt1"
CHARGES = (
    ChargeLine(
        kind=ChargeKind.PART, name="深沟球轴承", number="6204-2RS", quantity=Decimal(2), unit="个",
        price_fen=4580, amount_fen=9160, payer=Payer.WARRANTY,
    ),
    ChargeLine(
        kind=ChargeKind.PART, name="变频器主板 7.5kW", number="INV-MB-075-2026", unit="块",
        price_fen=186_000, amount_fen=186_000, payer=Payer.CUSTOMER,
    ),
    ChargeLine(
        kind=ChargeKind.LABOUR, name="上门维修工时", quantity=Decimal("2.50"), unit="小时",
        price_fen=12_000, amount_fen=30_000, payer=Payer.CUSTOMER,
    ),
    ChargeLine(kind=ChargeKind.FEE, name="老客户优惠", amount_fen=-5_000, payer=Payer.CUSTOMER),
)  # fmt: skip


def signature(**more: Any) -> Signature:
    """Return Ouyang's signature under the second version."""
    drawn = Image.new("RGBA", (600, 260), (0, 0, 0, 0))
    ImageDraw.Draw(drawn).line([(60, 200), (200, 40), (260, 210), (540, 60)], fill=(10, 10, 40, 255), width=8)
    facts: dict[str, Any] = {
        "name": "欧阳喆",
        "signed_at": AT + timedelta(hours=4),
        "image": as_file(drawn),
        "report_version": 2,
        "report_sha256": SHA256,
    }
    return Signature(**(facts | more))


def photo(width: int = 1600, height: int = 1200, kind: str = "JPEG") -> bytes:
    """Return a picture with some detail."""
    shades = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(shades)
    for place in range(0, width, 40):
        draw.line([(place, 0), (width - place, height)], fill=(200, place % 256, 40), width=6)
    return as_file(shades, kind)


def _common(number: str) -> dict[str, Any]:
    return {
        "number": number,
        "work_order_number": "WO-20261124-0007",
        "version": 2,
        "sha256": SHA256,
        "issued_at": AT + timedelta(hours=6),
        "company": Company(
            name="上海固环机电设备服务有限公司", phone="400-820-1234", address="上海市申长路 988 弄 5 号楼"
        ),
        "customer": "苏州喆㛃精密机械有限公司",
        "contact": "欧阳喆",
        "mobile": "138****5678",
        "site": "江苏省苏州市工业园区星湖街 328 号",
        "asset": "3 号数控车床",
        "model": "CK6150",
        "serial": "SN2024-CK-000317",
        "warranty": "保修至 2027年3月17日",
        "order_type": "报修",
        "technician": "李䶮",
        "charges": CHARGES,
    }


def report(**more: Any) -> ServiceReportDocument:
    """Return a service report with everything but photos."""
    facts = _common("WO-20261124-0007") | {
        "fault": "主轴转动时有异响，报 E204。",
        "cause": "主轴后端轴承磨损，润滑脂干涸。",
        "measures": "1. 更换轴承 2 个；\n2. 空载试机 30 分钟。",
        "hours": Decimal("2.5"),
        "steps": (
            Step(label="接单", at=AT, note="李䶮"),
            Step(label="出发", at=AT + timedelta(minutes=20)),
            Step(label="到场", at=AT + timedelta(minutes=75), note="距现场 42 米"),
            Step(label="开工", at=AT + timedelta(minutes=80)),
            Step(label="完工", at=AT + timedelta(minutes=230)),
        ),
        "checks": (
            CheckLine(label="外观与防护罩", passed=True),
            CheckLine(label="主轴跳动", reading="0.008 mm"),
            CheckLine(label="急停按钮", passed=False, remark="复位弹簧偏软"),
        ),
        "remarks": "建议每 3 个月加注一次润滑脂。",
        "signature": signature(),
    }
    return ServiceReportDocument(**(facts | more))


def with_photos(count: int, data: bytes) -> ServiceReportDocument:
    """Return a report with the same photo some times."""
    return report(photos=tuple(Photo(data=data, caption=f"照片{no}", taken_at=AT) for no in range(count)))


def settlement(**more: Any) -> SettlementDocument:
    """Return a settlement sheet; its total follows from its lines."""
    facts = _common("JS-20261124-0003") | {"completed_at": AT + timedelta(hours=4)} | more
    total: Any = sum(line.amount_fen or 0 for line in facts["charges"])
    return SettlementDocument(**({"settled_fen": total} | facts))


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    """Return the whole text without breaks of lines and pages."""
    return "".join("".join(page.split("\n")) for page in pages(pdf))


def pictures(pdf: bytes) -> list[Image.Image]:
    """Return the pictures in it."""
    return [one.image for page in PdfReader(io.BytesIO(pdf)).pages for one in page.images if one.image]
