"""Rows of a state as the view functions see them: their keys are read in the browser."""

from typing import Any

from reflex.vars import ObjectVar

Record = ObjectVar[dict[str, Any]]
Words = ObjectVar[dict[str, str]]
