"""The model is trained from labelled rows, by the same code for the seeds and for a tenant's history."""

import json

import pytest

from adapters.understanding import resources
from adapters.understanding.linear import Example, Recipe, train
from adapters.understanding.model import dump, parse
from adapters.understanding.reader import TrainedUnderstander
from adapters.understanding.rows import LabelledRow, read_rows
from adapters.understanding.training import train_model
from domain.intake.understanding import Intent


def _row(number: int, text: str, intent: str, device: str | None = None, symptom: str | None = None) -> str:
    gold = {
        "intent": intent,
        "device": device,
        "device_type": device,
        "symptoms": [symptom] if symptom else [],
        "urgency": "P3" if symptom else None,
    }
    row = {"id": f"t{number}", "ref_time": "2026-11-23T09:12:00+08:00", "text": text, "gold": gold}
    return json.dumps(row, ensure_ascii=False)


def _history() -> list[LabelledRow]:
    lines = []
    for number in range(12):
        lines.append(_row(number, f"{number}号咕噜机不咕噜了", "report_fault", "咕噜机", "不咕噜了"))
        lines.append(_row(100 + number, f"单子{number}取消吧", "cancel"))
    return read_rows("\n".join(lines))


def test_a_tenant_s_history_teaches_new_words():
    reader = TrainedUnderstander(train_model(_history(), {}))

    got = reader.understand("那台咕噜机不咕噜了", at=_history()[0].ref_time)

    assert got.intent is Intent.REPORT_FAULT
    assert got.faults[0].device is not None and got.faults[0].device.value == "咕噜机"


def test_the_same_rows_give_the_same_model():
    assert dump(train_model(_history(), {})) == dump(train_model(_history(), {}))


def test_a_model_survives_being_written_and_read():
    model = train_model(_history(), {})

    assert parse(dump(model)) == model


def test_a_model_of_another_version_is_refused():
    with pytest.raises(ValueError, match="version"):
        parse('{"version": 0}')


def test_the_shipped_model_belongs_to_this_code():
    assert parse(resources.model_text()).intent.labels == tuple(sorted(Intent))


def test_every_seed_can_be_read():
    assert len(resources.seeds()) > 1_500


def test_a_rare_label_is_learned_when_labels_are_balanced():
    examples = [Example(("a", "common"), "often")] * 30 + [Example(("a", "rare"), "seldom")] * 2

    model = train(examples, Recipe(balanced=True))

    assert model.best(("a", "rare"))[0] == "seldom"
