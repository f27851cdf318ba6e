"""scorebook course submit: from a student's notebooks to a verified zip, with a real kernel and a real browser."""
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "environment" / "scorebook"
CHROMIUM = any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
TOOLS = ("bash cat cp cut date dirname env find grep head id ln ls mkdir mktemp mv readlink rm sed sort tail tr "
         "uname").split()
STUB = 'throw new UnsupportedOperationException("Exercise {} is not answered yet.");'
SETUP = "import org.scorebook.course.Check;\nimport java.awt.image.BufferedImage;"
PICTURE = "new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB)"
CHECK = 'Check.exercise("{}", {}).value("w", () -> w, {}, 0).done();'
MATHS = ("# Small\n\n$$\\frac{\\partial E}{\\partial w} = 2w$$\n\n"
         "[the next one](02-next.ipynb) and [a page](https://example.org/home/ada)")


def write(path, *cells):
    cells = [new_markdown_cell(cell[1:]) if cell.startswith("%") else new_code_cell(cell) for cell in cells]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    kernel = {"name": "java", "display_name": "Java", "language": "java"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def state(folder):
    """Of each file in it what would show a change."""
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


class SubmitTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.temporary = self.folder / "tmp"
        self.work = self.folder / "work"
        self.temporary.mkdir()
        self.work.mkdir()

    def environment(self, **variables):
        return {**os.environ, "SCOREBOOK_PYTHON": sys.executable, "TMPDIR": str(self.temporary),
                "JDK_JAVA_OPTIONS": f"-Djava.io.tmpdir={self.temporary}", **variables}

    def submit(self, *arguments, folder=None, code=0, **variables):
        result = subprocess.run([str(SCRIPT), "course", "submit", *map(str, arguments)], cwd=folder or self.work,
                                env=self.environment(**variables), stdin=subprocess.DEVNULL, text=True,
                                capture_output=True, timeout=600)
        self.assertEqual(code, result.returncode, result.stdout + result.stderr)
        self.assertEqual([], list(self.temporary.glob("scorebook-submission*")))
        return result.stdout

    def unpacked(self, file):
        """The folder in a zip, unpacked; each file is what SHA256SUMS says."""
        with zipfile.ZipFile(file) as content:
            content.extractall(self.folder / "unpacked")
        folder, = (self.folder / "unpacked").iterdir()
        sums = [line.split("  ") for line in (folder / "SHA256SUMS").read_text().splitlines()]
        self.assertEqual({file.name for file in folder.iterdir()}, {name for _, name in sums} | {"SHA256SUMS"})
        for digest, name in sums:
            self.assertEqual(digest, hashlib.sha256((folder / name).read_bytes()).hexdigest(), name)
        return folder

    def assert_pdf(self, file, *words):
        content = file.read_bytes()
        self.assertTrue(content.startswith(b"%PDF"))
        self.assertNotIn(b"file:", content)
        self.assertNotIn(str(self.folder).encode(), content)
        if shutil.which("pdftotext"):
            text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
            self.assertRegex(text, r"(?m)^1 ?/ ?\d+$")
            self.assertNotRegex(text, r"\\frac|\\partial|\$\$")  # formulas are drawn
            for word in words:
                self.assertIn(word, text)

    def test_a_notebook_becomes_a_zip_and_its_outputs_the_same_zip_anywhere(self):
        write(self.work / "z.ipynb", "1 + 1")  # which is before the other here, and behind it in the zip
        write(self.work / "Übung 1.ipynb", "%" + MATHS, SETUP, PICTURE, "double w = 3;", CHECK.format(1, 2, 3),
              CHECK.format(2, 1, 4), STUB.format(3), CHECK.format(3, 4, 5))
        before = state(self.work)
        out = self.submit("--name", "Ada Lovelace")
        zipped = self.work / "submission-Ada-Lovelace.zip"
        after = state(self.work)
        after.pop(zipped)
        self.assertEqual(before, after)
        self.assertIn("2 of 7 points", out)
        self.assertIn("Ubung-1, exercise 2 does not pass its check: 0 of 1 points.", out)
        self.assertIn("Ubung-1, exercise 3 is not answered: 0 of 4 points.", out)
        folder = self.unpacked(zipped)
        self.assertEqual("submission-Ada-Lovelace", folder.name)
        results = json.loads((folder / "results.json").read_text())
        self.assertEqual(("Ada Lovelace", 2, 7), (results["name"], results["points"], results["possible"]))
        self.assertEqual(["passed", "failed", "unanswered"],
                         [exercise["state"] for exercise in results["notebooks"][0]["exercises"]])
        self.assertRegex((folder / "environment.txt").read_text(),
                         r"executed +20\S+Z, in \d+\.\d s, budget quick\n(?s:.*)engine +PyTorch 2")
        for file in folder.iterdir():
            self.assertNotIn(str(self.folder).encode(), file.read_bytes(), file.name)
        if CHROMIUM:
            self.assert_pdf(folder / "Ubung-1.pdf", "Small", "a page")
        self.assertIn("2 of 7 points", self.submit("--verify", zipped))
        again = self.folder / "elsewhere" / "again.zip"
        self.submit("--name", "Ada Lovelace", "--as-is", "--notebooks", folder, "--out", again, folder=self.folder,
                    TZ="Asia/Tokyo")
        self.assertEqual(hashlib.sha256(zipped.read_bytes()).hexdigest(),
                         hashlib.sha256(again.read_bytes()).hexdigest())
        self.without_chromium(folder)
        self.changed(folder)

    def without_chromium(self, folder):
        tools = self.folder / "bin"
        tools.mkdir()
        for tool in TOOLS:
            (tools / tool).symlink_to(shutil.which(tool))
        home = Path(os.environ["SCOREBOOK_JAVA"]).parents[1] if "SCOREBOOK_JAVA" in os.environ else None
        java = {"JAVA_HOME": str(home or Path(shutil.which("java")).resolve().parents[1])}
        zipped = self.folder / "without.zip"
        out = self.submit("--name", "Ada", "--as-is", "--notebooks", folder, "--out", zipped, PATH=str(tools), **java)
        self.assertIn("There is no PDF in it: no Chromium was found where it was packed.", out)
        with zipfile.ZipFile(zipped) as content:
            self.assertEqual([], [name for name in content.namelist() if name.endswith(".pdf")])
            self.assertIn("no Chromium", json.loads(content.read("submission-Ada/results.json"))["without_pdf"])
        self.submit("--verify", zipped)

    def changed(self, folder):
        """Code that is not what was executed is refused, and a zip with one byte less."""
        file = folder / "Ubung-1.ipynb"
        file.write_text(file.read_text().replace("double w = 3;", "double w = 4;"))
        out = self.submit("--name", "Ada", "--as-is", "--notebooks", file, "--out", self.folder / "no.zip", code=1)
        self.assertIn('Ubung-1, cell 4 (`double w = 4;`) is not as it was executed: its code was changed.', out)
        self.assertFalse((self.folder / "no.zip").exists())
        whole = self.folder / "without.zip"
        whole.write_bytes(whole.read_bytes()[:-1])
        self.assertIn("is not accepted", self.submit("--verify", whole, code=1))

    def test_all_reasons_are_told_at_once(self):
        write(self.work / "a.ipynb", "int[] x = new int[0];", "x[3]", "while (true) { }", 'String p = "/home/ada/x";',
              'System.getProperty("user.home") + "/data"', 'String d = "/usr/share/datasets";', "%$x$")
        write(self.work / "b.ipynb", "undefined", "%$y$")
        out = self.submit("--name", "Ada", "--cell-timeout", "15", "--keep", self.folder / "kept", code=1)
        self.assertEqual([], list(self.work.glob("*.zip")))
        reasons = [line.strip() for line in out.splitlines() if line.startswith("  ")]
        self.assertIn(f"Nothing was written, for {len(reasons)} reasons:", out)
        expected = [r'a, cell 2 \(`x\[3\]`\) ends in an error: ArrayIndexOutOfBounds.*',
                    r'a, cell 3 \(`while.*over the time limit of 15 s\.',
                    r'a, cell 4 .* names a folder of your machine, .*: /home/ada/x',
                    r'a, cell 5 .* shows a folder of your machine.*',
                    r'b, cell 1 \(`undefined`\) ends in an error: .*']
        for pattern in expected:
            self.assertTrue(any(re.fullmatch(pattern, reason) for reason in reasons), (pattern, reasons))
        self.assertEqual(len(expected), len(reasons), reasons)
        kept = ("--name", "Ada", "--as-is", "--notebooks", self.folder / "kept")
        out = self.submit(*kept, "--allow", "errors,paths")
        self.assertIn("(allowed)", out)
        self.submit("--verify", self.work / "submission-Ada.zip")
        self.assertIn("over the limit of 1.0 MB",
                      self.submit(*kept, "--allow", "errors,paths", "--max-size", "1", "--out", "b.zip", code=1))
        self.assertIn("a.ipynb is damaged", self.refused_before_anything_is_executed())

    def refused_before_anything_is_executed(self):
        (self.work / "a.ipynb").write_text("{")
        return self.submit("--name", "Ada", "--out", "b.zip", code=1)

    def test_an_interrupt_leaves_nothing(self):
        write(self.work / "a.ipynb", 'Thread.sleep(600_000);')
        process = subprocess.Popen([str(SCRIPT), "course", "submit", "--name", "Ada"], cwd=self.work, text=True,
                                   env=self.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, start_new_session=True)
        until = time.monotonic() + 120
        while not list(self.temporary.glob("*/execution/events.jsonl")) and time.monotonic() < until:
            time.sleep(0.2)
        time.sleep(2)
        os.killpg(process.pid, signal.SIGINT)
        out, _ = process.communicate(timeout=120)
        self.assertEqual(130, process.returncode, out)
        self.assertNotIn("Exception", out)
        self.assertNotIn("Traceback", out)
        self.assertEqual([self.work / "a.ipynb"], list(self.work.iterdir()))
        self.assertEqual([], list(self.temporary.glob("scorebook-submission*")))
        if shutil.which("ps"):
            until = time.monotonic() + 60  # a process that is killed takes a moment to go
            while str(self.temporary) in self.processes() and time.monotonic() < until:
                time.sleep(0.2)
            self.assertNotIn(str(self.temporary), self.processes())

    def processes(self):
        return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout

    def test_a_student_hands_in_a_notebook_of_the_course(self):
        name = "06-autograd-questions.ipynb"
        subprocess.run([SCRIPT, "course", "student", "--out", self.work / "mine", "--no-compile"], check=True,
                       stdout=subprocess.DEVNULL)
        answers = self.answer(self.work / "mine" / name, ROOT / "notebooks" / name)
        out = self.submit("--name", "Grace Hopper", "--notebooks", f"mine/{name}")
        self.assertRegex(out, r"06-autograd-questions, exercise 2 is not answered: 0 of \d points\.")
        self.assertIn(f"06-autograd-questions, exercise {answers} has no check any more", out)
        zipped = self.work / "submission-Grace-Hopper.zip"
        out = self.submit("--verify", zipped)
        states = [line.split()[-1] for line in out.splitlines() if line.startswith("06-")]
        self.assertEqual(["passed", "unanswered", *["passed"] * (answers - 3)], states)
        if CHROMIUM:
            self.assert_pdf(self.unpacked(zipped) / "06-autograd-questions.pdf", "Autograd questions", "Exercise 5")

    @staticmethod
    def answer(file, solved):
        """Answers all exercises but the second, and loses the check of the last; returns how many there are."""
        solutions = {cell.id: cell.source for cell in nbformat.read(solved, as_version=4).cells
                     if "// BEGIN SOLUTION" in cell.source}
        solutions.pop(list(solutions)[1])
        notebook = nbformat.read(file, as_version=4)
        for cell in notebook.cells:
            cell.source = solutions.get(cell.id, cell.source)
        checks = [cell for cell in notebook.cells if "Check.exercise(" in cell.source]
        notebook.cells.remove(checks[-1])
        nbformat.write(notebook, file)
        return len(checks)


if __name__ == "__main__":
    unittest.main()
