"""No message, however odd, brings the reader down or leaves its bounds."""

from datetime import UTC, datetime, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.understanding.appointment import mentions
from adapters.understanding.folding import READ_CHARS, fold
from adapters.understanding.reader import TrainedUnderstander
from domain.intake.duplicates import Report, likeness
from domain.intake.numerals import arabic, number
from domain.intake.understanding import KnownThing

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
PIECES = st.sampled_from(
    [
        *(
            "空调",
            "不制冷",
            "三号",
            "3号",
            "冷库",
            "叉车",
            "明天",
            "上午",
            "三点",
            "到",
            "四点",
            "以前",
            "下周",
        ),
        *(
            "周",
            "月",
            "日",
            "零",
            "十",
            "WO-20261120-0007",
            "13800138000",
            "E04",
            "浙A",
            "，",
            "。",
            "？",
            "了",
        ),
        *("来", "师傅", "\u200d", "\ufeff", "ﷺ", "①", "㎏", "投诉", "取消"),
    ]
)
SAID = st.lists(PIECES, max_size=30).map("".join) | ANY_TEXT
MOMENTS = st.integers(10**9, 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
THINGS = st.lists(
    st.builds(
        KnownThing,
        asset_id=st.sampled_from(["a", "b", "c"]),
        names=st.lists(ANY_TEXT | PIECES, max_size=2).map(tuple),
        device_type=PIECES,
        serial=ANY_TEXT,
    ),
    max_size=3,
).map(tuple)


@cache
def _reader() -> TrainedUnderstander:
    return TrainedUnderstander.load()


@settings(deadline=None)
@given(SAID, MOMENTS, THINGS)
def test_any_text_is_understood_as_something(text: str, at: datetime, known: tuple[KnownThing, ...]):
    got = _reader().understand(text, at=at, known=known)

    assert 0 <= got.confidence <= 1 and 0 <= got.angry <= 1
    for fault in got.faults:
        assert fault.device is None or known or fault.device.value in fold(text)
        assert all(symptom.value in fold(text) for symptom in fault.symptoms)


@settings(deadline=None, max_examples=5)
@given(PIECES, PIECES)
def test_only_the_first_four_thousand_characters_are_read(piece: str, tail: str):
    text = (piece * READ_CHARS)[:READ_CHARS]
    at = datetime(2026, 11, 23, tzinfo=UTC)

    assert _reader().understand(text + tail, at=at) == _reader().understand(text, at=at)


@given(SAID, MOMENTS)
def test_a_time_lies_ahead_and_ends_after_it_begins(text: str, at: datetime):
    for mention in mentions(fold(text), at):
        assert mention.from_at < mention.to_at
        assert mention.to_at > at - timedelta(minutes=1)


@given(st.integers(0, 999))
def test_numerals_agree_with_digits(value: int):
    assert number(str(value)) == value
    assert arabic(f"{value}号") == f"{value}号"


@given(SAID, SAID, MOMENTS)
def test_likeness_is_within_bounds(first: str, second: str, at: datetime):
    reports = [Report(at=at, text=text, address=text, customer=text) for text in (first, second)]

    assert 0 <= likeness(*reports) <= 1
