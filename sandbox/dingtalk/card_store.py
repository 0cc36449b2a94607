"""Card instances in the chats: delivery, change and drawing."""

from typing import Any

from sandbox.dingtalk import ids
from sandbox.dingtalk.card_rules import Space
from sandbox.dingtalk.errors import ApiError
from sandbox.dingtalk.settings import Settings
from sandbox.dingtalk.state import (
    PLATFORM,
    ROBOT,
    Card,
    Message,
    World,
    group_chat,
    one_line,
    user_chat,
)
from sandbox.dingtalk.templates import Face, Template


class CardStore:
    """What becomes of cards, whoever changes them: an API call or the answer to a press."""

    def __init__(self, settings: Settings, world: World, templates: dict[str, Template]) -> None:
        self._settings, self._world, self._templates = settings, world, templates

    def add(self, card: Card) -> bool:
        """Keep a new card; False when its outTrackId was used before."""
        with self._world.lock:
            if card.out_track_id in self._world.cards:
                return False
            self._world.cards[card.out_track_id] = card
            return True

    def knows(self, out_track_id: str) -> bool:
        """Return whether an outTrackId was used before."""
        with self._world.lock:
            return out_track_id in self._world.cards

    def get(self, out_track_id: Any) -> Card:
        """Return a card.

        Raises:
            ApiError: no such card, or no outTrackId.
        """
        if not isinstance(out_track_id, str) or not out_track_id:
            raise ApiError("param.outTrackIdEmpty", "outTrackId is empty")
        with self._world.lock:
            card = self._world.cards.get(out_track_id)
        if card is None:
            raise ApiError("param.cardNotExist", f"card {out_track_id} not exist")
        return card

    def face(self, card: Card, viewer: str = "") -> Face:
        """Draw a card for a viewer; viewer "" sees what is public."""
        template = self._templates[card.template_id]
        with self._world.lock:
            return template.draw(dict(card.public), card.seen_by(viewer))

    def variables(self, card: Card, viewer: str = "") -> dict[str, str]:
        """Return the variables as a viewer has them."""
        with self._world.lock:
            if self._templates[card.template_id].private_data:
                return card.seen_by(viewer)
            return dict(card.public)

    def deliver(
        self, card: Card, space: Space, model: dict[str, Any], recipients: frozenset[str], *, silent: bool
    ) -> dict[str, Any]:
        """Bring a card into one space and return its deliver result, which may be a failure."""
        chat, error = self._destination(card, space, model)
        result: dict[str, Any] = {
            "spaceType": space.kind,
            "spaceId": space.id,
            "success": not error,
            "carrierId": "" if error else ids.query_key(),
            "errorMsg": error,
        }
        if error:
            return result
        card.deliveries.append(result)
        if not silent:
            message = Message(
                self._world.clock.now(),
                chat,
                ROBOT,
                query_key=result["carrierId"],
                out_track_id=card.out_track_id,
                recipients=recipients,
            )
            self._world.post(message, f"{self._mentions(model)}[卡片] {self._words(card, chat)}")
        return result

    def change(
        self,
        card: Card,
        public: dict[str, str] | None,
        private: dict[str, dict[str, str]],
        options: Any,
        *,
        cause: str,
    ) -> None:
        """Change a card's variables; without the by-key options all others of the same map vanish."""
        options = options if isinstance(options, dict) else {}
        with self._world.lock:
            if public is not None:
                kept = card.public if options.get("updateCardDataByKey") is True else {}
                card.public = {**kept, **public}
            for userid, variables in private.items():
                by_key = options.get("updatePrivateDataByKey") is True
                kept = card.private.get(userid, {}) if by_key else {}
                card.private[userid] = {**kept, **variables}
        for chat in self._world.chats_of_card(card.out_track_id):
            self._world.journal.add(
                PLATFORM,
                "updated",
                chat=chat,
                text=f"卡片更新: {one_line(self._words(card, chat))}",
                out_track_id=card.out_track_id,
                cause=cause,
                public=public,
                private=private,
            )

    def _destination(self, card: Card, space: Space, model: dict[str, Any]) -> tuple[str, str]:
        """Return the chat of a space, or why the card cannot go there."""
        robot_code = model.get("robotCode") or self._settings.robot_code
        if space.kind == "IM_ROBOT":
            user = self._world.find_user(space.id, card.user_id_type)
            if user is None:
                return "", "spaceId is illegal"
            wrong = robot_code != self._settings.robot_code
            return user_chat(user.userid), "chatbot not exist" if wrong else ""
        with self._world.lock:
            group = self._world.groups.get(space.id)
        if group is None or group.disbanded or space.kind == "IM_SINGLE":
            return "", "spaceId is illegal"
        if robot_code != self._settings.robot_code or not group.has_robot:
            return "", "chatbot not exist"
        return group_chat(space.id), ""

    def _words(self, card: Card, chat: str) -> str:
        """Return a card's words and buttons, as the owner of a 1:1 chat or the public of a group sees it."""
        face = self.face(card, chat.removeprefix("user:") if chat.startswith("user:") else "")
        buttons = " ".join(f"[{key.label}]" for key in face.keys)
        return f"{face.text}\n{buttons}".strip()

    def _mentions(self, model: dict[str, Any]) -> str:
        at = model.get("atUserIds")
        if not isinstance(at, dict):
            return ""
        return "".join("@所有人 " if key == "@ALL" else f"@{name} " for key, name in at.items())
