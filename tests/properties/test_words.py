"""No message, however odd, brings the reader down or loses its number."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from adapters.delivery.ports import Address, DeliveryError, Failure
from adapters.delivery.retry import LONGEST_PAUSE_S, next_attempt
from bootstrap.logs import _MOBILE, _SECRETS
from bot.intents import NUMBER, Wish, find_mobile, read_words, says_something
from cards.spec import BadToken, CardAction
from domain.kernel.localtime import local_day, local_time
from tests.fakes.memory import MemoryWorkOrders
from tests.support.builders import AT

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
COMMANDS = st.sampled_from(["接单", "拒单", "派单", "取消", "进度", "查询"])
BETWEEN = st.sampled_from([" ", "  ", "：", "，", "\n", ""])
DAYS = st.dates(min_value=datetime(2000, 1, 1, tzinfo=UTC).date())
# From 2000 on: until 1991 China had summer time.
MOMENTS = st.integers(946_684_800, 10**10).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
FAILURES = st.sampled_from([Failure.TEMPORARY, Failure.LIMITED, Failure.WAITING])
VERBS = st.sampled_from(["wo.accept", "wo.decline", "probe.ok"])


@given(ANY_TEXT)
def test_any_text_is_read_as_something(text: str):
    words = read_words(text)

    assert words.wish in Wish
    assert words.number == "" or NUMBER.fullmatch(words.number)


@given(ANY_TEXT)
def test_free_text_is_kept_as_it_was_said(text: str):
    words = read_words(text)

    assert words.wish is not Wish.FREE or words.rest == text.strip()


@given(ANY_TEXT)
def test_a_mobile_number_in_any_text_has_eleven_digits(text: str):
    mobile, rest = find_mobile(text)

    assert mobile == "" or (len(mobile) == 11 and mobile.isdigit())
    assert says_something(rest) in (True, False)


@given(st.integers(10**10 * 13 // 10, 10**10 * 2 - 1), st.sampled_from(["", "+86", "86 ", "0086-"]))
def test_every_mobile_number_is_found_in_every_form(number: int, prefix: str):
    digits = str(number)

    assert find_mobile(f"电话{prefix}{digits[:3]} {digits[3:7]}-{digits[7:]}，谢谢")[0] == digits


@given(DAYS, st.integers(1, 20))
def test_every_number_we_give_is_understood_again(day, how_many: int):
    series = MemoryWorkOrders()
    numbers = [series.next_number(day) for _ in range(how_many)]

    assert [read_words(number).number for number in numbers] == numbers
    assert numbers == sorted(set(numbers))


@given(COMMANDS, BETWEEN, DAYS, st.integers(1, 99_999), st.booleans())
def test_a_command_finds_its_number_in_any_writing(command: str, between: str, day, last: int, wide: bool):
    number = f"WO-{day:%Y%m%d}-{last:04d}"
    written = number.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}) if wide else number

    words = read_words(f"{command}{between}{written}")

    assert (words.number, words.rest) == (number, "")


@given(VERBS, st.uuids(), st.integers(0, 2**31 - 1))
def test_a_token_comes_back_as_it_went(verb: str, subject_id: UUID, version: int):
    action = CardAction(verb, subject_id, version)

    assert CardAction.unpack(action.pack()) == action


@given(ANY_TEXT | st.from_regex(r"1:[a-z.]*:[0-9a-fA-F{}-]{30,40}:[ +\-_0-9]{0,6}"))
def test_a_token_is_ours_or_refused(token: str):
    try:
        action = CardAction.unpack(token)
    except BadToken:
        return

    assert action.pack() == token


@given(FAILURES, st.integers(1, 10_000), st.floats(0, 10_000))
def test_the_pauses_never_shrink_and_never_grow_without_end(failure, attempts: int, retry_after_s: float):
    error = DeliveryError("x", failure, retry_after_s)
    first, second = (next_attempt(error, attempts + more, AT) for more in (0, 1))

    assert first is not None
    assert second is not None
    assert AT + timedelta(seconds=1) <= first <= second
    assert second <= AT + timedelta(seconds=max(LONGEST_PAUSE_S, retry_after_s))


@given(st.text(), st.text())
def test_an_address_is_read_as_it_was_written(kind: str, rest: str):
    address = Address(kind.replace(":", ""), rest)

    assert Address.parse(str(address)) == address


@given(MOMENTS)
def test_a_local_time_is_eight_hours_ahead(moment: datetime):
    there = moment + timedelta(hours=8)

    assert local_day(moment) == there.date()
    assert local_time(moment) == f"{there.month}月{there.day}日 {there:%H:%M}"


@given(ANY_TEXT, st.integers(10**10 * 13 // 10, 10**10 * 2 - 1))
def test_no_mobile_number_survives_the_mask(around: str, number: int):
    masked = _MOBILE.sub(r"\1****\2", _SECRETS.sub(r"\1***", f"{around} {number} {around}"))

    assert f" {number} " not in masked
