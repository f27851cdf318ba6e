#!/usr/bin/env python3
"""Executes the notebooks in real kernels and writes them as web pages. Called by environment/scorebook."""
import quiet  # noqa: F401, first of all

import argparse
import asyncio
import atexit
import contextlib
import os
import re
import signal
import sys
import threading
import time
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbclient.util import ensure_async

import pages
import trainings
from progress import Durations, Progress

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "notebooks"
EXECUTED = ROOT / "target" / "notebooks"
DURATIONS = ROOT / "target" / "notebook-seconds.json"
KERNEL_LOG = ROOT / "target" / "kernel.log"
KERNEL_JAR = ROOT / "target" / "kernel-jar"  # names another kernel than ours
HTML = pages.HTML
MATHJAX = pages.MATHJAX
ANSI = re.compile(r"\x1b\[[0-9;]*m")
# In the order of the table, which ends with what a user has to look at.
DONE, WAITING, INTERRUPTED, NO_PAGE, FAILED = STATES = (
    "executed", "not started", "interrupted", "executed, but its page cannot be written", "failed")


class Run:
    """One notebook: how far it is, and what came of it."""

    def __init__(self, path):
        self.path, self.name = path, path.stem
        self.notebook = pages.read(path)
        self.cells = pages.executable(self.notebook)
        self.state = WAITING
        self.marks = []  # when it began, and when each cell ended
        self.current = 1  # the cell that runs
        self.seconds = 0
        self.error = ""  # what stopped it, whole
        self.reason = ""  # in one line why the command fails
        self.trainings = set()  # those that it started and that went on when it ended

    @property
    def over(self):
        return self.state != WAITING

    @property
    def outcome(self):
        return f"failed at cell {self.current}" if self.state == FAILED else self.state

    def cell_seconds(self):
        """For each cell that has ended; the kernel's start counts for the first."""
        return [after - before for before, after in zip(self.marks, self.marks[1:])]

    def begin(self):
        """Without the outputs of an earlier run: those of a cell that does not come to run would look new."""
        for cell in self.notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        self.marks = [time.monotonic()]

    def on_cell(self, cell, cell_index):
        """A cell starts, so the one before it has ended."""
        if cell is not self.cells[0]:
            self.marks.append(time.monotonic())
            self.current = len(self.marks)

    def end(self, state):
        self.state = state
        self.seconds = time.monotonic() - self.marks[0]
        if state == DONE and self.cells:
            self.marks.append(time.monotonic())

    def fail(self, problem):
        self.error = ANSI.sub("", str(problem)).strip()
        if isinstance(problem, CellExecutionError):
            name, value = problem.ename, ANSI.sub("", problem.evalue).strip()
        else:
            name, value = self.error, where_to_look()
        self.reason = ": ".join([f"cell {self.current} failed", name, *value.splitlines()[:1]])
        self._mark_failed_cell(name, value)
        self.end(FAILED)

    def without_page(self, problem):
        self.state = NO_PAGE if self.state == DONE else self.state
        self.reason = "; ".join(filter(None, [self.reason, str(problem)]))

    def _mark_failed_cell(self, name, value):
        """A kernel that dies leaves no error in its cell; a page that shows none would look as if all were well."""
        if self.cells and not pages.has_failed(self.cells[self.current - 1]):
            cell = self.cells[self.current - 1]
            cell.execution_count = self.current
            cell.outputs.append(nbformat.v4.new_output("error", ename=name, evalue=value, traceback=[]))


def where_to_look():
    """What may say why a kernel died."""
    if KERNEL_JAR.exists():
        return f"is {KERNEL_JAR.read_text(encoding='utf-8').strip()}, which kernel --jar named, a Jupyter kernel?"
    return f"the kernel's log, {KERNEL_LOG}, may say why"


class Client(NotebookClient):
    """Also takes what a cell shows after it has ended, which nbclient drops, and stops its kernel on Ctrl-C."""

    async def async_start_new_kernel_client(self, **options):
        try:
            client = await super().async_start_new_kernel_client(**options)
        except asyncio.CancelledError:  # interrupted while the kernel starts: nbclient would leave it running
            await self._async_cleanup_kernel()
            raise
        channel, get_msg = client.iopub_channel, client.iopub_channel.get_msg

        async def get_and_update(*args, **kwargs):
            message = await ensure_async(get_msg(*args, **kwargs))
            if message["msg_type"] == "update_display_data":
                self._update_display_id(message["content"]["transient"]["display_id"], message)
            return message

        channel.get_msg = get_and_update
        return client

    def execute_beside(self, every_second):
        """Executes in a thread of its own, where nbclient cannot take Ctrl-C for itself: here it stops the kernel."""
        loop = asyncio.new_event_loop()
        task = loop.create_task(self.async_execute())
        thread = threading.Thread(target=lambda: loop.run_until_complete(asyncio.wait([task])), daemon=True)
        thread.start()
        try:
            while thread.is_alive():
                every_second()
                thread.join(1)
        except KeyboardInterrupt:
            self._stop(lambda: loop.call_soon_threadsafe(task.cancel), thread)
            raise
        loop.close()
        if self.km is None:  # it did not start: at exit nbclient would complain that there is none to stop
            atexit.unregister(self._cleanup_kernel)
        task.result()

    def _stop(self, cancel, thread):
        """Stops the kernel in nbclient's own way, else by force."""
        self.shutdown_kernel = "immediate"
        with contextlib.suppress(RuntimeError):  # the loop has just closed: nothing runs any more
            cancel()
        thread.join(3)
        process = getattr(getattr(self.km, "provisioner", None), "pid", None)
        if process:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


