#!/usr/bin/env python3
"""Executes the notebooks in real kernels and writes them as web pages. Called by environment/scorebook."""
import argparse
import os
import re
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbclient.util import ensure_async

import pages

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "notebooks"
EXECUTED = ROOT / "target" / "notebooks"
HTML = ROOT / "target" / "html"
MATHJAX = ROOT / "target" / "mathjax" / "tex-svg-full.js"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class Progress:
    """Says which cell is running: on one line that is written over in a terminal, nowhere in a pipe."""

    def __init__(self, name, total):
        self.name, self.total, self.done = name, total, 0
        self.started = time.monotonic()

    def on_cell_start(self, cell, cell_index):
        self.done = cell_index
        if sys.stderr.isatty():
            bar = "#" * (30 * self.done // self.total)
            print(f"\r{self.name}: [{bar:30}] cell {self.done + 1} of {self.total} ", end="", file=sys.stderr, flush=True)

    def finish(self, outcome):
        end = "\r\x1b[K" if sys.stderr.isatty() else ""
        print(f"{end}{self.name}: {outcome} ({time.monotonic() - self.started:.1f} s)", file=sys.stderr, flush=True)


class Client(NotebookClient):
    """Also takes what a cell shows after it has ended: nbclient drops it, notebook front ends do not."""

    async def async_start_new_kernel_client(self, **options):
        client = await super().async_start_new_kernel_client(**options)
        channel, get_msg = client.iopub_channel, client.iopub_channel.get_msg

        async def get_and_update(*args, **kwargs):
            message = await ensure_async(get_msg(*args, **kwargs))
            if message["msg_type"] == "update_display_data":
                self._update_display_id(message["content"]["transient"]["display_id"], message)
            return message

        channel.get_msg = get_and_update
        return client


def select(only):
    """The notebooks whose file name contains the text; all without one."""
    found = sorted(path for path in SOURCES.glob("*.ipynb") if not only or only in path.name)
    if not found:
        names = ", ".join(sorted(path.stem for path in SOURCES.glob("*.ipynb")))
        raise pages.PageError(f"--only must be part of a notebook's name ({names}), but is '{only}'.")
    return found


def execute(path, budget):
    """Runs all cells of a notebook in a fresh kernel; returns it with its outputs, and the error that stopped it or None."""
    notebook = nbformat.read(path, as_version=4)
    progress = Progress(path.stem, max(1, len(notebook.cells)))
    os.environ["SCOREBOOK_BUDGET"] = budget
    client = Client(
        notebook, timeout=None, kernel_name="java", record_timing=False, on_cell_start=progress.on_cell_start,
        resources={"metadata": {"path": str(SOURCES)}})
    error = None
    try:
        client.execute()
    except (CellExecutionError, DeadKernelError) as problem:
        error = ANSI.sub("", str(problem)).strip()
    notebook.metadata.get("language_info", {}).pop("version", None)  # the outputs do not depend on the JDK's build
    progress.finish("failed" if error else "executed")
    return notebook, error


def run(only, budget, in_place):
    """Executes, keeps the results under target/, writes the pages; returns how many notebooks failed."""
    EXECUTED.mkdir(parents=True, exist_ok=True)
    paths, failures = [], 0
    for source in select(only):
        notebook, error = execute(source, budget)
        target = EXECUTED / source.name
        nbformat.write(notebook, target)
        if error:
            failures += 1
            print(f"\n{source.name}: a cell failed\n{error}\n", file=sys.stderr)
        elif in_place:
            nbformat.write(notebook, source)
        paths.append(target)
    for page in pages.write_pages(paths, HTML, MATHJAX):
        print(page)
    return failures


def main():
    parser = argparse.ArgumentParser(
        prog="scorebook notebooks", description="Execute the notebooks and write them as web pages to target/html.")
    parser.add_argument("--only", metavar="NAME", help="only the notebooks whose name contains NAME, for instance 06")
    parser.add_argument("--budget", choices=["quick", "full"], default="full",
                        help="quick: small trainings, minutes in all; full (the default): what the committed outputs come from")
    parser.add_argument("--in-place", action="store_true", help="also write the outputs into notebooks/")
    options = parser.parse_args()
    try:
        return 1 if run(options.only, options.budget, options.in_place) else 0
    except pages.PageError as error:
        print(f"scorebook: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
