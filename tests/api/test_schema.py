"""The OpenAPI document and the application agree: no 5xx, no undocumented answer.

The requests are made from the document itself, right ones and wrong ones, from a fixed seed.
"""

import copy
import json
from typing import Any

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

from ticketdesk.api import events
from ticketdesk.api.app import api
from ticketdesk.api.caller import Caller
from ticketdesk.errors import Unauthenticated

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    ignored_auth,
]
GROUP = "Group-Input"

schemathesis.serializer.alias("message/rfc822", "text/plain")


def operations(document: dict[str, Any]) -> dict[str, Any]:
    loaded = schemathesis.openapi.from_dict(document)
    loaded.app = api
    return {result.ok().label: result.ok() for result in loaded.get_all_operations()}


def with_flat_groups(document: dict[str, Any]) -> dict[str, Any]:
    """Conditions hold conditions two deep: schemathesis spoils a recursive body without end."""
    flat = copy.deepcopy(document)
    schemas = flat["components"]["schemas"]
    own = f"#/components/schemas/{GROUP}"
    leaf = json.loads(json.dumps(schemas[GROUP]).replace(own, "#/components/schemas/Test"))
    schemas[GROUP] = json.loads(json.dumps(schemas[GROUP]).replace(own, f"{own}-Leaf"))
    schemas[f"{GROUP}-Leaf"] = leaf
    return flat


OPERATIONS = {
    GenerationMode.POSITIVE: operations(api.openapi()),
    GenerationMode.NEGATIVE: operations(with_flat_groups(api.openapi())),
}
CASES = [
    pytest.param(label, mode, id=f"{label}-{words}")
    for label in sorted(OPERATIONS[GenerationMode.POSITIVE])
    for mode, words in zip(GenerationMode, ("right", "wrong"), strict=True)
]


@pytest.fixture(autouse=True)
def _streams_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """An event stream ends as it does when its session was revoked: after the first events."""

    def revoked(_caller: Caller) -> None:
        raise Unauthenticated("Your session has ended.")

    monkeypatch.setattr(events, "BEAT", 0.05)
    monkeypatch.setattr(events, "CHECKED_EVERY", 0.0)
    monkeypatch.setattr(events, "_require_still_staff", revoked)


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
    @given(case=OPERATIONS[mode][label].as_strategy(mode))
    def send(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=as_admin, checks=CHECKS)

    send()
