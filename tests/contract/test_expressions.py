"""Conditions select the same rows in Python, in SQLite and in PostgreSQL."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Double,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    create_engine,
    null,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB

from adapters.storage.expressions import to_sql
from domain.engine.expression import Expression, FieldType
from tests.support.expressions import FORMULAS, SCHEMA, parsed, rows

KINDS: dict[FieldType, Any] = {
    FieldType.NUMBER: Double,
    FieldType.MONEY: BigInteger,
    FieldType.TEXT: Text,
    FieldType.BOOL: Boolean,
    FieldType.DATE: Date,
    FieldType.TEXTS: JSON,
}
ROWS = Table(
    "rows",
    MetaData(),
    Column("id", Integer, primary_key=True),
    *(Column(f.key, KINDS[f.type]) for f in SCHEMA),
)
COLUMNS = dict(ROWS.c.items())
DATA = rows()
NUMBERS = {field.key for field in SCHEMA if field.type is FieldType.NUMBER}
TREES = 500


@pytest.fixture
def connection(empty_database_url: str) -> Iterator[Connection]:
    """Give a connection to a database with every awkward row in it."""
    engine = create_engine(empty_database_url)
    ROWS.metadata.create_all(engine)
    with engine.connect() as opened:
        for number, row in enumerate(DATA):
            # Left out is NULL; None is NULL too, but the JSON null in a JSON column.
            opened.execute(ROWS.insert().values({"id": number, **stored(row)}))
        yield opened
    engine.dispose()


def stored(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as its columns take it."""
    full = {field.key: row.get(field.key, null()) for field in SCHEMA}
    return {
        key: float(value) if isinstance(value, int | Decimal) and key in NUMBERS else value
        for key, value in full.items()
    }


def found(connection: Connection, expression: Expression) -> list[bool]:
    answer = to_sql(expression, COLUMNS)
    return list(connection.scalars(select(answer).order_by(ROWS.c.id)))


def test_random_conditions_hold_for_the_same_rows_as_in_python(connection: Connection):
    answers: Counter[bool] = Counter()
    trees = set()

    @given(FORMULAS)
    @settings(max_examples=TREES, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    def check(formula: str) -> None:
        expression = parsed(formula)
        held = [expression.holds(row) for row in DATA]
        assert found(connection, expression) == held
        answers.update(held)
        trees.add(expression)

    check()
    assert len(trees) > TREES * 3 / 4
    assert min(answers[True], answers[False]) > sum(answers.values()) / 5


@pytest.mark.parametrize(
    "formula",
    [
        "(费用 + 运费) * 0.3 > 1000",
        "【金额（元）】 * 数量 / 距离 < 380.5",
        "费用 / (数量 - 数量) > 0 或 距离 / 0 = 0",
        "数量 * (距离 * (数量 * (距离 * 0.000001))) ≥ 1",
        "数量 * (距离 * (数量 * 1.1)) = 数量 * 距离 * 数量 * 1.1",
        '区域 以 "华" 开头',
        '区域 不以 "😀华" 开头',
        " 且 ".join(["非 (费用 * 距离 - 运费 > 5000.01)"] * 20),
        "区域 属于 [" + ",".join(f'"{n}"' for n in range(95)) + ',"华东"]',
        '技能 包含 "O\'Brien" 或 技能 不包含 "%" 或 技能 为空',
    ],
)
def test_a_condition_at_the_edge_holds_for_the_same_rows(connection: Connection, formula: str):
    expression = parsed(formula)

    assert found(connection, expression) == [expression.holds(row) for row in DATA]


def test_a_condition_filters_and_its_complement_finds_the_rest(connection: Connection):
    expression, rest = parsed('区域 不属于 ["华东"]'), parsed('非 区域 不属于 ["华东"]')

    ids = [set(connection.scalars(select(ROWS.c.id).where(to_sql(e, COLUMNS)))) for e in (expression, rest)]
    others = set(connection.scalars(select(ROWS.c.id).where(~to_sql(expression, COLUMNS))))

    assert ids[0] and not ids[0] & ids[1] and ids[0] | ids[1] == set(range(len(DATA)))
    assert others == ids[1]


def test_whole_decimal_and_binary_json_columns_do_as_well(connection: Connection):
    binary = JSON().with_variant(JSONB(), "postgresql")
    other = Table(
        "other", MetaData(), Column("count", Integer), Column("fee", Integer), Column("skills", binary)
    )
    other.append_column(Column("km", Numeric(12, 4, asdecimal=False)))
    other.create(connection)
    data = [
        {"count": 3, "fee": 2_000_000_000, "skills": ["电工"], "km": 0.1},
        {"count": 0, "fee": 1, "skills": [], "km": 2},
    ]
    connection.execute(other.insert(), data)
    expressions = [
        parsed(f)
        for f in ("费用 + 费用 > 3000万", "数量 / 2 = 1.5", '技能 包含 "电工"', "距离 * 3 = 0.3", "技能 为空")
    ]

    answers = connection.execute(
        select(*(to_sql(e, dict(other.c.items())) for e in expressions)).order_by(other.c.fee.desc())
    )

    assert [list(row) for row in answers] == [[e.holds(row) for e in expressions] for row in data]
