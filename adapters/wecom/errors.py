"""What each of WeCom's error codes means for the next attempt.

Source: https://developer.work.weixin.qq.com/document/path/90313 unless a row names another page.
"""

from adapters.delivery.ports import DeliveryError, Failure

TOKEN_CODES = frozenset({40001, 40014, 42001})
"""The token is not taken: refresh once, try once more (D91039)."""

CREDENTIAL_CODES = frozenset({40001, 40013, 40091, 41002, 41004})
"""From gettoken: the settings are wrong; asking again soon gets the IP blocked for an hour (D91039)."""

TASK_ID_USED = 42014
BAD_MSGTOKEN = 95007
SESSION_STATE = 95018

_OPERATOR_S = 60.0
"""An operator has to act; the message waits for that instead of dying."""

_TEMPORARY = (Failure.TEMPORARY, 0.0)
_OPERATOR = (Failure.TEMPORARY, _OPERATOR_S)
_PERMANENT = (Failure.PERMANENT, 0.0)
_WAITING = (Failure.WAITING, 0.0)

TABLE: dict[int, tuple[Failure, float]] = {
    -1: _TEMPORARY,  # The system is busy.
    # Tokens and configuration are on page D91039.
    40001: _OPERATOR,  # The secret is wrong, or the app is disabled.
    40013: _OPERATOR,  # The corpid is wrong.
    40014: _TEMPORARY,  # The token is illegal.
    40091: _OPERATOR,  # The secret is wrong.
    41001: _TEMPORARY,  # The token is missing.
    41002: _OPERATOR,  # The corpid is missing.
    41004: _OPERATOR,  # The secret is missing.
    42001: _TEMPORARY,  # The token expired.
    50003: _OPERATOR,  # The app is disabled.
    60020: _OPERATOR,  # Our address is not among the trusted ones.
    60031: _OPERATOR,  # The API is blocked.
    # Frequency limits are on pages D90312 and D90454.
    45009: (Failure.LIMITED, 60.0),
    45011: (Failure.LIMITED, 60.0),
    45033: (Failure.LIMITED, 5.0),  # There are too many calls at once.
    # Receivers are on page D90236.
    46004: _PERMANENT,  # There is no such user.
    81013: _PERMANENT,  # Nobody can be reached.
    301002: _PERMANENT,  # The agentid is another app's.
    # 微信客服 is on pages D94677 and D94669.
    95001: _WAITING,  # Five messages were sent.
    95002: _WAITING,  # 48 hours have passed.
    95013: _WAITING,  # The session ended; the next word begins a new one.
    95017: _OPERATOR,  # The API switch of the account is off.
    95018: _WAITING,  # The session state forbids it: a human has it, or it ended.
    95031: _WAITING,  # The customer was silent for 48 hours.
}

# Wrong parameters, missing rights, card fields, unknown receivers, 微信客服 and webhook refusals: the same
# message meets the same refusal again, so another rung must take it.
_PERMANENT_RANGES = (
    range(40000, 45000),
    range(45000, 46000),
    range(48000, 49000),
    range(60000, 61000),
    range(93000, 94000),  # The page is D99110.
    range(95000, 96000),
)

_WHY_WAITING = {
    "95001": "five",
    "95002": "silent",
    "95013": "ended",
    "95018": "human",
    "95031": "silent",
    # What `msg_send_fail` says of a message that was taken and then revoked, D94670.
    "4": "silent",
    "5": "ended",
    "6": "five",
}


def why_waiting(code: str) -> str:
    """Return why 微信客服 takes nothing now: `five`, `silent`, `ended`, `human` or nothing."""
    return _WHY_WAITING.get(code, "")


def refusal(code: int, errmsg: str = "") -> DeliveryError:
    """Return the error for a platform code; an unknown one may pass, so it is temporary."""
    failure, retry_after_s = TABLE.get(code, _default(code))
    return DeliveryError(str(code), failure, retry_after_s, errmsg[:200])


def _default(code: int) -> tuple[Failure, float]:
    return _PERMANENT if any(code in known for known in _PERMANENT_RANGES) else _TEMPORARY
