"""Every notebook: its form, a run in a real kernel, its exercises with and without solutions, its page in a browser."""
import copy
import os
import re
import statistics
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "environment"))
import notebooks  # noqa: E402
import pages  # noqa: E402
from browser import CHROMIUM, Browser, Proxy  # noqa: E402

SOLUTION = re.compile(r"^( *)// BEGIN SOLUTION\n.*?// END SOLUTION$", re.S | re.M)
HEADER = re.compile(r"^(\w+(?:\[\])?) (\w+)\([^)]*\) \{", re.M)
NOTHING = {"float": "0f", "double": "0", "int": "0", "boolean": "false"}


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def longest_run_of_code(notebook):
    longest = current = 0
    for cell in notebook.cells:
        current = current + 1 if cell.cell_type == "code" else 0
        longest = max(longest, current)
    return longest


def without_solutions(notebook):
    """The notebook as a student gets it: in each solution's place the least that compiles."""
    blank = copy.deepcopy(notebook)
    for cell in code_cells(blank):
        header = HEADER.search(cell.source)
        if SOLUTION.search(cell.source):
            kind = header.group(1)
            value = NOTHING.get(kind, f"new {kind[:-2]}[0]" if kind.endswith("[]") else "null")
            cell.source = SOLUTION.sub(rf"\1return {value};", cell.source)
    return blank


def errors(cell):
    return [output for output in cell.get("outputs", []) if output.output_type == "error"]


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
                self.assertLessEqual(longest_run_of_code(notebook), 2)

    def test_committed_with_the_outputs_of_a_run(self):
        for name, notebook in self.notebooks.items():
            with self.subTest(name):
                counts = [cell.execution_count for cell in code_cells(notebook)]
                self.assertEqual(list(range(1, len(counts) + 1)), counts, "not the counts of one run from the top")
                self.assertFalse([cell.source for cell in code_cells(notebook) if errors(cell)])

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
                exercises = set(re.findall(r"^### Exercise (\w+)", text, re.M))
                self.assertGreaterEqual(len(exercises), 3)
                self.assertEqual(exercises, set(re.findall(r'Check\.exercise\("(\w+)"[,)]', text)))
                for check in re.findall(r"^Check\.exercise.*?;$", text, re.M | re.S):
                    self.assertRegex(check, r"\n    \.done\(\);$", "without done a check is not tried")
                self.assertEqual(f"Check.summary({len(exercises)});", notebook.cells[-1].source)
                self.assertEqual(len(exercises), len(SOLUTION.findall(text)))
                self.assertGreaterEqual(text.count("**Predict"), len(exercises))


class RunTest(unittest.TestCase):
    """Runs that take a kernel: once as committed, in native memory full of NaN, once with the solutions taken out."""

    @classmethod
    def setUpClass(cls):
        with poisoned():
            cls.runs = {path: notebooks.execute(notebooks.Run(path), "quick") for path in notebooks.select(None)}

    def test_1_every_cell_runs(self):
        for path, run in self.runs.items():
            with self.subTest(path.name):
                self.assertEqual(("executed", ""), (run.outcome, run.error))

    @mock.patch.dict(os.environ, SCOREBOOK_BUDGET="quick")
    def test_2_every_check_fails_without_its_solution(self):
        for path, run in self.runs.items():
            blank = without_solutions(run.notebook)
            NotebookClient(blank, kernel_name="java", allow_errors=True, timeout=600,
                           resources={"metadata": {"path": str(path.parent)}}).execute()
            for cell in code_cells(blank):
                with self.subTest(path.name, cell=cell.source[:60]):
                    failures = [e.ename for e in errors(cell)]
                    if "Check.exercise(" in cell.source:
                        self.assertTrue(failures, "passes without a solution")
                        self.assertLessEqual(set(failures), {"CheckFailed"}, failures)
                    else:
                        self.assertFalse(failures, failures)

    @unittest.skipUnless(CHROMIUM, "needs Chromium")
    def test_3_pages_open_in_a_browser_without_network(self):
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
