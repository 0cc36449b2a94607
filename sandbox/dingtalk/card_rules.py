"""Reading and checking card requests."""

from dataclasses import dataclass
from typing import Any

from sandbox.dingtalk.errors import ApiError
from sandbox.dingtalk.settings import Settings
from sandbox.dingtalk.state import World
from sandbox.dingtalk.templates import Template

KEY_BYTES = 100
VALUE_BYTES = 1024
PREFIX = "dtv1.card//"

# The models that a request carries for each kind of space.
SPACE_MODELS = {
    "IM_GROUP": "imGroupOpenSpaceModel",
    "IM_ROBOT": "imRobotOpenSpaceModel",
    "IM_SINGLE": "imSingleOpenSpaceModel",
    "ONE_BOX": "topOpenSpaceModel",
}
DELIVER_MODELS = {
    "IM_GROUP": "imGroupOpenDeliverModel",
    "IM_ROBOT": "imRobotOpenDeliverModel",
    "IM_SINGLE": "imSingleOpenDeliverModel",
    "ONE_BOX": "topOpenDeliverModel",
}


@dataclass(frozen=True)
class Space:
    """One place for a card: its kind in upper case and its id, which holds `+`, `/` and `=`."""

    kind: str
    id: str


class CardRules:
    """Checks what create, deliver and update requests have in common."""

    def __init__(self, settings: Settings, world: World, templates: dict[str, Template]) -> None:
        self._settings, self._world, self._templates = settings, world, templates

    def template(self, body: dict[str, Any]) -> Template:
        """Return the template of a request."""
        template_id = body.get("cardTemplateId")
        if not template_id:
            raise ApiError("param.cardTemplateIdEmpty", "cardTemplateId is empty")
        template = self._templates.get(str(template_id))
        if template is None:
            raise ApiError("param.templateNotExist", f"template {template_id} not exist")
        if not template.published:
            raise ApiError("param.templateUnpublished", f"template {template_id} is unpublished")
        return template

    def public(self, body: dict[str, Any], *, required: bool) -> dict[str, str] | None:
        """Return the public variables, None where there are none and none are required."""
        data = body.get("cardData")
        if data is None and not required:
            return None
        if not isinstance(data, dict) or data.get("cardParamMap") is None:
            raise ApiError("param.cardPublicDataEmpty", "cardData.cardParamMap is empty")
        return self.string_map(data["cardParamMap"], "cardData.cardParamMap")

    def private(self, body: dict[str, Any]) -> dict[str, dict[str, str]]:
        """Return the private variables per userid."""
        data = body.get("privateData")
        if data is None:
            return {}
        if not isinstance(data, dict):
            raise ApiError("param.invalid", "privateData is not an object")
        found: dict[str, dict[str, str]] = {}
        for identifier, part in data.items():
            userid = self.userid(identifier, user_id_type(body))
            variables = part.get("cardParamMap") if isinstance(part, dict) else None
            found[userid] = self.string_map(variables, f"privateData.{identifier}.cardParamMap")
        return found

    def userid(self, identifier: Any, kind: int) -> str:
        """Return the userid behind a userid or unionId."""
        user = self._world.find_user(str(identifier), kind)
        if user is None:
            raise ApiError("param.userIdNotExist", f"user {identifier} not exist")
        return user.userid

    def string_map(self, value: Any, where: str) -> dict[str, str]:
        """Return a map of strings; numbers, booleans, lists and null are refused."""
        if not isinstance(value, dict):
            raise ApiError("param.invalid", f"{where} is not an object")
        for name, item in value.items():
            if not isinstance(item, str):
                raise ApiError("param.invalid", f"{where}.{name} is not a string")
            if self._settings.strict_card_values and (
                len(name.encode()) > KEY_BYTES or len(item.encode()) > VALUE_BYTES
            ):
                raise ApiError("param.invalid", f"{where}.{name} is too long")
            if self._settings.is_unsafe(item):
                raise ApiError("param.contentUnsafe", f"{where}.{name} is unsafe")
        return dict(value)


def user_id_type(body: dict[str, Any]) -> int:
    """Return 1 for userids, 2 for unionIds."""
    kind = body.get("userIdType", 1)
    if kind not in (1, 2) or isinstance(kind, bool):
        raise ApiError("param.invalid", "userIdType is neither 1 nor 2")
    return int(kind)


def spaces_of(body: dict[str, Any]) -> list[Space]:
    """Read openSpaceId: one prefix, spaces joined by `;`, kind and id split at the first dot."""
    text = body.get("openSpaceId")
    if not text:
        raise ApiError("param.openSpaceIdEmpty", "openSpaceId is empty")
    if not isinstance(text, str) or not text.lower().startswith(PREFIX):
        raise ApiError("param.openSpaceIdInvalid", f"openSpaceId {text} is invalid")
    spaces: list[Space] = []
    for part in text[len(PREFIX) :].split(";"):
        kind, dot, identifier = part.partition(".")
        if not dot or not identifier or kind.upper() not in SPACE_MODELS:
            raise ApiError("param.openSpaceIdInvalid", f"openSpaceId {part} is invalid")
        spaces.append(Space(kind.upper(), identifier))
    return spaces


def declared_spaces(body: dict[str, Any]) -> set[str]:
    """Return the kinds of space which a card may go to: those with an OpenSpaceModel."""
    return {kind for kind, model in SPACE_MODELS.items() if isinstance(body.get(model), dict)}


def deliver_model(body: dict[str, Any], space: Space) -> dict[str, Any]:
    """Return the deliver model for a space; a group's needs the robotCode."""
    model = body.get(DELIVER_MODELS[space.kind])
    if model is None:
        raise ApiError("param.openDeliverModelEmpty", f"{DELIVER_MODELS[space.kind]} is empty")
    if not isinstance(model, dict):
        raise ApiError("param.openDeliverModelError", f"{DELIVER_MODELS[space.kind]} is no object")
    if space.kind == "IM_GROUP" and not model.get("robotCode"):
        raise ApiError("param.openDeliverModelError", "robotCode is empty")
    if space.kind == "ONE_BOX" and not model.get("expiredTimeMillis"):
        raise ApiError("param.openDeliverModelError", "expiredTimeMillis is empty")
    return model
