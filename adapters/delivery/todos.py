"""Things to do: one entry for each person and thing on a platform's list, or the same words, once."""

import hashlib
import logging
from collections.abc import Mapping
from typing import Final

from adapters.delivery.audience import Ladder
from adapters.delivery.ports import Address, Channel, DeliveryError, Failure, Sent, TodoGone, TodoList
from adapters.delivery.services import RungRefused, Served
from adapters.delivery.store import Copy, OutboxStore, Owed
from cards.todo import todo_words
from domain.kernel.notices import TODO, person_audience
from domain.kernel.todo import TodoView

log = logging.getLogger(__name__)

LIST_RUNGS: Final = {"dingtalk_user": "dingtalk.todo"}
"""Which kinds of address have a list, and the rung that it is."""


class Todos:
    """The service behind every `todo:<person id>` audience.

    Args:
        ladder: knows who a person is on the platforms, and the rungs of plain words.
        channels: every configured rung by its name.
        lists: every configured list by its rung.
    """

    def __init__(
        self,
        store: OutboxStore,
        ladder: Ladder,
        channels: Mapping[str, Channel],
        lists: Mapping[str, TodoList],
    ) -> None:
        self._store = store
        self._ladder = ladder
        self._channels = channels
        self._lists = lists

    def __call__(self, owed: Owed) -> Served:
        """Put it on the person's list, bring it up to date there, or take it off.

        Raises:
            RungRefused: it is not shown yet, and this rung did not take it.
            DeliveryError: PERMANENT when nobody can be reached, or what is on the list stays as it is.
        """
        if owed.subject_id is None or not owed.living:
            raise DeliveryError("todo_without_subject", Failure.PERMANENT)
        todo = TodoView.model_validate(owed.view)
        copy = self._store.copy_of(owed)
        if copy is not None and copy.rung in self._lists:
            return self._change(owed, copy, todo)
        if copy is not None and todo.done:
            # Asked anew later, the person is told anew.
            self._store.forget_copy(owed)
        if copy is not None or todo.done:
            return _needless(owed)
        return self._show(owed, todo)

    def _change(self, owed: Owed, copy: Copy, todo: TodoView) -> Served:
        """Change what is on the list; what was removed there is put on it again unless it is done."""
        try:
            sent = self._lists[copy.rung].change(copy.address, copy.sent, todo, key=_key(owed))
        except TodoGone:
            self._store.forget_copy(owed)
            return _needless(owed) if todo.done else self._show(owed, todo)
        return Served(copy.rung, str(copy.address), sent)

    def _show(self, owed: Owed, todo: TodoView) -> Served:
        steps = self._steps(owed, todo)
        if owed.rung >= len(steps):
            log.error("nobody could be reached: outbox %s, card %s", owed.seq, owed.card)
            raise DeliveryError("no rung left", Failure.PERMANENT)
        rung, address = steps[owed.rung]
        try:
            return Served(rung, str(address), self._send(owed, rung, address, todo))
        except DeliveryError as error:
            raise RungRefused(rung, str(address), error) from error

    def _send(self, owed: Owed, rung: str, address: Address, todo: TodoView) -> Sent:
        if rung in self._lists:
            return self._lists[rung].add(address, todo, key=_key(owed))
        return self._channels[rung].send(address, todo_words(todo), message_key=owed.message_key)

    def _steps(self, owed: Owed, todo: TodoView) -> list[tuple[str, Address]]:
        """Return (rung, address) pairs: the person's lists, then the ways to tell them in words."""
        person = person_audience(owed.audience.removeprefix(TODO))
        words = self._ladder.steps(person, todo_words(todo))
        lists = [
            (LIST_RUNGS.get(address.kind, ""), address) for address in dict.fromkeys(a for _, a in words)
        ]
        return [step for step in lists if step[0] in self._lists] + words


def _key(owed: Owed) -> str:
    """Return the stable name of one thing on one person's list: 31 characters of `[0-9a-z]`."""
    return "t" + hashlib.sha256(f"{owed.audience}|{owed.subject_id}".encode()).hexdigest()[:30]


def _needless(owed: Owed) -> Served:
    return Served(owed.card, owed.audience, None)
