"""A definition as it was written becomes one that is checked; names of people become ids, and back."""

import copy
import difflib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.approval.errors import DefinitionWrong
from domain.engine.process import Assign, Definition, Node, Problem
from domain.engine.process.definition import Approve, ByPerson, Cc, Trigger
from domain.kernel.mistakes import said, worth_telling
from domain.people.model import STAFF_ROLES
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_triggers import TRIGGERS, wrong_settings

KEY = r"^[a-z][a-z0-9_]*$"
KEY_WORDS = "只能用小写字母、数字和下划线，并且以字母开头，例如 over_limit"
LATER = "改好这些后还会检查人员、字段和走向。"
LONGEST_TITLE = 60
_TAGS = ("kind", "by")
"""Keys that choose the form of what they stand in."""
_RULING = ("mode",)
"""Keys that others depend on: without them the rest cannot be judged."""


def read_definition(document: Mapping[str, Any]) -> Definition:
    """Return a definition as it was written.

    Raises:
        DefinitionWrong: it has not the form of one; every place is named.
    """
    definition, problems = read_leniently(document)
    if definition is None or problems:
        raise wrong(title_of(document), problems, is_all=False)
    return definition


def read_leniently(document: Mapping[str, Any]) -> tuple[Definition | None, Sequence[Problem]]:
    """Return what is wrong with the form of a definition, and the definition without it.

    None instead of a definition means that the rest cannot be judged before the form is right.
    """
    try:
        return Definition.model_validate(document), ()
    except ValidationError as error:
        found = worth_telling(error.errors(include_url=False))
        return _without(found, document), [_problem(one, document) for one in found]


def title_of(document: Mapping[str, Any]) -> str:
    """Return what people call a definition that may be wrong."""
    return str(document.get("title") or document.get("name") or "未命名")


def wrong(title: str, problems: Sequence[Problem], *, is_all: bool = True) -> DefinitionWrong:
    """Return the refusal that names every problem.

    Args:
        is_all: whether everything was looked at.
    """
    lines = "".join(f"\n· {one.message.rstrip('。')}。" for one in problems)
    return DefinitionWrong(title=title, count=len(problems), lines=lines if is_all else f"{lines}\n{LATER}")


def written(definition: Definition) -> dict[str, Any]:
    """Return a definition as it is kept: what was written and nothing else."""
    return definition.model_dump(mode="json", by_alias=True, exclude_unset=True)


def normal(definition: Definition) -> dict[str, Any]:
    """Return a definition in its one form: in order, without what is usual anyway."""
    kept = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    kept["nodes"] = [
        _normal_node(node, document) for node, document in zip(definition.nodes, kept["nodes"], strict=True)
    ]
    return kept


def with_ids(definition: Definition, uow: EveryUnitOfWork) -> Definition:
    """Return a definition that names people by id, as the engine does; an unknown or shared name stays."""
    ids = _ids(uow)
    return _renamed(definition, lambda name: ids[name][0] if len(ids.get(name, ())) == 1 else name)


def with_names(definition: Definition, uow: EveryUnitOfWork) -> Definition:
    """Return a definition that names people as colleagues do; two of one name stay ids."""
    names = {ids[0]: name for name, ids in _ids(uow).items() if len(ids) == 1}
    return _renamed(definition, lambda person: names.get(person, person))


def own_problems(definition: Definition, uow: EveryUnitOfWork) -> Iterator[Problem]:
    """Go through what the engine cannot know: what an action needs, and names that two people have."""
    ids = _ids(uow)
    for node in definition.nodes:
        if isinstance(node, Trigger) and node.do in TRIGGERS:
            problem = wrong_settings(node.do, node.with_)
            if problem:
                yield Problem(node=node.id, message=f"“{node.title}”的 with：{problem}")
        for who in _assigns(node):
            name = who.person if isinstance(who, ByPerson) else ""
            same = ids.get(name, ())
            if len(same) > 1:
                message = f"有 {len(same)} 位同事都叫“{name}”，请改写编号：{'、'.join(same)}"
                yield Problem(node=node.id, message=f"“{node.title}”{message}")


def _normal_node(node: Node, kept: dict[str, Any]) -> dict[str, Any]:
    found = {"id": node.id, "kind": node.kind, **kept}
    if "next" in found:
        found["next"] = found.pop("next")  # Last, where people look for it.
    for key in ("approvers", "to"):
        if key in found:
            found[key] = [{"by": who.by, **one} for who, one in zip(_assigns(node), found[key], strict=True)]
    return found


def _ids(uow: EveryUnitOfWork) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in uow.people.with_roles(STAFF_ROLES):
        found[one.name].append(str(one.id))
    return found


