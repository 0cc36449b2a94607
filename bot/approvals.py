"""Approvals in words and presses; a part of the conversation with words of its own."""

from collections.abc import Mapping
from typing import Any

from bot.approval_absence import Absences
from bot.approval_bulk import Bulk
from bot.approval_deciding import Deciding, bare, open_card
from bot.approval_finding import (
    LISTED,
    fitting,
    listed,
    missing,
    own_task,
    remember,
    task_meant,
    waiting_of,
)
from bot.approval_meaning import Meaning, ask_meaning, meaning, number_needed, other_meanings
from bot.approval_numbers import show_named
from bot.approval_requests import Requests
from bot.approval_starting import request_said
from bot.approval_words import ApprovalWords, Deed, number_in, read_approval
from bot.dialogue.approving import (
    APPROVAL_BULK,
    APPROVAL_NAME,
    APPROVAL_QUESTION,
    APPROVAL_REASON,
    APPROVAL_RESUBMIT,
    OWN,
)
from bot.dialogue.asking import SURVEY
from bot.intents import Wish, Words
from bot.notes import HELD_WORDS
from bot.parts import Act, Continue, Press
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say, show
from cards.text_approval import APPROVAL_MARK, NOT_NUMBERED
from domain.approval.model import ProcessTask
from domain.kernel.bus import Bus
from domain.people.model import STAFF_ROLES, Person, Role
from domain.policies.approval_views import request_list, task_list
from domain.policies.process_requests import requests

_WEAK = frozenset({"", SURVEY, HELD_WORDS})
"""Where nothing is waited for that a decision could be the answer to."""
_TO_DO = "待办"
"""A technician's other words for their list ask for work orders only."""
Dialogue = tuple[str, dict[str, Any]] | None
_DECISIONS = frozenset({Deed.AGREE, Deed.REFUSE})
_AT_REST = frozenset({Deed.AGREE, Deed.REFUSE, Deed.RETURN, Deed.ASK, Deed.COMMENT})
"""What may as well be an answer to something else that is waited for, unless a number is said."""
_ON_TASKS = frozenset(
    {
        Deed.AGREE,
        Deed.REFUSE,
        Deed.RETURN,
        Deed.DELEGATE,
        Deed.ENTRUST,
        Deed.ADD,
        Deed.REMOVE,
        Deed.ASK,
    }
)


