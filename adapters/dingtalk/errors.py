"""DingTalk's error codes and what they mean for the next attempt.

A slug names a page below `https://open.dingtalk.com/document/development/`.
"""

from collections.abc import Iterable
from typing import Final

from adapters.delivery.ports import DeliveryError, Failure

_TEMPORARY = Failure.TEMPORARY
_LIMITED = Failure.LIMITED
_PERMANENT = Failure.PERMANENT

BAN_S: Final = 300.0
"""How long an address stays banned after too many calls."""
_SECOND_S: Final = 1.0
_MINUTE_S: Final = 60.0
_HOUR_S: Final = 3600.0

DEAD_TOKEN_CODES: Final = frozenset(
    # The page is obtain-the-access-token-of-an-internal-app.
    {"InvalidAuthentication", "40014", "42001", "40001", "88"}
)

DOWNLOAD_CODE_DEAD: Final = "invalidParameter.robotCode.downloadCode"
CARD_EXISTS: Final = "param.cardAlreadyExist"
TODO_EXISTS: Final = "todo.exists"
TODO_GONE: Final = "todo.gone"
NO_SUCH_USER_CODES: Final = frozenset(
    # By query-users-by-phone-number there is no such user, or it is not a mobile number.
    {"60121", "40104"}
)

_Verdict = tuple[Failure, float]


def _rows(failure: Failure, wait_s: float, codes: Iterable[str]) -> dict[str, _Verdict]:
    return dict.fromkeys(codes, (failure, wait_s))


_FORBIDDEN = "Forbidden.AccessDenied."
_TABLE: Final[dict[str, _Verdict]] = {
    # The page is obtain-the-access-token-of-an-internal-app. Every rung shares the credential, so going down
    # the ladder would only burn the message; an operator can mend it.
    **_rows(_TEMPORARY, _MINUTE_S, ["invalidClientIdOrSecret", "authFailed"]),
    **_rows(_TEMPORARY, 0.0, DEAD_TOKEN_CODES),
    # The pages are server-api-error-codes-1 and how-to-process-api-throttling-on-the-dingtalk-server.
    **_rows(_PERMANENT, 0.0, [_FORBIDDEN + "AccessTokenPermissionDenied", "60011", "50002"]),
    **_rows(_TEMPORARY, _MINUTE_S, [_FORBIDDEN + "IpNotInWhiteList", "60020"]),
    **_rows(
        _LIMITED,
        _SECOND_S,
        [_FORBIDDEN + "QpsLimitForAppkeyAndApi", _FORBIDDEN + "QpsLimitForApi", "90018", "90002"],
    ),
    **_rows(_LIMITED, _MINUTE_S, [_FORBIDDEN + "QpmLimitForAppkeyAndApi"]),
    # The month's quota is used up; the page is
    # notice-on-the-equity-adjustment-of-enterprise-application-development-and.
    **_rows(_LIMITED, _HOUR_S, [_FORBIDDEN + "ApiCountLimitForOrg", "90020"]),
    **_rows(_TEMPORARY, 0.0, ["-1", "15", "ServiceUnavailable", "InternalError"]),
    # The pages are chatbots-send-one-on-one-chat-messages-in-batches and the-robot-sends-a-group-message.
    **_rows(_TEMPORARY, 0.0, ["system.error", "unknown.send.result"]),
    **_rows(
        _LIMITED, _MINUTE_S, ["send.too.fast", "send.byToken.tooFast", "too.many.group", "too.many.people"]
    ),
    **_rows(
        _PERMANENT,
        0.0,
        [
            "invalidParameter.robotCode.empty",
            "invalidParameter.robotCode.notExsit",
            "invalidParameter.robotCode.invalid",
            "invalidParameter.robotCode.auth",
            "invalidParameter.robotCode.coolApp",
            "invalidParameter.userIds.empty",
            "invalidParameter.userIds.overMax",
            "invalidParameter.msgKey.empty",
            "invalidParameter.msgKey.invalid",
            "invalidParameter.msgParam.invalid",
            "invalidParameter.msgParam.tooLong",
            "staffId.notExisted",
            "miss.openConversationId",
            "invalid.openConversationId",
            "group.disbanded",
            "conversation.org.notMatch",
            "bot.stopped",
            "template.stopped",
            "resource.unavailable",
            "resource.not.found",
            "send.forbidden",
            "bot.forbidden.sendMessage",
            "robot.oto.notExist",
            "chatbotId.notAllow.sendOTO",
            "contain.unsafe.url",
            "contain.notAllowed.text",
            "contain.notAllowed.picture",
            "contain.notAllowed.content",
        ],
    ),
    # The pages are create-and-deliver-cards and interactive-card-update-interface.
    **_rows(_TEMPORARY, 0.0, ["system.busy"]),
    **_rows(
        _PERMANENT,
        0.0,
        [
            "param.empty",
            "param.invalid",
            "param.cardTemplateIdEmpty",
            "param.templateNotExist",
            "param.templateUnpublished",
            "param.outTrackIdEmpty",
            CARD_EXISTS,
            "param.cardNotExist",
            "param.openSpaceIdEmpty",
            "param.openSpaceIdInvalid",
            "param.openDeliverModelEmpty",
            "param.openDeliverModelError",
            "param.cardPublicDataEmpty",
            "param.cardDataAndPrivateDataBothEmpty",
            "param.userIdNotExist",
            "param.contentUnsafe",
        ],
    ),
    # The pages are download-the-file-content-of-the-robot-receiving-message and upload-media-files.
    **_rows(_PERMANENT, 0.0, [DOWNLOAD_CODE_DEAD, "40004"]),
    # The pages are add-dingtalk-to-do-task, updates-dingtalk-to-do-tasks and the query of to-do lists.
    **_rows(_LIMITED, _MINUTE_S, ["todo.taskCreate.flowControlError"]),
    **_rows(
        _TEMPORARY,
        0.0,
        [
            "todo.taskCreate.lockError",
            "todo.taskCreate.systemError",
            "todo.taskUpdate.systemError",
            "todo.orgTaskQuery.systemError",
        ],
    ),
    **_rows(
        _PERMANENT,
        0.0,
        [
            TODO_EXISTS,
            TODO_GONE,
            "todo.taskCreate.paramError",
            "todo.taskUpdate.paramError",
            "todo.orgTaskQuery.paramError",
        ],
    ),
    # The pages are query-users-by-phone-number and query-user-details.
    **_rows(_PERMANENT, 0.0, [*NO_SUCH_USER_CODES, "33012"]),
}

