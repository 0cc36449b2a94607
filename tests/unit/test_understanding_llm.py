"""A language model's answer is used only as far as the message bears it out."""

import json
from datetime import UTC, datetime
from functools import cache

import pytest
import requests

from adapters.understanding.llm import LlmUnderstander
from adapters.understanding.reader import TrainedUnderstander
from domain.intake.understanding import Intent, Understanding

AT = datetime(2026, 11, 23, 1, 12, tzinfo=UTC)
SAID = "货梯关门夹人，明天上午来，打13800138000"
ANSWER = {
    "intent": "report_fault",
    "urgency": "P2",
    "angry": 0.1,
    "appointment": "明天上午",
    "faults": [{"device": "货梯", "device_type": "电梯", "symptoms": ["关门夹人", "冒烟"]}],
}


class _Session(requests.Session):
    """Answers every request with the same content, or fails."""

    def __init__(self, content: str | None) -> None:
        super().__init__()
        self.content = content
        self.asked = ""

    def post(self, url, data=None, json=None, **options):
        if self.content is None:
            raise requests.Timeout
        self.asked = json["messages"][1]["content"]
        response = requests.Response()
        response.status_code = 200
        response._content = _completion(self.content)
        return response


def _completion(content: str) -> bytes:
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


@cache
def _trained() -> TrainedUnderstander:
    return TrainedUnderstander.load()


def _reader(content: str | None) -> tuple[LlmUnderstander, _Session]:
    session = _Session(content)
    return LlmUnderstander("https://llm.test/v1", "any", _trained(), "geheim", session=session), session


def _read(content: str, said: str = SAID) -> Understanding:
    read = _reader(content)[0].understand(said, at=AT)
    assert read is not None
    return read


def test_words_that_are_not_in_the_message_are_dropped():
    (fault,) = _read(json.dumps(ANSWER)).faults

    assert [symptom.value for symptom in fault.symptoms] == ["关门夹人"]
    assert fault.device_type is not None and fault.device_type.value == "电梯"


def test_numbers_come_from_their_shape_and_are_not_sent():
    reader, session = _reader(json.dumps(ANSWER))

    read = reader.understand(SAID, at=AT)

    assert read is not None and read.phone is not None and read.phone.value == "13800138000"
    assert "13800138000" not in session.asked


def test_a_time_is_resolved_here_and_not_by_the_model():
    appointment = _read(json.dumps(ANSWER)).appointment

    assert appointment is not None and appointment.from_at == datetime(2026, 11, 24, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "content", [None, "{}", "sorry!", '{"intent": "dance"}', '{"intent": "urge", "x": 1}', "[0]"]
)
def test_without_a_usable_answer_there_is_no_reading_and_nothing_of_it_in_the_log(content, caplog):
    reader, _ = _reader(content)

    assert reader.understand(SAID, at=AT) is None
    assert reader.check(AT)
    assert not any(words in caplog.text for words in (SAID, "geheim", content or SAID))


def test_what_the_model_leaves_out_is_read_as_before():
    read, before = _read('{"intent": "report_fault"}'), _trained().understand(SAID, at=AT)

    assert (read.faults, read.appointment) == (before.faults, before.appointment)


def test_danger_that_the_trained_reader_saw_stays():
    answer = json.dumps({"intent": "report_fault", "urgency": "P3"})

    urgency = _read(answer, "电梯困人了，里面有老人晕倒，快来").urgency

    assert urgency is not None and urgency.value == "P1"


def test_the_intent_is_the_model_s():
    assert _read(json.dumps({"intent": "claim"}), "好的谢谢").intent is Intent.CLAIM
