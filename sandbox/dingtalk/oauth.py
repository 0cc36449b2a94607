"""Credentials: gateway tickets and access tokens."""

from xml.sax.saxutils import escape

from flask import Response

from sandbox.dingtalk.call import Answer, Call, Route
from sandbox.dingtalk.errors import ApiError, OapiError
from sandbox.dingtalk.gateway import Gateway
from sandbox.dingtalk.limits import Tokens
from sandbox.dingtalk.settings import Settings


class CredentialApi:
    """Answers the calls that carry the app's own credentials."""

    def __init__(self, settings: Settings, tokens: Tokens, gateway: Gateway) -> None:
        self._settings, self._tokens, self._gateway = settings, tokens, gateway

    def routes(self) -> list[Route]:
        """Return what this part answers; none of it counts against a quota."""
        return [
            Route(
                "POST",
                "/v1.0/gateway/connections/open",
                "gateway/open",
                self._open,
                token=False,
                counted=False,
            ),
            Route(
                "POST",
                "/v1.0/oauth2/accessToken",
                "oauth2/accessToken",
                self._token,
                token=False,
                counted=False,
            ),
            Route(
                "POST",
                "/v1.0/oauth2/<corp_id>/token",
                "oauth2/token",
                self._corp_token,
                token=False,
                counted=False,
            ),
            Route("GET", "/gettoken", "gettoken", self._old_token, "oapi", token=False, counted=False),
        ]

    def _open(self, call: Call) -> Answer:
        if not self._is_app(call.body.get("clientId"), call.body.get("clientSecret")):
            raise ApiError("authFailed", "鉴权失败", status=401)
        subscriptions = call.body.get("subscriptions")
        if not isinstance(subscriptions, list) or not all(isinstance(each, dict) for each in subscriptions):
            raise ApiError("InvalidParameter", "subscriptions is not a list of objects")
        if any(each.get("type") == "EVENT" and each.get("topic") != "*" for each in subscriptions):
            raise ApiError("InvalidParameter", "an EVENT subscription may only have the topic *")
        ticket = self._gateway.issue(subscriptions, deaf=call.silent)
        endpoint = self._gateway.endpoint
        if "json" in call.headers.get("accept", ""):
            return {"endpoint": endpoint, "ticket": ticket}
        xml = f"<Response><endpoint>{escape(endpoint)}</endpoint><ticket>{ticket}</ticket></Response>"
        return Response(xml, content_type="application/xml")

    def _token(self, call: Call) -> Answer:
        if not self._is_app(call.body.get("appKey"), call.body.get("appSecret")):
            raise ApiError("invalidClientIdOrSecret", "无效的clientId或者clientSecret")
        return {"accessToken": self._tokens.issue(), "expireIn": self._settings.token_ttl_s}

    def _corp_token(self, call: Call) -> Answer:
        known = call.path["corp_id"] == self._settings.corp_id
        if not known or not self._is_app(call.body.get("client_id"), call.body.get("client_secret")):
            raise ApiError("invalidClientIdOrSecret", "无效的clientId或者clientSecret")
        return {"access_token": self._tokens.issue(), "expires_in": self._settings.token_ttl_s}

    def _old_token(self, call: Call) -> Answer:
        if not self._is_app(call.query.get("appkey"), call.query.get("appsecret")):
            raise OapiError(40089, "不合法的corpid或corpsecret")
        return {
            "errcode": 0,
            "errmsg": "ok",
            "access_token": self._tokens.issue(),
            "expires_in": self._settings.token_ttl_s,
        }

    def _is_app(self, client_id: object, secret: object) -> bool:
        return client_id == self._settings.client_id and secret == self._settings.client_secret
