"""Every notebook: its form, a run in a real kernel, its exercises with and without solutions, its page in a browser."""
import functools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "environment"))
import exercises  # noqa: E402
import notebooks  # noqa: E402
import pages  # noqa: E402
import mutants  # noqa: E402
from browser import CHROMIUM, Browser, Proxy  # noqa: E402

UNANSWERED = r"CheckFailed: Exercise %s: \d+ of \d+ checks? failed\. .*: not answered yet"
SHORT = "02-forward-diffusion.ipynb"  # also executed as a student has it


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def longest_run_of_code(notebook):
    longest = current = 0
    for cell in notebook.cells:
        current = current + 1 if cell.cell_type == "code" else 0
        longest = max(longest, current)
    return longest


def handed_out(folder):
    """The notebooks without solutions, by file name, as the command writes them."""
    command = [ROOT / "environment" / "scorebook", "course", "student", "--out", folder, "--no-compile"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return {path.name: nbformat.read(path, as_version=4) for path in Path(folder).glob("*.ipynb")}


def poisoned():
    """Kernels that start meanwhile have the library that the test command made of poison.c, if it could."""
    library = os.environ.get("SCOREBOOK_POISON")
    return mock.patch.dict(os.environ, {"LD_PRELOAD": library} if library else {})


class FormTest(unittest.TestCase):
    """The committed files, as they are."""

    @classmethod
    def setUpClass(cls):
        cls.notebooks = {path.name: nbformat.read(path, as_version=4) for path in notebooks.select(None)}

    def test_kernel_and_portable_code(self):
        for name, notebook in self.notebooks.items():
            with self.subTest(name):
                self.assertEqual("java", notebook.metadata.kernelspec.name)
                for cell in code_cells(notebook):
                    self.assertNotRegex(cell.source, r"(?m)^\s*%", "magics do not run under every kernel")
                    self.assertNotRegex(cell.source, r"\bgetKernelInstance\b|(?<!\.)\bprintf\(")

    def test_cells_are_short_and_explained(self):
        for name, notebook in self.notebooks.items():
            with self.subTest(name):
                lengths = [len(cell.source.splitlines()) for cell in code_cells(notebook)]
                self.assertLessEqual(statistics.median(lengths), 10)
                self.assertLessEqual(max(lengths), 25)
                self.assertLessEqual(longest_run_of_code(notebook), 3)

    def test_committed_with_the_outputs_of_a_run(self):
        for name, notebook in self.notebooks.items():
            with self.subTest(name):
                counts = [cell.execution_count for cell in code_cells(notebook)]
                self.assertEqual(list(range(1, len(counts) + 1)), counts, "not the counts of one run from the top")
                self.assertFalse([cell.source for cell in code_cells(notebook) if exercises.errors(cell)])

    def test_pages_have_one_title_and_their_list_is_light(self):
        with tempfile.TemporaryDirectory() as folder:
            *written, index = pages.write_pages(notebooks.select(None), folder, notebooks.MATHJAX)
            self.assertLess(index.stat().st_size, 400_000)
            for page in written:
                self.assertEqual(1, page.read_text(encoding="utf-8").count("<h1"), page.name)

    def test_exercises(self):
        for name, notebook in self.notebooks.items():
            with self.subTest(name):
                text = "\n".join(cell.source for cell in notebook.cells)
                numbers = re.findall(r"^### Exercise (\w+)", text, re.M)
                self.assertGreaterEqual(len(numbers), 3)
                self.assertEqual(numbers, [exercise.number for exercise in exercises.exercises(notebook)])
                for check in re.findall(r"^Check\.exercise.*?;$", text, re.M | re.S):
                    self.assertRegex(check, r"\n    \.done\(\);$", "without done a check is not tried")
                worth = re.findall(r'^Check\.exercise\("\w+"(?:, (\d+))?\)', text, re.M)
                points = sum(int(each or 1) for each in worth)
                self.assertEqual(f"Check.summary({len(numbers)}, {points});", notebook.cells[-1].source)
                self.assertGreaterEqual(text.count("**Predict"), len(numbers))


class RunTest(unittest.TestCase):
    """A run of each notebook as committed, in native memory full of NaN, in which other answers are tried."""

    @classmethod
    def setUpClass(cls):
        cls.trials = []
        with tempfile.TemporaryDirectory() as folder:
            cls.student = handed_out(folder)
        with poisoned():
            cls.runs = {path: cls.execute(path) for path in notebooks.select(None)}

    @classmethod
    def execute(cls, path):
        variants = [exercises.student_variants(cls.student[path.name]), exercises.filed_variants(path.stem)]
        client = functools.partial(exercises.TryingClient, name=path.stem, variants=variants, trials=cls.trials)
        return notebooks.execute(notebooks.Run(path), "quick", client=client)

    def test_1_every_cell_runs(self):
        for path, run in self.runs.items():
            with self.subTest(path.name):
                self.assertEqual(("executed", ""), (run.outcome, run.error))

    def test_2_every_check_fails_where_nothing_is_answered(self):
        trials = {(trial.notebook, trial.exercise): trial for trial in self.trials
                  if trial.variant == exercises.STUDENT}
        for path, run in self.runs.items():
            for exercise in exercises.exercises(run.notebook):
                with self.subTest(path.name, exercise=exercise.number):
                    trial = trials[path.stem, exercise.number]
                    self.assertTrue(trial.failed, trial.describe())
                    for cell in trial.checks:
                        self.assertRegex(exercises.text_of(cell), UNANSWERED % exercise.number)

    @mock.patch.dict(os.environ, SCOREBOOK_BUDGET="quick")
    def test_3_a_students_notebook_runs_to_its_end(self):
        student = self.student[SHORT]
        NotebookClient(student, kernel_name="java", allow_errors=True, timeout=600,
                       resources={"metadata": {"path": str(notebooks.SOURCES)}}).execute()
        for cell in code_cells(student):
            with self.subTest(cell=cell.source[:60]):
                said = exercises.text_of(cell)
                if "Check.exercise(" in cell.source:
                    self.assertTrue(exercises.errors(cell), "passes without an answer")
                    self.assertRegex(said, UNANSWERED % r"\d+")
                else:
                    self.assertFalse(exercises.errors(cell), said)

    def test_4_checks_find_the_mutants_of_each_answer(self):
        found = mutants.verdicts(self.trials)
        print(mutants.table(found), flush=True)
        number = sum(len(exercises.exercises(run.notebook)) for run in self.runs.values())
        self.assertEqual(number, len({(verdict.notebook, verdict.exercise) for verdict in found}), "without mutants")
        problems = "\n".join(mutants.problems(found))
        self.assertFalse(problems, problems)

    @unittest.skipUnless(CHROMIUM, "needs Chromium")
    def test_5_pages_open_in_a_browser_without_network(self):
        with tempfile.TemporaryDirectory() as folder:
            for path, run in self.runs.items():
                nbformat.write(run.notebook, Path(folder, path.name))
            sources = [Path(folder, path.name) for path in self.runs]
            written = pages.write_pages(sources, Path(folder, "html"), notebooks.MATHJAX)
            with Proxy() as proxy, Browser(proxy.address) as browser:
                for page in written:
                    with self.subTest(Path(page).name):
                        self.look_at(browser, page)

    def look_at(self, browser, page):
        browser.look(360)
        asked = browser.open(page)
        self.assertFalse([url for url in asked if not url.startswith(("file:", "data:"))])
        self.assertLessEqual(browser.evaluate("document.documentElement.scrollWidth"), 360)
        broken = browser.evaluate("[...document.images].filter(i => !i.naturalWidth).length")
        self.assertFalse(broken, "broken pictures")
        if Path(page).stem != "index":
            self.assertGreater(browser.evaluate("document.querySelectorAll('mjx-container svg').length"), 10)
            self.assertFalse(browser.evaluate("document.querySelectorAll('[data-mjx-error], mjx-merror').length"),
                             "a formula that MathJax cannot read")


if __name__ == "__main__":
    unittest.main()
