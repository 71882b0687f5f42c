"""Where the browser is."""

import shutil


def chromium_path() -> str:
    """Return the path of an installed Chromium.

    Raises:
        FileNotFoundError: there is none; `make browser` installs it.
    """
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise FileNotFoundError("No Chromium is installed: run `make browser`.")
