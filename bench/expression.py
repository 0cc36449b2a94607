"""How many conditions are evaluated in a second, and what reading one costs."""

import time
from collections.abc import Callable

from domain.engine.expression import Field, FieldType, Schema, parse

FORMULA = '费用>5000 且 等级≠"VIP" 或 (紧急 且 区域 属于 ["华东","华南"] 且 故障代码 以 "E20" 开头)'
SCHEMA = Schema(
    [
        Field("fee", "费用", FieldType.MONEY),
        Field("level", "等级", FieldType.TEXT),
        Field("urgent", "紧急", FieldType.BOOL),
        Field("region", "区域", FieldType.TEXT),
        Field("code", "故障代码", FieldType.TEXT),
    ]
)
DATA: dict[str, dict[str, object]] = {
    "first side holds": {"fee": 500_001, "level": "普通", "urgent": False},
    "second side holds": {"fee": 1, "level": "VIP", "urgent": True, "region": "华南", "code": "E2011"},
    "nothing holds": {"fee": 500_001, "level": "VIP", "urgent": True, "region": "华北", "code": "E2011"},
    "all is missing": {},
}
READ = 500


def measure(count: int = 300_000) -> None:
    """Print the figures of one rule with five conditions."""
    print(f"\n== Expressions, {FORMULA}")
    made = _per_s(lambda: parse(FORMULA, SCHEMA).holds({}), READ)
    print(f"   read and made a function   {1e6 / made:10,.0f} µs")
    holds = parse(FORMULA, SCHEMA).holds
    for name, data in DATA.items():
        start = time.perf_counter()
        for _ in range(count):
            holds(data)
        print(f"   {name:<26} {count / (time.perf_counter() - start):10,.0f} evaluations/s")


def _per_s(work: Callable[[], object], count: int) -> float:
    work()
    start = time.perf_counter()
    for _ in range(count):
        work()
    return count / (time.perf_counter() - start)
