"""What DingTalk's refusals mean for the next attempt."""

import pytest

from adapters.delivery.ports import Failure
from adapters.dingtalk import errors


@pytest.mark.parametrize(
    ("status", "code", "failure"),
    [
        (403, "Forbidden.AccessDenied.AccessTokenPermissionDenied", Failure.PERMANENT),
        (403, "Forbidden.AccessDenied.IpNotInWhiteList", Failure.TEMPORARY),
        (403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", Failure.LIMITED),
        (403, "Forbidden.AccessDenied.ApiCountLimitForOrg", Failure.LIMITED),
        (400, "InvalidAuthentication", Failure.TEMPORARY),
        (400, "invalidClientIdOrSecret", Failure.TEMPORARY),
        (400, "send.too.fast", Failure.LIMITED),
        (400, "group.disbanded", Failure.PERMANENT),
        (400, "param.cardNotExist", Failure.PERMANENT),
        (400, "param.contentUnsafe", Failure.PERMANENT),
        (500, "system.busy", Failure.TEMPORARY),
        (500, "never.heard.of", Failure.TEMPORARY),
        (429, "", Failure.LIMITED),
        (404, "", Failure.PERMANENT),
    ],
)
def test_a_new_style_refusal_is_classified(status: int, code: str, failure: Failure):
    error = errors.new_style_error(status, code)

    assert (error.code, error.failure) == (code or f"http_{status}", failure)


@pytest.mark.parametrize(
    ("errcode", "sub_code", "failure"),
    [
        (-1, "", Failure.TEMPORARY),
        (90018, "", Failure.LIMITED),
        (60121, "", Failure.PERMANENT),
        (88, "60011", Failure.PERMANENT),
        (88, "40014", Failure.TEMPORARY),
        (88, "", Failure.TEMPORARY),
        (123456, "", Failure.PERMANENT),
    ],
)
def test_an_old_style_refusal_is_classified(errcode: int, sub_code: str, failure: Failure):
    error = errors.old_style_error(errcode, sub_code)

    assert (error.code, error.failure) == (sub_code or str(errcode), failure)


def test_every_dead_token_code_is_in_the_table():
    verdicts = {errors.new_style_error(400, code).failure for code in errors.DEAD_TOKEN_CODES}

    assert verdicts == {Failure.TEMPORARY}


@pytest.mark.parametrize(
    ("code", "message", "ours"),
    [
        ("todo.taskCreate.paramError", "task exist", errors.TODO_EXISTS),
        ("todo.taskCreate.paramError", "call hsf service result error: task existed", errors.TODO_EXISTS),
        ("todo.taskUpdate.paramError", "task not exist", errors.TODO_GONE),
        ("todo.taskUpdate.paramError", "task not belong to bizTag", "todo.taskUpdate.paramError"),
        ("param.invalid", "task exist", "param.invalid"),
    ],
)
def test_what_the_to_do_api_says_in_prose_gets_a_code(code: str, message: str, ours: str):
    error = errors.new_style_error(400, code, message)

    assert (error.code, error.failure) == (ours, Failure.PERMANENT)


@pytest.mark.parametrize(("status", "code"), [(200, "not_json"), (403, "not_json"), (504, "http_504")])
def test_a_page_instead_of_an_answer_is_tried_again(status: int, code: str):
    error = errors.not_api_error(status)

    assert (error.code, error.failure) == (code, Failure.TEMPORARY)


def test_a_ban_is_waited_out():
    assert errors.banned_error().retry_after_s == errors.BAN_S


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("chatbot not exist", "deliver.robotNotInChat"),
        ("spaceId is illegal", "deliver.spaceIllegal"),
        ("spaces of card is empty", "deliver.noSpace"),
        ("system busy", "deliver.busy"),
        ("", "deliver.refused"),
    ],
)
def test_an_undelivered_card_goes_to_the_next_rung(message: str, code: str):
    error = errors.undelivered_error(message)

    assert (error.code, error.failure) == (code, Failure.PERMANENT)
