"""`供应商`: who keeps their word, and what is late now."""

from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, show
from bot.store_words import StoreWords
from domain.kernel.localtime import local_day
from domain.parts.errors import SupplierUnknown
from domain.people.model import Person
from domain.policies.supplier_views import supplier_view, suppliers_view

KNOWN = 8


def suppliers(said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
    """Show one supplier, or all of them, the worst first.

    Raises:
        SupplierUnknown: nobody, or more than one, is called like it.
    """
    today = local_day(said.at)
    if not words.rest:
        view = suppliers_view(today, uow)
        return show(uow, said, "suppliers", view.model_dump(mode="json"), privately=True)
    found = uow.parts.supplier_named(words.rest)
    if found is None:
        known = uow.suppliers.called(words.rest, KNOWN) or uow.suppliers.called("", KNOWN)
        names = "、".join(one.name for one in known)
        example = f"{words.word} {known[0].name if known else '上海轴承厂'}"
        listed = f"（已登记的有：{names}）" if known else "，还没有登记任何供应商"
        raise SupplierUnknown(text=words.rest, known=listed, example=example)
    view_of_one = supplier_view(found, today, uow)
    return show(uow, said, "supplier", view_of_one.model_dump(mode="json"), privately=True)
