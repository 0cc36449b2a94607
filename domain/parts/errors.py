"""Refusals about parts."""

from domain.kernel.errors import DomainError


class PartUnknown(DomainError):
    """没有找到备件“{text}”。请换个编码或名称再试，例如：库存 6204。"""

    code = "part_unknown"


class PlaceUnknown(DomainError):
    """没有找到仓库或库位“{text}”。可用的有：{known}，请改用其中一个。"""

    code = "place_unknown"


class QuantityWrong(DomainError):
    """{name} 的数量“{quantity}”不对：{why}，没有做任何改动。请改好数量再试。"""

    code = "quantity_wrong"


class QuantityMissing(DomainError):
    """{name} 没有写清数量，没有做任何改动。请写清要几{unit}，例如：{name} ×2。"""

    code = "quantity_missing"


class NotEnough(DomainError):
    """{place}的 {name} 不够：要 {wanted}{unit}，可用 {free}{unit}，没有做任何改动，请改数量或换个地方。{instead}{how}。"""

    code = "not_enough"


class LotNeeded(DomainError):
    """{name} 按{kind}管理，请带上{kind}号，例如：{example}。"""

    code = "lot_needed"


class LotNotHere(DomainError):
    """{name} {lot} 不在{place}，没有做任何改动。{where}请核对标签后再试。"""

    code = "lot_not_here"


class PartDoesNotFit(DomainError):
    """{name} 不适用于 {model}（适用：{models}），没有申请。{instead}确认仍要领用请回复：{again}。"""

    code = "part_does_not_fit"


class NotYourJob(DomainError):
    """工单 {number} 不在您手上，不能为它领用或核销备件。回复“我的工单”可查看您手上的工单。"""

    code = "not_your_job"


class JobEnded(DomainError):
    """工单 {number} 已经{label}，不能再为它领用或核销备件。确实还要请先让调度重开工单。"""

    code = "job_ended"


class RequestNotOpen(DomainError):
    """领料 {number} 现在是“{state}”，不能{action}。回复“领料单”或“待出库”可查看最新状态。"""

    code = "request_not_open"


class NotRequested(DomainError):
    """{name} 不在领料 {number} 里，没有出库。这张单还要：{wanted}。请核对后重新扫码或录入。"""

    code = "not_requested"


class MoreThanRequested(DomainError):
    """领料 {number} 的 {name} 还要 {wanted}{unit}，不能出 {quantity}{unit}，没有出库。请按还要的数量出库，多要的请技师重新申请。"""

    code = "more_than_requested"


class NotKeeper(DomainError):
    """{place} 由 {keeper} 保管，您不能在那里收发、盘点或报废备件。请联系保管人处理。"""

    code = "not_keeper"


class ReceiverGone(DomainError):
    """{name} 已经离职或不能接收备件，没有发出。请换一位同事。"""

    code = "receiver_gone"


class SamePlace(DomainError):
    """{place} 不能和自己交接，没有做任何改动。请写明要交给谁或退回哪个仓库。"""

    code = "same_place"


class TransferEnded(DomainError):
    """交接 {number} 已经{state}，不用再处理。回复“在途配件”可查看还没收下的交接。"""

    code = "transfer_ended"


class NotReceiver(DomainError):
    """交接 {number} 等 {receiver} 收货，您不能代收。请让对方自己点“收下”。"""

    code = "not_receiver"


class NotUsed(DomainError):
    """工单 {number} 没有用过这么多 {name}（已核销 {used}{unit}），没有退回。请核对编码和数量，回复“时间线 {number}”可查看核销记录。"""

    code = "not_used"


class NeverIssued(DomainError):
    """您名下没有这么多 {name}（现有 {free}{unit}），没有做任何改动。回复“我的车”可查看您名下的备件。"""

    code = "never_issued"


class OldPartWrong(DomainError):
    """旧件 {number} 现在是“{state}”，不能{action}。回复“旧件”可查看还没还回的旧件。"""

    code = "old_part_wrong"


class PurchaseWrong(DomainError):
    """采购 {number} 现在是“{state}”，不能{action}。回复“采购单”可查看进行中的采购。"""

    code = "purchase_wrong"


class MoreThanOrdered(DomainError):
    """采购 {number} 还差 {missing}{unit}，不能收 {quantity}{unit}，没有入库。多到的请另外申请：采购 {name} ×{more}{unit}。"""

    code = "more_than_ordered"


class MoreShipped(DomainError):
    """采购 {number} 还没有发货的是 {left}{unit}，不能登记发货 {quantity}{unit}，没有登记。请核对数量后重试。"""

    code = "more_shipped"


class SupplierUnknown(DomainError):
    """没有找到供应商“{text}”{known}。请核对名称或编码，例如：{example}。"""

    code = "supplier_unknown"


class LotsWrong(DomainError):
    """{name} 按{kind}管理，{why}，没有入库。例如：{example}。"""

    code = "lots_wrong"


class PieceExists(DomainError):
    """{name} 的序列号 {lot} 已经在{place}，不能再入库一次，没有做任何改动。请核对标签上的序列号。"""

    code = "piece_exists"


class CountRunning(DomainError):
    """{place} 正在盘点（{number}，{who} 于 {at} 开始），不能再开一次。继续请回复：盘点 {number}。"""

    code = "count_running"


class CountOver(DomainError):
    """盘点 {number} 已经{state}，不能再改。要重新盘点请回复：盘点 仓库名称。"""

    code = "count_over"


class NothingCounted(DomainError):
    """盘点 {number} 还没有录入任何数量，没有提交。请按“编码 数量”录入，例如：6204 18。"""

    code = "nothing_counted"


class DatePast(DomainError):
    """预计到货日期 {day} 已经过去，没有登记。请写今天或以后的日期，例如：{example}。"""

    code = "date_past"


class DateFar(DomainError):
    """预计到货日期 {day} 太远，没有登记。请写两年以内的日期，例如：{example}。"""

    code = "date_far"
