"""`scorebook notebooks` and `scorebook pages` on small notebooks in a project's copy: what one sees, what is left."""
import os
import pty
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
from unittest import mock

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "environment"), str(Path(__file__).resolve().parent)]
import browser  # noqa: E402
import kernels  # noqa: E402
import notebooks  # noqa: E402
from progress import Durations, Progress  # noqa: E402

STALE = "an output of an earlier run"
TOP = "document.querySelector('.failed').getBoundingClientRect().top"
BUDGET = 'System.out.println("budget " + System.getenv("SCOREBOOK_BUDGET"));'
ENDLESS = ('java.nio.file.Files.writeString(java.nio.file.Path.of("pid"), "" + ProcessHandle.current().pid());\n'
           "Thread.sleep(600_000);")
TRAINING = """import org.scorebook.config.RunConfig;
import org.scorebook.run.TrainingJob;
RunConfig config = RunConfig.preset("emoji-cpu").with("device", "cpu").with("batch_size", 2).with("epochs", 1000);
TrainingJob job = TrainingJob.start(config);"""

# Ctrl-C comes while the program in a folder imports nbformat.
INTERRUPTED_IMPORT = """import importlib, sys
class Interrupt:
    def find_spec(self, name, *_):
        if name == "nbformat":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupt())
sys.path.insert(0, sys.argv[1])
importlib.import_module(sys.argv[2])"""


def text(path):
    return path.read_text(encoding="utf-8")


