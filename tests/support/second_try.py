"""A second try for tests of whole systems (decision 7), with the first failure printed."""

import pytest

WHOLE_SYSTEMS = ("tests/journeys/", "tests/faults/")
"""Browsers, servers and killed processes, in whose timing this machine has a say."""


def allow(items: list[pytest.Item]) -> None:
    """Let what drives a whole system try twice; everything else has one try."""
    for item in items:
        if item.nodeid.startswith(WHOLE_SYSTEMS):
            item.add_marker(pytest.mark.flaky(reruns=1))


def show(terminal: pytest.TerminalReporter) -> None:
    """Print why a first try failed: the second hides nothing."""
    for report in terminal.getreports("rerun"):
        terminal.section(f"first try of {report.nodeid}")
        terminal.line(report.longreprtext)