class Approvals:
    """Everything that is said and pressed about approvals; only colleagues have any."""

    def __init__(self, bus: Bus) -> None:
        self._deciding, self._bulk = Deciding(bus), Bulk(bus)
        self._requests, absences = Requests(bus), Absences(bus)
        self._others = {
            Deed.START: self._requests.start,
            Deed.WITHDRAW: self._requests.withdraw,
            Deed.TAKE_BACK: self._requests.take_back,
            Deed.EXPEDITE: self._requests.expedite,
            Deed.RESUBMIT: self._requests.resubmit,
            Deed.COMMENT: self._requests.comment,
            Deed.AWAY: absences.away,
            Deed.BACK: absences.back,
            Deed.PASS_ON: absences.pass_on,
            Deed.TASKS: self._tasks,
            Deed.REQUESTS: self._own,
            Deed.SHOW: self._show,
            Deed.AGREE_ALL: self._agree_all,
        }

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to: none of the common ones, see `takes`."""
        return {}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        asking = (Deed.REFUSE, Deed.RETURN, Deed.DELEGATE, Deed.ADD, Deed.ASK)
        return {
            "approval.agree": self._deciding.press_agree,
            "approval.resubmit": self._requests.press_resubmit,
            "approval.withdraw": self._requests.press_withdraw,
            **{f"approval.{deed.value}": self._deciding.presses(deed) for deed in asking},
        }

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {
            APPROVAL_REASON: self._deciding.go_on,
            APPROVAL_NAME: self._deciding.go_on,
            APPROVAL_QUESTION: self._deciding.go_on,
            APPROVAL_BULK: self._bulk.go_on,
            APPROVAL_RESUBMIT: self._requests.go_on,
        }

    def takes(
        self, said: Said, words: Words, text: str, dialogue: Dialogue, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Do what is said about approvals; None for words about anything else."""
        if not person.roles & STAFF_ROLES:
            return None
        read = read_approval(text, said.inbound.quoted) or request_said(text, uow)
        if read is None and not said.inbound.quoted:
            return self._things_to_do(said, words, dialogue, person, uow)
        if read is None:
            return self._quoted(said, words, text, dialogue, person, uow)
        if said.inbound.in_group and not read.number and read.deed in _ON_TASKS | {Deed.COMMENT}:
            number_needed(said, read, person, uow)
            return None
        kind, data = dialogue or ("", {})
        if kind == APPROVAL_BULK and read.deed in _DECISIONS and bare(read):
            agrees = read.deed is Deed.AGREE
            return self._bulk.confirm(said, data, person, uow) if agrees else self._bulk.drop(said, uow)
        if kind not in (*_WEAK, *OWN) and read.deed in _AT_REST and not read.number:
            return None
        if _answers(kind, read):
            return self._deciding.go_on(said, Words(Wish.FREE, "", text.strip()), data, person, uow)
        if self._speaks_freely(read, person, uow):
            return None
        ours = self._is_ours(said, read, person, uow) if read.deed in _DECISIONS else True
        if not ours:
            return DONE if ours is None else None
        act = self._others.get(read.deed)
        return act(said, read, person, uow) if act is not None else self._decide(said, read, person, uow)

    def _speaks_freely(self, read: ApprovalWords, person: Person, uow: BotUnitOfWork) -> bool:
        """Return whether a technician, for whom nothing waits, says something about the work."""
        if read.deed is Deed.START and not requests(uow):
            return True
        if Role.TECHNICIAN not in person.roles or read.named:
            return False
        return read.deed in _ON_TASKS | {Deed.COMMENT} and all(one.back for one in waiting_of(person, uow))

    def _is_ours(self, said: Said, read: ApprovalWords, person: Person, uow: BotUnitOfWork) -> bool | None:
        """Return whether a decision is about an approval; None where they were asked which is meant."""
        mine = fitting(said, read, person, uow)
        shown = bool(read.indexes and listed(said, uow))
        match meaning(read, bool(mine), shown, person, uow):
            case Meaning.OURS:
                return True
            case Meaning.EITHER:
                ask_meaning(said, read, other_meanings(read, person, uow), mine, uow)
                return None
        return False

    def _decide(self, said: Said, read: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        if read.deed is Deed.AGREE and read.several:
            return self._agree_all(said, read, person, uow)
        matter = task_meant(said, read, person, uow)
        if isinstance(matter, Outcome):
            return matter
        return self._deciding.decide(said, read.deed, matter, read.rest, person, uow)

    def _agree_all(self, said: Said, read: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        fits = fitting(said, read, person, uow)
        return self._bulk.ask(said, fits, read.rest, missing(said, read, fits, uow), uow)

    def _tasks(self, said: Said, read: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        view = task_list(person, LISTED, uow)
        remember(said, [line.task_id for line in view.lines], uow)
        return show(uow, said, "approval_tasks", view.model_dump(mode="json"), privately=True)

    def _own(self, said: Said, read: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        view = request_list(person, LISTED, uow)
        return show(uow, said, "approval_requests", view.model_dump(mode="json"), privately=True)

    def _show(self, said: Said, read: ApprovalWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Bring the card of a task, or tell where a request stands."""
        if not read.named:
            return self._tasks(said, read, person, uow)
        task = self._task_shown(said, read, person, uow)
        if task is not None and task.closed_at is None:
            return open_card(said, task, person, uow)
        if (shown := show_named(said, read, person, uow)) is not None:
            return shown
        name = read.number or read.tail or "、".join(map(str, read.indexes))
        return say(uow, said, NOT_NUMBERED.format(number=name), privately=True)

    def _task_shown(
        self, said: Said, read: ApprovalWords, person: Person, uow: BotUnitOfWork
    ) -> ProcessTask | None:
        fits = fitting(said, read, person, uow)
        return own_task(fits[0].task_id, person, uow) if fits else None

    def _things_to_do(
        self, said: Said, words: Words, dialogue: Dialogue, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Answer 待办 with what waits for their approval; a technician's work orders are listed as well."""
        if words.wish is not Wish.MY_JOBS or dialogue is not None:
            return None
        technician = Role.TECHNICIAN in person.roles
        if (technician and words.word != _TO_DO) or not waiting_of(person, uow):
            return None
        listed_too = self._tasks(said, ApprovalWords(Deed.TASKS, words.word), person, uow)
        return None if technician else listed_too

    def _quoted(
        self, said: Said, words: Words, text: str, dialogue: Dialogue, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Take free words that reply to an approval's card for a comment on it."""
        number = number_in(said.inbound.quoted)
        about_it = number.startswith("SP") or (number and APPROVAL_MARK in said.inbound.quoted)
        if not about_it or dialogue is not None or said.inbound.in_group or words.wish is not Wish.FREE:
            return None
        return self._requests.remark(said, number, text.strip(), person, uow)


def _answers(kind: str, read: ApprovalWords) -> bool:
    """Return whether words that begin like a decision are the question, or the reason, that is waited for."""
    if read.named or not read.rest or read.deed not in _AT_REST:
        return False
    return kind == APPROVAL_QUESTION or (kind == APPROVAL_REASON and read.deed is not Deed.AGREE)
