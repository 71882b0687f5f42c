"""A table's rows put aside and written back, as bytes that only the database reads."""

import psycopg
from psycopg import sql


def read_rows(connection: psycopg.Connection, table: str) -> bytes:
    """Return every row of a table."""
    command = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
    with connection.cursor().copy(command) as out:
        return b"".join(bytes(piece) for piece in out)


def write_rows(connection: psycopg.Connection, table: str, rows: bytes) -> None:
    """Add rows that `read_rows` returned."""
    command = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(table))
    with connection.cursor().copy(command) as into:
        into.write(rows)
