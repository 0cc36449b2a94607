"""Calls to WeCom's server API on wechatpy's client base, with the faults of that base covered.

Source: https://developer.work.weixin.qq.com/document/path/91039 (token)
"""

import hashlib
import json
import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

import requests
from wechatpy.enterprise import WeChatClient
from wechatpy.exceptions import WeChatClientException

from adapters.delivery.ports import DeliveryError, Failure
from adapters.tokens import TokenStore
from adapters.wecom.errors import CREDENTIAL_CODES, TOKEN_CODES, refusal

HOST = "https://qyapi.weixin.qq.com"
TIMEOUT_S = (3.0, 10.0)
"""To connect, and between two bytes of the answer."""

_MARGIN_S = 60
_CREDENTIAL_REST_S = 60

_ERROR_BYTES = 64 * 1024

Answer = dict[str, Any]
T = TypeVar("T")


class Api(Protocol):
    """What channels, the puller and the directory need of a client."""

    def call(
        self,
        method: str,
        path: str,
        *,
        data: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Call `path` below /cgi-bin/ and return the answer.

        Raises:
            DeliveryError: the platform refused or did not answer.
        """

    def post_url(self, url: str, data: Mapping[str, Any]) -> Answer:
        """Post to a full URL that carries its own key instead of a token."""


class _WithoutQuery(logging.Filter):
    """urllib3 logs each request line at DEBUG; the query holds secrets and tokens."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Cut the query out of every argument, and keep the record."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                argument.partition("?")[0] if isinstance(argument, str) else argument
                for argument in record.args
            )
        return True


_WITHOUT_QUERY = _WithoutQuery()


