"""“单据”: the documents of a work order, to be read, printed or passed on."""

from collections.abc import Mapping

from bot.finding import numbered
from bot.intents import Wish, Words
from bot.parts import Act, Continue, Press
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from bot.timelines import with_newest
from cards.text_pages import PAPERS
from domain.kernel.links import Page
from domain.people.model import Person
from domain.policies.job_documents import documents_of
from domain.workorder.errors import NoReportYet


class Papers:
    """Documents; a part of the conversation."""

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {Wish.PAPERS: self.papers}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {}

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {}

    def papers(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Answer with a link of the asker's own; without a number, about the newest that they reported.

        Raises:
            NoReportYet: there is nothing to read.
        """
        words = words if words.number else with_newest(words, person, uow)
        order = numbered(words, f"{words.word} WO-20260302-0007", person, uow)
        titles = documents_of(order, person, uow).values()
        if not titles:
            raise NoReportYet(number=order.number)
        url = uow.links.to(Page.DOCUMENT, person.id, order.id, said.at)
        return say(
            uow, said, PAPERS.format(number=order.number, titles="、".join(titles), url=url), privately=True
        )
