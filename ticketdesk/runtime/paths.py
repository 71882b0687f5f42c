"""The layout of the data dir: what each part of the runtime keeps there."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from ticketdesk.runtime.errors import StartError


@dataclass(frozen=True, slots=True)
class DataDir:
    """Paths under TICKETDESK_DATA_DIR."""

    root: Path

    @property
    def postgres(self) -> Path:
        """PostgreSQL's cluster."""
        return self.root / "postgres"

    @property
    def redis(self) -> Path:
        """Redis's append-only file."""
        return self.root / "redis"

    @property
    def run(self) -> Path:
        """What only a running installation needs: lock, recorded children, addresses."""
        return self.root / "run"

    @property
    def logs(self) -> Path:
        """Logs of the embedded servers and of the frontend build."""
        return self.root / "logs"

    @property
    def files(self) -> Path:
        """Attachments, where storage is local."""
        return self.root / "files"

    def prepare(self) -> None:
        """Make the folders, readable by nobody else, and prove that they take a write.

        Raises StartError where the disk is full or the place read-only.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            for folder in (self.run, self.logs):
                folder.mkdir(mode=0o700, exist_ok=True)
            # A full disk often takes an empty file and refuses the first block. Unnamed, since
            # several processes may ask at once.
            with TemporaryFile(dir=self.run) as probe:
                probe.write(b"\0" * 65_536)
                probe.flush()
        except OSError as error:
            raise StartError(
                f"TICKETDESK_DATA_DIR: cannot write to {self.root}: {error.strerror or error}"
            ) from error
