"""`python -m ticketdesk` is the `ticketdesk` command."""

from ticketdesk.cli import main

main()
