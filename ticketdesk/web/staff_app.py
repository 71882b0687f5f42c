"""Reflex's App without what this product does not want on the wire."""

import json
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import reflex as rx
from reflex.utils import frontend_skeleton
from reflex_base.utils.imports import ImportVar

from ticketdesk.web import node


@dataclass
class StaffApp(rx.App):
    """The staff app: no toaster, no connection banner of the framework's, packages by the lock."""

    def __post_init__(self) -> None:
        """Leave out the wraps that we replace by our own."""
        self.toaster = None
        self.app_wraps.pop((5, "Overlay"), None)
        self.app_wraps.pop((4, "ExtraOverlay"), None)
        super().__post_init__()

    def _get_frontend_packages(self, imports: Mapping[str, Collection[ImportVar]]) -> None:
        """Install exactly what the lock names; resolve anew only when a package is missing in it.

        Args:
            imports: every import of the compiled pages.
        """
        web = Path.cwd() / ".web"
        if not self._lock_covers(web):
            super()._get_frontend_packages(imports)
            return
        installed = web / "node_modules" / ".package-lock.json"
        stamp = web / "node_modules" / ".ticketdesk-lock.json"
        lock = (web / "package-lock.json").read_bytes()
        if installed.exists() and stamp.exists() and stamp.read_bytes() == lock:
            return
        node.run(node.npm(), "ci", "--legacy-peer-deps", "--no-audit", "--no-fund", folder=web)
        shutil.copy(web / "package-lock.json", stamp)

    @staticmethod
    def _lock_covers(web: Path) -> bool:
        """Whether the committed lock pins every package as it is asked for."""
        from reflex_base import constants
        from reflex_base.config import get_config

        lock = web / "package-lock.json"
        if not lock.exists():
            return False
        root = json.loads(lock.read_text(encoding="utf-8"))["packages"][""]
        pinned = {**root.get("dependencies", {}), **root.get("devDependencies", {})}
        wanted = {
            **constants.PackageJson.DEPENDENCIES,
            **constants.PackageJson.DEV_DEPENDENCIES,
            **dict(spec.rsplit("@", 1) for spec in get_config().frontend_packages),
        }
        declared = frontend_skeleton._read_persisted_package_json()
        return declared.get("dependencies") == root.get("dependencies") and all(
            pinned.get(name, "").lstrip("^~v") == exact.lstrip("^~v")
            for name, exact in wanted.items()
        )
