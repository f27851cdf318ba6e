"""Marking on systems that keep programs apart less well, and by a user that is not root."""
import json
import os
import shutil
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path

import nbformat

import classroom
from marking import Marks, children, command, environment

LIMITS = ("--cell-timeout", "20", "--timeout", "200", "--memory", "1500", "--disk", "500")
USER = 54_321  # no account has this number


@unittest.skipUnless(os.path.isdir("/proc/self") and os.geteuid() == 0, "needs Linux and root, who can be another")
class LevelTest(unittest.TestCase):
    def mark(self, *students, without=(), user=None):
        """Marks some of the class; programs of these names fail, as where the system forbids them what they do."""
        self.folder = Path(tempfile.mkdtemp(prefix="level-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "canary").write_text("alive")
        for name in ("course", "class", "hand-ins", "fail", "home"):
            (self.folder / name).mkdir()
        nbformat.write(classroom.course(), str(self.folder / "course" / "tiny.ipynb"))
        self.server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.server.close)
        points = classroom.write_class(self.folder / "class", self.folder, self.server.getsockname()[1])
        for student in students:
            shutil.move(self.folder / "class" / f"{student}.ipynb", self.folder / "hand-ins")
        for name in without:
            (self.folder / "fail" / name).write_text("#!/bin/sh\nexit 1\n")
            (self.folder / "fail" / name).chmod(0o755)
        self.run_as(user)
        self.assertEqual({student: points[student] for student in students},
                         {student: self.marks.points(student) for student in self.marks.rows})
        self.assertEqual([], children())
        return {each["against"]: each["how"] for each in self.marks.rows[students[0]]["protections"]}

    def run_as(self, user):
        line = command(self.folder / "hand-ins", "--reference", self.folder / "course", "--out", self.folder / "marks",
                       *LIMITS, log=self.folder / "log")
        line.insert(1, f"-Duser.home={self.folder / 'home'}")
        if user:
            line = ["setpriv", "--reuid", str(user), "--regid", str(user), "--clear-groups", *line]
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, user, user)
        path = f"{self.folder / 'fail'}:{os.environ['PATH']}"
        run = subprocess.run(line, env=environment(PATH=path, HOME=str(self.folder / "home")), text=True, timeout=900,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(0, run.returncode, run.stdout)
        self.marks = Marks(self.folder / "marks")
        self.table = run.stdout

    def assert_unharmed(self):
        self.assertEqual("alive", (self.folder / "canary").read_text())
        json.loads((self.folder / "course" / "tiny.ipynb").read_text())
        shown = self.marks.output("intruder", "own0")
        self.assertIn("neighbour read: false", shown)
        self.assertNotIn("true", shown)

    def assert_not_called(self):
        self.assertIn("refused", self.marks.output("caller", "own0"))
        self.server.settimeout(0.1)
        self.assertRaises(TimeoutError, self.server.accept)

    def test_unshare(self):
        said = self.mark("intruder", "caller", "killer", without=["bwrap"])
        for against in ("network", "files", "processes"):
            self.assertIn("by unshare", said[against])
        self.assertRegex(said["user"], r"another user, \d+")
        self.assertIn("protection of network: a network namespace of its own, by unshare", self.table)
        self.assert_unharmed()
        self.assert_not_called()

    def test_another_user(self):
        said = self.mark("intruder", "killer", "threads", without=["bwrap", "unshare"])
        self.assertEqual(("none", "none"), (said["network"], said["processes"]))
        self.assertEqual("another user: what all users may read can be read", said["files"])
        self.assertRegex(said["user"], r"another user, \d+")
        self.assertIn("protection of network: none", self.table)
        self.assert_unharmed()
        self.assertIn("unable to create native thread", self.marks.output("threads", "own0"))

    def test_by_a_user_that_is_not_root(self):
        if subprocess.run(["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "bwrap", "--ro-bind",
                           "/", "/", "--unshare-net", "--unshare-pid", "--proc", "/proc", "true"]).returncode:
            self.skipTest("needs a system where each user may make namespaces")
        said = self.mark("intruder", "caller", "killer", user=USER)
        for against in ("network", "files", "processes"):
            self.assertIn("by bubblewrap", said[against])
        self.assertEqual("none", said["user"])
        self.assert_unharmed()
        self.assert_not_called()

    def test_nothing(self):
        said = self.mark("good", "exit", without=["bwrap", "unshare"], user=USER)
        self.assertEqual({"none"}, {said[against] for against in ("network", "files", "processes", "user")})
        self.assertIn("protection of files: none", self.table)
        self.assertEqual("a watch, 5 times a second", said["memory"])


if __name__ == "__main__":
    unittest.main()
