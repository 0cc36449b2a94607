"""Which handler decides which command that keeps the stock right, and what follows from it."""

from collections.abc import Mapping, Sequence

from domain.engine.process.events import InstanceEnded
from domain.kernel.bus import Handler, Policy
from domain.kernel.messages import Command, Event
from domain.parts import events as moved
from domain.parts import supply_commands as supply
from domain.parts import supply_events as happened
from domain.policies import (
    supply_adjusting,
    supply_counts,
    supply_purchases,
    supply_receiving,
    supply_rules,
    supply_shipping,
    supply_tell,
)

HANDLERS: Mapping[type[Command], Handler] = {
    supply.AdjustStock: supply_adjusting.adjust_stock,
    supply.ScrapParts: supply_adjusting.scrap_parts,
    supply.StartCount: supply_counts.start_count,
    supply.EnterCount: supply_counts.enter_count,
    supply.SubmitCount: supply_counts.submit_count,
    supply.CancelCount: supply_counts.cancel_count,
    supply.SetStockRule: supply_rules.set_stock_rule,
    supply.RequestPurchase: supply_purchases.request_purchase,
    supply.PlaceOrder: supply_purchases.place_order,
    supply.ReportShipment: supply_shipping.report_shipment,
    supply.ReceivePurchase: supply_receiving.receive_purchase,
    supply.EndPurchase: supply_purchases.end_purchase,
    supply.ReviewPurchase: supply_purchases.review_purchase,
}

FOLLOWED: Mapping[type[Event], Sequence[Policy]] = {
    moved.StockMoved: (supply_rules.follow_stock,),
    InstanceEnded: (supply_purchases.follow_approval, supply_counts.follow_count),
    happened.StockLow: (supply_rules.ask_for_more, supply_tell.tell_low),
    happened.StockRefilled: (supply_tell.clear_low,),
    happened.PurchaseApproved: (supply_tell.show_purchase,),
    happened.PurchaseRefused: (supply_receiving.tell_job_without,),
    happened.PurchaseOrdered: (
        supply_receiving.tell_job_ordered,
        supply_tell.show_purchase,
        supply_shipping.tell_supplier_date,
    ),
    happened.PurchaseShipped: (
        supply_shipping.tell_job_shipped,
        supply_tell.show_purchase,
        supply_shipping.tell_shipped,
    ),
    happened.PurchaseReceived: (supply_receiving.wake_job, supply_tell.show_purchase),
    happened.PurchaseEnded: (supply_receiving.tell_job_without, supply_tell.show_purchase),
    happened.PurchaseReminded: (supply_tell.remind_of_purchase,),
    happened.CountStarted: (supply_tell.show_count,),
    happened.CountSubmitted: (supply_tell.show_count,),
    happened.CountPosted: (supply_tell.show_count, supply_tell.tell_not_posted),
    happened.CountEnded: (supply_tell.show_count,),
}
