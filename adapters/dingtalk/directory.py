"""DingTalk's address book."""

from adapters.delivery.ports import DeliveryError, Failure
from adapters.dingtalk.client import DingtalkClient
from adapters.dingtalk.errors import NO_SUCH_USER_CODES


class DingtalkDirectory:
    """Answers what a member's unionId is and, with a permission of its own, who owns a mobile number."""

    def __init__(self, client: DingtalkClient) -> None:
        self._client = client
        self._union_ids: dict[str, str] = {}

    def confirms(self, user_id: str, mobile: str) -> bool | None:
        """Return whether this user owns this number; None when the platform does not say.

        Raises:
            DeliveryError: the platform did not answer.
        """
        try:
            return self.owner_of_mobile(mobile) == user_id
        except DeliveryError as error:
            if error.failure is not Failure.PERMANENT:
                raise
        # Without the right to look numbers up, people may still be shown with theirs (query-user-details).
        result = self._client.post_old("/topapi/v2/user/get", {"userid": user_id}).get("result")
        stated = result.get("mobile") if isinstance(result, dict) else None
        return stated == mobile if stated else None

    def owner_of_mobile(self, mobile: str) -> str | None:
        """Return the userid that owns this mobile number, or None when nobody does.

        Raises:
            DeliveryError: the platform refused or did not answer.

        Source: query-users-by-phone-number.
        """
        try:
            answer = self._client.post_old("/topapi/v2/user/getbymobile", {"mobile": mobile})
        except DeliveryError as error:
            if error.code in NO_SUCH_USER_CODES:
                return None
            raise
        result = answer.get("result")
        userid = result.get("userid") if isinstance(result, dict) else None
        return str(userid) if userid else None

    def union_id(self, user_id: str) -> str:
        """Return a member's unionId, which never changes and is asked for once in a process.

        Raises:
            DeliveryError: the platform refused or did not answer; PERMANENT where there is no such member.

        Source: query-user-details.
        """
        if user_id not in self._union_ids:
            result = self._client.post_old("/topapi/v2/user/get", {"userid": user_id}).get("result")
            union_id = result.get("unionid") if isinstance(result, dict) else None
            if not union_id:
                raise DeliveryError("no_union_id", Failure.PERMANENT)
            self._union_ids[user_id] = str(union_id)
        return self._union_ids[user_id]
