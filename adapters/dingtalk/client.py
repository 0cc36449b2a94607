"""Our own HTTP client for DingTalk's two server APIs, with timeouts and with errors that mean something."""

import hashlib
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Final, Literal
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter

from adapters.delivery.ports import DeliveryError, Failure
from adapters.dingtalk import errors
from adapters.dingtalk.logs import quiet_vendor_logs
from adapters.tokens import TokenStore

TIMEOUT_S: Final = (3.0, 8.0)
_POOL: Final = 16
_EXPIRY_MARGIN_S: Final = 300

Json = dict[str, Any]
Files = Mapping[str, tuple[str, bytes]]


class DingtalkClient:
    """One internal app's calls; safe to share between threads.

    Args:
        api_base: `scheme://host[:port]` of the new API; paths are appended.
        oapi_base: the same of the old API.
        tokens: shared by all processes.
        now: gives the present moment, aware UTC.
        timeout_s: to connect, and to wait for the next byte.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        api_base: str,
        oapi_base: str,
        tokens: TokenStore,
        now: Callable[[], datetime],
        *,
        timeout_s: tuple[float, float] = TIMEOUT_S,
    ) -> None:
        quiet_vendor_logs()
        self._client_id = client_id
        self._client_secret = client_secret
        self._api_base = api_base.rstrip("/")
        self._oapi_base = oapi_base.rstrip("/")
        self._tokens = tokens
        self._now = now
        self._timeout_s = timeout_s
        self._refreshing = threading.Lock()
        digest = hashlib.sha256(client_secret.encode()).hexdigest()[:16]
        self._token_key = f"dingtalk:{client_id}:{digest}"
        self._http = _session()

    @property
    def token_key(self) -> str:
        """Return the name of our token in the shared store; two apps never share one."""
        return self._token_key

    def post(self, path: str, body: Mapping[str, object]) -> Json:
        """Call the new API with POST.

        Raises:
            DeliveryError: the platform refused or did not answer.
        """
        return self._with_token(lambda token: self._new_style("POST", path, body, token))

    def put(self, path: str, body: Mapping[str, object]) -> Json:
        """Call the new API with PUT.

        Raises:
            DeliveryError: the platform refused or did not answer.
        """
        return self._with_token(lambda token: self._new_style("PUT", path, body, token))

    def post_old(self, path: str, body: Mapping[str, object]) -> Json:
        """Call the old API, which tells failures inside HTTP 200.

        Raises:
            DeliveryError: the platform refused or did not answer.
        """
        return self._with_token(lambda token: self._old_style(path, body, token))

    def upload_old(self, path: str, form: Mapping[str, str], filename: str, content: bytes) -> Json:
        """Post a file to the old API as the multipart field `media`.

        Raises:
            DeliveryError: the platform refused or did not answer.
        """
        media = {"media": (filename, content)}
        return self._with_token(lambda token: self._old_style(path, form, token, media))

    def download(self, url: str) -> requests.Response:
        """Ask for a file at a full URL, without a token; the caller reads, closes and judges the answer.

        Raises:
            DeliveryError: nobody answered.
        """
        try:
            return self._http.get(url, timeout=self._timeout_s, stream=True, allow_redirects=False)
        except requests.Timeout:
            raise DeliveryError("timeout", Failure.TEMPORARY) from None
        except requests.RequestException as error:
            raise DeliveryError("connection", Failure.TEMPORARY, detail=type(error).__name__) from None

    def check_credentials(self) -> None:
        """Fetch a fresh token, which other calls then use.

        Raises:
            DeliveryError: the platform refused the credentials or did not answer.
        """
        self._fetch_token()

    def _with_token(self, call: Callable[[str], Json]) -> Json:
        token = self._token()
        try:
            return call(token)
        except DeliveryError as error:
            if error.code not in errors.DEAD_TOKEN_CODES:
                raise
        return call(self._token(dead=token))

    def _token(self, dead: str = "") -> str:
        """Return a token that is not known to be dead; one thread fetches, the others wait for it."""
        kept = self._kept_token(dead)
        if kept:
            return kept
        with self._refreshing:
            kept = self._kept_token(dead)
            if kept:
                return kept
            if dead:
                self._tokens.drop(self._token_key)
            return self._fetch_token()

    def _kept_token(self, dead: str) -> str:
        kept = self._tokens.get(self._token_key)
        if kept is None or kept[0] == dead or kept[1] <= self._now():
            return ""
        return kept[0]

    def _fetch_token(self) -> str:
        asked_at = self._now()
        body = {"appKey": self._client_id, "appSecret": self._client_secret}
        answer = self._new_style("POST", "/v1.0/oauth2/accessToken", body, "")
        token, lifetime_s = answer.get("accessToken"), answer.get("expireIn")
        if not isinstance(token, str) or not token or not isinstance(lifetime_s, int):
            raise DeliveryError("no_token", Failure.TEMPORARY)
        usable_s = lifetime_s - min(_EXPIRY_MARGIN_S, lifetime_s // 10)
        self._tokens.put(self._token_key, token, asked_at + timedelta(seconds=usable_s))
        return token

    def _new_style(
        self, method: Literal["POST", "PUT"], path: str, body: Mapping[str, object], token: str
    ) -> Json:
        headers = {"x-acs-dingtalk-access-token": token} if token else {}
        status, answer = self._request(method, self._api_base + path, body, headers)
        if status >= 400:
            raise errors.new_style_error(status, str(answer.get("code", "")), str(answer.get("message", "")))
        if answer.get("success") is False:
            raise errors.new_style_error(400, str(answer.get("code", "") or "not_success"))
        return answer

    def _old_style(
        self, path: str, body: Mapping[str, object], token: str, files: Files | None = None
    ) -> Json:
        url = f"{self._oapi_base}{path}?access_token={quote(token, safe='')}"
        status, answer = self._request("POST", url, body, {}, files)
        errcode = answer.get("errcode")
        if isinstance(errcode, str) and errcode.lstrip("-").isdigit():
            errcode = int(errcode)
        if status >= 400 or not isinstance(errcode, int):
            raise errors.not_api_error(status)
        if errcode != 0:
            raise errors.old_style_error(errcode, str(answer.get("sub_code") or answer.get("subcode") or ""))
        return answer

    def _request(
        self,
        method: str,
        url: str,
        body: Mapping[str, object],
        headers: Mapping[str, str],
        files: Files | None = None,
    ) -> tuple[int, Json]:
        """Return the HTTP status and the JSON object; never let a URL or a header into an exception."""
        sent: Json = {"json": body} if files is None else {"data": body, "files": files}
        try:
            response = self._http.request(
                method,
                url,
                **sent,
                headers={"Accept": "application/json", **headers},
                timeout=self._timeout_s,
                allow_redirects=False,
            )
        except requests.Timeout:
            raise DeliveryError("timeout", Failure.TEMPORARY) from None
        except requests.RequestException as error:
            raise DeliveryError("connection", Failure.TEMPORARY, detail=type(error).__name__) from None
        try:
            answer = response.json()
        except ValueError:
            raise errors.not_api_error(response.status_code) from None
        if not isinstance(answer, dict) or 300 <= response.status_code < 400:
            raise errors.not_api_error(response.status_code)
        if answer.get("punish") or answer.get("status") == 1111:
            raise errors.banned_error()
        return response.status_code, answer


def _session() -> requests.Session:
    session = requests.Session()
    # Threads share the connections; without cookies a session has no other state.
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    adapter = HTTPAdapter(pool_maxsize=_POOL)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session
