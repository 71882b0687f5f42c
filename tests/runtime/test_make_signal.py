"""Make does not pass on a SIGINT of its own; the supervisor notices it all the same."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

_MAKEFILE = """
run:
\t@{python} -c 'import supervised; supervised.main("{root}")'
"""
_SUPERVISED = """
import os
from pathlib import Path
from ticketdesk.runtime.process import Spec
from ticketdesk.runtime.supervisor import Supervisor

def main(root):
    with Supervisor(Path(root), Path(root)) as supervisor:
        supervisor.add(Spec("child", ["sleep", "60"], dict(os.environ)))
        Path(root, "up").touch()
        supervisor.run()
    Path(root, "stopped").touch()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_make_alone_stops_the_desk(tmp_path: Path, number: signal.Signals) -> None:
    make = shutil.which("make")
    assert make, "make runs the product, so it is here"
    (tmp_path / "Makefile").write_text(_MAKEFILE.format(python=sys.executable, root=tmp_path))
    (tmp_path / "supervised.py").write_text(_SUPERVISED)
    process = subprocess.Popen(
        [make, "run"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}"},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        # A test run in the background ignores SIGINT, and whatever it starts would, too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        while not (tmp_path / "up").exists():
            assert process.poll() is None
        process.send_signal(number)

        assert process.wait(timeout=60) != 0
        assert (tmp_path / "stopped").exists()
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
