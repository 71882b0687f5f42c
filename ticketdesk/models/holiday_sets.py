"""Named sets of public holidays, by country and part of it, such as `DE` or `DE-BY`."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays


@dataclass(frozen=True, slots=True)
class HolidaySet:
    """A country whose holidays can be chosen, with the codes of its parts."""

    code: str
    parts: tuple[str, ...]


@lru_cache(maxsize=1)
def supported() -> dict[str, HolidaySet]:
    """Return every country there is a set for, by its code."""
    countries = holidays.list_supported_countries(include_aliases=False)
    return {code: HolidaySet(code, tuple(parts)) for code, parts in countries.items()}


def is_known(name: str) -> bool:
    """Whether a name such as `DE` or `DE-BY` stands for a set."""
    country, _, part = name.partition("-")
    known = supported().get(country)
    return known is not None and (not part or part in known.parts)


@lru_cache(maxsize=2048)
def named_holidays(name: str, year: int) -> dict[date, str]:
    """Return a set's holidays of one year with their names; years far away have none."""
    country, _, part = name.partition("-")
    if not 1970 <= year <= 2200:
        return {}
    days = holidays.country_holidays(country, subdiv=part or None, years=year, expand=False)
    return dict(days)
