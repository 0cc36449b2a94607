"""Refusals about requests that are not registered yet."""

from domain.kernel.errors import DomainError


class DraftGone(DomainError):
    """没有正在填写的报修。设备有问题请直接描述，例如：3 号冷库机组不制冷了。"""

    code = "draft_gone"


class DraftNotYours(DomainError):
    """这张卡片不是您的，没有做任何改动。设备有问题请直接描述，例如：3 号冷库机组不制冷了。"""

    code = "draft_not_yours"


class ChoiceGone(DomainError):
    """这个选项现在不能用了，请看最新的卡片，或直接用文字告诉我们。"""

    code = "choice_gone"


class NothingJoined(DomainError):
    """没有找到可以撤销的关联。请带上工单号再说一次，例如：撤销关联 WO-20260302-0007。"""

    code = "nothing_joined"


class NoSuchMobile(DomainError):
    """这个号码是 {digits} 位，打不通：手机号要 11 位，座机请带区号。号码没有记下，请核对后再发一次，例如：电话改成 13800000000。"""

    code = "no_such_mobile"
