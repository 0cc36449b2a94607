"""Settings are checked before anything starts; what is wrong is said with variable, file key and example."""

import os
from pathlib import Path

import pytest

from bootstrap.settings import BadSettings, load_settings

AES_KEY = "a1B2" * 10 + "xyz"
WECOM = {"corp_id": "ww1", "agent_id": "7", "secret": "s", "token": "t", "encoding_aes_key": AES_KEY}
DINGTALK = {"client_id": "ding1", "client_secret": "s"}


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for name in [name for name in os.environ if name.startswith("FIXLOOP_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def complaints(**overrides: object) -> list[str]:
    with pytest.raises(BadSettings) as refusal:
        load_settings(**overrides)
    return refusal.value.lines


def test_without_any_setting_it_runs_on_a_file_and_no_platform():
    settings = load_settings()

    assert settings.database_url == "sqlite:///fixloop.db"
    assert (settings.wecom, settings.dingtalk, settings.offer_timeout_s) == (None, None, 600)


@pytest.mark.parametrize(
    "form",
    ["postgres://u:p@db/fixloop", "postgresql://u:p@db/fixloop", "postgresql+psycopg://u:p@db/fixloop"],
)
def test_each_form_of_a_postgresql_url_is_understood(form: str):
    assert load_settings(database_url=form).database_url == "postgresql+psycopg://u:p@db/fixloop"


@pytest.mark.parametrize(
    "form", ["", "mysql://db/x", "postgresql+psycopg2://u:geheim@db/x", "fixloop.db", "sqlite://"]
)
def test_another_database_is_refused_without_showing_the_url(form: str):
    (line,) = complaints(database_url=form)

    assert line.startswith("FIXLOOP_DATABASE_URL (fixloop.toml: database_url): ")
    assert line.endswith("example: postgresql+psycopg://user:pw@host/fixloop")
    assert "geheim" not in line


AIBOT = {"aibot_id": "aib1", "aibot_token": "t", "aibot_encoding_aes_key": AES_KEY}


def test_an_ai_bot_is_configured_wholly():
    wecom = load_settings(wecom=WECOM | AIBOT).wecom

    assert wecom is not None
    assert wecom.has_aibot


def test_without_an_ai_bot_there_is_none():
    wecom = load_settings(wecom=WECOM).wecom

    assert wecom is not None
    assert not wecom.has_aibot


@pytest.mark.parametrize("missing", AIBOT)
def test_a_partial_ai_bot_is_refused(missing: str):
    (line,) = complaints(wecom=WECOM | {name: AIBOT[name] for name in AIBOT if name != missing})

    assert "belong together" in line


@pytest.mark.parametrize("half", [{"corp_id": "ding0123456789abcdef"}, {"agent_id": 2864013557}])
def test_half_of_what_signs_pages_for_dingtalk_is_refused(half: dict[str, object]):
    (line,) = complaints(dingtalk=DINGTALK | half)

    assert "corp_id and agent_id belong together" in line


@pytest.mark.parametrize("missing", WECOM)
def test_a_partial_wecom_names_the_missing_variable(missing: str):
    (line,) = complaints(wecom={name: value for name, value in WECOM.items() if name != missing})

    assert line.startswith(f"FIXLOOP_WECOM__{missing.upper()} (fixloop.toml: wecom.{missing}): is missing")
    assert "; example: " in line


@pytest.mark.parametrize("missing", DINGTALK)
def test_a_partial_dingtalk_names_the_missing_variable(missing: str):
    (line,) = complaints(dingtalk={name: value for name, value in DINGTALK.items() if name != missing})

    assert line.startswith(
        f"FIXLOOP_DINGTALK__{missing.upper()} (fixloop.toml: dingtalk.{missing}): is missing"
    )
    assert "; example: " in line


def test_everything_that_is_wrong_is_said_at_once():
    lines = complaints(port="0", wecom=WECOM | {"agent_id": "x", "encoding_aes_key": "short"}, dingtalk={})

    assert [line.partition(" ")[0] for line in lines] == [
        "FIXLOOP_PORT",
        "FIXLOOP_WECOM__AGENT_ID",
        "FIXLOOP_WECOM__ENCODING_AES_KEY",
        "FIXLOOP_DINGTALK__CLIENT_ID",
        "FIXLOOP_DINGTALK__CLIENT_SECRET",
    ]


@pytest.mark.parametrize("key", ["a" * 42, "a" * 44, "a" * 42 + "+", "a" * 42 + "字"])
def test_a_wrong_aes_key_is_not_shown(key: str):
    (line,) = complaints(wecom=WECOM | {"encoding_aes_key": key})

    assert "must be 43 letters and digits" in line
    assert key not in line


@pytest.mark.parametrize("base", ["http://127.0.0.1:8901", "https://qyapi.weixin.qq.com/"])
def test_a_base_is_scheme_and_host(base: str):
    wecom = load_settings(wecom=WECOM | {"api_base": base}).wecom

    assert wecom is not None
    assert wecom.api_base == base.rstrip("/")


@pytest.mark.parametrize(
    "base", ["127.0.0.1:8901", "ftp://host", "https://host/cgi-bin", "https://host?a=1", ""]
)
def test_a_base_with_a_path_is_refused(base: str):
    (line,) = complaints(dingtalk=DINGTALK | {"oapi_base": base})

    assert line.startswith("FIXLOOP_DINGTALK__OAPI_BASE (fixloop.toml: dingtalk.oapi_base): ")


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch):
    Path("fixloop.toml").write_text(
        'port = 1\nhost = "h"\n[dingtalk]\nclient_id = "d"\nclient_secret = "f"\n'
    )
    monkeypatch.setenv("FIXLOOP_PORT", "9001")
    monkeypatch.setenv("FIXLOOP_DINGTALK__CLIENT_SECRET", "from-environment")

    settings = load_settings()

    assert (settings.port, settings.host) == (9001, "h")
    assert settings.dingtalk is not None
    assert settings.dingtalk.client_secret.get_secret_value() == "from-environment"


def test_the_robot_s_code_is_the_client_id_unless_it_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FIXLOOP_DINGTALK__CLIENT_ID", "ding1")
    monkeypatch.setenv("FIXLOOP_DINGTALK__CLIENT_SECRET", "s")

    dingtalk = load_settings().dingtalk

    assert dingtalk is not None
    assert dingtalk.robot == "ding1"


def test_one_variable_of_a_platform_asks_for_the_others(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FIXLOOP_WECOM__CORP_ID", "ww1")

    assert len(complaints()) == len(WECOM) - 1


@pytest.mark.parametrize("text", ["colour = 1", "[wecom]\ncolour = 1", "[dingtalk"])
def test_what_the_file_should_not_say_is_named_with_the_file(text: str):
    Path("fixloop.toml").write_text(text)

    assert all("fixloop.toml" in line for line in complaints())


@pytest.mark.parametrize("name", ["WECOM", "DINGTALK"])
def test_a_platform_that_is_no_group_of_settings_is_named(monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv(f"FIXLOOP_{name}", "ww1")

    (line,) = complaints()

    assert name.lower() in line.lower()


def test_a_secret_is_not_in_a_printed_setting():
    settings = load_settings(
        wecom=WECOM | {"secret": "geheim-1"}, dingtalk=DINGTALK | {"client_secret": "geheim-2"}
    )

    assert "geheim" not in repr(settings)


LLM = {"base_url": "http://10.0.0.5:8000/v1/", "model": "any", "api_key": "geheim"}


def test_a_language_model_is_off_until_it_is_configured():
    assert load_settings().llm is None

    llm = load_settings(llm=LLM).llm

    assert llm is not None
    assert (llm.base_url, llm.timeout_s) == ("http://10.0.0.5:8000/v1", 6)
    assert "geheim" not in repr(llm)


@pytest.mark.parametrize("wrong", [{"base_url": "10.0.0.5/v1"}, {"base_url": "http://u:geheim@host/v1"}])
def test_a_wrong_address_of_a_language_model_is_named_but_not_shown(wrong: dict[str, str]):
    (line,) = complaints(llm=LLM | wrong)

    assert line.startswith("FIXLOOP_LLM__BASE_URL (fixloop.toml: llm.base_url): must be ")
    assert "geheim" not in line


def test_a_language_model_needs_a_collecting_window():
    (line,) = complaints(llm=LLM, intake_window_s=0)

    assert line.startswith("FIXLOOP_LLM (fixloop.toml: llm): ")
