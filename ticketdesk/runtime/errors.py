"""Why a start was given up: one line for the operator."""


class StartError(Exception):
    """The start cannot go on; the text is one line that names what to change."""
