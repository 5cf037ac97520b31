"""How the process ends: at once, but everything that is due at the end happens, and the exit code is that of the command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from harness import REPO

from generator.commands import leave

PAGE = "# Boat\n\n| Field | Type |\n|-|-|\n| `a` | string |\n"


def python(
    *argv: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(REPO), **environment}
    command = [sys.executable, *argv]
    return subprocess.run(
        command, check=False, cwd=cwd, env=env, capture_output=True, text=True
    )


def script(body: str, before: str = "") -> str:
    """A process whose work is `body`, with an object that tells when Python takes it apart."""
    lines = [
        "import atexit, sys, threading, time",
        "class Told:",
        "    def __del__(self): print('freed')",
        "told = Told()",
        before,
        "from generator.commands.leave import hold, run_process",
        "def work():",
        *(f"    {line}" for line in body.splitlines()),
        "run_process(work)",
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("code", [0, 1, 2, 141])
def test_nothing_is_freed_and_the_code_stays(code: int) -> None:
    done = python("-c", script(f"print('x' * 100_000)\nreturn {code}"))
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout == "x" * 100_000 + "\n"


def test_what_waits_for_the_end_is_called() -> None:
    body = """\
def last(): print("at exit")
atexit.register(last)
def slow():
    time.sleep(0.1)
    print("thread")
threading.Thread(target=slow).start()
return 0"""
    assert python("-c", script(body)).stdout == "thread\nat exit\n"


def test_who_was_here_before_has_the_end() -> None:
    body = "hold(told)\nreturn 3"
    done = python("-c", script(body, "atexit.register(print, 'measured')"))
    assert (done.returncode, done.stdout) == (3, "measured\nfreed\n")


def test_a_bug_is_seen() -> None:
    done = python("-c", script("raise LookupError('lost')"))
    assert done.returncode == 1
    assert done.stderr.endswith("LookupError: lost\n")


def test_profilers_work(tmp_path: Path) -> None:
    done = python("-m", "cProfile", "-m", "generator", "--version", cwd=tmp_path)
    assert done.stdout.startswith("fieldgen ") and "function calls" in done.stdout


def test_things_are_held_only_until_the_next(capfd: pytest.CaptureFixture[str]) -> None:
    body = "hold(Told())\nprint('held')\nhold()\nprint('next')\nhold(Told())\nreturn 0"
    assert python("-c", script(body)).stdout == "held\nfreed\nnext\n"


def test_elsewhere_nothing_is_held() -> None:
    leave.hold(object())
    assert leave._held == []


@pytest.mark.skipif(os.name == "nt", reason="no such pipes")
def test_nobody_reads_stdout(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "boat.md").write_text(PAGE, "utf-8")
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "generator", "ir", "docs"],
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPO)},
        stdout=write,
        stderr=subprocess.PIPE,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")
