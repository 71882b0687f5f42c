"""The OpenAPI document and the application agree: no 5xx, no undocumented answer.

The requests are made from the document itself, right ones and wrong ones, from a fixed seed.
"""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ticketdesk.api.app import api

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    ignored_auth,
]
# Its answer has no end; test_events.py looks at it.
ENDLESS = "GET /api/events"

# Spoiling a body whose conditions hold conditions again recurses without end in schemathesis
# itself; wrong rules are in test_rules.py.
RECURSIVE = {("POST /api/rules", GenerationMode.NEGATIVE)}

schemathesis.serializer.alias("message/rfc822", "text/plain")
document = schemathesis.openapi.from_dict(api.openapi())
document.app = api
OPERATIONS = {result.ok().label: result.ok() for result in document.get_all_operations()}


CASES = [
    pytest.param(label, mode, id=f"{label}-{words}")
    for label in sorted(OPERATIONS.keys() - {ENDLESS})
    for mode, words in zip(GenerationMode, ("right", "wrong"), strict=True)
    if (label, mode) not in RECURSIVE
]


@pytest.mark.parametrize(("label", "mode"), CASES)
def test_every_answer_is_documented(label: str, mode: GenerationMode, admin, agent) -> None:
    agent.reply(agent.ticket(requesterEmail="jane@customer.example"), "Hello Jane")
    as_admin = {"Authorization": admin.authorization}

    @settings(
        max_examples=5,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[label].as_strategy(mode))
    def send(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=as_admin, checks=CHECKS)

    send()
