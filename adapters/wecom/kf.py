"""Pulling what customers wrote to 微信客服: every message once, in order, with the cursor beside it.

Source: https://developer.work.weixin.qq.com/document/path/94670
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from adapters.delivery.ports import DeliveryError, Failure
from adapters.wecom.client import Api
from adapters.wecom.errors import BAD_MSGTOKEN
from adapters.wecom.kf_messages import storable, to_inbound
from adapters.wecom.ports import KfClaim, KfLedger

log = logging.getLogger(__name__)

PAGE = 1000
_MOST_EMPTY_PAGES = 20
_RETRY_S = {Failure.TEMPORARY: 15.0, Failure.LIMITED: 60.0, Failure.WAITING: 60.0, Failure.PERMANENT: 300.0}


class _Page(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    next_cursor: str = ""
    has_more: int = 0
    msg_list: list[Any] = Field(default=[])


class KfPuller:
    """Pull woken accounts; any number of pullers may run, each account has one at a time.

    Args:
        client: calls the platform.
        ledger: cursors, wakes and messages.
        now: the clock.
        lease_s: how long an account stays claimed when its puller dies.
    """

    def __init__(
        self, client: Api, ledger: KfLedger, now: Callable[[], datetime], *, lease_s: float = 30.0
    ) -> None:
        self._client = client
        self._ledger = ledger
        self._now = now
        self._lease_s = lease_s

    def pull_once(self) -> bool:
        """Pull one woken account to its end, or give it back with a delay when the platform refuses.

        Returns:
            Whether there was an account to pull.
        """
        claim = self._ledger.claim(self._now(), self._lease_s)
        if claim is None:
            return False
        # The account is given back well before the lease ends and somebody else takes it.
        stop_at = self._now() + timedelta(seconds=self._lease_s / 2)
        empty_pages = 0
        finished = False
        while not finished:
            try:
                page = self._fetch(claim)
            except DeliveryError as error:
                self._give_back(claim, error)
                return True
            empty_pages = 0 if page.msg_list else empty_pages + 1
            # has_more decides, not the length of the list: an empty page may have more behind it.
            finished = page.has_more != 1
            stuck = not finished and (
                page.next_cursor in ("", claim.cursor) or empty_pages >= _MOST_EMPTY_PAGES
            )
            claim = self._save(claim, page, finished=finished)
            if stuck:
                self._give_back(claim, DeliveryError("cursor_stuck", Failure.TEMPORARY))
                return True
            if not finished and self._now() >= stop_at:
                self._ledger.release(claim, self._now())
                return True
        return True

    def _save(self, claim: KfClaim, page: _Page, *, finished: bool) -> KfClaim:
        now = self._now()
        inbounds = [
            to_inbound(item, claim.open_kfid, first_sync=claim.first_sync, now=now) for item in page.msg_list
        ]
        return self._ledger.save_page(
            claim, page.next_cursor or claim.cursor, inbounds, finished=finished, now=now
        )

    def _fetch(self, claim: KfClaim) -> _Page:
        """Ask for the page after the cursor, without the token if it is too old after all."""
        try:
            return self._sync(claim, claim.token)
        except DeliveryError as error:
            if error.code != str(BAD_MSGTOKEN) or not claim.token:
                raise
        return self._sync(claim, "")

    def _sync(self, claim: KfClaim, token: str) -> _Page:
        data: dict[str, Any] = {"open_kfid": claim.open_kfid, "limit": PAGE, "voice_format": 0}
        # Empty optional strings are refused, so they are left out.
        data |= {key: value for key, value in (("cursor", claim.cursor), ("token", token)) if value}
        answer = self._client.call("post", "kf/sync_msg", data=data)
        try:
            return _Page.model_validate(storable(answer))
        except ValidationError:
            raise DeliveryError("bad_answer", Failure.TEMPORARY) from None

    def _give_back(self, claim: KfClaim, error: DeliveryError) -> None:
        delay_s = max(error.retry_after_s, _RETRY_S[error.failure])
        log.warning("微信客服 pull of %s stopped: %s; again in %.0f s", claim.open_kfid, error, delay_s)
        self._ledger.release(claim, self._now() + timedelta(seconds=delay_s))
