"""Tickets that were deleted: put away whole, restored exactly, and gone for good after a while."""
