"""The demo's people as the start shows them; the seed makes the same ones."""

DEMO_PASSWORD = "ticketdesk-demo"

DEMO_LOGINS = (
    ("ada@acme.example", "Acme Support, admin"),
    ("grace@acme.example", "Acme Support, agent"),
    ("linus@acme.example", "Acme Support, agent"),
    ("jane@customer.example", "customer of Acme Support"),
    ("omar@customer.example", "customer of Acme Support"),
    ("bo@globex.example", "Globex, admin"),
)