class QyClient(WeChatClient):  # type: ignore[misc]
    """One app of one corp; may be shared by threads.

    Args:
        corp_id: the corp.
        secret: the app's secret.
        tokens: where all processes share the access token.
        api_base: `scheme://host[:port]`.
        now: the clock.
        timeout: seconds to connect and to wait for the answer.
    """

    def __init__(
        self,
        corp_id: str,
        secret: str,
        tokens: TokenStore,
        *,
        api_base: str = HOST,
        now: Callable[[], datetime],
        timeout: tuple[float, float] = TIMEOUT_S,
    ) -> None:
        super().__init__(corp_id, secret, timeout=timeout, auto_retry=False)
        self.API_BASE_URL = f"{api_base}/cgi-bin/"
        self._tokens = tokens
        self._now = now
        self._lock = threading.Lock()
        self._resting: tuple[datetime, DeliveryError] | None = None
        logging.getLogger("urllib3.connectionpool").addFilter(_WITHOUT_QUERY)

    @property
    def access_token_key(self) -> str:
        """Return the name of our token in the shared store; two secrets never share one."""
        digest = hashlib.sha256(self.secret.encode()).hexdigest()[:24]
        return f"wecom:{self.corp_id}:{digest}"

    @property
    def access_token(self) -> str:
        """Return a living token, for the base's own calls."""
        return self._token()

    def fetch_access_token(self) -> Answer:
        """Fetch a new token and share it.

        Raises:
            DeliveryError: refused, or no answer.
        """
        with self._lock:
            return {"access_token": self._fetch()}

    def call(
        self,
        method: str,
        path: str,
        *,
        data: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Call `path` below /cgi-bin/, refreshing a refused token once.

        Raises:
            DeliveryError: refused, or no answer; never holds a secret.
        """
        return self._with_token(
            lambda token: self._once(method, path, data, {**(params or {}), "access_token": token})
        )

    def upload(self, path: str, *, params: Mapping[str, Any], filename: str, content: bytes) -> Answer:
        """Post a file as the multipart field `media`.

        Raises:
            DeliveryError: refused, or no answer.
        """
        media = {"media": (filename, content)}
        return self._with_token(
            lambda token: self._once("post", path, None, {**params, "access_token": token}, media)
        )

    def download(self, path: str, *, params: Mapping[str, Any]) -> requests.Response:
        """Return an answer that is a file, to be read and closed by the caller.

        Raises:
            DeliveryError: refused, or no answer.
        """
        return self._with_token(lambda token: self._open(path, {**params, "access_token": token}))

    def post_url(self, url: str, data: Mapping[str, Any]) -> Answer:
        """Post to a full URL that carries its own key; no token is sent.

        Raises:
            DeliveryError: refused, or no answer; never holds the URL.
        """
        outcome = self._once("post", url, data, {"access_token": None})
        if isinstance(outcome, DeliveryError):
            raise outcome
        return outcome

    def _once(
        self,
        method: str,
        path: str,
        data: Mapping[str, Any] | None,
        params: Mapping[str, Any],
        files: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> Answer | DeliveryError:
        """Return the answer, or the error as a value: raised here, it would carry requests' URL with it."""
        try:
            answer = self._request(
                method,
                path,
                data=None if data is None else dict(data),
                params=dict(params),
                files=files,
                headers={} if data is None else {"Content-Type": "application/json"},
                allow_redirects=False,
            )
        except WeChatClientException as error:
            return _refusal(error)
        except requests.Timeout:
            return DeliveryError("timeout", Failure.TEMPORARY)
        except requests.RequestException:
            return DeliveryError("connection", Failure.TEMPORARY)
        except (TypeError, ValueError):  # An errcode that is no number.
            return DeliveryError("bad_answer", Failure.TEMPORARY)
        return answer if isinstance(answer, dict) else DeliveryError("bad_answer", Failure.TEMPORARY)

    def _open(self, path: str, params: Mapping[str, Any]) -> requests.Response | DeliveryError:
        """Return a file, or the error; a file may be JSON too, so only the headers tell them apart."""
        try:
            response: requests.Response = self._http.get(
                self.API_BASE_URL + path,
                params=dict(params),
                timeout=self.timeout,
                stream=True,
                allow_redirects=False,
            )
            kind = response.headers.get("Content-Type", "")
            named = "Content-Disposition" in response.headers
            if response.status_code == 200 and (named or not kind.startswith(("application/json", "text/"))):
                return response
            with response:
                return _refused_file(response)
        except requests.Timeout:
            return DeliveryError("timeout", Failure.TEMPORARY)
        except requests.RequestException:
            return DeliveryError("connection", Failure.TEMPORARY)

    def _with_token(self, ask: Callable[[str], T | DeliveryError]) -> T:
        """Ask with a living token, and once more with a new one where it was refused."""
        token = self._token()
        outcome = ask(token)
        if isinstance(outcome, DeliveryError) and outcome.code in _TOKEN_CODES:
            outcome = ask(self._token(refused=token))
        if isinstance(outcome, DeliveryError):
            raise outcome
        return outcome

    def _token(self, refused: str = "") -> str:
        """Return a living token other than the refused one, fetching it if nobody else has."""
        token = self._stored(refused)
        if token:
            return token
        with self._lock:
            return self._stored(refused) or self._fetch()

    def _stored(self, refused: str) -> str:
        entry = self._tokens.get(self.access_token_key)
        if entry is None or entry[0] == refused or entry[1] <= self._now():
            return ""
        return entry[0]

    def _fetch(self) -> str:
        """Ask gettoken; the lock is held."""
        if self._resting is not None and self._now() < self._resting[0]:
            error = self._resting[1]
            raise DeliveryError(error.code, error.failure, error.retry_after_s, "still resting")
        secrets = {"corpid": self.corp_id, "corpsecret": self.secret, "access_token": None}
        outcome = self._once("get", "gettoken", None, secrets)
        if isinstance(outcome, DeliveryError):
            if outcome.code in _CREDENTIAL_CODES:
                self._resting = (self._now() + timedelta(seconds=_CREDENTIAL_REST_S), outcome)
            raise outcome
        token, life_s = outcome.get("access_token"), outcome.get("expires_in", 7200)
        if not isinstance(token, str) or not token or not isinstance(life_s, int):
            raise DeliveryError("bad_answer", Failure.TEMPORARY)
        usable_s = life_s - min(_MARGIN_S, life_s // 10)
        self._tokens.put(self.access_token_key, token, self._now() + timedelta(seconds=usable_s))
        return token


_TOKEN_CODES = frozenset(map(str, TOKEN_CODES))
_CREDENTIAL_CODES = frozenset(map(str, CREDENTIAL_CODES))


def _refusal(error: WeChatClientException) -> DeliveryError:
    if error.errcode is None:
        return DeliveryError(f"http_{error.response.status_code}", Failure.TEMPORARY)
    return refusal(error.errcode, str(error.errmsg))


def _refused_file(response: requests.Response) -> DeliveryError:
    if response.status_code != 200:
        return DeliveryError(f"http_{response.status_code}", Failure.TEMPORARY)
    try:
        answer = json.loads(next(response.iter_content(_ERROR_BYTES), b""))
        code = int(answer["errcode"])
        return refusal(code, str(answer.get("errmsg", "")))
    except (ValueError, KeyError, TypeError):
        return DeliveryError("bad_answer", Failure.TEMPORARY)