class Project:
    """The environment folder and small notebooks in a folder of their own, with what was built in target/."""

    def __init__(self, folder):
        self.root = Path(folder)
        self.html = self.root / "target" / "html"
        shutil.copytree(ROOT / "environment", self.root / "environment", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("lib", "pom.xml"):  # what the script looks at to see whether all is built
            (self.root / name).symlink_to(ROOT / name)
        (self.root / "target").mkdir()
        (self.root / "notebooks").mkdir()
        for name in ("lib", "mathjax"):
            (self.root / "target" / name).symlink_to(ROOT / "target" / name)
        shutil.copy(ROOT / "target" / ".built", self.root / "target")  # last, so that nothing is newer

    def notebook(self, name, *sources):
        cells = [new_markdown_cell(f"# Notebook {name}\n\nIt holds {len(sources)} cells.")]
        cells += [new_code_cell(source, execution_count=9, outputs=[new_output("stream", text=STALE)])
                  for source in sources]
        kernel = {"name": "java", "display_name": "Java", "language": "java"}
        path = self.root / f"notebooks/{name}.ipynb"
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
        return path

    def command(self, *arguments):
        return [str(self.root / "environment" / "scorebook"), *arguments]

    def run(self, *arguments):
        return subprocess.run(self.command(*arguments), text=True, capture_output=True, timeout=300,
                              stdin=subprocess.DEVNULL)

    def executed(self, name):
        """The code cells after the run."""
        notebook = nbformat.read(self.root / f"target/notebooks/{name}.ipynb", as_version=4)
        return [cell for cell in notebook.cells if cell.cell_type == "code"]


def rows(output):
    """The table: name -> (cells, state), in its order."""
    found = re.findall(r"^(\S+) +(\d+) +\d+\.\d  (.+)$", output, re.M)
    return {name: (int(cells), state) for name, cells, state in found}


class ProjectTest(unittest.TestCase):
    def setUp(self):
        # a training that was told to stop may write a last line yet
        self.project = Project(self.enterContext(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))


class FailureTest(unittest.TestCase):
    """One run of three notebooks, the first and second of which fail."""

    @classmethod
    def setUpClass(cls):
        cls.project = Project(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.project.notebook("01-fails", "int a = 1;", "int b = a / 0;", "int c = 3;", " ", "int d = 4;")
        cls.project.notebook("02-dies", "System.exit(3);", "1 + 1")
        cls.project.notebook("03-works", BUDGET, "1 + 1")
        cls.result = cls.project.run("notebooks")

    def test_table_ends_with_failures(self):
        self.assertEqual(1, self.result.returncode, self.result.stderr)
        self.assertEqual({"03-works": (2, "executed"), "01-fails": (4, "failed at cell 2"),
                          "02-dies": (2, "failed at cell 1")}, rows(self.result.stdout))
        self.assertEqual(["03-works", "01-fails", "02-dies"], list(rows(self.result.stdout)))
        last = self.result.stdout.strip().splitlines()[-2:]
        self.assertRegex(last[0], r"^01-fails: cell 2 failed: ArithmeticException: / by zero$")
        self.assertRegex(last[1], r"^02-dies: cell 1 failed: Kernel died: .*kernel\.log")

    def test_errors_are_told_without_a_traceback_of_ours(self):
        self.assertNotIn("Traceback", self.result.stderr)
        self.assertIn("/ by zero", self.result.stderr)

    def test_in_a_pipe_a_line_when_a_notebook_starts_and_one_when_it_ends(self):
        self.assertNotIn("\r", self.result.stderr)
        self.assertRegex(self.result.stderr, r"(?m)^03-works: 2 cells \.\.\.\n03-works: executed \(\d+\.\d s\)$")

    def test_budget_is_quick(self):
        self.assertEqual("budget quick\n", self.project.executed("03-works")[0].outputs[0].text)
        self.assertIn("Executed with the quick budget", text(self.project.html / "03-works.html"))

    def test_outputs_of_an_earlier_run_are_gone(self):
        cells = self.project.executed("01-fails")
        self.assertEqual([1, 2, None, None, None], [cell.execution_count for cell in cells])
        self.assertEqual(["error"], [output.output_type for output in cells[1].outputs])
        for path in self.project.html.glob("*.html"):
            self.assertNotIn(STALE, text(path))

    def test_page_says_which_cell_failed_and_which_were_not_executed(self):
        page = text(self.project.html / "01-fails.html")
        self.assertIn('<a href="#failed-2">Cell 2 failed</a>. The 2 cells after it were not executed.', page)
        self.assertEqual(["", "failed", "skipped", "skipped"], re.findall(r'<section class="cell (\w*)"', page))
        failed = page[page.index('id="failed-2"'):]
        failed = failed[:failed.index("</section>")]
        self.assertIn("This cell failed", failed)
        self.assertIn("/ by zero", failed)
        self.assertEqual(2, page.count(">Not executed<"))

    def test_page_of_a_kernel_that_died_shows_where(self):
        page = text(self.project.html / "02-dies.html")
        self.assertIn('<a href="#failed-1">Cell 1 failed</a>. One cell after it was not executed.', page)
        self.assertIn('<p class="label">Kernel died</p>', page)

    def test_index_tells_the_failures(self):
        index = text(self.project.html / "index.html")
        self.assertIn("2 of 3 notebooks failed", index)
        self.assertEqual(["Cell 2 failed", "Cell 1 failed"], re.findall(r'<p class="state fate">(.*?)</p>', index))
        self.assertEqual(2, index.count('<li class="failed">'))
        self.assertEqual(3, index.count("Executed with the quick budget"))

    @unittest.skipUnless(browser.CHROMIUM, "Chromium is not installed.")
    def test_a_browser_jumps_to_the_failed_cell(self):
        with browser.Proxy() as proxy, browser.Browser(proxy.address) as page:
            for width in (1200, 360):
                page.look(width, height=300)
                page.open(self.project.html / "01-fails.html")
                page.evaluate("document.querySelector('.notice a').click()")
                self.wait_for_top(page)
                self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), width)
                self.assertEqual("rgb(164, 22, 26)", page.evaluate(
                    "getComputedStyle(document.querySelector('.failed')).borderLeftColor"))

    def wait_for_top(self, page):
        """Until the failed cell begins in the window."""
        until = time.monotonic() + 60
        while not 0 <= (where := page.evaluate(TOP)) < 300:
            self.assertLess(time.monotonic(), until, where)
            time.sleep(0.05)


