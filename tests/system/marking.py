"""`scorebook course grade` as a process, and what it leaves."""
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat

from kernels import running

ROOT = Path(__file__).resolve().parents[2]


def java():
    return os.environ["SCOREBOOK_JAVA"]


def command(*arguments, log=ROOT / "target" / "scorebook.log"):
    return [java(), "-Djava.awt.headless=true", f"-Dscorebook.project={ROOT}", f"-Dscorebook.log={log}", "-cp",
            f"{ROOT / 'target' / 'lib'}/*", "org.scorebook.cli.Main", "course", "grade", *map(str, arguments)]


def environment(**more):
    """Kernels live for seconds here: compiling what they run more than once, for speed, would be most of their work."""
    return {**os.environ, "SCOREBOOK_PYTHON": sys.executable, "JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1", **more}


def grade(*arguments, **more):
    return subprocess.run(command(*arguments), env=environment(**more), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=1500)


def children():
    """Processes that are there and name a folder of a marking."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"scorebook-grade-" in entry.read_bytes():
                found.append(int(entry.parent.name))
        except OSError:
            pass
    return [pid for pid in found if running(pid)]


class Marks:
    """What a marking has left in its folder."""

    def __init__(self, folder):
        self.folder = folder
        self.rows = {mark["student"]: mark for mark in json.loads((folder / "marks.json").read_text())}

    def points(self, student):
        return [each["points"] for each in self.rows[student]["exercises"]] or None

    def verdicts(self, student):
        return [each["verdict"] for each in self.rows[student]["exercises"]]

    def output(self, student, cell):
        """All that a cell of the student's has shown, errors among it."""
        notebook = nbformat.read(str(self.folder / "executed" / f"{student}--{student}.ipynb"), as_version=4)
        outputs = next(each for each in notebook.cells if each.get("id") == cell).outputs
        return "\n".join(output.get("text", "") + output.get("evalue", "") for output in outputs)
