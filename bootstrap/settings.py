"""Every setting, read from `FIXLOOP_…` variables or `fixloop.toml`, checked before anything starts."""

import re
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.api_door import ApiKey
from domain.policies.documents import Company

CONFIG_FILE = "fixloop.toml"


def _base_url(value: str) -> str:
    value = value.rstrip("/")
    if not re.fullmatch(r"https?://[^/\s?#]+", value):
        raise ValueError("must be scheme://host[:port] without a path")
    return value


BaseUrl = Annotated[str, AfterValidator(_base_url)]


def _api_url(value: str) -> str:
    value = value.rstrip("/")
    if not re.fullmatch(r"https?://[^/\s?#@]+(/[^\s?#]*)?", value):
        raise ValueError("must be scheme://host[:port][/path] without a query")
    return value


_API_KEY = re.compile(
    r"(?P<name>[a-z0-9_-]{1,32})(?:@(?P<supplier>[^\s,:@]{1,64}))?:(?P<secret>[A-Za-z0-9_-]{24,128})"
)


def _keys_in(value: SecretStr) -> list[str]:
    return [part.strip() for part in value.get_secret_value().split(",") if part.strip()]


class WecomSettings(BaseModel):
    """One self-built app of one corp, and the 微信客服 account it may use."""

    model_config = ConfigDict(extra="forbid")

    corp_id: str = Field(min_length=1, examples=["ww1234567890abcdef"])
    agent_id: int = Field(ge=0, examples=[1000017])
    secret: SecretStr = Field(min_length=1, examples=["the app's Secret"])
    token: SecretStr = Field(min_length=1, max_length=32, examples=["the callback's Token"])
    encoding_aes_key: SecretStr = Field(examples=["43 letters and digits"])
    api_base: BaseUrl = "https://qyapi.weixin.qq.com"
    kf_open_kfid: str = Field(default="", examples=["wkAbCdEf"])
    group_webhook_url: SecretStr = Field(
        default=SecretStr(""), examples=["https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…"]
    )
    aibot_token: SecretStr = Field(default=SecretStr(""), examples=["the AI bot's Token"])
    aibot_encoding_aes_key: SecretStr = Field(default=SecretStr(""), examples=["43 letters and digits"])
    aibot_id: str = Field(default="", examples=["aibAbCdEf"])

    @property
    def has_aibot(self) -> bool:
        """Return whether the corp's AI bot (智能机器人) is configured."""
        return bool(self.aibot_id)

    @field_validator("encoding_aes_key", "aibot_encoding_aes_key")
    @classmethod
    def _forty_three(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        key = value.get_secret_value()
        optional = info.field_name == "aibot_encoding_aes_key"
        if not re.fullmatch(r"[A-Za-z0-9]{43}", key) and not (optional and not key):
            raise ValueError("must be 43 letters and digits")
        return value

    @model_validator(mode="after")
    def _whole_aibot(self) -> "WecomSettings":
        values = (self.aibot_token, self.aibot_encoding_aes_key)
        given = [bool(value.get_secret_value()) for value in values] + [bool(self.aibot_id)]
        if any(given) and not all(given):
            raise ValueError("aibot_token, aibot_encoding_aes_key and aibot_id belong together")
        return self


class DingtalkSettings(BaseModel):
    """One internal app with its robot."""

    model_config = ConfigDict(extra="forbid")

    client_id: str = Field(min_length=1, examples=["dingabcdefghij"])
    client_secret: SecretStr = Field(min_length=1, examples=["the app's Client Secret"])
    robot_code: str = Field(default="", examples=["dingabcdefghij"])
    corp_id: str = Field(default="", examples=["ding0123456789abcdef"])
    agent_id: int = Field(default=0, ge=0, examples=[2864013557])
    card_template_id: str = Field(default="", examples=["1f2e….schema"])
    api_base: BaseUrl = "https://api.dingtalk.com"
    oapi_base: BaseUrl = "https://oapi.dingtalk.com"
    group_conversation_id: str = Field(default="", examples=["cidAbC+/=="])

    @model_validator(mode="after")
    def _whole_web_app(self) -> "DingtalkSettings":
        if bool(self.corp_id) != bool(self.agent_id):
            raise ValueError("corp_id and agent_id belong together")
        return self

    @property
    def robot(self) -> str:
        """Return the robot's code; an internal app's robot shares the client id."""
        return self.robot_code or self.client_id


class LlmSettings(BaseModel):
    """A language model that reads what customers report; their words leave the house to it."""

    model_config = ConfigDict(extra="forbid")

    base_url: Annotated[str, AfterValidator(_api_url)] = Field(examples=["http://10.0.0.5:8000/v1"])
    model: str = Field(min_length=1, examples=["qwen3-8b"])
    api_key: SecretStr = Field(default=SecretStr(""), examples=["the service's API key"])
    timeout_s: int = Field(default=6, ge=1, le=30)


class Settings(BaseSettings):
    """All of Fixloop's settings; platforms that are not configured stay off."""

    model_config = SettingsConfigDict(
        env_prefix="FIXLOOP_", env_nested_delimiter="__", toml_file=CONFIG_FILE, extra="forbid"
    )

    database_url: str = Field(
        default="sqlite:///fixloop.db", examples=["postgresql+psycopg://user:pw@host/fixloop"]
    )
    files_dir: Path = Field(default=Path("data/files"), examples=["/var/lib/fixloop/files"])
    public_url: BaseUrl = Field(default="http://127.0.0.1:8080", examples=["https://fixloop.example.com"])
    port: int = Field(default=8080, ge=1, le=65535)
    host: str = "0.0.0.0"
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")
    offer_timeout_s: int = Field(default=600, ge=1, le=86400)
    choice_timeout_s: int = Field(default=600, ge=1, le=86400)
    company_name: str = Field(default="售后服务中心", min_length=1, max_length=60, examples=["华东冷链"])
    company_phone: str = Field(default="", max_length=60, examples=["400-800-1234"])
    company_address: str = Field(default="", max_length=120, examples=["上海市青浦区…"])
    link_key: SecretStr = Field(default=SecretStr(""), examples=["32 or more random letters and digits"])
    api_keys: SecretStr = Field(default=SecretStr(""), examples=["erp:32-random-letters-and-digits-here"])
    intake_window_s: int = Field(default=5, ge=0, le=60)
    duplicate_window_h: int = Field(default=72, ge=0, le=24 * 90)
    repeat_failure_d: int = Field(default=30, ge=0, le=90)
    delivery_lease_s: int = Field(default=10, ge=1, le=3600)
    web_workers: int = Field(default=2, ge=1, le=64)
    wecom: WecomSettings | None = None
    dingtalk: DingtalkSettings | None = None
    llm: LlmSettings | None = None

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value.startswith(("postgresql://", "postgres://")):
            value = "postgresql+psycopg://" + value.partition("://")[2]
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @field_validator("api_keys")
    @classmethod
    def _named_keys(cls, value: SecretStr) -> SecretStr:
        read = [_API_KEY.fullmatch(part) for part in _keys_in(value)]
        if not all(read) or len({one["name"] for one in read if one}) < len(read):
            raise ValueError(
                "must be name:secret,name@supplier:secret with secrets of 24 to 128 letters and digits"
            )
        return value

    @field_validator("llm")
    @classmethod
    def _has_a_window(cls, value: LlmSettings | None, info: ValidationInfo) -> LlmSettings | None:
        if value is not None and info.data.get("intake_window_s") == 0:
            raise ValueError("reads when the collecting window ends: intake_window_s must not be 0")
        return value

    def company(self) -> Company:
        """Return who issues the documents."""
        return Company(name=self.company_name, phone=self.company_phone, address=self.company_address)

    def key_of_links(self) -> str:
        """Return the secret that signs links to pages.

        Without one of its own it is the secret of a platform, which every replica has; where there is
        neither, links end with the process.
        """
        own = self.link_key.get_secret_value()
        platforms = [self.wecom.secret] if self.wecom else []
        platforms += [self.dingtalk.client_secret] if self.dingtalk else []
        return own or next((one.get_secret_value() for one in platforms), "") or secrets.token_urlsafe()

    @field_validator("link_key")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < 32:
            raise ValueError("must have 32 characters or more")
        return value

    def keys_of_api(self) -> list[ApiKey]:
        """Return the key of each system that may use the API."""
        read = (_API_KEY.fullmatch(part) for part in _keys_in(self.api_keys))
        return [ApiKey(one["name"], one["secret"], one["supplier"] or "") for one in read if one]

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over `fixloop.toml`."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


class BadSettings(Exception):
    """Settings that cannot work; `lines` say what, where, and an example."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def load_settings(**overrides: Any) -> Settings:
    """Read and check all settings.

    Raises:
        BadSettings: one line for each missing or wrong one.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise BadSettings([_explain(entry) for entry in error.errors(include_input=False)]) from None
    except ValueError as error:
        raise BadSettings([f"{CONFIG_FILE}: {error}"]) from None


def unknown_variables(environment: Iterable[str]) -> list[str]:
    """Return the `FIXLOOP_…` variables that no setting reads, such as misspelt ones."""
    known = {f"FIXLOOP_{name}".upper() for name in Settings.model_fields}
    return sorted(
        name
        for name in environment
        if name.upper().startswith("FIXLOOP_")
        and name.upper().partition("__")[0] not in known
        and not name.upper().startswith("FIXLOOP_TEST_")
    )


def _explain(entry: Any) -> str:
    where = [str(part) for part in entry["loc"]]
    variable = "FIXLOOP_" + "__".join(where).upper()
    model: Any = Settings
    example = ""
    for part in where:
        field = getattr(model, "model_fields", {}).get(part)
        if field is None:
            break
        example = str((field.examples or [""])[0])
        model = {"wecom": WecomSettings, "dingtalk": DingtalkSettings, "llm": LlmSettings}.get(part, object)
    problem = "is missing" if entry["type"] == "missing" else entry["msg"].removeprefix("Value error, ")
    return f"{variable} ({CONFIG_FILE}: {'.'.join(where)}): {problem}" + (
        f"; example: {example}" if example else ""
    )