_UNDELIVERED: Final = {
    # In create-and-deliver-cards `deliverResults[].errorMsg` is prose, so it gets a code of ours.
    "chatbot not exist": "deliver.robotNotInChat",
    "spaceid is illegal": "deliver.spaceIllegal",
    "spaces of card is empty": "deliver.noSpace",
}


_TODO_SAID: Final = {
    # add-dingtalk-to-do-task, updates-dingtalk-to-do-tasks: one `paramError` for everything, told apart by
    # prose; todo-faq has it as `task existed`.
    "task exist": TODO_EXISTS,
    "task not exist": TODO_GONE,
}


def new_style_error(status: int, code: str, message: str = "") -> DeliveryError:
    """Return the error for an HTTP status with a `code` and a `message` (`api.dingtalk.com`)."""
    if code.startswith("todo."):
        said = (ours for words, ours in _TODO_SAID.items() if words in message.lower())
        code = next(said, code)
    if code in _TABLE:
        failure, wait_s = _TABLE[code]
    elif status == 429:
        failure, wait_s = _LIMITED, _SECOND_S
    else:
        failure, wait_s = (_TEMPORARY if status >= 500 else _PERMANENT), 0.0
    return DeliveryError(_short(code) or f"http_{status}", failure, wait_s)


def old_style_error(errcode: int, sub_code: str = "") -> DeliveryError:
    """Return the error for an `errcode` inside HTTP 200 (`oapi.dingtalk.com`); 88 says more in `sub_code`."""
    code = sub_code if errcode == 88 and sub_code else str(errcode)
    failure, wait_s = _TABLE.get(code, (_PERMANENT, 0.0))
    return DeliveryError(_short(code), failure, wait_s)


def not_api_error(status: int) -> DeliveryError:
    """Return the error for an answer that is not the API's: a ban page, a proxy's page, a gateway timeout.

    Source: how-to-process-api-throttling-on-the-dingtalk-server.
    """
    if status >= 500:
        return DeliveryError(f"http_{status}", _TEMPORARY)
    return DeliveryError("not_json", _TEMPORARY, detail=f"HTTP {status}")


def banned_error() -> DeliveryError:
    """Return the error for `{"status":1111,"punish":"deny"}`: 10 000 calls in 20 s from one address."""
    return DeliveryError("banned", _TEMPORARY, BAN_S)


def undelivered_error(message: str) -> DeliveryError:
    """Return the error for a card that was made but not delivered to one space."""
    lowered = message.lower()
    for words, code in _UNDELIVERED.items():
        if words in lowered:
            return DeliveryError(code, _PERMANENT)
    if "busy" in lowered or "timeout" in lowered:
        # The card exists now; a resend would only update what nobody sees, so the next rung takes over.
        return DeliveryError("deliver.busy", _PERMANENT)
    return DeliveryError("deliver.refused", _PERMANENT)


def _short(code: str) -> str:
    return code[:80]
