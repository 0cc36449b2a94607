"""The trained reader: what a message says, by shapes, a small model and a tagger."""

from dataclasses import dataclass

from pydantic import AwareDatetime

from adapters.understanding import model as models
from adapters.understanding import resources, slots, tag_features, tagger
from adapters.understanding.folding import Found, Span
from adapters.understanding.known import find_known
from adapters.understanding.model import Model
from adapters.understanding.several import complete
from adapters.understanding.shaped import Shaped, read_shapes
from adapters.understanding.sheet import Sheet, lay_out
from adapters.understanding.symptoms import tells, tidied
from adapters.understanding.times import appointment
from adapters.understanding.words import text_features
from domain.intake.understanding import Fault, Guess, Intent, KnownThing, Understanding

_OTHER_INTENT = 0.2
# Slots are looked for in so much of a message; shapes, intent and tone in all of it.
_TAGGED_CHARS = 1_000
# How much easier, in the tagger's scores, a slot is found; chosen by cross-validation.
_PLACES_AND_DEVICES = 0.5
_SYMPTOMS = {Intent.REPORT_FAULT: 1.5, Intent.CLAIM: 1.0, Intent.URGE: -0.5, Intent.COMPLAINT: -0.5}
_UNLIKELY = -2.0
_PATIENCE = (0.0, 1.5)
_NOTHING = "none"
# Better one alarm too many than a trapped person overlooked; but who asks for a price is in no danger.
_DANGER = 0.14
_CALM = frozenset({Intent.ASK_FAQ, Intent.CANCEL, Intent.CHIT_CHAT, Intent.CLAIM, Intent.QUERY_PROGRESS})
# From so much on a speaker is rather angry than not; chosen by cross-validation.
_ANGRY = 0.35


@dataclass(frozen=True)
class TrainedUnderstander:
    """Reads messages with a model that was trained from labelled sentences."""

    model: Model

    @classmethod
    def load(cls) -> "TrainedUnderstander":
        """Return the reader with the model that is shipped."""
        return cls(models.parse(resources.model_text()))

    def understand(
        self, text: str, *, at: AwareDatetime, known: tuple[KnownThing, ...] = ()
    ) -> Understanding:
        """Return what a message says; see the port."""
        shaped = read_shapes(text, self.model.codes)
        sheet = lay_out(text, shaped.marked(), self.model.lexicon, resources.dictionary())
        when = appointment(self.model.times, shaped.folded, at)
        said = text_features(sheet, facts(shaped, when is not None))
        intents = self.model.intent.probabilities(said)
        intent = max(intents, key=lambda name: intents[name])
        marked = self._marked(sheet, intent)
        return Understanding(
            intent=Intent(intent),
            confidence=min(intents[intent], 1.0),
            other_intents=tuple(
                Intent(name) for name, sure in intents.items() if sure >= _OTHER_INTENT and name != intent
            ),
            faults=find_known(self._faults(shaped, sheet, marked), shaped.folded, known),
            urgency=self._urgency(said, Intent(intent)),
            address=_first(
                [Found(span, text[span.start : span.end], 0.7) for slot, span in marked if slot == "address"]
            ),
            phone=_first(shaped.phones),
            waybills=tuple(_guess(found) for found in shaped.codes["waybill"]),
            plate=_first(shaped.plates),
            appointment=when,
            ticket_no=_first(shaped.orders),
            angry=_angry(self.model.angry.probabilities(said).get("angry", 0.0)),
        )

    def _marked(self, sheet: Sheet, intent: str) -> list[tuple[str, Span]]:
        """Return devices, symptoms and places; who reports a fault tells a symptom, who thanks does not."""
        rows = tag_features.features(sheet)
        scored = tagger.scores(self.model.tagger, rows[:_TAGGED_CHARS])
        for slot in ("device", "address"):
            scored = tagger.encouraged(scored, slot, _PLACES_AND_DEVICES)
        found: list[tuple[str, Span]] = []
        for more in _PATIENCE if intent == Intent.REPORT_FAULT else _PATIENCE[:1]:
            eager = tagger.encouraged(scored, "symptom", _SYMPTOMS.get(Intent(intent), _UNLIKELY) + more)
            found = [
                (slot, span)
                for slot, span in tagger.spans(tagger.viterbi(eager, self.model.tagger.transitions))
                if slot != "symptom" or not more or tells(sheet.folded, span)
            ]
            if any(slot == "symptom" for slot, _ in found):
                break
        return found

    def _faults(self, shaped: Shaped, sheet: Sheet, marked: list[tuple[str, Span]]) -> tuple[Fault, ...]:
        devices = [span for slot, span in marked if slot == "device"]
        symptoms = [span for slot, span in marked if slot == "symptom"]
        codes = {kind: found for kind, found in shaped.codes.items() if kind != "waybill"}
        devices, symptoms = complete(devices, symptoms, sheet.words, sheet.folded, self.model.types)
        symptoms = [part for span in symptoms for part in tidied(sheet.folded, span)]
        groups = slots.group(devices, symptoms, sheet.folded)
        faults = [slots.fault(each, sheet.folded, self.model.types) for each in groups]
        if not faults and any(codes.values()):
            first = min(found.span for each in codes.values() for found in each)
            return tuple(
                slots.with_codes([Fault(words=sheet.folded[first.start : first.end])], [first], codes)
            )
        if not faults:
            return ()
        return tuple(slots.with_codes(faults, [each.stretch(sheet.folded) for each in groups], codes))

    def _urgency(self, said: tuple[str, ...], intent: Intent) -> Guess | None:
        levels = self.model.urgency.probabilities(said)
        if levels.get("P1", 0.0) >= _DANGER and intent not in _CALM:
            return Guess(value="P1", confidence=min(levels["P1"], 1.0))
        level, confidence = max(levels.items(), key=lambda pair: pair[1])
        return None if level == _NOTHING else Guess(value=level, confidence=min(confidence, 1.0))


def facts(shaped: Shaped, has_time: bool) -> list[str]:
    """Return the names of what was read, for the readers of the whole message."""
    named = {"order": shaped.orders, "phone": shaped.phones, "plate": shaped.plates, **shaped.codes}
    return [name for name, found in named.items() if found] + (["time"] if has_time else [])


def _angry(probability: float) -> float:
    """Return the probability on a scale on which one half parts the angry from the calm."""
    odds = probability * (1 - _ANGRY)
    return min(odds / (odds + (1 - probability) * _ANGRY), 1.0)


def _first(found: list[Found]) -> Guess | None:
    return _guess(found[0]) if found else None


def _guess(found: Found) -> Guess:
    return Guess(value=found.value, confidence=min(found.confidence, 1.0))
