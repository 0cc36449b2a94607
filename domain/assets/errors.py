"""Refusals about customers and assets."""

from domain.kernel.errors import DomainError


class CannotMergeWithItself(DomainError):
    """“{name}”和它自己是同一条档案，不用合并。请核对要合并的两个名称。"""

    code = "cannot_merge_with_itself"


class AlreadyMerged(DomainError):
    """“{name}”已经合并到“{survivor}”，不能再合并一次。请直接使用“{survivor}”。"""

    code = "already_merged"


class DifferentOwners(DomainError):
    """“{first}”和“{second}”属于不同的客户，不能合并。如果这两个客户其实是同一家，请先合并客户：合并客户 名称 到 名称。"""

    code = "different_owners"


class LevelUnchanged(DomainError):
    """客户“{name}”现在已经是“{level}”，没有做任何改动。请核对后再试。"""

    code = "level_unchanged"


class SeveralCustomers(DomainError):
    """名称里有“{text}”的客户不止一个，请用完整名称或客户编号再说一次：
    {lines}"""

    code = "several_customers"


class NoLabel(DomainError):
    """设备“{asset}”现在没有二维码，没有可停用的。要新做一个，请回复：二维码 {serial}。"""

    code = "no_label"
