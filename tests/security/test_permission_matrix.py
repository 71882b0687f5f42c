"""Every verb of the services, tried by everybody who may try it, driven by one literal table."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

import ticketdesk
from tests.security.matrix import AREAS, JOBS, PUBLIC_DOORS, STEPS, VERBS
from tests.security.probing import outcome
from tests.security.verbs import all_verbs
from tests.security.world import CALLERS, World, build
from ticketdesk import db

ROOT = Path(ticketdesk.__file__).parent
EDGES = ("api", "state", "public", "web")
PREFIX = "ticketdesk.services."
ALLOWED = {
    # Wraps a create, which looks at the caller itself.
    ("api/attachments.py", "idempotency.once"),
    ("api/caller.py", "idempotency.once"),
    # A mail provider's news, believed by its signature and taken in as the product.
    ("api/mail/events.py", "mail.outbound.fates.take_news"),
}
# Says back which identifiers it was given.
ECHOES = {"tickets.bulk.start"}


@pytest.fixture(scope="module")
def world(_worker_cast) -> Iterator[World]:
    """One of everything, in a transaction that is never committed."""
    with db.engine(db.APP_ROLE).connect() as connection, connection.begin() as transaction:
        db.set_tenant(connection, _worker_cast.acme)
        session = Session(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        yield build(session, _worker_cast)
        session.close()
        transaction.rollback()


def test_every_verb_is_in_the_table_once(world: World) -> None:
    tables = (*AREAS, PUBLIC_DOORS, JOBS, STEPS)
    named = [name for table in tables for name in table]

    missing = sorted(set(all_verbs()) - set(named))
    today = [f'"{name}": "{_letters(name, world)}",' for name in missing]
    assert missing == [], (
        "judge these and add them to their area in tests/security/matrix/:\n" + "\n".join(today)
    )
    assert sorted(set(named) - set(all_verbs())) == [], "these are gone"
    assert len(named) == len(set(named))


@pytest.mark.parametrize("name", sorted(VERBS | PUBLIC_DOORS))
def test_a_verb_lets_in_whom_the_table_says(name: str, world: World) -> None:
    found = {who: outcome(name, who, world) for who in CALLERS}

    told = "".join(found[who][0] for who in CALLERS)
    assert told == (VERBS | PUBLIC_DOORS)[name], {who: str(found[who][1]) for who in CALLERS}


@pytest.mark.parametrize("name", sorted(VERBS.keys() - ECHOES))
@pytest.mark.parametrize("who", ["foreign", "customer"])
def test_a_strangers_answer_holds_nothing_of_the_ticket(name: str, who: str, world: World) -> None:
    letter, given = outcome(name, who, world)
    hidden = [world.ids[key] for key in ("ticket_id", "response_id", "attachment_id", "chat_id")]
    if who == "foreign":
        hidden.append(world.cast.acme)

    assert letter != "y" or not [secret for secret in hidden if secret in repr(given)]


def test_nobody_without_a_credential_passes_any_verb() -> None:
    assert {name for name, row in VERBS.items() if row[CALLERS.index("nobody")] == "y"} == set()


def test_steps_and_jobs_are_out_of_reach_of_the_edges() -> None:
    reached = {
        (path.relative_to(ROOT).as_posix(), name)
        for edge in EDGES
        for path in (ROOT / edge).rglob("*.py")
        for name in _services_named_in(path)
        if name in STEPS | JOBS
    }

    assert reached <= ALLOWED, sorted(reached - ALLOWED)


def _letters(name: str, world: World) -> str:
    return "".join(outcome(name, who, world)[0] for who in CALLERS)


def _services_named_in(path: Path) -> set[str]:
    """Return the dotted names below `ticketdesk.services` that a module refers to."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules: dict[str, str] = {}
    named: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not f"{node.module}.".startswith(PREFIX):
            continue
        inside = f"{node.module}."[len(PREFIX) :]
        for alias in node.names:
            named.add(f"{inside}{alias.name}")
            modules[alias.asname or alias.name] = f"{inside}{alias.name}"
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=module), attr=name) if module in modules:
                named.add(f"{modules[module]}.{name}")
    return named
