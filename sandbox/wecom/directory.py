"""`user/get`, `user/getuserid` and `getcallbackip`.

Source: D90196, D95402, D92521; https://developer.work.weixin.qq.com/document/path/90196
"""

from typing import Any

from sandbox.wecom.call import Call, Route, text_of
from sandbox.wecom.corp import DAY_S, Corp, Window
from sandbox.wecom.errors import ApiError


class Directory:
    """What a self-built app made after June 2022 may read: no phones, no mail."""

    def __init__(self, corp: Corp) -> None:
        self._corp = corp
        self._misses = Window(DAY_S)

    def routes(self) -> dict[str, Route]:
        """Return the operations of this topic."""
        return {
            "user/get": Route(self.get, post=False),
            "user/getuserid": Route(self.by_mobile),
            "getcallbackip": Route(self.callback_addresses, post=False),
        }

    def get(self, call: Call) -> dict[str, Any]:
        """Answer one member."""
        member = self._corp.member(text_of(call.query, "userid", missing=41009, wrong=40003, max_bytes=64))
        if member is None:
            raise ApiError(60111)
        return {
            "userid": member.userid,
            "name": member.name,
            "department": [1],
            "order": [0],
            "position": "",
            "is_leader_in_dept": [0],
            "direct_leader": [],
            "main_department": 1,
            "alias": "",
            "telephone": "",
            "status": 1,
        }

    def by_mobile(self, call: Call) -> dict[str, Any]:
        """Answer the userid for a mobile number; too many wrong ones block the call for a day."""
        mobile = text_of(call.body, "mobile")
        now = self._corp.now()
        if self._misses.full(now, max(1, self._corp.headcount // 5)):
            raise ApiError(45009, "too many wrong numbers")
        for member in self._corp.members.values():
            if member.mobile == mobile:
                return {"userid": member.userid}
        self._misses.add(now)
        raise ApiError(46004)

    def callback_addresses(self, call: Call) -> dict[str, Any]:
        """Answer where callbacks come from."""
        return {"ip_list": ["127.0.0.1"]}
