"""`fieldgen watch` and `fieldgen completion`: what cases cannot run, since one does not end and the other is for a shell."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import edits
import pytest
from harness import REPO, run_fieldgen

from generator.commands.progress import Progress


def wait_for(path: Path, text: str) -> None:
    """Wait until a file holds a text."""
    for _ in range(300):
        if path.exists() and text in path.read_text("utf-8"):
            return
        time.sleep(0.1)
    raise AssertionError(path.read_text("utf-8") if path.exists() else path)


def test_watch(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    edits.Docs(tmp_path / "docs", 5, 1)
    config = tmp_path / "fieldgen.toml"
    table = '[sources.a]\npath = "docs"\nout = "docs/out"\n'
    config.write_text(table, "utf-8")
    said, models = tmp_path / "said", tmp_path / "docs" / "out" / "models.py"
    # What a shell runs in the background ignores Ctrl-C, and so would this.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    call = "import sys; from generator.cli import main; sys.exit(main(['watch']))"
    command = [sys.executable, "-c", f"{heed}; {call}"]
    env = {**os.environ, "PYTHONPATH": str(REPO)}
    with said.open("wb") as stream:
        run = subprocess.Popen(
            command, cwd=tmp_path, env=env, stdout=stream, stderr=subprocess.STDOUT
        )
    try:
        wait_for(said, "wrote models.py")
        page = tmp_path / "docs" / "new" / "quay.md"
        page.parent.mkdir()
        rows = "| Field | Type | Description |\n| --- | --- | --- |\n| `a` | *string* | A. |"
        page.write_text(f"# Quay\n\n## Fields\n\n{rows}\n", "utf-8")
        wait_for(models, "class Quay")
        config.write_text(f"{table}oops", "utf-8")
        wait_for(said, "is not TOML")
        config.write_text(f"{table}places = false\n", "utf-8")
        wait_for(said, "wrote")
        time.sleep(2)
        rounds = said.read_text("utf-8").count("a: ")
        assert rounds <= 5, said.read_text("utf-8")  # none for its own outputs
        assert "# new/quay.md" not in models.read_text("utf-8")
        run.send_signal(signal.SIGINT)
        assert run.wait(10) == 0
    finally:
        run.kill()


def test_watch_needs_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    code, _, told = run_fieldgen(["watch", "docs"], tmp_path)
    assert code == 2 and "pip install 'fieldgen[watch]'" in told


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("fieldgen wat", "watch"),
        ("fieldgen build --enu", "--enums"),
        ("fieldgen build --enums l", "literal"),
        ("fieldgen completion b", "bash"),
    ],
)
def test_completion_in_bash(tmp_path: Path, words: str, expected: str) -> None:
    if not shutil.which("bash"):
        pytest.skip("there is no bash")
    script = tmp_path / "script"
    script.write_text(run_fieldgen(["completion", "bash"], tmp_path)[1], "utf-8")
    last = len(words.split()) - 1
    line = f'. {script}; COMP_WORDS=({words}); COMP_CWORD={last}; _fieldgen; echo "${{COMPREPLY[@]}}"'
    done = subprocess.run(
        ["bash", "-c", line], check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == [expected]


def test_completion_for_other_shells(tmp_path: Path) -> None:
    code, zsh, _ = run_fieldgen(["completion", "zsh"], tmp_path)
    assert code == 0 and zsh.startswith("autoload -U +X bashcompinit")
    code, fish, _ = run_fieldgen(["completion", "fish"], tmp_path)
    assert code == 0 and "-l enums -r -f -a 'literal open enum'" in fish
    assert run_fieldgen(["completion", "tcsh"], tmp_path)[0] == 2


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("generator.commands.progress.monotonic", lambda: now[0])
    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        now[0] = 0.0
        progress = Progress("docs")
        progress("pages read", 1, 9)
        assert not stream.getvalue()
        now[0] = 2.0
        progress("pages read", 5, 9)
        progress("pages read", 6, 9)
        progress.clear()
        text = "\r\x1b[Kdocs: 5 of 9 pages read\r\x1b[K" if shown else ""
        assert stream.getvalue() == text
