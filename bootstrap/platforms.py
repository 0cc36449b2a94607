"""Which rungs, doors and directories the configured platforms give."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from adapters.delivery.ports import Channel, TodoList
from adapters.delivery.store import Desk
from adapters.dingtalk.channels import DingtalkCardChannel, DingtalkTextChannel
from adapters.dingtalk.client import DingtalkClient
from adapters.dingtalk.directory import DingtalkDirectory
from adapters.dingtalk.jssdk import DingtalkPageSdk
from adapters.dingtalk.media import DingtalkMedia
from adapters.dingtalk.todos import DingtalkTodoList
from adapters.directory import Directory
from adapters.files.ports import FileSource, MediaSource
from adapters.tokens import TokenStore
from adapters.wecom.channels import (
    KfTextChannel,
    KfWelcomeChannel,
    WebhookChannel,
    WecomCardChannel,
    WecomTextChannel,
)
from adapters.wecom.client import QyClient
from adapters.wecom.directory import WecomDirectory
from adapters.wecom.jssdk import WecomPageSdk
from adapters.wecom.media import WecomMedia
from bootstrap.settings import DingtalkSettings, Settings, WecomSettings
from console.ports import PageSdk

Now = Callable[[], datetime]


@dataclass
class Platforms:
    """What the configured platforms offer.

    Args:
        channels: rungs by name.
        todo_lists: lists of things to do, by rung.
        desks: the service desk's groups.
        media: where each platform keeps what its people sent.
        page_sdks: what signs our pages for each platform's own script.
        wecom: the WeCom client, for pulling 微信客服.
    """

    channels: dict[str, Channel] = field(default_factory=dict)
    todo_lists: dict[str, TodoList] = field(default_factory=dict)
    directories: dict[str, Directory] = field(default_factory=dict)
    desks: list[Desk] = field(default_factory=list)
    media: dict[str, MediaSource] = field(default_factory=dict)
    page_sdks: dict[str, PageSdk] = field(default_factory=dict)
    wecom: QyClient | None = None
    dingtalk: DingtalkClient | None = None


def connect_platforms(settings: Settings, tokens: TokenStore, files: FileSource, now: Now) -> Platforms:
    """Return the rungs, directories and desks of every configured platform; calls nobody yet."""
    platforms = Platforms()
    if settings.dingtalk is not None:
        _add_dingtalk(platforms, settings.dingtalk, settings.public_url, tokens, files, now)
    if settings.wecom is not None:
        _add_wecom(platforms, settings.wecom, settings.public_url, tokens, files, now)
    return platforms


def _add_dingtalk(
    platforms: Platforms,
    dingtalk: DingtalkSettings,
    home_url: str,
    tokens: TokenStore,
    files: FileSource,
    now: Now,
) -> None:
    client = DingtalkClient(
        dingtalk.client_id,
        dingtalk.client_secret.get_secret_value(),
        dingtalk.api_base,
        dingtalk.oapi_base,
        tokens,
        now,
    )
    platforms.dingtalk = client
    media = DingtalkMedia(client, dingtalk.robot, dingtalk.api_base, files, now)
    platforms.media["dingtalk"] = media
    if dingtalk.card_template_id:
        own = DingtalkCardChannel(client, dingtalk.robot, dingtalk.card_template_id)
        platforms.channels["dingtalk.own_card"] = own
    platforms.channels["dingtalk.built_in_card"] = DingtalkCardChannel(client, dingtalk.robot)
    platforms.channels["dingtalk.text"] = DingtalkTextChannel(client, dingtalk.robot, media)
    directory = DingtalkDirectory(client)
    platforms.directories["dingtalk"] = directory
    sdk = DingtalkPageSdk(client, dingtalk.corp_id, dingtalk.agent_id, tokens, now)
    platforms.page_sdks["dingtalk"] = sdk
    platforms.todo_lists["dingtalk.todo"] = DingtalkTodoList(client, directory, home_url)
    if dingtalk.group_conversation_id:
        platforms.desks.append(Desk(f"dingtalk_group:{dingtalk.group_conversation_id}", changes_cards=True))


def _add_wecom(
    platforms: Platforms,
    wecom: WecomSettings,
    home_url: str,
    tokens: TokenStore,
    files: FileSource,
    now: Now,
) -> None:
    secret = wecom.secret.get_secret_value()
    client = QyClient(wecom.corp_id, secret, tokens, api_base=wecom.api_base, now=now)
    platforms.wecom = client
    media = WecomMedia(client, files, now)
    platforms.media |= {"wecom": media, "wecom_external": media}
    platforms.channels |= {
        "wecom.card": WecomCardChannel(client, wecom.agent_id, home_url, now),
        "wecom.text": WecomTextChannel(client, wecom.agent_id, media),
        "wecom.kf": KfTextChannel(client, media),
        "wecom.welcome": KfWelcomeChannel(client),
    }
    platforms.directories["wecom"] = WecomDirectory(client)
    platforms.page_sdks["wecom"] = WecomPageSdk(client, tokens, now)
    webhook_url = wecom.group_webhook_url.get_secret_value()
    if webhook_url:
        platforms.channels["wecom.webhook"] = WebhookChannel(client, webhook_url)
        platforms.desks.append(Desk("wecom_webhook:", changes_cards=False))
