"""Which right each command about parts needs; whose pieces they are, its handler checks."""

from collections.abc import Mapping

from domain.access.rights import Verb
from domain.kernel.messages import Command
from domain.parts import commands as parts
from domain.parts import supply_commands as supply

PARTS: Mapping[type[Command], tuple[Verb, ...] | None] = {
    parts.RequestParts: (Verb.ASK_PARTS,),
    parts.RequestReserved: (Verb.ASK_PARTS,),
    parts.CancelPartsRequest: (Verb.ASK_PARTS, Verb.KEEP_STOCK),
    parts.IssueParts: (Verb.KEEP_STOCK,),
    parts.OfferParts: (Verb.HAND_OVER_PARTS,),
    parts.TakeParts: (Verb.HAND_OVER_PARTS,),
    parts.RefuseParts: (Verb.HAND_OVER_PARTS,),
    parts.RecallParts: (Verb.HAND_OVER_PARTS,),
    parts.ReviewTransfer: None,
    parts.ReviewReservation: None,
    parts.UseParts: (Verb.ASK_PARTS,),
    parts.TakeBackUsed: (Verb.ASK_PARTS,),
    parts.BringOldPart: (Verb.ASK_PARTS,),
    parts.TakeOldPart: (Verb.KEEP_STOCK,),
    parts.WaiveOldPart: (Verb.KEEP_STOCK,),
    parts.RepairOldPart: (Verb.KEEP_STOCK,),
    parts.ReviewOldPart: None,
    supply.AdjustStock: (Verb.CORRECT_STOCK,),
    supply.ScrapParts: (Verb.KEEP_STOCK,),
    supply.StartCount: (Verb.KEEP_STOCK,),
    supply.EnterCount: (Verb.KEEP_STOCK,),
    supply.SubmitCount: (Verb.KEEP_STOCK,),
    supply.CancelCount: (Verb.KEEP_STOCK,),
    supply.SetStockRule: (Verb.CORRECT_STOCK,),
    supply.RequestPurchase: (Verb.BUY_PARTS,),
    supply.PlaceOrder: (Verb.BUY_PARTS,),
    supply.ReportShipment: (Verb.BUY_PARTS,),
    supply.ReceivePurchase: (Verb.KEEP_STOCK,),
    supply.EndPurchase: (Verb.BUY_PARTS,),
    supply.ReviewPurchase: None,
}
