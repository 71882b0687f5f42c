"""Categories as they are written on tickets."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlmodel import Session

# One step down the index per category, instead of a look at every ticket.
_WRITTEN = text("""
WITH RECURSIVE written(category) AS (
  (SELECT category FROM tickets WHERE organization_id = :organization AND category IS NOT NULL
   ORDER BY category LIMIT 1)
  UNION ALL
  SELECT (SELECT t.category FROM tickets t WHERE t.organization_id = :organization
          AND t.category > written.category ORDER BY t.category LIMIT 1)
  FROM written WHERE written.category IS NOT NULL
)
SELECT category FROM written WHERE category IS NOT NULL LIMIT 2000
""")


def spelled(session: Session, organization_id: str, names: Iterable[str]) -> list[str]:
    """Return the categories that equal one of `names` in small letters, as tickets spell them."""
    wanted = {name.lower() for name in names}
    rows = session.execute(_WRITTEN, {"organization": organization_id})
    return [category for category in rows.scalars() if category.lower() in wanted]
