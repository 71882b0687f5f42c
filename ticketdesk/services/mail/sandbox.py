"""Where an organization's templates run: they see what they are given and cannot hang the desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, nodes
from jinja2.filters import do_replace, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

# What text needs and nothing that multiplies it.
_FILTERS = ("capitalize", "default", "e", "escape", "first", "last", "length", "lower", "replace")
_MORE_FILTERS = ("striptags", "title", "trim", "truncate", "upper", "urlencode", "nl2br", "quoted")
MAX_SOURCE = 100_000
MAX_OUTPUT = 1_000_000
MAX_LOOPS = 20
# Each of them lets a few lines double a text again and again.
_REFUSED: tuple[tuple[type[nodes.Node], str], ...] = (
    (nodes.Macro, "macro is not available"),
    (nodes.CallBlock, "call is not available"),
    (nodes.Include, "include is not available"),
    (nodes.Import, "import is not available"),
    (nodes.FromImport, "import is not available"),
    (nodes.Extends, "extends is not available"),
    (nodes.AssignBlock, "a set block is not available; set a value instead"),
    (nodes.Concat, "the operator ~ is not available; write the parts one after the other"),
)


@dataclass
class TemplateRefused(Exception):
    """A template that cannot be used: the line (from 1) and why, in words for its author."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.reason}"


class OwnTemplates(ImmutableSandboxedEnvironment):
    """Jinja without attributes beyond the given, no arithmetic that grows text, no range.

    The one thing to call is `t`: methods of texts such as `ljust` make gigabytes of a few letters.
    """

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, *, html: bool) -> None:
        super().__init__(autoescape=html, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {k: v for k, v in self.filters.items() if k in (*_FILTERS, *_MORE_FILTERS)}
        self.filters["replace"] = _replace
        self.tests = {k: v for k, v in self.tests.items() if k in {"defined", "none", "in", "eq"}}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse repetition and formatting: both turn a short template into gigabytes."""
        if operator == "+" and isinstance(left, int) and isinstance(right, int):
            return left + right
        raise SecurityError(f"the operator {operator} is not available in templates")

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a function that was given, and nothing that belongs to a value."""
        if not isinstance(obj, (FunctionType, Undefined)):
            raise SecurityError("only t can be called in templates")
        return super().call(context, obj, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> None:
        """Leave `format` a method of a text, which `call` refuses.

        Jinja's wrapper of it is a plain function, and pads to any width before anybody looks.
        """

    def is_safe_callable(self, obj: Any) -> bool:
        """What is undefined says so by itself when it is called."""
        return isinstance(obj, Undefined) or super().is_safe_callable(obj)


@pass_eval_context
def _replace(context: EvalContext, text: str, old: str, new: str, count: int | None = None) -> str:
    found = str(text).count(str(old)) if str(old) else len(str(text)) + 1
    if len(str(text)) + found * len(str(new)) > MAX_OUTPUT:
        raise SecurityError("replace would make a text that is too long")
    return do_replace(context, text, old, new, count)


def check(environment: OwnTemplates, source: str) -> None:
    """Raise `TemplateRefused` for what does not parse or could run away (loops inside loops)."""
    if len(source) > MAX_SOURCE:
        raise TemplateRefused(1, f"longer than {MAX_SOURCE} characters")
    try:
        tree = environment.parse(source)
        environment.compile(source)
    except TemplateSyntaxError as error:
        raise TemplateRefused(error.lineno, error.message or "cannot be read") from error
    except (RecursionError, MemoryError) as error:
        raise TemplateRefused(1, "it is nested too deeply") from error
    loops = list(tree.find_all(nodes.For))
    for outer in loops:
        for inner in outer.find_all(nodes.For):
            raise TemplateRefused(inner.lineno, "a loop inside a loop")
    if len(loops) > MAX_LOOPS:
        raise TemplateRefused(loops[MAX_LOOPS].lineno, f"more than {MAX_LOOPS} loops")
    for kind, reason in _REFUSED:
        for found in tree.find_all(kind):
            raise TemplateRefused(found.lineno, reason)


def run(environment: OwnTemplates, source: str, context: dict[str, Any]) -> str:
    """Render `source`; raises `TemplateRefused` with the line for anything that goes wrong."""
    check(environment, source)
    try:
        return _limited(environment.from_string(source).generate(context))
    except TemplateError as error:
        raise TemplateRefused(_line_of(error), str(error)) from error
    except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
        raise TemplateRefused(_line_of(error), f"{type(error).__name__}: {error}") from error


def _limited(pieces: Iterator[str]) -> str:
    taken, length = [], 0
    for piece in pieces:
        length += len(piece)
        if length > MAX_OUTPUT:
            raise TemplateRefused(1, f"it makes more than {MAX_OUTPUT:,} characters")
        taken.append(piece)
    return "".join(taken)


def _line_of(error: BaseException) -> int:
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
