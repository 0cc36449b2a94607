"""Tokens, permissions, call rates and monthly quotas."""

import threading
from collections import Counter, deque
from datetime import datetime, timedelta

from sandbox.core.clock import SandboxClock
from sandbox.dingtalk import ids
from sandbox.dingtalk.errors import ApiError, OapiError, access_denied
from sandbox.dingtalk.settings import Settings


class Tokens:
    """One access token per app, the same on repeat and prolonged by it."""

    def __init__(self, settings: Settings, clock: SandboxClock) -> None:
        self._settings, self._clock = settings, clock
        self._lock = threading.Lock()
        self._current = ""
        self._expires_at: dict[str, datetime] = {}

    def issue(self) -> str:
        """Return the valid token or a new one."""
        with self._lock:
            now = self._clock.now()
            if not self._current or self._expires_at[self._current] <= now:
                self._current = ids.short_hex()
            self._expires_at[self._current] = now + timedelta(seconds=self._settings.token_ttl_s)
            return self._current

    def expire(self) -> None:
        """Let every token given out so far be refused from now on."""
        with self._lock:
            self._expires_at = {token: self._clock.now() for token in self._expires_at}

    def fault_of(self, token: str) -> int:
        """Return 0 for a valid token, 40014 for an unknown one and 42001 for an expired one."""
        with self._lock:
            expires_at = self._expires_at.get(token)
            if expires_at is None:
                return 40014
            return 42001 if expires_at <= self._clock.now() else 0

    def check_new_style(self, token: str) -> None:
        """Refuse a dead token as the new APIs do: HTTP 400, not 401."""
        if self.fault_of(token):
            raise ApiError("InvalidAuthentication", "不合法的access_token")

    def check_old_style(self, token: str) -> None:
        """Refuse a dead token as the old APIs do."""
        code = self.fault_of(token)
        if code == 0:
            return
        text = "不合法的access_token" if code == 40014 else "access_token超时"
        if self._settings.old_token_error_wrapped:
            message = f"ding talk error[subcode={code},submsg={text}]"
            raise OapiError(88, message, sub_code=str(code), sub_msg=text)
        raise OapiError(code, text)


class Limits:
    """Permissions, calls per second and calls per month, all of them off until a test sets them."""

    def __init__(self, settings: Settings, clock: SandboxClock) -> None:
        self._settings, self._clock = settings, clock
        self._lock = threading.Lock()
        self._recent: dict[str, deque[datetime]] = {}
        self._monthly: Counter[str] = Counter()

    def calls_this_month(self) -> int:
        """Return how many counted API calls were made this month."""
        return self._monthly[self._month("calls")]

    def check(self, operation: str, scope: str, *, counted: bool, old_style: bool) -> None:
        """Refuse a call without permission, one too many this second, or one too many this month."""
        if scope and scope not in self._settings.scopes:
            raise _no_scope(scope, old_style)
        if self._too_fast(operation):
            raise _too_fast(old_style)
        if counted and not self._count("calls", self._settings.monthly_quota):
            raise _no_quota(old_style)

    def push_has_content(self) -> bool:
        """Count one push and tell whether the month's quota still covers it."""
        return self._count("pushes", self._settings.monthly_push_quota)

    def _too_fast(self, operation: str) -> bool:
        if not self._settings.qps_limit:
            return False
        with self._lock:
            now = self._clock.now()
            recent = self._recent.setdefault(operation, deque())
            while recent and recent[0] <= now - timedelta(seconds=1):
                recent.popleft()
            if len(recent) >= self._settings.qps_limit:
                return True
            recent.append(now)
            return False

    def _count(self, what: str, quota: int) -> bool:
        with self._lock:
            month = self._month(what)
            if quota and self._monthly[month] >= quota:
                return False
            self._monthly[month] += 1
            return True

    def _month(self, what: str) -> str:
        return f"{what} {self._clock.now():%Y-%m}"


class GroupPace:
    """How much the robot says in each group, off until a test sets a limit."""

    def __init__(self, settings: Settings, clock: SandboxClock) -> None:
        self._settings, self._clock = settings, clock
        self._lock = threading.Lock()
        self._recent: dict[str, deque[datetime]] = {}

    def check(self, conversation_id: str) -> None:
        """Count a message, or refuse one too many in a rolling minute."""
        if not self._settings.group_minute_limit:
            return
        with self._lock:
            now = self._clock.now()
            recent = self._recent.setdefault(conversation_id, deque())
            while recent and recent[0] <= now - timedelta(minutes=1):
                recent.popleft()
            if len(recent) >= self._settings.group_minute_limit:
                raise ApiError("send.too.fast", "send too fast, please try again later")
            recent.append(now)


def _no_scope(scope: str, old_style: bool) -> ApiError | OapiError:
    if old_style:
        text = f"应用尚未开通所需的权限：[{scope}]"
        return OapiError(88, f"ding talk error[subcode=60011,submsg={text}]", sub_code="60011", sub_msg=text)
    return access_denied(
        "AccessTokenPermissionDenied", f"应用尚未开通所需的权限：[{scope}]", requiredScopes=[scope]
    )


def _too_fast(old_style: bool) -> ApiError | OapiError:
    if old_style:
        return OapiError(90018, "您的服务器调用钉钉开放平台所有接口的请求都被暂时禁用了")
    return access_denied("QpsLimitForAppkeyAndApi", "应用调用该接口的QPS超过限制")


def _no_quota(old_style: bool) -> ApiError | OapiError:
    if old_style:
        return OapiError(90020, "企业当月接口调用量已用完")
    return access_denied("ApiCountLimitForOrg", "企业当月接口调用量已用完")
