"""Previews of pictures and PDFs, drawn in a process that may use little memory and time."""
