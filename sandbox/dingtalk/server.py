"""DingTalk on loopback: one object that is the whole platform for one app."""

from collections.abc import Sequence
from typing import Any

from sandbox.core.clock import SandboxClock
from sandbox.core.faults import Faults
from sandbox.core.http import LoopbackServer
from sandbox.core.journal import Journal
from sandbox.dingtalk import ids, templates
from sandbox.dingtalk.actors import Writers
from sandbox.dingtalk.card_rules import CardRules
from sandbox.dingtalk.card_store import CardStore
from sandbox.dingtalk.cards import CardApi
from sandbox.dingtalk.delivery import Deliverer
from sandbox.dingtalk.gateway import Gateway
from sandbox.dingtalk.http_api import HttpApi
from sandbox.dingtalk.jssdk import JsTickets
from sandbox.dingtalk.limits import GroupPace, Limits, Tokens
from sandbox.dingtalk.oapi import DirectoryApi, MediaApi
from sandbox.dingtalk.oauth import CredentialApi
from sandbox.dingtalk.presses import Presses, PressResult
from sandbox.dingtalk.robot import RobotApi
from sandbox.dingtalk.settings import Settings
from sandbox.dingtalk.state import CUSTOM_ROBOT, ROBOT, Group, User, World
from sandbox.dingtalk.templates import Template
from sandbox.dingtalk.todos import Todo, TodoApi
from sandbox.dingtalk.views import ShownMessage, Views
from sandbox.dingtalk.webhooks import WebhookApi


