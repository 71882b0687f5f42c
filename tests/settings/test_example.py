"""`.env.example` names every setting there is, and starts nothing by itself."""

import re
from pathlib import Path

from ticketdesk.settings import Settings, as_environment, load
from ticketdesk.settings.env_file import read_env_file

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_the_example_changes_nothing_until_a_line_is_uncommented() -> None:
    assert read_env_file(EXAMPLE) == {}


def test_the_example_names_every_setting(tmp_path: Path) -> None:
    named = set(re.findall(r"^#([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE))
    chosen: Settings = load({"TICKETDESK_DATA_DIR": str(tmp_path)})
    optional = {
        "DATABASE_URL",
        "REDIS_URL",
        "TICKETDESK_CLAMD",
        "SENTRY_DSN",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
    }

    assert named == (as_environment(chosen).keys() | optional) - {"TICKETDESK_EMBEDDED"}
