"""DingTalk's address book."""

from adapters.delivery.ports import DeliveryError, Failure
from adapters.dingtalk.client import DingtalkClient
from adapters.dingtalk.errors import NO_SUCH_USER_CODES


class DingtalkDirectory:
    """Answers who owns a mobile number; needs the permission to look people up by mobile."""

    def __init__(self, client: DingtalkClient) -> None:
        self._client = client

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
