"""The old host: directory and media, with their old error style."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from sandbox.core.clock import SandboxClock
from sandbox.dingtalk import ids
from sandbox.dingtalk.call import Answer, Call, Handler, Route
from sandbox.dingtalk.errors import OapiError
from sandbox.dingtalk.settings import Settings
from sandbox.dingtalk.state import User, World

_MEGABYTE = 1024 * 1024
# Size limit and extensions of each media type.
MEDIA: dict[str, tuple[int, frozenset[str]]] = {
    "image": (20 * _MEGABYTE, frozenset({"jpg", "jpeg", "gif", "png", "bmp"})),
    "voice": (2 * _MEGABYTE, frozenset({"amr", "mp3", "wav"})),
    "video": (20 * _MEGABYTE, frozenset({"mp4"})),
    "file": (20 * _MEGABYTE, frozenset(["doc", "docx", "xls", "xlsx", "ppt", "pptx", "zip", "pdf", "rar"])),
}


class DirectoryApi:
    """Answers `/topapi/...` about people."""

    def __init__(self, settings: Settings, world: World) -> None:
        self._settings, self._world = settings, world

    def routes(self) -> list[Route]:
        """Return what this part answers; directory calls do not count against the quota."""

        def route(path: str, operation: str, handler: Handler, scope: str = "qyapi_get_member") -> Route:
            return Route("POST", path, operation, handler, "oapi", scope=scope, counted=False)

        return [
            route("/topapi/v2/user/get", "user/get", self._get),
            route("/topapi/v2/user/getbymobile", "user/getbymobile", self._by_mobile, "fieldMobile"),
            route("/topapi/user/getbyunionid", "user/getbyunionid", self._by_union_id),
            route("/topapi/v2/department/listsub", "department/listsub", self._departments),
            route("/topapi/user/listid", "user/listid", self._user_ids),
        ]

    def _get(self, call: Call) -> Answer:
        userid = call.body.get("userid")
        if not isinstance(userid, str) or not 0 < len(userid) <= 64:
            raise OapiError(33012, "无效的USERID")
        user = self._world.find_user(userid)
        if user is None:
            raise _not_found()
        result: dict[str, Any] = {
            "userid": user.userid,
            "unionid": user.union_id,
            "name": user.name,
            "dept_id_list": [1],
            "active": True,
        }
        if user.mobile and "fieldMobile" in self._settings.scopes:
            result["mobile"] = user.mobile
        return _ok(result)

    def _by_mobile(self, call: Call) -> Answer:
        mobile = str(call.body.get("mobile") or "")
        if not mobile.isdigit() or len(mobile) != 11:
            raise OapiError(40104, "无效的手机号")
        return _ok({"userid": self._only(lambda user: user.mobile == mobile).userid})

    def _by_union_id(self, call: Call) -> Answer:
        union_id = str(call.body.get("unionid") or "")
        user = self._only(lambda user: user.union_id == union_id)
        return _ok({"userid": user.userid, "contact_type": 0})

    def _departments(self, call: Call) -> Answer:
        self._root(call)
        return _ok([])

    def _user_ids(self, call: Call) -> Answer:
        self._root(call)
        with self._world.lock:
            return _ok({"userid_list": sorted(self._world.users)})

    def _root(self, call: Call) -> None:
        if str(call.body.get("dept_id", 1)) != "1":
            raise OapiError(60003, "部门不存在")

    def _only(self, fits: Callable[[User], bool]) -> User:
        with self._world.lock:
            found = [user for user in self._world.users.values() if fits(user)]
        if not found:
            raise _not_found()
        return found[0]


class MediaApi:
    """Answers `/media/upload`."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self.uploaded: dict[str, bytes] = {}

    def routes(self) -> list[Route]:
        """Return what this part answers."""
        return [Route("POST", "/media/upload", "media/upload", self._upload, "oapi")]

    def _upload(self, call: Call) -> Answer:
        kind = str(call.body.get("type") or call.query.get("type") or "")
        if kind not in MEDIA:
            raise OapiError(40004, "不合法的媒体文件类型")
        if call.file is None:
            raise OapiError(40035, "缺少参数 media")
        limit, extensions = MEDIA[kind]
        if PurePath(call.file.filename or "").suffix.lstrip(".").lower() not in extensions:
            raise OapiError(40004, "不合法的媒体文件类型")
        data = call.file.read()
        if not 0 < len(data) <= limit:
            raise OapiError(40006, "不合法的文件大小")
        media_id = ids.media_id()
        self.uploaded[media_id] = data
        return {
            "errcode": 0,
            "errmsg": "ok",
            "media_id": media_id,
            "created_at": self._clock.now_ms(),
            "type": kind,
        }


def _ok(result: Any) -> dict[str, Any]:
    return {"errcode": 0, "errmsg": "ok", "result": result, "request_id": ids.short_hex()[:12]}


def _not_found() -> OapiError:
    return OapiError(60121, "找不到该用户")
