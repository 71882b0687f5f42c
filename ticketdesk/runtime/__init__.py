"""What runs TicketDesk on one machine: embedded servers, their supervisor and the start itself."""
