"""The rungs of a ladder: when each one is due in counted time, and what it does."""

import re
from datetime import timedelta
from enum import StrEnum
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from domain.sla.spans import seconds

_PERCENT = re.compile(r"(\d{1,4})\s*%")


class Do(StrEnum):
    """What a step does."""

    REMIND_ASSIGNEE = "remind_assignee"
    REMIND_DESK = "remind_desk"
    POST_GROUP = "post_group"
    RAISE_PRIORITY = "raise_priority"
    REASSIGN = "reassign"
    ESCALATE_1 = "escalate_1"
    ESCALATE_2 = "escalate_2"
    ESCALATE_3 = "escalate_3"
    TODO = "todo"


class Moment(str):
    """When a step is due: `80%`, `-15分钟`, `+30分钟`; `100%` and `0` are the limit itself."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let Pydantic read it from text."""
        return core_schema.no_info_after_validator_function(cls._checked, core_schema.str_schema())

    @classmethod
    def _checked(cls, text: str) -> "Moment":
        moment = cls(text.strip())
        moment.goal(timedelta(0))
        return moment

    def goal(self, target: timedelta) -> timedelta:
        """Return the counted time at which the step is due; never less than none.

        Raises:
            ValueError: the text is no moment, with an example in Chinese.
        """
        if found := _PERCENT.fullmatch(self):
            return target * int(found[1]) / 100
        if self == "0":
            return target
        if self[:1] in "+-" and len(self) > 1:
            away = timedelta(seconds=seconds(self[1:]))
            return max(timedelta(0), target + (away if self[0] == "+" else -away))
        raise ValueError(f"“{self}”不是提醒时刻，请写成 80%、0、-15分钟 或 +30分钟")
