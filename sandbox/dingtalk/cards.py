"""The interactive card API."""

from typing import Any

from sandbox.dingtalk import card_rules
from sandbox.dingtalk.call import Answer, Call, Handler, Route
from sandbox.dingtalk.card_rules import CardRules, Space
from sandbox.dingtalk.card_store import CardStore
from sandbox.dingtalk.errors import ApiError
from sandbox.dingtalk.limits import GroupPace
from sandbox.dingtalk.settings import Settings
from sandbox.dingtalk.state import Card

INSTANCES = "/v1.0/card/instances"
SCOPE = "Card.Instance.Write"


class CardApi:
    """Answers `/v1.0/card/...`; the shape of `result` differs per call, as on the real platform."""

    def __init__(self, settings: Settings, rules: CardRules, store: CardStore, pace: GroupPace) -> None:
        self._settings, self._rules, self._store, self._pace = settings, rules, store, pace

    def routes(self) -> list[Route]:
        """Return what this part answers."""

        def route(method: str, path: str, operation: str, handler: Handler, scope: str = SCOPE) -> Route:
            return Route(method, path, operation, handler, scope=scope)

        return [
            route("POST", f"{INSTANCES}/createAndDeliver", "card/createAndDeliver", self._create_and_deliver),
            route("POST", INSTANCES, "card/create", self._create),
            route("POST", f"{INSTANCES}/deliver", "card/deliver", self._deliver),
            route("PUT", INSTANCES, "card/update", self._update),
            route("PUT", f"{INSTANCES}/spaces", "card/spaces", self._add_spaces),
            route("PUT", "/v1.0/card/streaming", "card/streaming", self._stream, "Card.Streaming.Write"),
            route("POST", "/v1.0/card/callbacks/register", "card/callbacks/register", self._register),
        ]

    def _create_and_deliver(self, call: Call) -> Answer:
        card = self._new_card(call.body)
        targets = self._targets(call.body, card.spaces, card.user_id_type)
        if self._store.knows(card.out_track_id):
            return self._reused(card.out_track_id)
        self._check_pace(targets)
        if not self._store.add(card):
            return self._reused(card.out_track_id)
        results = [
            self._store.deliver(card, space, model, recipients, silent=call.silent)
            for space, model, recipients in targets
        ]
        return {"success": True, "result": {"outTrackId": card.out_track_id, "deliverResults": results}}

    def _create(self, call: Call) -> Answer:
        card = self._new_card(call.body)
        if not self._store.add(card) and not self._settings.silent_card_reuse:
            raise _already(card.out_track_id)
        return {"success": True, "result": card.out_track_id}

    def _deliver(self, call: Call) -> Answer:
        card = self._store.get(call.body.get("outTrackId"))
        targets = self._targets(call.body, card.spaces, card_rules.user_id_type(call.body))
        self._check_pace(targets)
        results = [
            self._store.deliver(card, space, model, recipients, silent=call.silent)
            for space, model, recipients in targets
        ]
        return {"success": True, "result": results}

    def _update(self, call: Call) -> Answer:
        body = call.body
        card = self._store.get(body.get("outTrackId"))
        if not body.get("cardData") and not body.get("privateData"):
            raise ApiError("param.cardDataAndPrivateDataBothEmpty", "cardData and privateData are empty")
        public = self._rules.public(body, required=False)
        private = self._rules.private(body)
        if not call.silent:
            self._store.change(card, public, private, body.get("cardUpdateOptions"), cause="api")
        return {"success": True, "result": True}

    def _add_spaces(self, call: Call) -> Answer:
        card = self._store.get(call.body.get("outTrackId"))
        card.spaces |= card_rules.declared_spaces(call.body)
        return {"success": True, "result": True}

    def _stream(self, call: Call) -> Answer:
        card = self._store.get(call.body.get("outTrackId"))
        key = call.text("key", "param.invalid")
        call.text("guid", "param.invalid")
        piece = self._rules.string_map({key: call.body.get("content")}, "content")
        if call.body.get("isFull") is not True:
            piece = {key: card.public.get(key, "") + piece[key]}
        if not call.silent:
            self._store.change(card, piece, {}, {"updateCardDataByKey": True}, cause="streaming")
        return {"success": True, "result": True}

    def _register(self, call: Call) -> Answer:
        call.text("callbackRouteKey", "param.invalid")
        url = call.text("callbackUrl", "param.invalid")
        return {"success": True, "result": {"callbackUrl": url, "apiSecret": call.body.get("apiSecret", "")}}

    def _new_card(self, body: dict[str, Any]) -> Card:
        """Read a card from a create request."""
        template = self._rules.template(body)
        out_track_id = body.get("outTrackId")
        if not isinstance(out_track_id, str) or not out_track_id:
            raise ApiError("param.outTrackIdEmpty", "outTrackId is empty")
        return Card(
            out_track_id,
            template.template_id,
            self._rules.public(body, required=True) or {},
            self._rules.private(body),
            callback_type=str(body.get("callbackType") or ""),
            user_id_type=card_rules.user_id_type(body),
            spaces=card_rules.declared_spaces(body),
        )

    def _targets(
        self, body: dict[str, Any], declared: set[str], kind: int
    ) -> list[tuple[Space, dict[str, Any], frozenset[str]]]:
        """Read where a card goes, with the deliver model and the recipients of each space."""
        targets: list[tuple[Space, dict[str, Any], frozenset[str]]] = []
        for space in card_rules.spaces_of(body):
            model = card_rules.deliver_model(body, space)
            if space.kind not in declared:
                raise ApiError("param.invalid", "spaces of card is empty")
            for identifier in model.get("atUserIds") or {}:
                if identifier != "@ALL":
                    self._rules.userid(identifier, kind)
            recipients = frozenset(self._rules.userid(each, kind) for each in model.get("recipients") or [])
            targets.append((space, model, recipients))
        return targets

    def _check_pace(self, targets: list[tuple[Space, dict[str, Any], frozenset[str]]]) -> None:
        for space, _, _ in targets:
            if space.kind == "IM_GROUP":
                self._pace.check(space.id)

    def _reused(self, out_track_id: str) -> Answer:
        """Answer a createAndDeliver whose outTrackId stands for another card already."""
        if not self._settings.silent_card_reuse:
            raise _already(out_track_id)
        existing = self._store.get(out_track_id)
        return {
            "success": True,
            "result": {"outTrackId": out_track_id, "deliverResults": existing.deliveries},
        }


def _already(out_track_id: str) -> ApiError:
    return ApiError("param.cardAlreadyExist", f"card {out_track_id} already exist")