class SelectionTest(ProjectTest):
    def test_only_keeps_the_other_pages_and_the_whole_index(self):
        for name in ("01-a", "02-b", "03-c"):
            self.project.notebook(name, f'"value of {name}"')
        first = self.project.run("notebooks", "--only", "02", "--budget", "full")
        self.assertEqual((0, {"02-b": (1, "executed")}), (first.returncode, rows(first.stdout)), first.stderr)
        second = self.project.run("notebooks", "--only", "03")
        self.assertEqual({"03-c": (1, "executed")}, rows(second.stdout), second.stderr)
        index = text(self.project.html / "index.html")
        states = re.findall(r'<p class="state">(.*?)</p>', index)
        self.assertEqual(["Outputs as saved in the notebook", "Executed with the full budget",
                          "Executed with the quick budget"], states)
        self.assertEqual(["01-a.html", "02-b.html", "03-c.html"], re.findall(r'href="(\d[^"#]+)"', index))
        self.assertIn(STALE, text(self.project.html / "01-a.html"))
        self.assertIn("value of 02-b", text(self.project.html / "02-b.html"))
        self.assertIn('rel="prev" href="02-b.html"', text(self.project.html / "03-c.html"))

    def test_in_place_takes_the_full_budget(self):
        self.project.notebook("01-a", BUDGET)
        self.assertEqual(0, self.project.run("notebooks", "--in-place").returncode)
        self.assertIn("budget full", text(self.project.root / "notebooks/01-a.ipynb"))
        refused = self.project.run("notebooks", "--in-place", "--budget", "quick")
        self.assertEqual(2, refused.returncode)
        self.assertIn("--in-place takes the full budget", refused.stderr)

    def test_a_page_that_cannot_be_written_does_not_stop_the_others(self):
        path = self.project.notebook("01-a", "1")
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(new_markdown_cell("![none](attachment:none.png)", attachments={"other.png": {}}))
        nbformat.write(notebook, path)
        self.project.notebook("02-b", "2")
        result = self.project.run("notebooks")
        self.assertEqual(1, result.returncode, result.stderr)
        self.assertEqual({"02-b": (1, "executed"), "01-a": (1, "executed, but its page cannot be written")},
                         rows(result.stdout))
        self.assertRegex(result.stdout, r"(?m)^01-a: Cannot show 01-a\.ipynb: .*none\.png")
        self.assertNotIn("Traceback", result.stderr)

    def test_a_file_that_is_no_notebook_is_told_in_a_sentence(self):
        (self.project.root / "notebooks/01-a.ipynb").write_text("hello", encoding="utf-8")
        result = self.project.run("notebooks")
        self.assertEqual((2, ""), (result.returncode, result.stdout))
        self.assertRegex(result.stderr, r"\Ascorebook: .*01-a\.ipynb is not a notebook: [^\n]*\n\Z")


class KernelJarTest(ProjectTest):
    def test_a_program_that_is_no_kernel_is_named(self):
        self.project.notebook("01-a", "1")
        jar = self.project.root / "program.jar"
        with zipfile.ZipFile(jar, "w") as file:
            file.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMain-Class: no.Such\n")
        self.assertEqual(0, self.project.run("kernel", "--jar", str(jar)).returncode)
        result = self.project.run("notebooks")
        self.assertEqual(1, result.returncode)
        self.assertRegex(result.stdout, rf"(?m)^01-a: cell 1 failed: Kernel died.*: is {jar}, which kernel --jar named")
        self.assertNotIn("Traceback", result.stderr)
        jar.unlink()
        for command in ("notebooks", "lab", "kernel"):
            gone = self.project.run(command)
            self.assertEqual(2, gone.returncode)
            self.assertRegex(gone.stderr, rf"\Ascorebook: the kernel that --jar named is gone: {jar} .*--own'\.\n\Z")
        for command in (["pages"], ["kernel", "--own"]):
            self.assertEqual(0, self.project.run(*command).returncode, command)


class WhereRunsAreTest(ProjectTest):
    """A training of the notebooks' folder, which fails at once, and its project's commands in other folders."""

    def pasted(self, command, folder, **variables):
        """What a shell in this folder makes of the text."""
        return subprocess.run(command, shell=True, cwd=folder, text=True, capture_output=True, timeout=120,
                              env={**os.environ, "SCOREBOOK_LOCKS": str(self.project.root / "locks"), **variables})

    def test_commands_find_it_and_what_they_name_can_be_pasted(self):
        root, notebooks_folder = self.project.root, self.project.root / "notebooks"
        elsewhere = self.enterContext(tempfile.TemporaryDirectory())
        started = self.pasted("../environment/scorebook train --detach --data folder --data-dir none --device cpu",
                              notebooks_folder)
        run = started.stdout.strip()
        follow = re.search(r"follow it with: (.*)", started.stderr).group(1)
        self.assertEqual(f"../environment/scorebook jobs logs -f {run}", follow)
        self.assertIn("failed", self.pasted(follow, notebooks_folder).stdout)
        for folder, script in ((root, "environment/scorebook"), (elsewhere, root / "environment/scorebook")):
            shown = self.pasted(f"{script} jobs show {run}", folder)
            self.assertEqual((0, ""), (shown.returncode, shown.stderr))
            self.assertIn(f"folder   {notebooks_folder / 'runs' / run}\n", shown.stdout)
            self.assertIn(f"\n{run} ", self.pasted(f"{script} jobs list", folder).stdout)
            for verb in ("sample", "evaluate"):
                self.assertIn(f"{run} has no checkpoint", self.pasted(f"{script} {verb} latest", folder).stderr)
        own = self.pasted(f"environment/scorebook jobs show {run}", root, SCOREBOOK_RUNS=elsewhere)
        self.assertEqual(2, own.returncode, "where the user's variable says is all there is")


