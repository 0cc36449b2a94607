"""What people do: write to the robot."""

from collections.abc import Sequence
from typing import Any

from sandbox.dingtalk import frames, ids
from sandbox.dingtalk.delivery import Deliverer
from sandbox.dingtalk.limits import Limits
from sandbox.dingtalk.robot import RobotApi
from sandbox.dingtalk.settings import Settings
from sandbox.dingtalk.state import PLATFORM, Group, Message, User, World, group_chat, user_chat
from sandbox.dingtalk.webhooks import WebhookApi

WITH_FILE = frozenset({"picture", "audio", "video", "file"})
ONLY_ONE_TO_ONE = frozenset({"audio", "video", "file"})


class Writers:
    """People who write to the robot."""

    def __init__(
        self,
        settings: Settings,
        world: World,
        deliverer: Deliverer,
        limits: Limits,
        robot: RobotApi,
        webhooks: WebhookApi,
    ) -> None:
        self._settings, self._world, self._deliverer = settings, world, deliverer
        self._limits, self._robot, self._webhooks = limits, robot, webhooks

    def says(
        self, userid: str, text: str, group: str, at: Sequence[str] = (), quoting: str | None = None
    ) -> str:
        """Write a text, in a group with a mention of the robot; return the msgId.

        Args:
            at: userids of members who are mentioned too.
            quoting: the text of an earlier message that this one replies to.
        """
        user = self._world.user(userid)
        named = [self._world.user(each) for each in at]
        shown = " ".join([*(f"@{each.name}" for each in named), text])
        content: dict[str, Any] = {"content": text if self._settings.strips_mentions else shown}
        if quoting is not None:
            content |= {"isReplyMsg": True, "repliedMsg": _replied(quoting, self._world.clock.now_ms())}
        return self._write(user, self._group_of(userid, group), "text", content, shown, named, quoting or "")

    def sends_rich(
        self, userid: str, parts: Sequence[str | bytes], group: str, at: Sequence[str] = ()
    ) -> str:
        """Send words and pictures as one message; bytes are a picture."""
        rich: list[dict[str, Any]] = []
        for part in parts:
            if isinstance(part, str):
                rich.append({"text": part})
            else:
                code = self._robot.keep_file(part)
                rich.append({"type": "picture", "downloadCode": code, "pictureDownloadCode": code})
        line = " ".join(part if isinstance(part, str) else "[picture]" for part in parts)
        named = [self._world.user(each) for each in at]
        where = self._group_of(userid, group)
        return self._write(self._world.user(userid), where, "richText", {"richText": rich}, line, named)

    def stranger_says(self, nick: str, text: str, group: str) -> str:
        """Write a text as somebody outside the corporation, who has no userid."""
        where = self._world.group(group) if group else None
        return self._write(self._world.stranger(nick), where, "text", {"content": text}, text)

    def sends(self, userid: str, msgtype: str, content: dict[str, Any], group: str, data: bytes) -> str:
        """Send something else than text; files get a downloadCode unless the content brings one."""
        user = self._world.user(userid)
        where = self._group_of(userid, group)
        content = dict(content)
        if msgtype in WITH_FILE and "downloadCode" not in content:
            content["downloadCode"] = self._robot.keep_file(data)
            if msgtype == "picture":
                content.setdefault("pictureDownloadCode", content["downloadCode"])
        readable = str(content.get("content") or content.get("recognition") or content.get("fileName") or "")
        line = readable if msgtype == "text" else f"[{msgtype}] {readable}".rstrip()
        return self._write(user, where, msgtype, content, line)

    def _group_of(self, userid: str, group: str) -> Group | None:
        if not group:
            return None
        where = self._world.group(group)
        if userid not in where.members:
            raise LookupError(f"{userid} is not a member of {where.title}")
        return where

    def _write(
        self,
        sender: User,
        group: Group | None,
        msgtype: str,
        content: dict[str, Any],
        line: str,
        mentioned: Sequence[User] = (),
        quoted: str = "",
    ) -> str:
        """Show the message in its chat and push it to the robot."""
        chat = group_chat(group.conversation_id) if group else user_chat(sender.userid)
        msg_id = ids.msg_id()
        clock = self._world.clock
        shown = f"@{self._settings.robot_name} {line}" if group else line
        kept = str(content.get("downloadCode", "")) if msgtype in WITH_FILE else ""
        said = Message(
            clock.now(), chat, sender.userid, shown, msg_key=msgtype, file_code=kept, quoted=quoted
        )
        self._world.post(said)
        if group and (msgtype in ONLY_ONE_TO_ONE or not group.has_robot):
            reason = "the robot is not in this group" if not group.has_robot else "1:1 only"
            self._world.journal.add(PLATFORM, "lost", chat=chat, reason=reason, msg_id=msg_id)
            return msg_id
        session_url = self._webhooks.open_session(chat)
        data = frames.robot_message(
            self._settings, sender, group, msg_id=msg_id, now_ms=clock.now_ms(), session_url=session_url
        )
        data["msgtype"] = msgtype
        if group:
            # The robot is among them, without staffId; people have both ids.
            people = [{"dingtalkId": each.encrypted_id, "staffId": each.userid} for each in mentioned]
            data["atUsers"] = [*data["atUsers"], *people]
        if msgtype == "text" and group:
            # The mention is cut out and the blank behind it stays.
            content = {**content, "content": f" {content.get('content', '')}"}
        data["text" if msgtype == "text" else "content"] = content
        if not self._limits.push_has_content():
            data = frames.quota_exhausted(data)
        self._deliverer.robot(data)
        return msg_id


def _replied(text: str, now_ms: int) -> dict[str, Any]:
    """Return the undocumented part that names the message replied to."""
    return {"msgType": "text", "msgId": ids.msg_id(), "createdAt": now_ms, "content": {"text": text}}
