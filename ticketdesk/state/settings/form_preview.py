"""Where the public form is previewed beside its settings."""


def address_of(organization: str, name: str = "1", step: str = "") -> str:
    """Return where a preview is shown.

    Args:
        name: of a draft; `1` shows what is saved.
        step: with which step it begins.
    """
    address = f"/embed/tickets?organizationId={organization}&preview={name}"
    return f"{address}#{step}" if step else address
