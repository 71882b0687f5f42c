"""What an operator types, from the first organization to moving it elsewhere."""

import re
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner, Result

from tests.support.cast import PASSWORD
from tests.support.databases import copy_of_template, pointed_at
from ticketdesk import unit_of_work
from ticketdesk.actor import ActorKind
from ticketdesk.cli import app, connect, main
from ticketdesk.errors import Invalid, NotFound
from ticketdesk.runtime.schema_stamp import SchemaStamp
from ticketdesk.services import auth, organizations
from ticketdesk.settings import settings
from ticketdesk.unit_of_work import Credential


@pytest.fixture(autouse=True)
def _own_logging(monkeypatch: pytest.MonkeyPatch) -> None:
    # A command configures the logging of its process; this one belongs to the tests.
    monkeypatch.setattr(connect.logs, "configure", lambda _chosen: None)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


def succeed(*words: str) -> str:
    done = run(*words)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize(
    "name",
    [
        *("run", "web", "worker", "cron", "migrate", "seed", "init", "token"),
        *("user", "files", "export", "import", "doctor"),
    ],
)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    words = " ".join(succeed(name, "--help").split())

    assert re.search(rf"Example: .*ticketdesk {name}", words)


def test_an_organization_is_made_for_real(database: str) -> None:
    succeed(
        *("init", "--name", "Initech", "--slug", "initech", "--timezone", "Europe/Berlin"),
        *("--email", "peter@initech.example", "--admin-name", "Peter"),
        *("--password", "red stapler 42"),
    )

    signed_in = unit_of_work.across(auth.sign_in, "peter@initech.example", "red stapler 42")
    actor = unit_of_work.resolve(Credential(session_token=signed_in.token))
    assert actor.organization_id == unit_of_work.across(organizations.find_id, "initech")


def test_a_weak_password_makes_nothing(database: str) -> None:
    with pytest.raises(Invalid):
        run(
            *("init", "--name", "Initech", "--slug", "initech"),
            *("--email", "peter@initech.example", "--admin-name", "Peter", "--password", "x"),
        )


def test_a_token_opens_the_api(database: str, cast) -> None:
    token = succeed("token", "acme", "--name", "Gateway", "--scope", "inbound").strip()

    actor = unit_of_work.resolve(Credential(bearer=token))
    assert (actor.kind, actor.organization_id) == (ActorKind.API_KEY, cast.acme)
    assert actor.scopes == {"inbound"}


def test_a_member_is_added_listed_and_given_another_password(database: str) -> None:
    member = ("acme", "margaret@acme.example")
    succeed("user", "add", *member, "--name", "Margaret", "--password", "apollo eleven")
    assert "margaret@acme.example" in succeed("user", "list", "acme")
    signed_in = unit_of_work.across(auth.sign_in, member[1], "apollo eleven")

    succeed("user", "password", *member, "--password", "apollo twelve")

    with pytest.raises(Exception, match=r".") as refused:
        unit_of_work.resolve(Credential(session_token=signed_in.token))
    assert getattr(refused.value, "status", None) == 401
    assert unit_of_work.across(auth.sign_in, member[1], "apollo twelve").token


def test_an_organization_moves_to_another_installation(
    database: str, worker_id: str, tmp_path: Path
) -> None:
    archive = tmp_path / "acme.jsonl"
    succeed("export", "acme", str(archive))
    assert [path.name for path in tmp_path.iterdir()] == ["acme.jsonl"]

    with copy_of_template(f"other_{worker_id}") as url, pointed_at(url):
        _empty(url)
        assert re.search(r"users +5", succeed("import", str(archive)))
        succeed("user", "password", "acme", "ada@acme.example", "--password", PASSWORD)
        assert unit_of_work.across(auth.sign_in, "ada@acme.example", PASSWORD).token


def test_a_command_brings_the_schema_into_a_new_data_dir(
    database: str, worker_id: str, tmp_path: Path
) -> None:
    with copy_of_template(f"other_{worker_id}") as url, pointed_at(url):
        _empty(url)
        found = replace(settings(), embedded_database=True, data_dir=tmp_path)
        connect.bring_schema_in(found)
        assert SchemaStamp(found).holds()
        with pytest.raises(NotFound):
            unit_of_work.across(organizations.find_id, "acme")


def _empty(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def test_migrating_twice_changes_nothing(database: str) -> None:
    assert succeed("migrate") == succeed("migrate")


def test_the_doctor_fails_where_no_worker_runs(database: str, redis) -> None:
    done = run("doctor")

    assert done.exit_code == 1
    assert "✓ row-level security" in done.output
    assert "✗ workers" in done.output


def test_a_foreseen_failure_is_one_line(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["ticketdesk", "token", "nobody"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 1
    assert capsys.readouterr().err == "ticketdesk: There is no such organization.\n"
