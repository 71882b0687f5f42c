"""What the product imports is what its locked requirements install, and no more than it says."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def names(requirements: list[str]) -> set[str]:
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in requirements)
    return {match.group().lower().replace("_", "-").replace(".", "-") for match in found if match}


def imported(folder: str) -> Iterator[tuple[Path, str]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name.split(".")[0]) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield path, node.module.split(".")[0]


def undeclared(folder: str, declared: set[str]) -> set[str]:
    providers = packages_distributions()
    ours = {"ticketdesk", "tests", "bench", "alembic", *sys.stdlib_module_names}
    # Beside a test lie modules of its own.
    ours |= {path.stem for path in (ROOT / folder).rglob("*.py")}
    return {
        f"{module} in {path.relative_to(ROOT)}"
        for path, module in imported(folder)
        if module not in ours and not names(providers.get(module, [module])) & declared
    }


def test_the_product_imports_only_what_it_declares() -> None:
    # Parts of declared packages: Reflex brings its base, FastAPI its Starlette.
    brought_along = {"reflex-base", "starlette", "botocore", "opentelemetry-api", "pydantic"}

    assert undeclared("ticketdesk", names(PROJECT["dependencies"]) | brought_along) == set()


@pytest.mark.parametrize("folder", ["tests", "bench"])
def test_tests_and_benchmarks_import_only_what_is_locked(folder: str) -> None:
    locked = names(
        [line for line in (ROOT / LOCKS[1]).read_text().splitlines() if line[:1].isalnum()]
    )

    assert undeclared(folder, locked) == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_by_hash_and_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = [line for line in text.splitlines() if line[:1].isalnum()]

    assert all(re.match(r"[a-z0-9.-]+==\S+", line) for line in pinned)
    assert "://" not in text
    assert text.count("--hash=sha256:") >= len(pinned)


def test_both_locks_agree() -> None:
    runtime, development = (
        {
            line.split(" ;")[0].split(" \\")[0]
            for line in (ROOT / lock).read_text(encoding="utf-8").splitlines()
            if line[:1].isalnum()
        }
        for lock in LOCKS
    )

    assert runtime <= development


def test_every_declared_dependency_is_locked() -> None:
    text = (ROOT / LOCKS[0]).read_text(encoding="utf-8")
    locked = names([line for line in text.splitlines() if line[:1].isalnum()])

    assert names(PROJECT["dependencies"]) <= locked
