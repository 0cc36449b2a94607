"""What people press: card buttons, with the 2 s window for the answer."""

from dataclasses import dataclass
from typing import Any

from sandbox.dingtalk import frames
from sandbox.dingtalk.card_rules import CardRules
from sandbox.dingtalk.card_store import CardStore
from sandbox.dingtalk.delivery import Deliverer, Push
from sandbox.dingtalk.errors import ApiError
from sandbox.dingtalk.settings import Settings
from sandbox.dingtalk.state import PLATFORM, Card, User, World
from sandbox.dingtalk.views import Views

WAIT_BEYOND_S = 0.05


@dataclass(frozen=True)
class PressResult:
    """What came of a press.

    Args:
        code: the code of the acknowledgement; 0 when none came in time.
        latency_s: how long the acknowledgement took.
        response: the card response, None when it was no object.
        delivered: whether a socket took the callback.
        error: what the person who pressed is shown, empty when all went well.
    """

    code: int = 0
    latency_s: float = 0.0
    response: dict[str, Any] | None = None
    delivered: bool = False
    error: str = ""


class Presses:
    """People who press buttons."""

    def __init__(
        self,
        settings: Settings,
        world: World,
        deliverer: Deliverer,
        rules: CardRules,
        store: CardStore,
        views: Views,
    ) -> None:
        self._settings, self._world, self._deliverer = settings, world, deliverer
        self._rules, self._store, self._views = rules, store, views

    def press(self, userid: str, label: str, contains: str, out_track_id: str = "") -> PressResult:
        """Press the button with this label on the newest card that has it, or on the card with this id.

        Raises:
            LookupError: no card which this user sees has such a button.
        """
        user = self._world.user(userid)
        cards = [one for one in self._views.keys(userid) if out_track_id in ("", one[1].out_track_id)]
        for message, card, text, keys in cards:
            for key in keys:
                if key.label == label and contains in text:
                    return self._press(user, card, message.chat, label, list(key.action_ids), key.params)
        seen = [(text, [key.label for key in keys]) for _, _, text, keys in cards]
        raise LookupError(f"{user.name} sees no button {label!r} on a card with {contains!r}; sees: {seen}")

    def press_raw(
        self, userid: str, out_track_id: str, action_ids: list[str], params: dict[str, Any]
    ) -> PressResult:
        """Press whatever the caller says, on a card that may be outdated, foreign or unknown."""
        user = self._world.find_user(userid) or User(userid, userid)
        with self._world.lock:
            card = self._world.cards.get(out_track_id)
        chats = self._world.chats_of_card(out_track_id)
        unknown = Card(out_track_id, "", {}, {}, callback_type="STREAM")
        chat = chats[0] if chats else f"user:{userid}"
        return self._press(user, card or unknown, chat, ",".join(action_ids), action_ids, params)

    def _press(
        self, user: User, card: Card, chat: str, label: str, action_ids: list[str], params: dict[str, Any]
    ) -> PressResult:
        journal = self._world.journal
        journal.add(
            PLATFORM,
            "pressed",
            chat=chat,
            text=f"{user.name} 点击 [{label}]",
            userid=user.userid,
            out_track_id=card.out_track_id,
            action_ids=action_ids,
            params=params,
        )
        if card.callback_type != "STREAM":
            reason = f"callbackType of this card is {card.callback_type or 'missing'}, not STREAM"
            journal.add(PLATFORM, "lost", chat=chat, reason=reason, out_track_id=card.out_track_id)
            return PressResult(error=reason)
        space_id = user.conversation_id if chat.startswith("user:") else chat.removeprefix("group:")
        data = frames.card_callback(
            self._settings, card, user, space_id=space_id, action_ids=action_ids, params=params
        )
        push = self._deliverer.card(data)
        if push is None:
            return PressResult(error="no subscribed socket is open")
        result = self._wait(push, user, card)
        journal.add(
            PLATFORM,
            "answered",
            chat=chat,
            out_track_id=card.out_track_id,
            code=result.code,
            latency_s=result.latency_s,
            error=result.error,
        )
        return result

    def _wait(self, push: Push, user: User, card: Card) -> PressResult:
        """Wait for the acknowledgement within the window and apply what it brings."""
        push.acked.wait(push.window_s + WAIT_BEYOND_S)
        ack = push.ack
        if ack is None:
            self._deliverer.abandon(push)
            return PressResult(delivered=True, error="no answer within the window")
        if ack.late:
            return PressResult(0, ack.latency_s, None, True, "the answer came too late and is dropped")
        if ack.code != 200:
            return PressResult(ack.code, ack.latency_s, None, True, f"the callback failed with {ack.code}")
        response = ack.data.get("response") if isinstance(ack.data, dict) else None
        if not isinstance(response, dict):
            return PressResult(ack.code, ack.latency_s, None, True)
        error = self._apply(card, user, response)
        return PressResult(ack.code, ack.latency_s, response, True, error)

    def _apply(self, card: Card, user: User, response: dict[str, Any]) -> str:
        """Change the card as the response says; return why the response is unusable, if it is."""
        try:
            public = self._variables(response, "cardData")
            private = self._variables(response, "userPrivateData")
        except ApiError as error:
            return f"{error.body['code']}: {error.body['message']}"
        if public is None and private is None:
            return ""
        own = {user.userid: private} if private is not None else {}
        self._store.change(card, public, own, response.get("cardUpdateOptions"), cause="press")
        return ""

    def _variables(self, response: dict[str, Any], name: str) -> dict[str, str] | None:
        """Return one map of a response; an absent or empty part leaves the card as it is."""
        part = response.get(name)
        if not part:
            return None
        return self._rules.string_map(part.get("cardParamMap") if isinstance(part, dict) else None, name)
