"""A whole class marked: `scorebook course grade`, with real kernels."""
import csv
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import nbformat

import classroom
from kernels import measured
from marking import Marks, children, command, environment, grade

LIMITS = ("--cell-timeout", "20", "--timeout", "400", "--memory", "1500", "--disk", "500")
ISOLATED = ("by bubblewrap", "by unshare")
# What only a system that keeps programs apart takes no harm from.
NEED_ISOLATION = ("caller", "intruder", "killer", "processes", "threads", "disk", "flood", "hoard")


@unittest.skipUnless(os.path.isdir("/proc/self"), "needs Linux")
class WholeClass(unittest.TestCase):
    """Some forty hand-ins: every one gets the points it is worth, whatever the others do."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="class-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        (cls.folder / "canary").write_text("alive")
        for name in ("course", "hand-ins"):
            (cls.folder / name).mkdir()
        nbformat.write(classroom.course(), str(cls.folder / "course" / "tiny.ipynb"))
        shutil.copy(classroom.REAL, cls.folder / "course")
        cls.server = socket.create_server(("127.0.0.1", 0))
        cls.addClassCleanup(cls.server.close)
        cls.expected = classroom.write_class(cls.folder / "hand-ins", cls.folder, cls.server.getsockname()[1])
        cls.arguments = [cls.folder / "hand-ins", "--reference", cls.folder / "course", "--out", cls.folder / "marks",
                         *LIMITS]
        cls.find_isolation()
        cls.kill_and_resume()
        cls.marks = Marks(cls.folder / "marks")

    @classmethod
    def find_isolation(cls):
        """Marks one that is harmless, to see what the system can; without isolation hostile ones are taken out."""
        run = grade(cls.folder / "hand-ins" / "good.ipynb", *cls.arguments[1:])
        assert run.returncode == 0, run.stdout
        protections = Marks(cls.folder / "marks").rows["good"]["protections"]
        cls.isolated = any(how in each["how"] for each in protections for how in ISOLATED)
        if not cls.isolated:
            print("no isolation on this system: skipped are", ", ".join(NEED_ISOLATION), flush=True)
            for name in NEED_ISOLATION:
                (cls.folder / "hand-ins" / f"{name}.ipynb").unlink()
                del cls.expected[name]

    @classmethod
    def kill_and_resume(cls):
        """The marking is killed when some are done; the next one goes on."""
        process = subprocess.Popen(command(*cls.arguments), env=environment(), stdout=subprocess.DEVNULL)
        records = cls.folder / "marks" / "records"
        deadline = time.monotonic() + 300
        while len(list(records.glob("*.json"))) < 4 and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        cls.done_before = {path: path.stat().st_mtime_ns for path in records.glob("*.json")}
        deadline = time.monotonic() + 60
        while cls.isolated and children() and time.monotonic() < deadline:
            time.sleep(0.1)
        cls.left_by_killed = children() if cls.isolated else []
        begin = time.monotonic()
        cls.table = grade(*cls.arguments)
        measured("the rest of the class", time.monotonic() - begin)
        assert cls.table.returncode == 0, cls.table.stdout

    def test_points(self):
        self.assertEqual(self.expected, {student: self.marks.points(student) for student in self.marks.rows})
        self.assertGreaterEqual(len(self.expected), 29)

    def test_verdicts(self):
        for student, verdicts in {"partly": ["passed", "unanswered", "passed"],
                                  "untouched": ["unanswered"] * 3,
                                  "endless": ["timeout", "passed", "passed"],
                                  "stubborn": ["timeout", "passed", "passed"],
                                  "exit": ["died", "passed", "passed"],
                                  "wrong-first": ["failed", "passed", "passed"]}.items():
            self.assertEqual(verdicts, self.marks.verdicts(student), student)

    def test_a_notebook_of_the_project(self):
        self.assertEqual("unanswered", self.marks.verdicts("real")[1])

    def test_restorations_are_told(self):
        for student, sentence in {"check-deleted": "The check of exercise 2 was missing",
                                  "check-edited": "The check of exercise 1 was changed",
                                  "check-split": "The check of exercise 1 was in pieces",
                                  "check-merged": "The check of exercise 2 was in one cell with something else",
                                  "check-copied": "The check of exercise 1 was there 3 times",
                                  "checks-first": "The check of exercise 3 stood before the answer",
                                  "only-answers": "3 cells of the lesson were missing",
                                  "other-lesson": "A cell of the lesson was changed",
                                  "other-check": "A cell that declares Check"}.items():
            self.assertTrue(any(each.startswith(sentence) for each in self.marks.rows[student]["restorations"]),
                            (student, self.marks.rows[student]["restorations"]))
        self.assertEqual([], self.marks.rows["good"]["restorations"])
        self.assertEqual("marked", self.marks.rows["good"]["state"])

    def test_deceit_is_remarked_on(self):
        self.assertEqual("marked, look at it", self.marks.rows["other-check-in-answer"]["state"])
        self.assertIn("System.exit", " ".join(self.marks.rows["exit"]["remarks"]))

    def test_what_is_no_notebook_is_a_row(self):
        self.assertIn("damaged", self.marks.rows["truncated"]["state"])
        self.assertIn("damaged", self.marks.rows["text"]["state"])
        self.assertEqual("is a folder, not a notebook", self.marks.rows["folder.ipynb"]["state"])
        self.assertIn("is a link out of the folder", self.marks.rows["link"]["state"])

    def test_hostile_ones_meet_their_limits(self):
        if not self.isolated:
            self.skipTest("needs isolation")
        self.assertEqual("alive", (self.folder / "canary").read_text())
        self.assertTrue((self.folder / "course" / "tiny.ipynb").exists())
        shown = self.marks.output("intruder", "own0")
        self.assertIn("course read: false", shown)
        self.assertIn("neighbour read: false", shown)
        self.assertNotIn("true", shown)
        self.assertIn("refused", self.marks.output("caller", "own0"))
        self.server.settimeout(0.1)
        self.assertRaises(TimeoutError, self.server.accept)
        self.assertIn("No space left", self.marks.output("disk", "own"))
        self.assertIn("unable to create native thread", self.marks.output("threads", "own0"))
        self.assertIn("started ", self.marks.output("processes", "own0"))
        self.assertLess(len(self.marks.output("flood", "own0")), 30e6)

    def test_nothing_is_left_behind(self):
        self.assertEqual([], children())
        self.assertEqual([], self.left_by_killed)
        self.assertEqual([], list(Path(tempfile.gettempdir()).glob("scorebook-grade-*")))

    def test_goes_on_where_it_was_killed(self):
        self.assertGreaterEqual(len(self.done_before), 4)
        for path, written in self.done_before.items():
            self.assertEqual(written, path.stat().st_mtime_ns, path)
        begin = time.monotonic()
        again = grade(*self.arguments)
        self.assertEqual(self.table.stdout.split("student", 1)[1], again.stdout.split("student", 1)[1])
        known = sum(1 for points in self.expected.values() if points)
        self.assertEqual((str(known), str(len(self.expected))),
                         re.search(r"marking: (\d+) of (\d+)", again.stdout).groups(), "they are no progress")
        measured("the class once more, all known", time.monotonic() - begin)

    def test_table_and_csv(self):
        self.assertRegex(self.table.stdout, r"wrong-first +tiny +2 of 3  marked\n")
        with open(self.folder / "marks" / "marks.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(len(self.expected), len(rows))
        good = next(row for row in rows if row["student"] == "good")
        self.assertEqual(("3", "3", "1", "passed"),
                         (good["points"], good["of"], good["exercise 1"], good["verdict 1"]))
        self.assertIn("network: ", good["protections"])

    def test_pages(self):
        for student, points in self.expected.items():
            if points and (self.folder / "hand-ins" / f"{student}.ipynb").exists():
                page = (self.folder / "marks" / "feedback" / f"{student}--{student}.html").read_text()
                self.assertIn(f"{sum(points)} of 3 points", page, student)
                self.assertNotIn("<script src", page)
