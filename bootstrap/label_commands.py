"""`fixloop labels`: codes for machines, made, listed and taken back."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from adapters.clock import utc_now
from adapters.documents.labels import render_labels
from adapters.links import SignedLinks, new_label
from adapters.storage.engine import Database
from adapters.storage.uow import SqlUnitOfWork
from bootstrap.serving import check_schema
from bootstrap.settings import Settings, load_settings
from domain.assets.commands import EndLabel, LabelAsset
from domain.assets.model import Asset
from domain.kernel.errors import DomainError, NotFound
from domain.kernel.messages import Cause
from domain.policies.documents import AssetLabel as Sticker
from domain.registry import make_bus

Doing = Callable[[Asset, SqlUnitOfWork, Cause], str]


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `fixloop labels`."""
    labels = commands.add_parser("labels", help="make, show and take back the codes on machines")
    actions = labels.add_subparsers(required=True, metavar="ACTION")
    make = actions.add_parser("make", help="print the address behind each machine's code, made where missing")
    make.add_argument("serials", nargs="+", metavar="SERIAL")
    make.add_argument("--new", action="store_true", help="make another code; the one before ends")
    make.add_argument(
        "--sheet", type=Path, metavar="FILE", help="also write stickers to print, as PDF (24 on A4)"
    )
    make.set_defaults(run=_make)
    end = actions.add_parser("end", help="let the codes of machines lead nowhere any more")
    end.add_argument("serials", nargs="+", metavar="SERIAL")
    end.set_defaults(run=_end)


def code_of(asset: Asset, uow: SqlUnitOfWork, cause: Cause, *, anew: bool = False) -> str:
    """Return the code on a machine, made where there is none yet.

    Args:
        anew: make another one all the same; the one before ends.
    """
    before = uow.assets.label_of(asset.id)
    if before is not None and not anew:
        return before.label
    code = new_label()
    make_bus().handle(LabelAsset(asset_id=asset.id, label=code, **cause), uow)
    return code


def _make(arguments: argparse.Namespace) -> None:
    settings = load_settings()
    links = SignedLinks(settings.public_url, settings.key_of_links())

    stickers: list[Sticker] = []

    def label(asset: Asset, uow: SqlUnitOfWork, cause: Cause) -> str:
        url, company = links.of_label(code_of(asset, uow, cause, anew=arguments.new)), settings.company()
        who = f"{company.name} {company.phone}".strip()
        stickers.append(Sticker(url=url, name=asset.name, serial=asset.serial[:60], company=who))
        return f"{asset.serial}\t{asset.name}\t{url}"

    _for_each(settings, arguments.serials, label)
    if arguments.sheet is not None:
        arguments.sheet.write_bytes(render_labels(stickers))
        print(f"已写入 {arguments.sheet}，请用 A4 不干胶纸按 100% 比例打印。")


def _end(arguments: argparse.Namespace) -> None:
    def end(asset: Asset, uow: SqlUnitOfWork, cause: Cause) -> str:
        make_bus().handle(EndLabel(asset_id=asset.id, **cause), uow)
        return f"{asset.serial}\t{asset.name}\t已停用"

    _for_each(load_settings(), arguments.serials, end)


def _for_each(settings: Settings, serials: list[str], do: Doing) -> None:
    """Do something for every machine in one transaction, or for none and say why."""
    database, now = Database(settings.database_url), utc_now()
    try:
        check_schema(settings)
        with SqlUnitOfWork(
            database, desks=(), now=now, channel="cli", correlation_id="fixloop-labels"
        ) as uow:
            lines = []
            for serial in serials:
                asset = uow.assets.with_serial(serial)
                if asset is None:
                    raise NotFound(what=f"设备 {serial}")
                cause = Cause(actor_id="system", issued_at=now, idempotency_key=f"labels:{asset.id}")
                lines.append(do(asset, uow, cause))
            uow.commit()
    except DomainError as error:
        sys.exit(error.message)
    finally:
        database.close()
    print("\n".join(lines))
