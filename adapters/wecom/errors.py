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
    -1: _TEMPORARY,  # system busy
    # Tokens and configuration, D91039.
    40001: _OPERATOR,  # wrong secret, or the app is disabled
    40013: _OPERATOR,  # corpid
    40014: _TEMPORARY,  # token illegal
    40091: _OPERATOR,  # secret
    41001: _TEMPORARY,  # token missing
    41002: _OPERATOR,  # corpid missing
    41004: _OPERATOR,  # secret missing
    42001: _TEMPORARY,  # token expired
    50003: _OPERATOR,  # app disabled
    60020: _OPERATOR,  # our address is not among the trusted ones
    60031: _OPERATOR,  # API blocked
    # Frequency, D90312 and D90454.
    45009: (Failure.LIMITED, 60.0),
    45011: (Failure.LIMITED, 60.0),
    45033: (Failure.LIMITED, 5.0),  # too many at once
    # Receivers, D90236.
    46004: _PERMANENT,  # no such user
    81013: _PERMANENT,  # nobody can be reached
    301002: _PERMANENT,  # another app's agentid
    # 微信客服, D94677 and D94669.
    95001: _WAITING,  # five messages were sent
    95002: _WAITING,  # 48 hours have passed
    95013: _WAITING,  # the session ended; the next word begins a new one
    95017: _OPERATOR,  # the API switch of the account is off
    95018: _WAITING,  # the session state forbids it; a human has it, or it ended
    95031: _WAITING,  # the customer was silent for 48 hours
}

# Wrong parameters, missing rights, card fields, unknown receivers, 微信客服 and webhook refusals: the same
# message meets the same refusal again, so another rung must take it.
_PERMANENT_RANGES = (
    range(40000, 45000),
    range(45000, 46000),
    range(48000, 49000),
    range(60000, 61000),
    range(93000, 94000),  # D99110
    range(95000, 96000),
)


def refusal(code: int, errmsg: str = "") -> DeliveryError:
    """Return the error for a platform code; an unknown one may pass, so it is temporary."""
    failure, retry_after_s = TABLE.get(code, _default(code))
    return DeliveryError(str(code), failure, retry_after_s, errmsg[:200])


def _default(code: int) -> tuple[Failure, float]:
    return _PERMANENT if any(code in known for known in _PERMANENT_RANGES) else _TEMPORARY
