"""TicketDesk: a self-hosted support desk."""