class PagesTest(ProjectTest):
    def test_pages_of_saved_notebooks_without_a_kernel(self):
        for name in ("01-a", "02-b"):
            self.project.notebook(name, ENDLESS)
        result = self.project.run("pages")
        self.assertEqual((0, ""), (result.returncode, result.stderr))
        self.assertEqual(f"2 pages written; open {self.project.html / 'index.html'}\n", result.stdout)
        self.assertEqual(["01-a.html", "02-b.html", "glossary.html", "index.html", "networks.html"],
                         sorted(path.name for path in self.project.html.glob("*.html")))
        page = text(self.project.html / "01-a.html")
        self.assertIn(STALE, page)
        self.assertIn('href="files/01-a.ipynb"', page)
        self.assertIn('href="files/student/01-a.ipynb"', page)
        self.assertNotIn(STALE, text(self.project.html / "files/student/01-a.ipynb"))
        self.assertFalse((self.project.root / "notebooks" / "pid").exists(), "a cell was executed")

    def test_one_page_joins_the_others(self):
        for name in ("01-a", "02-b"):
            self.project.notebook(name, "1")
        self.project.run("pages")
        result = self.project.run("pages", str(self.project.root / "notebooks/02-b.ipynb"))
        self.assertIn("1 page written", result.stdout)
        self.assertIn('href="01-a.html"', text(self.project.html / "index.html"))
        self.assertIn('rel="prev" href="01-a.html"', text(self.project.html / "02-b.html"))

    def test_pages_of_notebooks_that_are_gone_go_too(self):
        elsewhere = Path(self.enterContext(tempfile.TemporaryDirectory())) / "04-mine.ipynb"
        for name in ("01-a", "02-b", "03-c"):
            path = self.project.notebook(name, "1")
        shutil.copy(path, elsewhere)
        self.project.run("pages")
        self.project.run("pages", str(elsewhere))
        elsewhere.unlink()
        self.assertNotIn(str(elsewhere.parent), text(self.project.html / "04-mine.html"))
        (self.project.root / "notebooks/02-b.ipynb").unlink()
        result = self.project.run("pages", str(self.project.root / "notebooks/01-a.ipynb"))
        self.assertEqual((0, ""), (result.returncode, result.stderr))
        self.assertEqual(["01-a.html", "03-c.html", "04-mine.html", "glossary.html", "index.html", "networks.html"],
                         sorted(path.name for path in self.project.html.glob("*.html")))
        self.assertNotIn("02-b", text(self.project.html / "index.html"))
        self.assertIn('rel="prev" href="01-a.html"', text(self.project.html / "03-c.html"))


