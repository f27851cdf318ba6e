"""All system tests, each module in a process of its own, two at a time where there are two cores.

What a module prints comes out whole when it ends, and a table of all at the end; the exit code is 1 if one failed.
Tests of time limits and interrupts bear no crowd: hence no more than two on a machine with many cores.
"""
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

HERE = Path(__file__).resolve().parent
LONGEST = ["test_notebooks", "test_grading", "test_sweep", "test_slurm", "test_submit"]  # first, lest one be left alone


def modules():
    found = sorted(path.stem for path in HERE.glob("test_*.py"))
    return sorted(found, key=lambda name: LONGEST.index(name) if name in LONGEST else len(LONGEST))


def run(module):
    """The module's name, its exit code, its seconds and what it printed."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as locks:  # trainings of two modules do not wait for each other
        ended = subprocess.run([sys.executable, "-W", "ignore", "-m", "unittest", "-v", module], cwd=HERE, text=True,
                               errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, env={**os.environ, "SCOREBOOK_LOCKS": locks})
    return module, ended.returncode, time.monotonic() - start, ended.stdout


def row(module, code, seconds, printed):
    number = re.search(r"^Ran (\d+) tests?", printed, re.M)
    last = printed.rstrip().rpartition("\n")[2]
    state = "ok" if code == 0 else "FAILED"
    return f"{state:7} {module:28} {number[1] if number else '?':>5} tests {seconds:6.0f} s  {last}"


def main():
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        rows = []
        for future in as_completed([pool.submit(run, module) for module in modules()]):
            result = future.result()
            print(f"--- {result[0]}\n{result[3]}", flush=True)
            rows.append((result[1], row(*result)))
    rows.sort()  # those that failed last, where they are seen
    print("\n".join(line for _, line in rows))
    return int(any(code for code, _ in rows))


if __name__ == "__main__":
    sys.exit(main())
