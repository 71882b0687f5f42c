"""What agents keep at hand: canned responses, macros, saved views, templates."""

from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk.models.base import JSON, TenantRow


class CannedResponse(TenantRow, table=True):
    """A text to insert; shared when it has no owner. `shortcut` is what is typed after `/`."""

    __tablename__ = "canned_responses"
    __table_args__ = (
        Index("canned_responses_list_idx", "organization_id", "folder", "title"),
        Index(
            "canned_responses_shortcut_key",
            "organization_id",
            "owner_id",
            "shortcut",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    owner_id: str | None = Field(default=None, foreign_key="users.id", ondelete="CASCADE")
    folder: str = ""
    title: str
    shortcut: str
    content: str
    version: int = 1


class Macro(TenantRow, table=True):
    """Several actions in one click; shared when it has no owner."""

    __tablename__ = "macros"
    __table_args__ = (Index("macros_list_idx", "organization_id", "title"),)

    owner_id: str | None = Field(default=None, foreign_key="users.id", ondelete="CASCADE")
    title: str
    actions: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    version: int = 1


class SavedView(TenantRow, table=True):
    """A named list: the filters as they stand in the address; shared when it has no owner."""

    __tablename__ = "saved_views"
    __table_args__ = (Index("saved_views_list_idx", "organization_id", "position", "title"),)

    owner_id: str | None = Field(default=None, foreign_key="users.id", ondelete="CASCADE")
    title: str
    query: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    position: int = 0
    version: int = 1
