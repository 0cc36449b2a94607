"""The greeting of somebody who opens the chat."""

from datetime import timedelta

from adapters.inbound import Answer, EnteredContent
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said
from cards.text import WELCOME
from domain.kernel.localtime import local_day
from domain.kernel.notices import Notice, conversation_audience

WELCOME_LIFE = timedelta(seconds=18)
"""微信客服 takes a welcome for 20 s; two are left for the way."""


def welcome(said: Said, content: EnteredContent, uow: BotUnitOfWork) -> Outcome:
    """Greet with the single-use code, or once a day where there is none."""
    inbound = said.inbound
    address = inbound.conversation
    key = f"welcome:{said.key}:{local_day(said.at)}"
    if content.welcome_code:
        address = f"wecom_welcome:{address.partition(':')[2]}:{content.welcome_code}"
        key = f"welcome:{said.source_key}"
    elif inbound.channel == "wecom_kf":
        return DONE
    elif inbound.channel == "wecom_aibot":  # It takes a greeting only as the answer to the event.
        return Outcome(answer=Answer(card="note", view={"text": WELCOME}))
    uow.notify(
        Notice(
            audience=conversation_audience(address),
            card="note",
            view={"text": WELCOME},
            dedupe_key=key,
            expires_at=inbound.sent_at + WELCOME_LIFE if content.welcome_code else None,
        )
    )
    return DONE