class DingtalkSandbox(Settings):
    """The played platform; its switches are the fields of `Settings`.

    Operations for faults: `gateway/open`, `oauth2/accessToken`, `oauth2/token`, `oauth2/jsapiTickets`,
    `gettoken`, `robot/oToMessages/batchSend`, `robot/groupMessages/send`, `robot/otoMessages/batchRecall`,
    `robot/groupMessages/recall`, `robot/messageFiles/download`, `files/get`, `card/createAndDeliver`,
    `card/create`, `card/deliver`, `card/update`, `card/spaces`, `card/streaming`, `card/callbacks/register`,
    `user/get`, `user/getbymobile`, `user/getbyunionid`, `user/listid`, `department/listsub`, `media/upload`,
    `robot/sendBySession`, `robot/send`, `todo/create`, `todo/update`, `todo/executorStatus`, `todo/query`.
    """

    def __init__(self, clock: SandboxClock, journal: Journal, faults: Faults, port: int = 0) -> None:
        super().__init__()
        self._journal = journal
        self._world = world = World(clock, journal)
        self.templates: dict[str, Template] = templates.builtin_templates()
        self.import_template(self.card_template_id)
        self._gateway = Gateway(self, clock, journal)
        self._tokens, self._limits = Tokens(self, clock), Limits(self, clock)
        pace = GroupPace(self, clock)
        self._robot, self._webhooks = RobotApi(self, world, pace), WebhookApi(self, world)
        self._media, self._todos = MediaApi(clock), TodoApi(self, world)
        self._js_tickets = JsTickets(self, clock)
        rules, store = CardRules(self, world, self.templates), CardStore(self, world, self.templates)
        self._views = Views(world, store)
        self._deliverer = Deliverer(self, self._gateway, clock, journal)
        self._writers = Writers(self, world, self._deliverer, self._limits, self._robot, self._webhooks)
        self._presses = Presses(self, world, self._deliverer, rules, store, self._views)
        parts = (
            CredentialApi(self, self._tokens, self._gateway),
            self._robot,
            CardApi(self, rules, store, pace),
            DirectoryApi(self, world),
            self._media,
            self._webhooks,
            self._todos,
            self._js_tickets,
        )
        routes = [route for part in parts for route in part.routes()]
        self.operations = frozenset(route.operation for route in routes)
        self._app = HttpApi(routes, self._tokens, self._limits, faults, journal).app
        self._server: LoopbackServer | None = LoopbackServer(self._app, port)
        self.api_base = self.oapi_base = self._server.base_url
        self._robot.base_url = self._webhooks.base_url = self._server.base_url

    def start(self) -> None:
        """Begin to answer; after a stop again on the same ports, with everything remembered."""
        self._gateway.start()
        if self._server is None:
            self._server = LoopbackServer(self._app, int(self.api_base.rpartition(":")[2]))
        self._server.start()

    def stop(self) -> None:
        """Cut every connection and stop answering."""
        self._gateway.stop()
        if self._server is not None:
            self._server.stop()
            self._server = None

    # The corporation and its app.

    def add_user(self, userid: str, name: str, mobile: str = "") -> None:
        """Add a member of the corporation."""
        with self._world.lock:
            self._world.users[userid] = User(userid, name, mobile)

    def names(self) -> dict[str, str]:
        """Return the display name of everybody who writes in chats, the robots included, by sender."""
        with self._world.lock:
            people = {user.userid: user.name for user in self._world.users.values()}
            people |= {user.userid: user.name for user in self._world.strangers.values()}
        return {**people, ROBOT: self.robot_name, CUSTOM_ROBOT: "群机器人"}

    def union_id_of(self, userid: str) -> str:
        """Return a member's unionId."""
        return self._world.user(userid).union_id

    def add_group(
        self, title: str, members: list[str], *, conversation_id: str = "", robot: bool = True
    ) -> str:
        """Add an internal group and return its openConversationId."""
        group = Group(conversation_id or ids.conversation_id(), title, list(members), robot)
        with self._world.lock:
            self._world.groups[group.conversation_id] = group
        return group.conversation_id

    def set_robot_in_group(self, conversation_id: str, present: bool) -> None:
        """Put the robot into a group or take it out."""
        self._world.group(conversation_id).has_robot = present

    def disband_group(self, conversation_id: str) -> None:
        """Dissolve a group."""
        self._world.group(conversation_id).disbanded = True

    def add_custom_robot(
        self, conversation_id: str, *, secret: str = "", keywords: tuple[str, ...] = ()
    ) -> str:
        """Put a custom robot into a group and return its webhook URL."""
        self._world.group(conversation_id)
        return self._webhooks.add_robot(conversation_id, secret, keywords)

    def import_template(self, template_id: str = "", *, own: bool = True, published: bool = True) -> str:
        """Import a card template, of our product's contract or without any, and return its id."""
        template_id = template_id or f"{ids.guid()}.schema"
        layout = templates.own_layout if own else templates.generic_layout
        self.templates[template_id] = Template(template_id, layout, published)
        return template_id

    def accepts_page(self, url: str, config: dict[str, Any]) -> bool:
        """Tell whether the client, in which a page at this URL calls `dd.config`, would be content."""
        return self._js_tickets.accepts(url, config)

    def expire_tokens(self) -> None:
        """Let every access token given out so far be refused from now on."""
        self._tokens.expire()

    def calls_this_month(self) -> int:
        """Return how many API calls counted against the month's quota."""
        return self._limits.calls_this_month()

    def sent_file(self, file_code: str) -> bytes:
        """Return what a person sent, also when the product may no longer fetch it.

        Raises:
            LookupError: nobody sent this.
        """
        return self._robot.kept(file_code)

    def uploaded(self, media_id: str) -> bytes:
        """Return a file uploaded by the product."""
        return self._media.uploaded[media_id]

    # The gateway.

    @property
    def half_open(self) -> bool:
        """Tell whether the sockets are silent without being closed."""
        return self._gateway.half_open

    @half_open.setter
    def half_open(self, on: bool) -> None:
        self._gateway.half_open = on

    def connections(self) -> int:
        """Return how many sockets would be pushed to."""
        return sum(not socket.closing for socket in self._gateway.open_sockets())

    def wait_connected(self, timeout_s: float) -> None:
        """Wait until a socket is open.

        Raises:
            TimeoutError: none came in time.
        """
        self._journal.wait_for(self.connections, timeout_s, "a Stream connection")

    def disconnect(self, reason: str = "connection is expired") -> None:
        """Send SYSTEM disconnect to every socket; TCP is cut after `disconnect_grace_s`."""
        self._gateway.disconnect(reason)

    def drop_connections(self) -> None:
        """Cut every socket without a closing handshake."""
        self._gateway.drop_connections()

    def push_raw(self, frame: dict[str, Any] | str) -> None:
        """Send any frame or text to one open socket; without one it is lost."""
        self._deliverer.raw(frame)

    def push_event(self, event_type: str, data: dict[str, Any]) -> bool:
        """Push an event such as `user_leave_org`; False when no open socket subscribed to events."""
        return self._deliverer.event(event_type, data)

    # People. None of these may be called from a journal listener.

    def user_says(
        self,
        userid: str,
        text: str,
        *,
        group: str = "",
        at: Sequence[str] = (),
        quoting: str | None = None,
    ) -> str:
        """Write to the robot, 1:1 or with a mention in a group; return the msgId.

        Args:
            at: userids of others who are mentioned too.
            quoting: the text of an earlier message that this one replies to.
        """
        return self._writers.says(userid, text, group, at, quoting)

    def user_sends_rich(
        self, userid: str, parts: Sequence[str | bytes], *, group: str = "", at: Sequence[str] = ()
    ) -> str:
        """Send words and pictures (bytes) as one richText message; return the msgId."""
        return self._writers.sends_rich(userid, parts, group, at)

    def user_sends(
        self, userid: str, msgtype: str, content: dict[str, Any], *, group: str = "", data: bytes = b"sandbox"
    ) -> str:
        """Send picture, audio, video, file, richText or anything else; return the msgId."""
        return self._writers.sends(userid, msgtype, content, group, data)

    def user_sends_picture(self, userid: str, data: bytes, *, group: str = "") -> str:
        """Send a photo; return the msgId."""
        return self._writers.sends(userid, "picture", {}, group, data)

    def user_sends_voice(self, userid: str, data: bytes, text: str = "", *, duration_ms: int = 3000) -> str:
        """Send a voice message with what DingTalk heard in it; return the msgId."""
        content: dict[str, Any] = {"duration": duration_ms, "recognition": text}
        return self._writers.sends(userid, "audio", content, "", data)

    def user_sends_video(self, userid: str, data: bytes, *, duration_s: int = 5) -> str:
        """Send a video; return the msgId."""
        content: dict[str, Any] = {"videoType": "mp4", "duration": str(duration_s)}
        return self._writers.sends(userid, "video", content, "", data)

    def user_sends_file(self, userid: str, data: bytes, file_name: str) -> str:
        """Send a document; return the msgId."""
        content: dict[str, Any] = {"fileName": file_name, "spaceId": "1", "fileId": "1"}
        return self._writers.sends(userid, "file", content, "", data)

    def stranger_says(self, nick: str, text: str, group: str = "") -> str:
        """Write to the robot as somebody outside the corporation; return the msgId."""
        return self._writers.stranger_says(nick, text, group)

    def user_presses(
        self, userid: str, label: str, *, contains: str = "", out_track_id: str = ""
    ) -> PressResult:
        """Press a button on the newest card which has it, or on one card; LookupError if there is none."""
        return self._presses.press(userid, label, contains, out_track_id)

    def press_raw(
        self, userid: str, out_track_id: str, action_ids: list[str], params: dict[str, Any]
    ) -> PressResult:
        """Press anything on any card, also what is not shown to this user or no longer there."""
        return self._presses.press_raw(userid, out_track_id, action_ids, params)

    def chat(self, chat_id: str, viewer: str = "") -> list[ShownMessage]:
        """Return what a chat shows now, oldest first."""
        return self._views.chat(chat_id, viewer)

    def todos(self, userid: str) -> list[Todo]:
        """Return a member's list of things to do, also what is done, oldest first."""
        return self._todos.of(userid)

    def remove_todo(self, task_id: str) -> None:
        """Remove an entry from every list, as an administrator can."""
        self._todos.remove(task_id)
