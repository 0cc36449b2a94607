"""Somebody we do not know: led to a binding by mobile number, their words kept meanwhile."""

from collections.abc import Mapping
from uuid import uuid4

from adapters.delivery.ports import DeliveryError, Failure
from adapters.delivery.store import Owed
from adapters.directory import Directory
from adapters.inbound import LocationContent, MediaContent, Platform, TextContent
from bot.intents import Wish, find_mobile, read_words, says_something
from bot.ports import BotUnitOfWork, Now, OpenUnitOfWork
from bot.replies import DONE, Outcome, Said, say
from cards.text import ASK_MOBILE_CUSTOMER, ASK_MOBILE_STAFF, CHECKING_MOBILE, UNKNOWN_VISITOR
from domain.kernel.bus import Bus
from domain.kernel.errors import DomainError
from domain.kernel.notices import DESK, Notice, conversation_audience
from domain.people.commands import BindIdentity


def meet(said: Said, uow: BotUnitOfWork, bus: Bus) -> Outcome:
    """Bind when a mobile number was said, else ask for it and keep the words."""
    content = said.inbound.content
    text = content.text if isinstance(content, TextContent) else ""
    mobile, rest = find_mobile(text)
    if mobile:
        _offer_mobile(said, mobile, uow, bus)
        return (
            Outcome(state="pending")
            if _visitor(said) and says_something(rest)
            else _held(says_something(rest))
        )
    worth_keeping = isinstance(content, MediaContent | LocationContent) or (
        read_words(text).wish not in (Wish.EMPTY, Wish.CHIT_CHAT, Wish.HELP)
    )
    if _visitor(said) and worth_keeping:
        _tell_desk(said, text, uow)
    say(uow, said, ASK_MOBILE_CUSTOMER if _visitor(said) else ASK_MOBILE_STAFF, privately=True, step="meet")
    return _held(worth_keeping)


def _held(keep: bool) -> Outcome:
    return Outcome(state="held") if keep else DONE


def _visitor(said: Said) -> bool:
    return said.inbound.sender.platform is Platform.WECOM_EXTERNAL


def _offer_mobile(said: Said, mobile: str, uow: BotUnitOfWork, bus: Bus) -> None:
    sender = said.inbound.sender
    command = BindIdentity(
        actor_id=said.key,
        issued_at=said.at,
        idempotency_key=said.inbound.delivery_key,
        platform=sender.platform,
        user_id=sender.user_id,
        display_name=sender.display_name,
        mobile=mobile,
        conversation=said.private,
    )
    if _visitor(said):
        bus.handle(command, uow)
        return
    say(uow, said, CHECKING_MOBILE, privately=True, step="meet")
    uow.notify(
        Notice(
            audience=f"directory:{sender.platform.value}",
            card="verify_mobile",
            view=command.model_dump(mode="json"),
            dedupe_key=f"verify:{said.source_key}",
        )
    )


def _tell_desk(said: Said, text: str, uow: BotUnitOfWork) -> None:
    name = said.inbound.sender.display_name or "微信客户"
    uow.notify(
        Notice(
            audience=DESK,
            card="note",
            view={"text": UNKNOWN_VISITOR.format(name=name, text=text[:200] or "（图片或语音）")},
            dedupe_key=f"unknown:{said.source_key}",
        )
    )


class MobileVerifier:
    """The pump's service behind `directory:<platform>`: asks who owns the number, then binds or refuses."""

    def __init__(
        self, directories: Mapping[str, Directory], open_uow: OpenUnitOfWork, bus: Bus, now: Now
    ) -> None:
        self._directories = directories
        self._open_uow = open_uow
        self._bus = bus
        self._now = now

    def __call__(self, owed: Owed) -> None:
        """Ask the platform, outside any transaction, and let the domain decide.

        Raises:
            DeliveryError: the platform did not answer; the pump tries again.
        """
        asked = BindIdentity.model_validate(dict(owed.view))
        command = asked.model_copy(update={"verified": self._verified(asked), "issued_at": self._now()})
        correlation_id = owed.correlation_id or str(uuid4())
        try:
            with self._open_uow(
                now=self._now(), channel=command.platform, correlation_id=correlation_id
            ) as uow:
                self._bus.handle(command, uow)
                uow.commit()
        except DomainError as refusal:
            with self._open_uow(
                now=self._now(), channel=command.platform, correlation_id=correlation_id
            ) as uow:
                uow.notify(
                    Notice(
                        audience=conversation_audience(command.conversation),
                        card="note",
                        view={"text": refusal.message},
                        dedupe_key=f"verify-refused:{owed.message_key}",
                    )
                )
                uow.commit()

    def _verified(self, asked: BindIdentity) -> bool | None:
        directory = self._directories.get(asked.platform)
        if directory is None:
            return None
        try:
            return directory.confirms(asked.user_id, asked.mobile)
        except DeliveryError as error:
            if error.failure is Failure.PERMANENT:
                return None
            raise