def select(only):
    """The notebooks whose file name contains the text; all without one."""
    found = sorted(path for path in SOURCES.glob("*.ipynb") if not only or only in path.name)
    if not found:
        names = ", ".join(sorted(path.stem for path in SOURCES.glob("*.ipynb")))
        raise pages.PageError(f"--only must be part of a notebook's name ({names}), but is '{only}'.")
    return found


def execute(run, budget, progress=None, client=Client):
    """Runs all cells of a notebook in a fresh kernel, up to one that fails; returns the run."""
    progress = progress or Progress([run])
    os.environ["SCOREBOOK_BUDGET"] = budget
    run.begin()
    progress.begin(run)
    before = trainings.at_work(SOURCES)
    kernel = client(run.notebook, timeout=None, kernel_name="java", record_timing=False, on_cell_execute=run.on_cell,
                    resources={"metadata": {"path": str(SOURCES)}})
    try:
        kernel.execute_beside(lambda: progress.show(run))
        run.end(DONE)
    except (CellExecutionError, RuntimeError) as problem:  # RuntimeError: the kernel died, or never answered
        run.fail(problem)
    except KeyboardInterrupt:
        run.end(INTERRUPTED)
        raise
    finally:
        run.notebook.metadata.get("language_info", {}).pop("version", None)  # outputs do not depend on the JDK's build
        run.trainings = trainings.at_work(SOURCES) - before
        if run.over:
            progress.end(run)
    return run


def run_all(runs, budget, in_place):
    """Executes one after the other; what has ended is kept under target/, with its page, before the next one starts."""
    site = pages.Site(HTML, MATHJAX)
    site.add(list(saved_pages(path for path in select(None) if path.stem not in site.pages)))
    durations = Durations(DURATIONS, budget)
    progress = Progress(runs, durations)
    EXECUTED.mkdir(parents=True, exist_ok=True)
    for run in runs:
        execute(run, budget, progress)
        nbformat.write(run.notebook, EXECUTED / run.path.name)
        if run.state == FAILED:
            print(f"\n{run.error}\n", file=sys.stderr)
        else:
            durations.keep(run)
            if in_place:
                nbformat.write(run.notebook, run.path)
        try:
            site.add([pages.convert_whole(run.notebook, run.path, origin=budget)])
        except pages.PageError as error:
            run.without_page(error)


def saved_pages(paths):
    """Pages of notebooks as they are, to make the index whole from the start; what cannot be shown is left out."""
    for path in paths:
        with contextlib.suppress(pages.PageError):
            yield pages.convert_whole(pages.read(path), path, origin="saved")


def report(runs):
    """The table of all runs, failures last, then where to look."""
    runs = sorted(runs, key=lambda run: STATES.index(run.state))
    width = max(len("notebook"), *(len(run.name) for run in runs))
    print(f"\n{'notebook':{width}}  cells  seconds  state")
    for run in runs:
        print(f"{run.name:{width}}  {len(run.cells):5}  {run.seconds:7.1f}  {run.outcome}")
    print(f"\npages: {HTML / 'index.html'}")
    for run in runs:
        if run.reason:
            print(f"{run.name}: {run.reason}", flush=True)
    for run in runs:
        for training in sorted(run.trainings & trainings.at_work(SOURCES)):
            print(f"{run.name}: {trainings.sentence(training)}", flush=True)


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="scorebook notebooks", description="Execute the notebooks and write them as web pages to target/html.")
    parser.add_argument("--only", metavar="NAME", help="only the notebooks whose name contains NAME, for instance 06")
    parser.add_argument("--budget", choices=["quick", "full"],
                        help="quick (the default): small trainings, some minutes in all; full: what the committed "
                             "outputs come from, about a quarter of an hour")
    parser.add_argument("--in-place", action="store_true",
                        help="also write the outputs into notebooks/; takes the full budget")
    options = parser.parse_args(arguments)
    if options.in_place and options.budget == "quick":
        parser.error("--in-place takes the full budget, which committed outputs come from: leave --budget quick out.")
    options.budget = options.budget or ("full" if options.in_place else "quick")
    return options


def main(arguments=None):
    options = parse(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stops the kernel too, as Ctrl-C does
    try:
        runs = [Run(path) for path in select(options.only)]
        try:
            run_all(runs, options.budget, options.in_place)
        finally:
            if any(run.over for run in runs):
                report(runs)
        return 1 if any(run.reason for run in runs) else 0
    except pages.PageError as error:
        print(f"scorebook: {error}", file=sys.stderr)
        return 2
    except NoSuchKernel:
        print("scorebook: Jupyter does not know the kernel: use environment/scorebook notebooks.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    status = main()
    if status == 130:  # ZeroMQ ends badly where a kernel was stopped half-way: it waits for ever, or aborts
        sys.stdout.flush()
        os._exit(status)
    sys.exit(status)
