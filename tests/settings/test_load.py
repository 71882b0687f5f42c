"""A wrong or missing setting stops the start with one line that names it."""

from pathlib import Path

import pytest

from ticketdesk.settings import SettingsError, as_environment, environment, load

KEY = "k" * 32
EXTERNAL = {"DATABASE_URL": "postgresql://u:secret@db:5432/desk", "TICKETDESK_SECRET_KEY": KEY}


@pytest.fixture
def data_dir(tmp_path: Path) -> dict[str, str]:
    return {"TICKETDESK_DATA_DIR": str(tmp_path / "data")}


def test_nothing_has_to_be_set(data_dir) -> None:
    chosen = load(data_dir)

    assert (chosen.port, chosen.base_url, chosen.host) == (8000, "http://localhost:8000", "0.0.0.0")
    assert chosen.embedded_database
    assert chosen.embedded_redis
    assert not chosen.demo


def test_the_base_url_follows_the_port(data_dir) -> None:
    assert load({**data_dir, "PORT": "8123"}).base_url == "http://localhost:8123"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("TICKETDESK_BASE_URL", "desk.example.com"),
        ("TICKETDESK_BASE_URL", "https://desk.example.com/help"),
        ("DATABASE_URL", "mysql://u:secret@db/desk"),
        ("DATABASE_URL", "postgresql://u:secret@db"),
        ("DATABASE_URL", "postgresql://u:secret@db:port/desk"),
        ("REDIS_URL", "http://redis"),
        ("TICKETDESK_SECRET_KEY", "too-short"),
        ("TICKETDESK_DEMO", "maybe"),
        ("TICKETDESK_STORAGE_URL", "ftp://files"),
        ("TICKETDESK_TRUSTED_PROXIES", "10.0.0.0/8, proxy"),
        ("TICKETDESK_CLAMD", "tcp://scanner"),
        ("SENTRY_DSN", "sentry"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"),
        ("WEB_WORKERS", "many"),
        ("JOB_WORKERS", "0"),
    ],
)
def test_a_wrong_value_is_named_in_one_line(data_dir, name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load({**data_dir, "TICKETDESK_SECRET_KEY": KEY, name: value})

    assert str(refused.value).startswith(f"{name}: ")
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_database_of_ones_own_needs_a_secret_key() -> None:
    with pytest.raises(SettingsError, match="TICKETDESK_SECRET_KEY: is required"):
        load({"DATABASE_URL": "postgresql://u:p@db:5432/desk"})


def test_the_secret_key_is_made_once_and_for_nobody_else_to_read(data_dir, tmp_path: Path) -> None:
    first, second = load(data_dir), load(data_dir)

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret_key"]


def test_a_damaged_secret_key_is_not_replaced(data_dir, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret_key").write_text("short")

    with pytest.raises(SettingsError, match="is damaged"):
        load(data_dir)


def test_a_data_dir_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SettingsError, match="TICKETDESK_DATA_DIR: cannot use"):
        load({"TICKETDESK_DATA_DIR": str(tmp_path / "file" / "data")})


def test_the_demo_is_on_by_default_for_the_embedded_database_only(data_dir) -> None:
    assert load(data_dir, demo=True).demo
    assert load(data_dir, demo=True).host == "127.0.0.1"
    assert not load({**data_dir, "TICKETDESK_DEMO": "off"}, demo=True).demo
    assert not load({**data_dir, **EXTERNAL}, demo=True).demo


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_a_database_address_becomes_one(data_dir, scheme: str) -> None:
    chosen = load({**data_dir, **EXTERNAL, "DATABASE_URL": f"{scheme}://u:p@db/desk"})

    assert chosen.database_url == "postgresql://u:p@db/desk"


def test_passwords_do_not_show_when_settings_are_printed(data_dir) -> None:
    shown = repr(load({**data_dir, **EXTERNAL, "REDIS_URL": "redis://:secret@r/0"}))

    assert "secret@" not in shown
    assert KEY not in shown


def test_a_child_loads_the_very_same_settings(data_dir) -> None:
    chosen = load(
        {
            **data_dir,
            **EXTERNAL,
            "TICKETDESK_TRUSTED_PROXIES": "10.0.0.0/8 192.0.2.1",
            "TICKETDESK_CLAMD": "unix:/run/clamd",
            "TICKETDESK_DEMO": "yes",
        }
    )

    assert load(as_environment(chosen)) == chosen


def test_the_env_file_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(
        "# a comment\nexport PORT=8100\nTICKETDESK_BASE_URL='https://desk.example.com'\n"
        "WEB_WORKERS=3 # cores\n\n"
    )
    monkeypatch.chdir(tmp_path)
    for name in ("PORT", "TICKETDESK_BASE_URL", "WEB_WORKERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORT", "8200")

    found = environment()

    assert (found["PORT"], found["WEB_WORKERS"]) == ("8200", "3")
    assert found["TICKETDESK_BASE_URL"] == "https://desk.example.com"


def test_a_line_of_the_env_file_that_sets_nothing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("PORT=8100\nthis is no setting\n")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SettingsError, match=r"\.env: line 2 is not NAME=value"):
        environment()
