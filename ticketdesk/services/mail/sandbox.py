"""Where an organization's templates run: they see what they are given and cannot hang the desk."""

from dataclasses import dataclass
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

# What text needs and nothing that multiplies it.
_FILTERS = ("capitalize", "default", "e", "escape", "first", "last", "length", "lower", "replace")
_MORE_FILTERS = ("striptags", "title", "trim", "truncate", "upper", "urlencode", "nl2br", "quoted")
MAX_SOURCE = 100_000


@dataclass
class TemplateRefused(Exception):
    """A template that cannot be used: the line (from 1) and why, in words for its author."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.reason}"


class OwnTemplates(ImmutableSandboxedEnvironment):
    """Jinja without attributes beyond the given, no arithmetic that grows text, no range."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, *, html: bool) -> None:
        super().__init__(autoescape=html, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {k: v for k, v in self.filters.items() if k in (*_FILTERS, *_MORE_FILTERS)}
        self.tests = {k: v for k, v in self.tests.items() if k in {"defined", "none", "in", "eq"}}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse repetition and formatting: both turn a short template into gigabytes."""
        raise SecurityError(f"the operator {operator} is not available in templates")


def check(environment: OwnTemplates, source: str) -> None:
    """Raise `TemplateRefused` for what does not parse or could run away (loops inside loops)."""
    if len(source) > MAX_SOURCE:
        raise TemplateRefused(1, f"longer than {MAX_SOURCE} characters")
    try:
        tree = environment.parse(source)
        environment.compile(source)
    except TemplateSyntaxError as error:
        raise TemplateRefused(error.lineno, error.message or "cannot be read") from error
    for outer in tree.find_all(nodes.For):
        for inner in outer.find_all(nodes.For):
            raise TemplateRefused(inner.lineno, "a loop inside a loop")
    for kind in (nodes.Macro, nodes.CallBlock, nodes.Include, nodes.Import, nodes.Extends):
        for found in tree.find_all(kind):
            raise TemplateRefused(found.lineno, f"{kind.__name__.lower()} is not available")


def run(environment: OwnTemplates, source: str, context: dict[str, Any]) -> str:
    """Render `source`; raises `TemplateRefused` with the line for anything that goes wrong."""
    check(environment, source)
    try:
        return environment.from_string(source).render(context)
    except TemplateError as error:
        raise TemplateRefused(_line_of(error), str(error)) from error
    except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
        raise TemplateRefused(_line_of(error), f"{type(error).__name__}: {error}") from error


def _line_of(error: BaseException) -> int:
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
