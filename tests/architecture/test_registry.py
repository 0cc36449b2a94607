"""A command without a handler would be accepted and then lost."""

import importlib
import pkgutil
from collections.abc import Iterator

import domain
from domain.kernel.messages import Command
from domain.policies.guard import NEEDED
from domain.registry import HANDLERS


def test_every_command_has_a_handler_and_every_handler_a_command():
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)
    commands = {
        command
        for command in _subclasses(Command)
        if command.__module__.startswith("domain.") and not command.__subclasses__()
    }

    assert set(HANDLERS) == commands


def test_the_guard_knows_every_command_and_nothing_else():
    assert set(NEEDED) == set(HANDLERS)


def test_no_handler_serves_two_commands():
    assert len(set(HANDLERS.values())) == len(HANDLERS)


def _subclasses(parent: type[Command]) -> Iterator[type[Command]]:
    for child in parent.__subclasses__():
        yield child
        yield from _subclasses(child)
