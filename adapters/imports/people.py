"""Rows of our own people, and of customers with their contacts."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from adapters.imports.cells import ROLES, Latitude, Longitude, Mobile, Parts, Roles, UserId, WecomUserId, Yes
from adapters.imports.row import Row


class PersonRow(Row):
    """A row of people.csv."""

    KIND = "people"
    MARK = "roles"
    KEYS = ("mobile", "dingtalk_userid", "wecom_userid")
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "name": ("1 到 100 个字的姓名", "李建国"),
        "mobile": ("11 位手机号", "13800000001"),
        "roles": (f"用 ; 分隔的角色（{ROLES}）", "technician;storekeeper"),
        "region": ("不超过 100 个字的区域", "华东"),
        "skills": ("用 ; 分隔的技能", "制冷;电气"),
        "dingtalk_userid": ("不含空格、不超过 128 个字符的钉钉 userid", "manager4220"),
        "wecom_userid": ("不含空格、不超过 128 个字符的企业微信 userid", "lijianguo"),
        "manager": ("直接上级的 11 位手机号，或留空", "13800000006"),
        "left": ("离职填“是”，在职留空或填“否”", "是"),
    }

    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    mobile: Mobile = ""
    roles: Roles
    region: Annotated[str, StringConstraints(max_length=100)] = ""
    skills: Parts = ()
    dingtalk_userid: UserId = ""
    wecom_userid: WecomUserId = ""
    manager: Mobile = ""
    left: Yes = False

    @model_validator(mode="after")
    def _can_be_found_again(self) -> Self:
        if not (self.mobile or self.dingtalk_userid or self.wecom_userid):
            raise PydanticCustomError(
                "nobody",
                "mobile、dingtalk_userid、wecom_userid 至少填一个，例如 mobile 填 13800000001",
            )
        return self


class CustomerRow(Row):
    """A row of customers.csv: a customer and its contact."""

    KIND = "customers"
    MARK = "code"
    KEYS = ("code", "contact_mobile", "wecom_external_userid")
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "code": ("1 到 64 个字符的客户编号", "C001"),
        "name": ("1 到 200 个字的客户名称", "安达冷链物流有限公司"),
        "level": ("不超过 50 个字的客户级别", "金牌"),
        "region": ("不超过 100 个字的区域", "华东"),
        "address": ("不超过 500 个字的地址", "上海市嘉定区银翔路 88 号"),
        "latitude": ("-90 到 90 的纬度，或留空", "31.2938"),
        "longitude": ("-180 到 180 的经度，或留空", "121.2163"),
        "contact_name": ("不超过 100 个字的联系人姓名", "张敏"),
        "contact_mobile": ("11 位手机号", "13800000021"),
        "wecom_external_userid": (
            "不含空格、不超过 128 个字符的外部联系人 id",
            "wmQ4tCAAAAqHFT1tYb5y3kXn2J8ZpLdA",
        ),
    }

    code: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    level: Annotated[str, StringConstraints(max_length=50)] = ""
    region: Annotated[str, StringConstraints(max_length=100)] = ""
    address: Annotated[str, StringConstraints(max_length=500)] = ""
    contact_name: Annotated[str, StringConstraints(max_length=100)] = ""
    contact_mobile: Mobile = ""
    wecom_external_userid: UserId = ""
    latitude: Latitude = None
    longitude: Longitude = None

    @property
    def has_contact(self) -> bool:
        """Return whether the row names somebody who can be found again."""
        return bool(self.contact_mobile or self.wecom_external_userid)

    @model_validator(mode="after")
    def _contact_can_be_found_again(self) -> Self:
        if self.contact_name and not self.has_contact:
            raise PydanticCustomError(
                "nobody",
                "填了 contact_name，就要填 contact_mobile 或 wecom_external_userid，"
                "例如 contact_mobile 填 13800000021",
            )
        return self
