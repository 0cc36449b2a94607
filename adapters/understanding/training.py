"""Trains the whole model from labelled rows: the shipped seeds, or these and a tenant's corrected history."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from adapters.understanding import codes, resources, tag_features, tagger, times
from adapters.understanding.appointment import mentions
from adapters.understanding.device_types import learn_types
from adapters.understanding.folding import Span, bare, fold
from adapters.understanding.linear import Example, LinearModel, Recipe, train
from adapters.understanding.model import Model
from adapters.understanding.reader import facts
from adapters.understanding.rows import LabelledRow
from adapters.understanding.shaped import Shaped, read_shapes, sure_shapes
from adapters.understanding.sheet import Sheet, lay_out
from adapters.understanding.tagger_training import TaggedText, train_tagger
from adapters.understanding.words import text_features
from domain.kernel.localtime import CHINA

_SHORTEST_WORD = 2
_BALANCED = Recipe(balanced=True, epochs=12, rate=0.3, l2=1e-3)


def train_model(rows: Sequence[LabelledRow], gazetteer: Mapping[str, Sequence[str]]) -> Model:
    """Return a model of these rows; the same rows in the same order give the same model.

    Args:
        gazetteer: words for devices by class.
    """
    named = Counter(row.gold.device.lower() for row in rows if row.gold.device)
    general = frozenset(word.lower() for kind, words in gazetteer.items() for word in (kind, *words))
    code_model = train([example for row in rows for example in _code_examples(row)], Recipe(epochs=15))
    time_model = train([example for row in rows for example in _time_examples(row)], Recipe(epochs=15))
    read = [_read(row, code_model, general, named) for row in rows]
    said = [
        text_features(sheet, facts(shaped, row.gold.appointment is not None))
        for row, (shaped, sheet) in zip(rows, read, strict=True)
    ]
    gold = [row.gold for row in rows]
    return Model(
        codes=code_model,
        times=time_model,
        intent=_of_text(said, [each.intent for each in gold]),
        urgency=_of_text(said, [each.urgency or "none" for each in gold]),
        angry=_of_text(said, ["angry" if each.angry else "calm" for each in gold]),
        tagger=train_tagger([_tagged(row, sheet) for row, (_, sheet) in zip(rows, read, strict=True)]),
        lexicon=general | {word for word in named if len(word) >= _SHORTEST_WORD},
        types=learn_types(
            [(each.device, each.device_type) for each in gold if each.device and each.device_type], gazetteer
        ),
    )


def _of_text(said: Sequence[tuple[str, ...]], labels: Sequence[str]) -> LinearModel:
    examples = [Example(words, label) for words, label in zip(said, labels, strict=True)]
    return train(examples, _BALANCED)


def _code_examples(row: LabelledRow) -> Iterator[Example]:
    folded = fold(row.text)
    taken = [found.span for group in sure_shapes(folded) for found in group]
    gold = row.gold
    labels = {
        bare(value): kind
        for kind, value in (("model", gold.model), ("serial", gold.serial), ("fault_code", gold.fault_code))
        if value
    }
    labels |= {bare(value): "waybill" for value in gold.waybills}
    for candidate in codes.candidates(folded, taken):
        yield Example(codes.features(candidate), labels.get(bare(candidate.value), codes.NOTHING))


def _time_examples(row: LabelledRow) -> Iterator[Example]:
    folded = fold(row.text)
    found = mentions(folded, row.ref_time)
    gold = row.gold.appointment
    for index, mention in enumerate(found):
        right = gold is not None and (
            mention.from_at == gold.from_at.replace(tzinfo=CHINA)
            and mention.to_at == gold.to_at.replace(tzinfo=CHINA)
        )
        yield Example(times.features(folded, found, index), times.WANTED if right else times.OTHER)


def _read(
    row: LabelledRow, code_model: LinearModel, general: frozenset[str], named: Counter[str]
) -> tuple[Shaped, Sheet]:
    """Return a row's shapes and its sheet as if its own device had not been seen in it."""
    own = row.gold.device.lower() if row.gold.device else ""
    lexicon = general | {
        word for word, count in named.items() if len(word) >= _SHORTEST_WORD and count > (word == own)
    }
    shaped = read_shapes(row.text, code_model)
    return shaped, lay_out(row.text, shaped.marked(), lexicon, resources.dictionary())


def _tagged(row: LabelledRow, sheet: Sheet) -> TaggedText:
    return TaggedText(
        tag_features.features(sheet), tagger.tags_of(len(sheet.plain), _gold_spans(row, sheet.folded))
    )


def _gold_spans(row: LabelledRow, folded: str) -> list[tuple[str, Span]]:
    wanted = [("symptom", words) for words in row.gold.symptoms]
    wanted += [("address", row.gold.address or ""), ("device", row.gold.device or "")]
    found: list[tuple[str, Span]] = []
    for slot, words in wanted:
        for span in _places(folded, fold(words)):
            if not any(span.overlaps(other) for _, other in found):
                found.append((slot, span))
                break
    return found


def _places(text: str, words: str) -> Iterable[Span]:
    start = text.find(words) if words else -1
    while start >= 0:
        yield Span(start, start + len(words))
        start = text.find(words, start + 1)
