"""What the sidebar, the palette and the key sheet list: only screens that exist."""

from dataclasses import dataclass

from ticketdesk.services.desk.views import OPEN


@dataclass(frozen=True, slots=True)
class View:
    """A standing filter of the ticket list; `name` is its word in the address and in the counts."""

    name: str
    label: str
    icon: str
    tone: str = ""
    keys: str = ""

    @property
    def path(self) -> str:
        """Its address."""
        return f"/app/tickets?view={self.name or OPEN}"


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen beside the list."""

    path: str
    label: str
    icon: str
    keys: str
    keywords: tuple[str, ...] = ()


VIEWS = (
    View("mine", "My open", "person"),
    View("unassigned", "Unassigned", "inbox"),
    View("", "All open", "layers", keys="g t"),
    View("due_soon", "Due soon", "alarm", "warn"),
    View("breached", "Breached", "flame", "danger"),
    View("waiting", "Waiting", "hourglass"),
    View("closed", "Recently closed", "archive"),
)

SCREENS = (
    Screen("/app/chats", "Chats", "chat", "g c", ("conversations", "live")),
    Screen("/app/dashboard", "Dashboard", "dashboard", "g d", ("statistics", "numbers")),
    Screen("/app/reports", "Reports", "reports", "g r", ("analytics", "charts", "numbers")),
    Screen("/app/workload", "Workload", "workload", "g w", ("agents", "capacity", "availability")),
    Screen("/app/settings", "Settings", "settings", "g ,", ("preferences", "admin")),
)

PLACES: list[dict[str, object]] = [
    {
        "name": "Do",
        "items": [
            {"to": "/app/tickets/new", "label": "New ticket", "icon": "plus", "keys": "c"},
        ],
    },
    {
        "name": "Go to",
        "items": [
            *(
                {"to": view.path, "label": view.label, "icon": view.icon, "keywords": ["view"]}
                for view in VIEWS
            ),
            *(
                {
                    "to": screen.path,
                    "label": screen.label,
                    "icon": screen.icon,
                    "keys": screen.keys,
                    "keywords": list(screen.keywords),
                }
                for screen in SCREENS
            ),
        ],
    },
]

KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "Anywhere": (
        ("Find or do", "Ctrl K"),
        ("New ticket", "c"),
        ("Search", "/"),
        ("Tickets", "g t"),
        ("Chats", "g c"),
        ("Dashboard", "g d"),
        ("Reports", "g r"),
        ("Workload", "g w"),
        ("These keys", "?"),
    ),
    "List": (
        ("Next", "j"),
        ("Previous", "k"),
        ("Select", "x"),
        ("Select up to here", "Shift X"),
        ("Open", "Enter"),
        ("Reply", "r"),
        ("Internal note", "n"),
        ("Assign", "a"),
        ("Assign to me", "i"),
        ("Status", "s"),
        ("Priority", "p"),
        ("Tags", "t"),
        ("Delete (admins)", "#"),
    ),
    "Ticket": (
        ("Reply", "r"),
        ("Internal note", "n"),
        ("Send", "Ctrl Enter"),
        ("Assign", "a"),
        ("Assign to me", "i"),
        ("Status", "s"),
        ("Priority", "p"),
        ("Tags", "t"),
        ("Next ticket", "]"),
        ("Previous ticket", "["),
        ("Back to the list", "u"),
        ("Delete (admins)", "#"),
    ),
}
