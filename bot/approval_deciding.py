"""An approver decides: agrees, refuses, sends back, hands on, adds others, asks."""

from typing import Any

from bot.approval_facts import read_people
from bot.approval_finding import Matter, matter_pressed, own_task
from bot.approval_words import ApprovalWords, Deed
from bot.colleagues import colleague_named
from bot.dialogue.approving import answer, ask, asked_about, settled
from bot.intents import Words
from bot.parts import Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say, show
from cards.approval_lists import subject
from cards.text_approval import DONE as DONE_WORDS
from cards.text_approval import NOT_ADDED
from domain.approval.commands import (
    COMMENT_LIMIT,
    AddApprovers,
    AgreeTask,
    AskInitiator,
    DelegateTask,
    EntrustTask,
    RefuseTask,
    RemoveApprover,
    ReturnTask,
    TaskCommand,
)
from domain.approval.errors import AmountChanged, NoApprovals
from domain.approval.model import ProcessTask
from domain.kernel.bus import Bus
from domain.kernel.notices import Notice, person_audience
from domain.people.model import Person
from domain.policies.approval_page import passed_nodes, with_page
from domain.policies.approval_views import approval_view

_BACK_TO = {
    "上一步": "previous",
    "上一个节点": "previous",
    "上一节点": "previous",
    "发起人": "initiator",
    "申请人": "initiator",
}
AGREED = "agreed"
"""The outcome of a task that its approver agreed to."""
_STRAIGHT = "直接回"
"""Said with a return: it comes straight back to whoever sends it back."""


