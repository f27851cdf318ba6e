#!/usr/bin/env python3
"""Executes one notebook, whatever its cells do: a cell that fails, hangs, floods or kills the kernel fails alone.

    python3 environment/execute.py NOTEBOOK --out FILE --events FILE [OPTIONS]

All code cells run in order in a fresh kernel. One over its time limit is interrupted; where that does not help, the
kernel is killed. After a kernel's death a new one executes the earlier cells that had succeeded once more, and goes on
behind the bad one. Each event is one line of JSON, {"cell": 3, "id": "...", "state": "started"}: the cell's place among
all cells, from 0. It ends in ok, error, timeout or died, with its seconds and, for the last two, the reason. OUT is
the executed notebook, whole or not at all. Exit code: 0 all cells succeeded, 1 not all, 2 it was not executed.
"""
import quiet  # noqa: F401, first of all

import argparse
import contextlib
import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import NoSuchKernel

from executor import Kernel, KernelFailed, Outputs

DIED = "the kernel died"
CELL_MB = 10


class NotExecuted(Exception):
    """Why not, in one sentence."""


def read(path):
    """The notebook in a file, in nbformat 4.5: each of its cells has an ID."""
    try:
        with open(path, encoding="utf-8") as file:
            notebook = nbformat.read(file, as_version=4)
    except OSError as error:
        raise NotExecuted(f"Cannot read {path}: {error.strerror}.") from error
    except Exception as error:  # nbformat raises a different type for each way in which a file can be wrong
        raise NotExecuted(f"{path} is not a notebook: {(str(error) or repr(error)).splitlines()[0]}") from error
    notebook.nbformat_minor = max(notebook.nbformat_minor, 5)
    seen = set()
    for place, cell in enumerate(notebook.cells):
        if not cell.get("id") or cell.id in seen:
            cell.id = f"cell-{place}"
        seen.add(cell.id)
    return notebook


class Execution:
    """A notebook's way through its kernels."""

    def __init__(self, notebook, options, events):
        self.notebook, self.options, self.events = notebook, options, events
        self.kernel = None
        self.good = []  # the cells that have succeeded, for a new kernel
        self.deadline = time.monotonic() + options.timeout

    def run(self):
        """Returns whether all cells succeeded; the kernel is gone in any case."""
        try:
            return self._run_cells()
        finally:
            if self.kernel:
                self.kernel.kill()

    def _run_cells(self):
        cells = [(place, cell) for place, cell in enumerate(self.notebook.cells) if cell.cell_type == "code"]
        for _, cell in cells:
            cell.outputs, cell.execution_count = [], None
        for place, cell in cells:
            if not cell.source.strip():
                continue
            if self._left() <= 0:
                return False
            state = self._run_cell(place, cell)
            if state == "ok":
                self.good.append(cell)
            elif self.options.stop_on_error:
                return False
        return len(self.good) == sum(bool(cell.source.strip()) for _, cell in cells)

    def _left(self):
        return self.deadline - time.monotonic()

    def _run_cell(self, place, cell):
        self._need_kernel()
        self._tell(place, cell, state="started")
        begin = time.monotonic()
        seconds = min(self.options.cell_timeout, max(self._left(), 0))
        outputs = Outputs(cell, int(self.options.cell_output * 1e6))
        state = self.kernel.run(outputs, seconds)
        reason = self._reason(state, seconds)
        if reason:
            outputs.add(nbformat.v4.new_output("error", ename="Stopped", evalue=reason, traceback=[reason]))
        took = round(time.monotonic() - begin, 3)
        self._tell(place, cell, state=state, seconds=took, **({"reason": reason} if reason else {}))
        return state

    def _reason(self, state, seconds):
        if state == "died":
            over = self.kernel.over_memory
            return f"over the memory limit of {self.options.memory:g} MB" if over else DIED
        if state == "timeout":
            whole = seconds < self.options.cell_timeout
            limit = self.options.timeout if whole else self.options.cell_timeout
            return f"over the time limit of {limit:g} s" + (" for the whole notebook" if whole else "")
        return None

    def _need_kernel(self):
        """Replaces one that is gone by another in the same state, as far as cells that succeeded make it."""
        if self.kernel and self.kernel.alive:
            return
        if self.kernel:
            self.kernel.kill()
        bytes_of_memory = self.options.memory and int(self.options.memory * 1e6)
        self.kernel = Kernel(self.options.kernel, self.options.folder, self.options.wrap, bytes_of_memory)
        info = dict(self.kernel.language)
        info.pop("version", None)  # outputs do not depend on the JDK's build
        self.notebook.metadata.language_info = nbformat.from_dict(info)
        for cell in list(self.good):
            again = nbformat.v4.new_code_cell(cell.source)
            if not self.kernel.alive or self._left() <= 0:
                return
            self.kernel.run(Outputs(again, 0), min(self.options.cell_timeout, self._left()))

    def _tell(self, place, cell, **what):
        self.events.write(json.dumps({"cell": place, "id": cell.id, **what}) + "\n")
        self.events.flush()


def finish(notebook):
    """Makes the notebook what its file holds."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            Outputs(cell, 0).finish()


def write(notebook, path):
    """Whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            nbformat.write(notebook, file)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def seconds(text):
    value = float(text)
    if not 0 < value < 1e9:
        raise ValueError
    return value


def parse(arguments):
    parser = argparse.ArgumentParser(prog="execute.py", description="Executes one notebook, whatever its cells do.")
    parser.add_argument("notebook", metavar="NOTEBOOK", type=Path)
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="the executed notebook")
    parser.add_argument("--events", metavar="FILE", type=Path, required=True, help="one line of JSON an event")
    parser.add_argument("--kernel", metavar="NAME", default="java")
    parser.add_argument("--cell-timeout", metavar="S", type=seconds, default=600, help="for one cell; 600")
    parser.add_argument("--timeout", metavar="S", type=seconds, default=3600, help="for the whole notebook; 3600")
    parser.add_argument("--stop-on-error", action="store_true", help="ends at the first cell that does not succeed")
    parser.add_argument("--folder", metavar="DIR", help="where the kernel works; the notebook's folder without it")
    parser.add_argument("--cell-output", metavar="MB", type=seconds, default=CELL_MB,
                        help=f"what a cell can show; {CELL_MB}")
    parser.add_argument("--memory", metavar="MB", type=seconds,
                        help="what the kernel and its processes can use; one that uses more is killed")
    parser.add_argument("--wrap", metavar="JSON", type=json.loads, default=[],
                        help="a command, as a list, that the kernel's is given to")
    options = parser.parse_args(arguments)
    options.folder = options.folder or str(options.notebook.resolve().parent)
    return options


def main(arguments=None):
    options = parse(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stops the kernel too, as Ctrl-C does
    try:
        notebook = read(options.notebook)
        with open(options.events, "w", encoding="utf-8") as events:
            good = Execution(notebook, options, events).run()
        finish(notebook)
        write(notebook, options.out)
        return 0 if good else 1
    except (NotExecuted, KernelFailed) as problem:
        print(f"scorebook: {problem}", file=sys.stderr)
    except NoSuchKernel:
        print(f"scorebook: Jupyter knows no kernel {options.kernel}: use environment/scorebook.", file=sys.stderr)
    except OSError as error:
        print(f"scorebook: Cannot write {error.filename}: {error.strerror}.", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 2


if __name__ == "__main__":
    status = main()
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)  # ZeroMQ ends badly where a kernel was killed half-way: it waits for ever, or aborts
