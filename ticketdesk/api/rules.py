"""Rules: what happens by itself, and a way to try it on the past."""

from typing import Annotated, Any

from fastapi import Body, Path
from sqlmodel import Session
from starlette.responses import Response

from ticketdesk.actor import Actor
from ticketdesk.api.answers import Answer, Done, answer, reading, writing
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.parameters import IdempotencyKey
from ticketdesk.api.preconditions import IfMatch, etag, expected
from ticketdesk.api.routing import router
from ticketdesk.models.wire import Command
from ticketdesk.services.rules import manage, runs, starters
from ticketdesk.services.rules.definition import RuleInput, RulePatch
from ticketdesk.services.rules.runs import RunView
from ticketdesk.services.rules.starters import StarterView
from ticketdesk.services.rules.trial import Trial, TrialInput, try_rule
from ticketdesk.services.rules.views import RuleView
from ticketdesk.services.rules.vocabulary import VocabularyView, vocabulary
from ticketdesk.services.rules.workload import WorkloadView, workload

routes = router("Rules")

RuleId = Annotated[str, Path(description="The rule's id.")]

_RULE = {
    "name": "Refunds are urgent",
    "triggers": ["TICKET_CREATED", "CUSTOMER_RESPONDED"],
    "conditions": {
        "any": [
            {"field": "subject", "operator": "CONTAINS", "value": "refund"},
            {
                "field": "latestMessage",
                "operator": "MATCHES_ANY_WORD",
                "value": ["refund", "chargeback"],
            },
        ]
    },
    "actions": [
        {"type": "SET_PRIORITY", "priority": "URGENT"},
        {"type": "ASSIGN_ROUND_ROBIN"},
        {"type": "ADD_TAGS", "tags": ["refund"]},
    ],
}
_CLOSING = {
    "name": "Close after 7 days",
    "triggers": ["TIME_PASSED"],
    "passed": {"hours": 168, "since": "STATUS_CHANGED"},
    "conditions": {"all": [{"field": "status", "operator": "IS", "value": "RESOLVED"}]},
    "actions": [{"type": "CLOSE"}],
}
_EXAMPLES: Any = {"keywords": {"value": _RULE}, "on a schedule": {"value": _CLOSING}}


class RuleAnswer(Answer):
    """One rule."""

    rule: RuleView


class RulesAnswer(Answer):
    """The rules in the order in which they run."""

    rules: list[RuleView]
    next_cursor: str | None = None


class RunsAnswer(Answer):
    """A rule's newest runs."""

    runs: list[RunView]


class TrialAnswer(Answer, Trial):
    """What a rule would have done."""


class StartersAnswer(Answer):
    """Rules to begin with."""

    starters: list[StarterView]


class VocabularyAnswer(Answer):
    """What rules can speak of."""

    vocabulary: VocabularyView


class WorkloadAnswer(Answer):
    """Agents with their open tickets, the busiest first."""

    workload: list[WorkloadView]


class Order(Command):
    """Every rule's id, in the order in which they are to run."""

    rule_ids: Annotated[list[str], Body(max_length=500)]


@routes.get("/api/rules", response_model=RulesAnswer, summary="List rules", responses=reading())
def list_rules(caller: SignedIn) -> Response:
    """Give the rules in the order in which they run, with how often each did: staff only."""
    return answer(RulesAnswer(rules=caller.run(manage.list_all)))


@routes.post(
    "/api/rules",
    status_code=201,
    response_model=RuleAnswer,
    summary="Make a rule",
    responses=writing(409),
)
def create_rule(
    caller: SignedIn,
    body: Annotated[RuleInput, Body(openapi_examples=_EXAMPLES)],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Make a rule that runs after those there are: admins only."""

    def make(session: Session, actor: Actor) -> dict[str, Any]:
        return {"success": True, "rule": manage.create(session, actor, body).wire()}

    return answer(caller.create(idempotency_key, "POST /api/rules", body, make), 201)


@routes.post(
    "/api/rules/try",
    response_model=TrialAnswer,
    summary="Try a rule on the past",
    responses=writing(),
)
def try_a_rule(
    caller: SignedIn, body: Annotated[TrialInput, Body(openapi_examples=_EXAMPLES)]
) -> Response:
    """Tell which tickets of the last `days` (90) the rule would have touched; nothing is saved."""
    found = caller.run(try_rule, body)
    return answer({"success": True, **found.wire()})


@routes.get(
    "/api/rules/starters",
    response_model=StartersAnswer,
    summary="List starter rules",
    responses=reading(),
)
def starter_rules(caller: SignedIn) -> Response:
    """Give rules to begin with; each is the body of a new one, still off."""
    return answer(StartersAnswer(starters=caller.run(starters.list_starters)))


@routes.get(
    "/api/rules/vocabulary",
    response_model=VocabularyAnswer,
    summary="Show what rules can speak of",
    responses=reading(),
)
def show_vocabulary(caller: SignedIn) -> Response:
    """Give triggers, fields with their operators, and kinds of actions."""
    return answer(VocabularyAnswer(vocabulary=caller.run(vocabulary)))


@routes.get(
    "/api/workload",
    response_model=WorkloadAnswer,
    summary="Show who has how much to do",
    responses=reading(),
)
def show_workload(caller: SignedIn) -> Response:
    """Give every agent's open tickets and whether they would be given another: staff only."""
    return answer(WorkloadAnswer(workload=caller.run(workload)))


@routes.put(
    "/api/rules/order",
    response_model=RulesAnswer,
    summary="Put rules in order",
    responses=writing(409),
)
def reorder_rules(caller: SignedIn, body: Order) -> Response:
    """Set the order in which rules run: admins only."""
    return answer(RulesAnswer(rules=caller.run(manage.reorder, body.rule_ids)))


@routes.get(
    "/api/rules/{rule_id:ref}",
    response_model=RuleAnswer,
    summary="Read a rule",
    responses=reading(404),
)
def read_rule(caller: SignedIn, rule_id: RuleId) -> Response:
    """Give one rule."""
    rule = caller.run(manage.get, rule_id)
    return answer(RuleAnswer(rule=rule), headers=etag(rule.version))


@routes.get(
    "/api/rules/{rule_id:ref}/runs",
    response_model=RunsAnswer,
    summary="List a rule's last runs",
    responses=reading(404),
)
def rule_runs(caller: SignedIn, rule_id: RuleId) -> Response:
    """Give the newest 50 runs: on which ticket, what changed, or why it could not."""

    def found(session: Session, actor: Actor) -> list[RunView]:
        return runs.last_runs(session, actor, manage.get(session, actor, rule_id).id)

    return answer(RunsAnswer(runs=caller.run(found)))


@routes.patch(
    "/api/rules/{rule_id:ref}",
    response_model=RuleAnswer,
    summary="Change a rule",
    responses=writing(404, 412),
)
def change_rule(
    caller: SignedIn, rule_id: RuleId, body: RulePatch, if_match: IfMatch = None
) -> Response:
    """Change the given parts of a rule; `position` moves it: admins only."""
    rule = caller.run(manage.change, rule_id, body, version=expected(if_match))
    return answer(RuleAnswer(rule=rule), headers=etag(rule.version))


@routes.delete(
    "/api/rules/{rule_id:ref}",
    response_model=Done,
    summary="Delete a rule",
    responses=reading(404),
)
def delete_rule(caller: SignedIn, rule_id: RuleId) -> Response:
    """Delete a rule; what it did stays in the history of the tickets: admins only."""
    caller.run(manage.delete, rule_id)
    return answer(Done())
