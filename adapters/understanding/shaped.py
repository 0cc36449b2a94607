"""Everything in a message that is known by its shape, read once for training and for reading alike."""

from dataclasses import dataclass

from adapters.understanding import shapes
from adapters.understanding.codes import classify
from adapters.understanding.folding import Found, Span, fold
from adapters.understanding.linear import LinearModel


@dataclass(frozen=True)
class Shaped:
    """The facts of known shape, each list in the order of preference.

    Args:
        codes: serial numbers, models, fault codes and waybills by kind.
    """

    folded: str
    orders: list[Found]
    phones: list[Found]
    plates: list[Found]
    codes: dict[str, list[Found]]

    def marked(self) -> list[tuple[Span, str]]:
        """Return the stretches with the kind of mark that hides each from the other readers."""
        groups = [(self.phones, "phone"), (self.plates, "plate"), (self.orders, "order")]
        groups += [(self.codes["waybill"], "waybill"), (self.codes["serial"], "code")]
        return [(found.span, kind) for group, kind in groups for found in group]


def read_shapes(text: str, codes: LinearModel) -> Shaped:
    """Return the facts of known shape in a message."""
    folded = fold(text)
    orders, plates, phones = sure_shapes(folded)
    taken = [found.span for found in (*orders, *plates, *phones)]
    return Shaped(folded, orders, phones, plates, classify(codes, folded, taken))


def sure_shapes(folded: str) -> tuple[list[Found], list[Found], list[Found]]:
    """Return order numbers, plates and phone numbers; the earlier kind wins where they overlap."""
    orders = shapes.order_numbers(folded)
    plates = _outside(shapes.plates(folded), orders)
    return orders, plates, _outside(shapes.phones(folded), [*orders, *plates])


def _outside(found: list[Found], taken: list[Found]) -> list[Found]:
    return [each for each in found if not any(each.span.overlaps(other.span) for other in taken)]
