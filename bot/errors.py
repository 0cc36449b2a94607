"""Refusals of the conversation itself."""

from domain.kernel.errors import DomainError


class NotUnderstood(DomainError):
    """“{words}”需要带上完整内容才能执行，例如：{example}。回复“我的工单”或“进度”可查看工单号。"""

    code = "not_understood"


class NothingOffered(DomainError):
    """现在没有等您答复的工单。回复“我的工单”可查看您手上的工单。"""

    code = "nothing_offered"


class SeveralOffers(DomainError):
    """有 {count} 张工单在等您答复，请带上工单号再说一次，例如：{lines}。"""

    code = "several_offers"


class NoneFits(DomainError):
    """“{word}”没有执行：您手上没有适合这一步的工单。回复“我的工单”可查看派给您的工单。"""

    code = "none_fits"


class OffersWait(DomainError):
    """“{word}”没有执行：您手上没有适合这一步的工单，还有 {count} 张等您接单。接单请回复：接单 {number}。"""

    code = "offers_wait"


class SeveralFit(DomainError):
    """有 {count} 张工单都可以“{word}”，请带上工单号再说一次：
    {lines}"""

    code = "several_fit"


class NothingWaiting(DomainError):
    """没有等您填写的服务报告，可能已经提交，或放得太久了。要填写请回复：完工 {number}。"""

    code = "nothing_waiting"


class NobodyToTell(DomainError):
    """您现在没有技师在处理的工单，话没有转出去。设备有问题请直接描述，我们会为您安排技师。"""

    code = "nobody_to_tell"


class SeveralToAccept(DomainError):
    """有 {count} 张工单在等您验收，请带上工单号再说一次，例如：{lines}。"""

    code = "several_to_accept"


class ColleagueUnknown(DomainError):
    """没有找到同事“{name}”，没有做任何改动。{alike}请用全名再说一次。"""

    code = "colleague_unknown"


class SeveralColleagues(DomainError):
    """有 {count} 位同事叫“{name}”，没有做任何改动。请带上手机号后四位，例如：{lines}。"""

    code = "several_colleagues"


class ApprovalNotNamed(DomainError):
    """“{words}”要带上编号，没有做任何改动，例如：{example}。编号可回复“待我审批”或“我发起的”查看。"""

    code = "approval_not_named"


class RequestUnknown(DomainError):
    """{lead}可以发起的申请有：{known}。例如：{example}。"""

    code = "request_unknown"


class RequestAmountUnclear(DomainError):
    """没有看懂金额“{amount}”，没有做任何改动。请写成元，最多两位小数，例如：{example}。"""

    code = "request_amount_unclear"


class WordsMissing(DomainError):
    """“{words}”还缺内容，没有做任何改动，例如：{example}。"""

    code = "words_missing"


class DayUnknown(DomainError):
    """没有看懂“{text}”里的到货日期，没有做任何改动。日期可写 12-05、3天后、下周三、月底，例如：{example}。"""

    code = "day_unknown"
