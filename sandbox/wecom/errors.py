"""Error answers: HTTP 200 with an errcode, as D90313 lists them."""

import secrets
from typing import Any

TEXTS = {
    -1: "system busy",
    40001: "invalid credential",
    40003: "invalid userid",
    40004: "invalid media file type",
    40005: "invalid type parameter",
    40006: "invalid media size",
    40007: "invalid media_id",
    40008: "invalid message type",
    40013: "invalid corpid",
    40014: "invalid access_token",
    40032: "invalid user list length",
    40056: "invalid agentid",
    40058: "invalid Request Parameter",
    40063: "some parameters are empty",
    40096: "invalid external userid",
    40123: "invalid image format",
    41001: "access_token missing",
    41002: "corpid missing",
    41004: "corpsecret missing",
    41006: "media_id missing",
    41009: "userid missing",
    41010: "url missing",
    41011: "agentid missing",
    41016: "title missing",
    41033: "description missing",
    41050: "invalid welcome code",
    42001: "access_token expired",
    42014: "invalid task_id",
    42015: "the message was sent by another app",
    42017: "button key missing",
    42020: "button name missing",
    42022: "response_code has been used",
    42027: "Template_Card horizontal_content_list.keyname missing",
    42028: "Template_Card url missing",
    42029: "Template_Card mediaid missing",
    42030: "Template_Card appid missing",
    42031: "invalid Template_Card CardType",
    42033: "Template_Card title missing",
    42035: "invalid Template_Card horizontal_content_list size",
    42036: "invalid Template_Card vertical_content_list size",
    42037: "invalid Template_Card option_list size",
    42038: "invalid Template_Card button_list.text",
    42039: "invalid Template_Card button_list.key",
    42040: "invalid Template_Card option_list.id",
    42041: "invalid Template_Card option_list.text",
    42042: "invalid Template_Card jump_list size",
    42043: "invalid Template_Card question_key",
    42044: "invalid Template_Card card_image.url",
    42045: "invalid Template_Card card_action",
    42046: "invalid Template_Card submit_button.key",
    42047: "invalid Template_Card select_list size",
    42049: "invalid Template_Card submit_button.text",
    42050: "invalid Template_Card horizontal_content_list.userid",
    42051: "Template_Card action_menu key conflict",
    42052: "msgid expired",
    43012: "the app has no callback url",
    44001: "empty media data",
    44004: "content is empty",
    45001: "media size out of limit",
    45002: "content size out of limit",
    45008: "article count out of limit",
    45009: "api freq out of limit",
    45034: "url needs http:// or https://",
    46004: "user not exist",
    60011: "no privilege to access/modify contact/party/agent",
    60020: "not allow to access from your ip",
    60111: "userid not found",
    81013: "user & party & tag all invalid",
    93000: "invalid webhook url",
    95000: "invalid open_kfid",
    95001: "send msg count limit",
    95002: "send msg time limit",
    95004: "open_kfid not exist",
    95007: "invalid msgtoken",
    95008: "too many menu items",
    95009: "invalid menu item type",
    95013: "session is closed",
    95014: "user is not a servicer",
    95016: "not allow to change the session state",
    95018: "the session state does not allow to send",
    95019: "servicer is stopped or paused",
    95030: "message type forbidden",
    301002: "not allow operate another agent with this accesstoken",
}


class ApiError(Exception):
    """The platform refuses a call with an errcode.

    Args:
        code: the errcode, the only part a client may rely on.
        detail: what was wrong; appended to the errmsg for people who debug.
    """

    def __init__(self, code: int, detail: str = "") -> None:
        super().__init__(f"{code} {detail}")
        self.code = code
        self.detail = detail

    def answer(self) -> dict[str, Any]:
        """Return the JSON body of the refusal."""
        return error_body(self.code, self.detail)


def error_body(code: int, detail: str = "") -> dict[str, Any]:
    """Return an error answer with the tail that the real errmsg carries."""
    text = TEXTS.get(code, "error")
    if detail:
        text = f"{text} ({detail})"
    hint = f"{secrets.randbelow(10**24):024d}"
    link = f"https://open.work.weixin.qq.com/devtool/query?e={code}"
    return {
        "errcode": code,
        "errmsg": f"{text}, hint: [{hint}], from ip: 127.0.0.1, more info at {link}",
    }
