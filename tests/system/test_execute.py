"""Notebooks executed whatever their cells do: environment/execute.py with a real kernel."""
import json
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import nbformat

from kernels import measured

ROOT = Path(__file__).resolve().parents[2]
EXECUTE = ROOT / "environment" / "execute.py"


def resident(pid):
    """MB of memory of a process; 0 where nothing tells."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


class Executed:
    """What is left of one execution."""

    def __init__(self, folder, *cells, options=()):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Cells")] + [
            nbformat.v4.new_code_cell(source, id=f"c{number}") for number, source in enumerate(cells, 1)])
        file = folder / "cells.ipynb"
        nbformat.write(notebook, file)
        self.run(folder, file, options)
        self.events = [json.loads(line) for line in (folder / "events").read_text().splitlines()]
        self.notebook = nbformat.read(folder / "out.ipynb", as_version=4)
        nbformat.validate(self.notebook)

    def run(self, folder, file, options):
        begin = time.monotonic()
        with open(folder / "problem", "w+") as problem:
            self.process = subprocess.Popen([sys.executable, EXECUTE, file, "--out", folder / "out.ipynb",
                                             "--events", folder / "events", *options], stderr=problem)
            self.most_memory = 0  # of the program, without the kernel
            while self.process.poll() is None:
                self.most_memory = max(self.most_memory, resident(self.process.pid))
                time.sleep(0.05)
            problem.seek(0)
            self.problem = problem.read()
        self.seconds = time.monotonic() - begin

    def states(self):
        """Of the cells, in order, how each ended."""
        return [event["state"] for event in self.events if event["state"] != "started"]

    def text(self, cell):
        return "".join(output.get("text", "") for output in self.notebook.cells[cell].outputs)

    def error(self, cell):
        return [output.evalue for output in self.notebook.cells[cell].outputs if output.output_type == "error"][-1]


class Execute(unittest.TestCase):
    """Each cell fails alone, and the events say how."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def execute(self, *cells, options=()):
        executed = Executed(self.folder, *cells, options=options)
        measured("execution of " + self.id().rpartition(".")[2], executed.seconds)
        return executed

    def test_cells_after_a_failure_run(self):
        executed = self.execute("int a = 20;", "int b = 1 / 0;", "a + 1", 'System.out.println("x"); int c = a;')
        self.assertEqual(["ok", "error", "ok", "ok"], executed.states())
        self.assertEqual(1, executed.process.returncode, executed.problem)
        self.assertIn("/ by zero", executed.error(2))
        self.assertEqual("21", executed.notebook.cells[3].outputs[0].data["text/plain"])
        self.assertEqual("x\n", executed.text(4))
        self.assertEqual([1, 2, 3, 4], [cell.execution_count for cell in executed.notebook.cells[1:]])
        started = executed.events[0]
        self.assertEqual({"cell": 1, "id": "c1", "state": "started"}, started)
        self.assertGreaterEqual(executed.events[1]["seconds"], 0)

    def test_all_good(self):
        executed = self.execute("6 * 7")
        self.assertEqual(0, executed.process.returncode, executed.problem)

    def test_stop_on_error(self):
        executed = self.execute("int b = 1 / 0;", "1", options=["--stop-on-error"])
        self.assertEqual(["error"], executed.states())

    def test_endless_loop_is_interrupted_and_the_state_stays(self):
        executed = self.execute("int kept = (int) (Math.random() * 1e9); System.out.println(kept);",
                                "while (true) {}", "System.out.println(kept);", options=["--cell-timeout", "10"])
        self.assertEqual(["ok", "timeout", "ok"], executed.states())
        self.assertEqual("over the time limit of 10 s", executed.error(2))
        self.assertEqual(executed.text(1), executed.text(3), "another kernel has drawn another number")

    def test_loop_that_no_interrupt_ends_costs_the_kernel(self):
        loop = "for (;;) { try { Thread.sleep(1000); } catch (Throwable e) { } }"
        executed = self.execute("int kept = 17;", loop, "kept", options=["--cell-timeout", "10"])
        self.assertEqual(["ok", "timeout", "ok"], executed.states())
        self.assertEqual("17", executed.notebook.cells[3].outputs[0].data["text/plain"])

    def test_kernel_that_dies(self):
        for code in ("System.exit(0);", "Runtime.getRuntime().halt(3);"):
            with self.subTest(code):
                executed = self.execute("int kept = 17;", "int bad = 1 / 0;", code, "kept")
                self.assertEqual(["ok", "error", "died", "ok"], executed.states())
                self.assertEqual("the kernel died", executed.error(3))
                self.assertEqual("17", executed.notebook.cells[4].outputs[0].data["text/plain"])

    def test_whole_notebook_over_its_time(self):
        executed = self.execute("Thread.sleep(60_000);", "1", options=["--timeout", "6"])
        self.assertEqual(["timeout"], executed.states())
        self.assertEqual("over the time limit of 6 s for the whole notebook", executed.error(1))

    def test_gigabytes_of_output(self):
        flood = 'String line = "x".repeat(99_999); for (int i = 0; i < 10_000; i++) System.out.println(line);'
        executed = self.execute(flood, "1", options=["--cell-output", "2"])
        self.assertEqual(["ok", "ok"], executed.states())
        self.assertLess(len(executed.text(1)), 2_100_000)
        self.assertTrue(executed.text(1).endswith("The rest is left out: a cell can show 2 MB.\n"))
        self.assertLess(executed.most_memory, 500)
        print(f"most memory: {executed.most_memory:.0f} MB")

    def test_kernel_over_its_memory(self):
        hoard = "var all = new java.util.ArrayList<byte[]>(); while (true) { all.add(new byte[1 << 24]); " \
            "java.util.Arrays.fill(all.get(all.size() - 1), (byte) 1); }"
        executed = self.execute("int kept = 17;", hoard, "kept", options=["--memory", "700"])
        self.assertEqual(["ok", "died", "ok"], executed.states())
        self.assertEqual("over the memory limit of 700 MB", executed.error(2))

    def test_not_a_notebook(self):
        file = self.folder / "broken.ipynb"
        file.write_text('{"cells": [')
        command = [sys.executable, EXECUTE, file, "--out", self.folder / "out", "--events", self.folder / "events"]
        run = subprocess.run(command, stderr=subprocess.PIPE, text=True)
        self.assertEqual(2, run.returncode)
        self.assertIn(f"{file} is not a notebook", run.stderr)
        self.assertFalse((self.folder / "out").exists())