def assigns_of(definition: Definition) -> Iterator[Assign]:
    """Go through everybody whom a definition means."""
    for node in definition.nodes:
        yield from _assigns(node)


def _assigns(node: Node) -> Sequence[Assign]:
    if isinstance(node, Approve):
        return node.approvers
    return node.to if isinstance(node, Cc) else ()


def _renamed(definition: Definition, name: Callable[[str], str]) -> Definition:
    def changed(who: Assign) -> Assign:
        return who.model_copy(update={"person": name(who.person)}) if isinstance(who, ByPerson) else who

    def rewritten(node: Node) -> Node:
        if isinstance(node, Approve):
            return node.model_copy(update={"approvers": tuple(map(changed, node.approvers))})
        if isinstance(node, Cc):
            return node.model_copy(update={"to": tuple(map(changed, node.to))})
        return node

    return definition.model_copy(update={"nodes": tuple(map(rewritten, definition.nodes))})


def _problem(error: ErrorDetails, document: Mapping[str, Any]) -> Problem:
    where, node = _place(error["loc"], document)
    pattern = error.get("ctx", {}).get("pattern")
    message = KEY_WORDS if pattern == KEY else said(error)
    if error["type"] == "extra_forbidden":
        message += _meant(error["loc"], document)
    return Problem(node=node, message=f"{where}：{message}".replace("：的 ", "的 "))


def _place(loc: tuple[int | str, ...], document: Mapping[str, Any]) -> tuple[str, str]:
    """Return a place as its author finds it, e.g. `节点“head”的 approvers 第 1 项的 levels`, and the node."""
    words, node = "", ""
    here: Any = document
    for part in loc:
        if isinstance(part, int):
            here = _inside(here, part)
            named = _called(here) if words == "nodes" else ""
            if named:
                words, node = f"节点“{named}”", str(here.get("id", ""))
            else:
                words = f"第 {part + 1} 个节点" if words == "nodes" else f"{words} 第 {part + 1} 项"
        elif _is_tag(part, here):
            continue  # Nobody looks for it.
        else:
            gap = " " if words[-1:].isascii() else ""
            words = f"{words}{gap}的 {part}" if words else part
            here = _inside(here, part)
    return words or "文件", node


def _called(node: object) -> str:
    """Return the title of a node, or its id where it has none that can be read."""
    if not isinstance(node, Mapping):
        return ""
    title = node.get("title")
    is_title = isinstance(title, str) and 0 < len(title) <= LONGEST_TITLE
    return str((title if is_title else node.get("id")) or "")


def _is_tag(part: int | str, here: object) -> bool:
    """Return whether a part of a place only says the kind of node or of assignment."""
    return isinstance(here, Mapping) and part not in here and part in [here.get(tag) for tag in _TAGS]


def _without(errors: Sequence[ErrorDetails], document: Mapping[str, Any]) -> Definition | None:
    """Return a definition without what is wrong in it, where nothing else depends on that."""
    rest = copy.deepcopy(dict(document))
    for error in errors:
        here: Any = rest
        *path, last = error["loc"] or ("",)
        for part in path:
            here = here if _is_tag(part, here) else _inside(here, part)
        if last in _RULING or not isinstance(here, dict) or last not in here:
            return None
        del here[last]
    try:
        return Definition.model_validate(rest)
    except ValidationError:
        return None


def _meant(loc: tuple[int | str, ...], document: Mapping[str, Any]) -> str:
    """Return which key was probably meant instead of one that nobody knows, as the end of a sentence."""
    here: Any = document
    for part in loc[:-1]:
        here = here if _is_tag(part, here) else _inside(here, part)
    free = [key for key in _keys_of(here) if key not in here] if isinstance(here, Mapping) else []
    near = difflib.get_close_matches(str(loc[-1]), free, n=1)
    return f"，是不是要写 {near[0]}" if near else ""


def _keys_of(here: Mapping[str, Any]) -> Sequence[str]:
    forms = _forms()
    tags = [(tag, str(here.get(tag))) for tag in _TAGS]
    return next((forms[tag] for tag in tags if tag in forms), forms["", ""])


@cache
def _forms() -> Mapping[tuple[str, str], Sequence[str]]:
    """Return which keys every kind of node and of assignment has; under nothing, those of all else."""
    schema = Definition.model_json_schema()
    found: dict[tuple[str, str], list[str]] = {("", ""): list(schema["properties"])}
    for form in schema["$defs"].values():
        keys = form.get("properties", {})
        tag = next((one for one in _TAGS if "const" in keys.get(one, ())), "")
        found.setdefault((tag, keys[tag]["const"] if tag else ""), []).extend(keys)
    return found


def _inside(value: Any, part: int | str) -> Any:
    try:
        return value[part]
    except (LookupError, TypeError):
        return None
