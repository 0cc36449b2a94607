"""WeCom's address book.

Source: https://developer.work.weixin.qq.com/document/path/95402 (user/getuserid)
"""

import re

from adapters.delivery.ports import DeliveryError, Failure
from adapters.wecom.client import Api

_MOBILE = re.compile(r"\+?[0-9]{5,20}")
_NOBODY = frozenset({"46004", "60111"})


class WecomDirectory:
    """Ask who owns a mobile number.

    Wrong numbers above a fifth of the headcount block this call for a day: only what looks like one is asked.
    """

    def __init__(self, client: Api) -> None:
        self._client = client

    def confirms(self, user_id: str, mobile: str) -> bool | None:
        """Return whether this member owns this number; None when the platform does not say.

        Raises:
            DeliveryError: the platform did not answer.
        """
        try:
            return self.owner_of_mobile(mobile) == user_id.casefold()
        except DeliveryError as error:
            if error.failure is not Failure.PERMANENT:
                raise
        # Without the right to look numbers up, an app may still be shown its members' own ones (90196).
        stated = self._client.call("get", "user/get", params={"userid": user_id}).get("mobile")
        return stated == mobile if stated else None

    def owner_of_mobile(self, mobile: str) -> str | None:
        """Return the member's userid in lower case, or None when the number is nobody's.

        Raises:
            DeliveryError: the platform refused or did not answer.
        """
        number = re.sub(r"[\s-]", "", mobile)
        if not _MOBILE.fullmatch(number):
            return None
        try:
            answer = self._client.call("post", "user/getuserid", data={"mobile": number})
        except DeliveryError as error:
            if error.code in _NOBODY:
                return None
            raise
        userid = answer.get("userid")
        return userid.casefold() if isinstance(userid, str) and userid else None