class Deciding:
    """What an approver does with a task, in words or by press."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def presses(self, deed: Deed) -> Press:
        """Return what a button does that needs words: it asks for them."""

        def press(said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
            return ask(said, deed, matter_pressed(pressed, person, uow), uow)

        return press

    def press_agree(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Agree by press; the changed card is the answer, also to a second press."""
        task = own_task(pressed.action.subject_id, person, uow)
        if task is not None and task.outcome == AGREED:
            return DONE
        matter = matter_pressed(pressed, person, uow)
        seen = pressed.action.version
        try:
            self._bus.handle(AgreeTask(task_id=matter.task_id, seen_rev=seen, **said.cause(person.id)), uow)
        except AmountChanged as refusal:
            if task is not None:
                open_card(said, task, person, uow)
            return say(uow, said, refusal.message, privately=True)
        settled(said, uow)
        return DONE

    def go_on(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take the reason, the name or the question that was waited for."""
        text = answer(said, words, data, uow)
        if not text:
            return DONE
        deed, matter = asked_about(data)
        task = own_task(matter.task_id, person, uow)
        if task is None or task.closed_at is not None:
            settled(said, uow)
            if task is None:
                raise NoApprovals(number=matter.number)
            return show(said=said, uow=uow, card="approval", view=_view(task, uow), privately=True)
        return self.decide(said, deed, matter, f"{data['before']} {text}".strip(), person, uow)

    def decide(
        self, said: Said, deed: Deed, matter: Matter, text: str, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Do what is wanted, or ask for what it lacks."""
        match deed:
            case Deed.AGREE:
                comment = text[:COMMENT_LIMIT]
                command = AgreeTask(task_id=matter.task_id, comment=comment, **said.cause(person.id))
                return self._done(said, command, deed.value, matter, text, uow)
            case Deed.RETURN:
                return self._return(said, matter, text, person, uow)
            case Deed.DELEGATE | Deed.ENTRUST | Deed.ADD | Deed.REMOVE:
                return self._with_people(said, deed, matter, text, person, uow)
        if not text:
            return ask(said, deed, matter, uow)
        said_now = text[:COMMENT_LIMIT]
        if deed is Deed.ASK:
            question = AskInitiator(task_id=matter.task_id, question=said_now, **said.cause(person.id))
            return self._done(said, question, deed.value, matter, text, uow, to=matter.initiator)
        refusal = RefuseTask(task_id=matter.task_id, comment=said_now, **said.cause(person.id))
        return self._done(said, refusal, deed.value, matter, text, uow)

    def _return(self, said: Said, matter: Matter, text: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Send it back to whoever asked, to the step before, or to a step by its name."""
        first, _, rest = text.partition(" ")
        to = _BACK_TO.get(first, "") or _node_called(first, matter, uow)
        reason = rest.strip() if to else text
        if not reason:
            return ask(said, Deed.RETURN, matter, uow, before=first if to else "")
        command = ReturnTask(
            task_id=matter.task_id,
            to=to or "initiator",
            straight=_STRAIGHT in reason,
            comment=reason[:COMMENT_LIMIT],
            **said.cause(person.id),
        )
        return self._done(said, command, Deed.RETURN.value, matter, reason, uow)

    def _with_people(
        self, said: Said, deed: Deed, matter: Matter, text: str, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        named = read_people(text)
        if not named.names:
            return ask(said, deed, matter, uow)
        people = [colleague_named(name, uow) for name in named.names]
        to = "、".join(one.name for one in people)
        comment, cause = named.rest[:COMMENT_LIMIT], said.cause(person.id)
        if deed is Deed.REMOVE:
            return self._remove(said, matter, people[0], person, uow)
        if deed is Deed.ADD:
            ids = tuple(one.id for one in people)
            command = AddApprovers(
                task_id=matter.task_id, people=ids, where=named.where, comment=comment, **cause
            )
            return self._done(said, command, named.where, matter, comment, uow, to=to)
        kind = DelegateTask if deed is Deed.DELEGATE else EntrustTask
        handed = kind(task_id=matter.task_id, to_id=people[0].id, comment=comment, **cause)
        return self._done(said, handed, deed.value, matter, comment, uow, to=people[0].name)

    def _remove(
        self, said: Said, matter: Matter, added: Person, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take somebody out who was added; their open task says which one."""
        own = uow.processes.task(matter.task_id)
        tasks = uow.processes.tasks(own.instance_id) if own is not None else []
        theirs = [one for one in tasks if one.assignee_id == added.id and one.closed_at is None]
        if not theirs:
            text = NOT_ADDED.format(number=matter.number, name=added.name)
            return say(uow, said, text, privately=True)
        command = RemoveApprover(task_id=theirs[-1].id, **said.cause(person.id))
        return self._done(said, command, Deed.REMOVE.value, matter, "", uow, to=added.name)

    def _done(
        self,
        said: Said,
        command: TaskCommand,
        done: str,
        matter: Matter,
        text: str,
        uow: BotUnitOfWork,
        *,
        to: str = "",
    ) -> Outcome:
        self._bus.handle(command, uow)
        settled(said, uow)
        words = DONE_WORDS[done].format(
            about=matter.about,
            subject=subject(matter.title, matter.number, matter.amount_fen),
            number=matter.number,
            text=text,
            to=to,
        )
        return say(uow, said, words, privately=True)


def open_card(said: Said, task: ProcessTask, person: Person, uow: BotUnitOfWork) -> Outcome:
    """Show the living card anew, so that it stays up to date."""
    uow.notify(
        Notice(
            audience=person_audience(str(person.id)),
            card="approval",
            view=with_page(approval_view(task, uow), task, said.at, uow).model_dump(mode="json"),
            dedupe_key=f"opened:{said.source_key}",
            subject_id=task.id,
            living=True,
            anew=True,
            platform=said.inbound.sender.platform.value,
        )
    )
    return DONE


def bare(words: ApprovalWords) -> bool:
    """Return whether words are nothing but the command."""
    return not (words.named or words.rest)


def _view(task: ProcessTask, uow: BotUnitOfWork) -> dict[str, Any]:
    return approval_view(task, uow).model_dump(mode="json")


def _node_called(name: str, matter: Matter, uow: BotUnitOfWork) -> str:
    """Return the step of this name that was passed, or nothing."""
    task = uow.processes.task(matter.task_id)
    passed = passed_nodes(task, uow) if task is not None and name else {}
    return next((node for node, title in passed.items() if name in (title, node)), "")
