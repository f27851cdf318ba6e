"""All system tests, each module in a process of its own, two at a time where there are two cores.

What a module prints comes out whole when it ends, and a table of all at the end; the exit code is 1 if one failed.
Tests of time limits and interrupts bear no crowd: hence no more than two on a machine with many cores.
"""
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIRST = [["test_notebooks"],  # the longest, lest one be left alone
         ["test_grading", "test_isolation"],  # each sees the other's processes, so not at once
         ["test_sweep"], ["test_slurm"], ["test_submit"]]


def jobs():
    """Lists of modules that one process runs."""
    planned = {name for job in FIRST for name in job}
    return FIRST + [[path.stem] for path in sorted(HERE.glob("test_*.py")) if path.stem not in planned]


def run(modules):
    """The modules' names, the exit code, seconds and what was printed."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as locks:  # trainings of two modules do not wait for each other
        ended = subprocess.run([sys.executable, "-W", "ignore", "-m", "unittest", "-v", *modules], cwd=HERE, text=True,
                               errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, env={**os.environ, "SCOREBOOK_LOCKS": locks})
    return " ".join(modules), ended.returncode, time.monotonic() - start, ended.stdout


def row(names, code, seconds, printed):
    number = re.search(r"^Ran (\d+) tests?", printed, re.M)
    last = printed.rstrip().rpartition("\n")[2]
    state = "ok" if code == 0 else "FAILED"
    return f"{state:7} {names:28} {number[1] if number else '?':>5} tests {seconds:6.0f} s  {last}"


def main():
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what this was started to ignore, tests send
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        rows = []
        for future in as_completed([pool.submit(run, modules) for modules in jobs()]):
            result = future.result()
            print(f"--- {result[0]}\n{result[3]}", flush=True)
            rows.append((result[1] != 0, row(*result)))
    rows.sort()  # those that failed last, where they are seen
    print("\n".join(line for _, line in rows))
    return int(any(failed for failed, _ in rows))


if __name__ == "__main__":
    sys.exit(main())
