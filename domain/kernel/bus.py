"""A command finds its handler; what the handler recorded finds its policies."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from domain.kernel.messages import Command, Event
from domain.kernel.ports import UnitOfWork

Handler = Callable[[Any, Any], None]
Policy = Callable[[Any, Any], None]
Guard = Callable[[Command, Any], None]


class Bus:
    """Runs inside a transaction that its caller opened and will commit.

    Args:
        guard: refuses a command its actor has no right to.
    """

    def __init__(
        self,
        handlers: Mapping[type[Command], Handler],
        policies: Mapping[type[Event], Sequence[Policy]],
        guard: Guard,
    ) -> None:
        self._handlers = handlers
        self._policies = policies
        self._guard = guard

    def handle(self, command: Command, uow: UnitOfWork) -> None:
        """Decide one command and everything that follows from it.

        Raises:
            DomainError: refused; the caller rolls back.
        """
        self._guard(command, uow)
        self._handlers[type(command)](command, uow)
        while events := uow.take_recorded():
            for event in events:
                for policy in self._policies.get(type(event), ()):
                    policy(event, uow)
