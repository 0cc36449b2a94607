"""The two error styles, which never mix: HTTP status and code, or HTTP 200 and errcode."""

from typing import Any

from sandbox.dingtalk import ids


class ApiError(Exception):
    """A new style refusal: an HTTP status with `code`, `message` and `requestid`."""

    def __init__(self, code: str, message: str = "", *, status: int = 400, **extra: Any) -> None:
        super().__init__(code)
        self.status = status
        self.body: dict[str, Any] = {
            "code": code,
            "message": message or code,
            "requestid": ids.request_id(),
            **extra,
        }


class OapiError(Exception):
    """An old style refusal: always HTTP 200, with `errcode` and `errmsg`."""

    def __init__(self, errcode: int, errmsg: str, **extra: Any) -> None:
        super().__init__(errmsg)
        self.body: dict[str, Any] = {
            "errcode": errcode,
            "errmsg": errmsg,
            "request_id": ids.short_hex()[:12],
            **extra,
        }


def access_denied(reason: str, message: str, **detail: Any) -> ApiError:
    """Return a refusal of the 403 family."""
    extra = {"accessdenieddetail": detail} if detail else {}
    return ApiError(f"Forbidden.AccessDenied.{reason}", message, status=403, **extra)
