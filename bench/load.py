"""Fills a database inside PostgreSQL: one organization of a wanted size among fifty."""

from pathlib import Path
from time import perf_counter

from sqlalchemy import Connection, create_engine, make_url, pool, text

from bench.installation import Installation, Sized
from ticketdesk.ids import new_id

ORGANIZATIONS = 50
OTHERS = 1000

RARE, COMMON, FIRST, SECOND, NOWHERE = "kwartzite", "printer", "invoice", "refund", "xylophonist"
"""Planted words: once in 50,000 tickets, in a third, in 3 and 2 of 100, and in none."""

_SQL = Path(__file__).parent / "sql"
_FAST = (
    # No triggers and no checks of references: what is loaded is right by making.
    "SET session_replication_role = replica",
    "SET maintenance_work_mem = '512MB'",
    "SET work_mem = '128MB'",
    "SET synchronous_commit = off",
)


def fill(installation: Installation, database: str, tickets: int) -> Sized:
    """Make the database and put `tickets` into one organization, 1,000 into each of 49 others.

    Secondary indexes are made after the load, like in a restore; the schema ends up the same.
    """
    began = perf_counter()
    installation.create(database)
    address = make_url(installation.address(database)).set(drivername="postgresql+psycopg")
    engine = create_engine(address, poolclass=pool.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in _FAST:
            connection.execute(text(statement))
        connection.execute(text(_script("1_words")))
        indexes = _drop_indexes(connection)
        organizations = [new_id("org") for _ in range(ORGANIZATIONS)]
        for number, organization_id in enumerate(organizations):
            _organization(connection, organization_id, number, OTHERS if number else tickets)
        for definition in indexes:
            connection.execute(text(definition))
        connection.execute(text("VACUUM ANALYZE"))
        agent_id = connection.execute(
            text("SELECT id FROM users WHERE email = 'agent1@org-0.example'")
        ).scalar_one()
    print(f"  {tickets:>9,} tickets, and 49,000 of others: {perf_counter() - began:.0f} s")
    return Sized(database, tickets, organizations[0], agent_id)


def _organization(connection: Connection, organization_id: str, number: int, size: int) -> None:
    values = {"organization": organization_id, "slug": f"org-{number}", "size": size}
    connection.execute(
        text(
            "INSERT INTO organizations"
            " (id, created_at, slug, name, timezone, locale, settings, version) VALUES"
            " (:organization, now() - interval '3 years', :slug, :slug, 'UTC', 'en', '{}', 1)"
        ),
        values,
    )
    connection.execute(
        text("INSERT INTO ticket_counters VALUES (:organization, 1001 + :size)"), values
    )
    for script in ("2_people", "3_tickets", "4_responses"):
        connection.execute(text(_script(script)), values)


def _script(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def _drop_indexes(connection: Connection) -> list[str]:
    rows = connection.execute(
        text(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
            " AND tablename IN ('tickets', 'ticket_responses') AND indexname NOT LIKE '%\\_pkey'"
        )
    ).all()
    for name, _ in rows:
        connection.execute(text(f'DROP INDEX "{name}"'))
    return [definition for _, definition in rows]