class TerminalTest(ProjectTest):
    def test_terminal_shows_the_cell_and_once_known_the_time_left(self):
        self.project.notebook("01-a", "Thread.sleep(1100);", "int a = 1;", "Thread.sleep(1100);")
        first, second = self.in_terminal("notebooks"), self.in_terminal("notebooks")
        for screen in (first, second):
            self.assertIn("\r01-a: cell 1 of 3", screen)
            self.assertIn("\r01-a: cell 3 of 3", screen)
            self.assertRegex(screen, r"\r\x1b\[K01-a: executed \(\d+\.\d s\)")
        self.assertNotIn(" left", first, "three cells tell nothing about the time")
        self.assertIn("\r01-a: cell 3 of 3, less than a minute left", second)

    def in_terminal(self, *arguments):
        """What the command writes to a terminal."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen(self.project.command(*arguments), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        screen = b""
        while True:
            try:
                data = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            screen += data
        os.close(ours)
        self.assertEqual(0, process.wait(60))
        return screen.decode()


class TimeLeftTest(ProjectTest):
    def setUp(self):
        super().setUp()
        self.runs = [notebooks.Run(self.project.notebook(name, *["1"] * 30)) for name in ("01-a", "02-b")]
        self.file = self.project.root / "target/seconds.json"
        self.enterContext(mock.patch.object(time, "monotonic", return_value=1000.0))  # no time goes by

    def left(self, budget="quick"):
        return Progress(self.runs, Durations(self.file, budget)).seconds_left()

    def test_nothing_is_said_before_enough_cells_have_ended(self):
        self.runs[0].marks = [time.monotonic() + 2 * i for i in range(20)]
        self.assertIsNone(self.left())
        self.runs[0].marks.append(self.runs[0].marks[-1] + 2)
        self.assertAlmostEqual(2 * (10 + 30), self.left())

    def test_a_whole_run_before_tells_it_from_the_start_for_its_budget_alone(self):
        for run, seconds in zip(self.runs, (1, 3)):
            run.marks = [seconds * i for i in range(31)]
            Durations(self.file, "quick").keep(run)
            run.marks = []
        self.assertAlmostEqual(30 * 1 + 30 * 3, self.left())
        self.assertIsNone(self.left("full"))
        self.runs[0].state = notebooks.DONE
        self.runs[1].marks = [time.monotonic() - 3.5, time.monotonic() - 1]
        self.assertAlmostEqual(2 + 28 * 3, self.left())

    def test_a_notebook_with_other_cells_than_before_is_unknown(self):
        self.runs[0].marks = [0, 1, 2]
        Durations(self.file, "quick").keep(self.runs[0])
        self.runs[0].marks = []
        self.assertIsNone(self.left())

    def test_a_file_of_other_content_is_ignored(self):
        for content in ("half a fi", "[1]", '{"quick": [2]}', '{"quick": {"01-a": 3}}'):
            self.file.write_text(content)
            self.assertIsNone(self.left(), content)


class InterruptTest(ProjectTest):
    def test_ctrl_c_stops_at_once_and_keeps_what_is_finished(self):
        self.project.notebook("01-done", '"value of 01"')
        self.project.notebook("02-endless", "1", ENDLESS)
        self.project.notebook("03-later", "3")
        process = subprocess.Popen(self.project.command("notebooks"), text=True, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        pid = self.wait_for_pid()
        self.assertIn("value of 01", text(self.project.html / "01-done.html"), "written before the others end")
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=120)
        self.assertLess(time.monotonic() - began, 100, "by itself the cell takes ten minutes")
        self.assertEqual(130, process.returncode, errors)
        self.assertNotIn("Traceback", errors)
        self.assertEqual({"01-done": (1, "executed"), "03-later": (1, "not started"),
                          "02-endless": (2, "interrupted")}, rows(output))
        self.assertTrue(self.ends(pid), "the kernel goes on")
        self.assertIn("value of 01", text(self.project.html / "01-done.html"))
        self.assertIn(STALE, text(self.project.html / "02-endless.html"))
        self.assertFalse((self.project.root / "target/notebooks/02-endless.ipynb").exists())

    def test_ctrl_c_while_the_program_loads_shows_no_traceback(self):
        for program in ("notebooks", "pages"):
            code = [sys.executable, "-c", INTERRUPTED_IMPORT, str(ROOT / "environment"), program]
            end = subprocess.run(code, text=True, capture_output=True)
            self.assertEqual((-signal.SIGINT, ""), (end.returncode, end.stderr), program)

    def test_a_training_that_goes_on_is_named_with_what_shows_and_stops_it(self):
        self.project.notebook("01-trains", TRAINING, ENDLESS)
        locks = {**os.environ, "SCOREBOOK_LOCKS": str(self.project.root / "locks")}  # it waits for no other training
        process = subprocess.Popen(["environment/scorebook", "notebooks"], text=True, cwd=self.project.root, env=locks,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.wait_for_pid()
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=120)
        self.assertEqual(130, process.returncode, errors)
        told = re.search(r"^01-trains: its training (emoji-cpu-\S+) goes on: '(.*)' shows it, '(.*)' stops it$", output,
                         re.M)
        self.assertTrue(told, output)
        run, show, stop = told.groups()
        self.assertEqual(f"environment/scorebook jobs show {run}", show)
        for command, words in ((show, r": (running|queued)"), (stop, ": cancelled"), (show, ": cancelled")):
            pasted = subprocess.run(command, shell=True, cwd=self.project.root, text=True, capture_output=True)
            self.assertEqual((0, ""), (pasted.returncode, pasted.stderr))
            self.assertRegex(pasted.stdout, run + words)

    def ends(self, pid, seconds=60):
        """A process that was killed needs a moment to be gone."""
        until = time.monotonic() + seconds
        while kernels.running(pid) and time.monotonic() < until:
            time.sleep(0.05)
        return not kernels.running(pid)

    def wait_for_pid(self):
        file = self.project.root / "notebooks" / "pid"
        until = time.monotonic() + 180
        while not (file.exists() and text(file)):
            self.assertLess(time.monotonic(), until, "the cell did not start")
            time.sleep(0.05)
        return int(text(file))


if __name__ == "__main__":
    unittest.main()
