"""The key that signs and encrypts: given, or made once and kept in the data dir."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from ticketdesk.settings.values import SettingsError

_SHORTEST_KEY = 32
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def secret_key(environ: Mapping[str, str], data_dir: Path, embedded_database: bool) -> bytes:
    name = "TICKETDESK_SECRET_KEY"
    text = environ.get(name, "").strip()
    if text:
        if len(text) < _SHORTEST_KEY:
            raise SettingsError(name, f"must have at least {_SHORTEST_KEY} characters")
        return text.encode()
    if not embedded_database:
        raise SettingsError(
            name,
            "is required when DATABASE_URL is set; every machine needs the same one "
            "(make it with: openssl rand -hex 32)",
        )
    return _kept_key(data_dir)


def _kept_key(data_dir: Path) -> bytes:
    """The key kept in the data dir; the first of several concurrent starts makes it."""
    path = data_dir / "secret_key"
    try:
        if not path.exists():
            data_dir.mkdir(parents=True, exist_ok=True)
            fresh = data_dir / f".secret_key.{secrets.token_hex(8)}"
            try:
                with os.fdopen(os.open(fresh, _NEW, 0o600), "wb") as file:
                    file.write(secrets.token_hex(32).encode())
                    file.flush()
                    os.fsync(file.fileno())
                # A link never replaces: whoever comes second reads the first one's key.
                os.link(fresh, path)
            except FileExistsError:
                pass
            finally:
                fresh.unlink(missing_ok=True)
        key = path.read_bytes().strip()
    except OSError as error:
        raise SettingsError(
            "TICKETDESK_DATA_DIR", f"cannot use {data_dir}: {error.strerror or error}"
        ) from error
    if len(key) < _SHORTEST_KEY:
        raise SettingsError("TICKETDESK_DATA_DIR", f"{path} is damaged; restore it from a backup")
    return key
