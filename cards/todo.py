"""A thing to do, said in words where a person has no list to put it on."""

from cards.spec import Note
from cards.text import TODO_DUE, TODO_MARK, TODO_OPEN
from domain.kernel.localtime import local_time
from domain.kernel.todo import TodoView


def todo_words(view: TodoView) -> Note:
    """Say what is to be done and until when."""
    fields = [*view.fields]
    if view.due_at is not None:
        fields.append((TODO_DUE, local_time(view.due_at)))
    if view.url:
        fields.append((TODO_OPEN, view.url))
    return Note("\n".join([TODO_MARK + view.subject, *(f"{label}：{value}" for label, value in fields)]))
