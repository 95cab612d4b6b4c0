"""Settings: from the environment or .env, and one line where one is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.__main__ import main
from bot.settings import Settings, WrongSettings, settings

TOKEN = "123456789:AAE-a-token-for-tests"


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({}, "TELEGRAM_TOKEN is not set"),
        ({"TELEGRAM_TOKEN": "secret"}, "TELEGRAM_TOKEN is wrong"),
        ({"TELEGRAM_TOKEN": TOKEN, "WEBHOOK_LISTEN": "8080"}, "WEBHOOK_LISTEN is wrong: write host:port"),
        ({"TELEGRAM_TOKEN": TOKEN, "WEBHOOK_URL": "bot.example"}, "WEBHOOK_URL is wrong: write an address"),
        ({"TELEGRAM_TOKEN": TOKEN, "WEBHOOK_SECRET": "so secret!"}, "WEBHOOK_SECRET is wrong: at most 256"),
        ({"TELEGRAM_TOKEN": TOKEN, "IN_FLIGHT": "many"}, "IN_FLIGHT is wrong"),
        ({"TELEGRAM_TOKEN": TOKEN, "LOG_LEVEL": "loud"}, "LOG_LEVEL is wrong"),
    ],
)
def test_wrong_settings_are_one_line_without_the_value(
    variables: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TELEGRAM_TOKEN", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettings, match=told) as wrong:
        settings()
    assert "\n" not in str(wrong.value)
    assert "secret" not in str(wrong.value)


def test_settings_come_from_the_environment_and_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / ".env").write_text(f"TELEGRAM_TOKEN={TOKEN}\nHEALTH_LISTEN=[::1]:9000\nWEBHOOK_LISTEN=:8443\n")
    monkeypatch.setenv("TELEGRAM_BASE_URL", "http://127.0.0.1:8081/")
    monkeypatch.setenv("SAIDSO_DATA", str(tmp_path / "data"))
    found = settings()
    assert found.token == TOKEN
    assert TOKEN not in repr(found)
    assert found.telegram_base_url == "http://127.0.0.1:8081"
    assert found.health_listen is not None
    assert (found.health_listen.host, found.health_listen.port) == ("::1", 9000)
    assert (found.webhook_listen.host, found.webhook_listen.port) == ("0.0.0.0", 8443)
    assert found.database == tmp_path / "data"
    assert len(found.secret) == 64
    with pytest.raises(ValidationError):
        found.log_level = "debug"
    assert Settings(telegram_token=TOKEN).secret == found.secret  # type: ignore[arg-type]


def test_the_database_commands_say_what_they_did_or_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("SAIDSO_DATA", str(tmp_path / "state"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(["upgrade"]) == 0
    assert "The database is of version" in capsys.readouterr().out
    assert main(["inbox"]) == 0
    assert capsys.readouterr().out == "0 waiting, 0 set aside\n"
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    assert main(["inbox"]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "Check DATABASE_URL" in told
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:port/nothing")
    assert main(["inbox"]) == 2
    assert "DATABASE_URL is no address" in capsys.readouterr().err
