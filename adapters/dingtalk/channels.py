"""The rungs of DingTalk's ladder: our own card, the built-in card, plain words."""

from collections.abc import Mapping
from typing import Final

from adapters.delivery.parts import Parts
from adapters.delivery.ports import Address, DeliveryError, Failure, Mention, Sent
from adapters.dingtalk import cards, errors, messages
from adapters.dingtalk.cards import Template
from adapters.dingtalk.client import DingtalkClient
from adapters.dingtalk.markdown import plain_line
from adapters.dingtalk.media import DingtalkMedia
from adapters.dingtalk.messages import RobotMessage
from cards.spec import Card, Note

USER: Final = "dingtalk_user"
GROUP: Final = "dingtalk_group"
_FLOW_CONTROL_S: Final = 60.0


class DingtalkCardChannel:
    """Interactive cards; an `EditableChannel` and, in groups, a `MentioningChannel`.

    Args:
        robot_code: the robot that shows the card.
        own_template_id: the imported template's id, or None for the one that comes with the SDK.
    """

    def __init__(self, client: DingtalkClient, robot_code: str, own_template_id: str | None = None) -> None:
        self._client = client
        self._robot_code = robot_code
        self._template = Template.OWN if own_template_id else Template.BUILT_IN
        self._template_id = own_template_id or cards.BUILT_IN_TEMPLATE

    def send(
        self, to: Address, content: Card | Note, *, message_key: str, mentions: tuple[Mention, ...] = ()
    ) -> Sent:
        """Create and deliver a card; a card that exists already is brought up to date instead.

        The key is the card's name for ever: each address needs one of its own. A key whose delivery was
        refused for good is used up; the card exists, and a resend cannot tell that nobody sees it.

        Raises:
            DeliveryError: read `failure` and `retry_after_s` before trying again.

        Source: create-and-deliver-cards.
        """
        if isinstance(content, Note):
            raise DeliveryError("not_a_card", Failure.PERMANENT)
        track_id = self._template.out_track_id(message_key)
        body = {
            "cardTemplateId": self._template_id,
            "outTrackId": track_id,
            "callbackType": "STREAM",
            "userIdType": 1,
            "cardData": {"cardParamMap": cards.encode(content, self._template)},
            **self._space(to, content, mentions),
        }
        try:
            answer = self._client.post("/v1.0/card/instances/createAndDeliver", body)
        except DeliveryError as error:
            if error.code != errors.CARD_EXISTS:
                raise
            return self._put(track_id, content, self._template)
        _check_delivered(answer)
        return Sent(track_id)

    def update(self, to: Address, shown: Sent, content: Card, *, message_key: str) -> Sent:
        """Replace every variable of a card, whichever of the two templates it was made from.

        Raises:
            DeliveryError: PERMANENT when the card is gone or was never ours.
        """
        template = cards.template_of(shown.ref)
        if template is None:
            raise DeliveryError("not_our_card", Failure.PERMANENT)
        return self._put(shown.ref, content, template)

    def _put(self, track_id: str, content: Card, template: Template) -> Sent:
        body = {
            "outTrackId": track_id,
            "cardData": {"cardParamMap": cards.encode(content, template)},
            "cardUpdateOptions": {"updateCardDataByKey": True, "updatePrivateDataByKey": True},
            "userIdType": 1,
        }
        self._client.put("/v1.0/card/instances", body)
        return Sent(track_id)

    def _space(self, to: Address, card: Card, mentions: tuple[Mention, ...]) -> dict[str, object]:
        title = plain_line(card.title) or "消息"
        space = {
            "supportForward": False,
            "lastMessageI18n": {"ZH_CN": title},
            "notification": {"alertContent": title, "notificationOff": False},
        }
        if to.kind == USER and to.rest:
            return {
                "openSpaceId": f"dtv1.card//IM_ROBOT.{to.rest}",
                "imRobotOpenSpaceModel": space,
                "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": self._robot_code},
            }
        if to.kind == GROUP and to.rest:
            deliver: dict[str, object] = {"robotCode": self._robot_code}
            if mentions:
                deliver["atUserIds"] = {each.user_id: plain_line(each.name) for each in mentions}
            return {
                "openSpaceId": f"dtv1.card//IM_GROUP.{to.rest}",
                "imGroupOpenSpaceModel": space,
                "imGroupOpenDeliverModel": deliver,
            }
        raise _bad_address()


class DingtalkTextChannel:
    """Plain words and markdown by the robot; the last rung, always there.

    The platform knows no message key: a resend after a lost answer may show twice.

    Args:
        robot_code: the robot that speaks.
        media: sends files on; without it they are only mentioned.
    """

    def __init__(self, client: DingtalkClient, robot_code: str, media: DingtalkMedia | None = None) -> None:
        self._client = client
        self._robot_code = robot_code
        self._media = media
        self._parts = Parts(media.files) if media is not None else None

    def send(self, to: Address, content: Card | Note, *, message_key: str) -> Sent:
        """Send to one person or one group, the files after the words.

        Raises:
            DeliveryError: read `failure` and `retry_after_s` before trying again.

        Source: chatbots-send-one-on-one-chat-messages-in-batches, the-robot-sends-a-group-message.
        """
        if to.kind not in (USER, GROUP) or not to.rest:
            raise _bad_address()

        def words(part: Card | Note, key: str) -> Sent:
            return self._show(to, messages.encode(part, in_group=to.kind == GROUP), key)

        media = self._media
        if media is None or self._parts is None or not isinstance(content, Note) or not content.files:
            return words(content, message_key)
        return self._parts.send(
            content, message_key, words, lambda file, key: self._show(to, media.upload(file), key)
        )

    def _show(self, to: Address, message: RobotMessage, message_key: str) -> Sent:
        body: dict[str, object] = {
            "robotCode": self._robot_code,
            "msgKey": message.msg_key,
            "msgParam": message.msg_param,
        }
        if to.kind == GROUP:
            body["openConversationId"] = to.rest
            answer = self._client.post("/v1.0/robot/groupMessages/send", body)
        else:
            body["userIds"] = [to.rest]
            answer = self._client.post("/v1.0/robot/oToMessages/batchSend", body)
            _check_reached(answer)
        return Sent(str(answer.get("processQueryKey") or message_key))


def _check_delivered(answer: Mapping[str, object]) -> None:
    """Look at every space: HTTP 200 and `success` say only that the card was made."""
    result = answer.get("result")
    delivered = result.get("deliverResults") if isinstance(result, dict) else None
    if not isinstance(delivered, list):
        return
    if not delivered:
        raise errors.undelivered_error("")
    for space in delivered:
        if not isinstance(space, dict) or str(space.get("success")).lower() != "true":
            raise errors.undelivered_error(str(space.get("errorMsg", "")) if isinstance(space, dict) else "")


def _check_reached(answer: Mapping[str, object]) -> None:
    if answer.get("flowControlledStaffIdList"):
        raise DeliveryError("flowControlled", Failure.LIMITED, _FLOW_CONTROL_S)
    if answer.get("invalidStaffIdList"):
        raise DeliveryError("invalidStaffId", Failure.PERMANENT)


def _bad_address() -> DeliveryError:
    return DeliveryError("bad_address", Failure.PERMANENT)
