"""What `scorebook notebooks` says while it runs: which cell of how many, and the time left as far as that is known."""
import json
import shutil
import sys
import time

ENOUGH = 20  # cells: fewer say nothing about how long the others take


class Durations:
    """The seconds of every cell in the last whole run of each notebook with a budget, kept in a JSON file."""

    def __init__(self, path, budget):
        self.path, self.budget = path, budget
        try:
            self._all = json.loads(path.read_text(encoding="utf-8"))
            self._seconds = {name: list(map(float, cells)) for name, cells in self._all.get(budget, {}).items()}
        except (OSError, ValueError, TypeError, AttributeError):  # none yet, or not ours: only estimates are lost
            self._all, self._seconds = {}, {}

    def of(self, run):
        """A number for each cell of the run; None where the notebook was not run before, or had other cells then."""
        seconds = self._seconds.get(run.name)
        return seconds if seconds and len(seconds) == len(run.cells) else None

    def keep(self, run):
        self._seconds[run.name] = [round(seconds, 2) for seconds in run.cell_seconds()]
        self.path.write_text(json.dumps({**self._all, self.budget: self._seconds}), encoding="utf-8")


class Progress:
    """In a terminal one line that is written over; in a pipe a line when a notebook starts and one when it ends."""

    def __init__(self, runs, durations=None, stream=None):
        self.runs, self.durations, self.stream = runs, durations, stream or sys.stderr
        self.terminal = self.stream.isatty()

    def begin(self, run):
        if not self.terminal:
            self._print(f"{run.name}: {len(run.cells)} cells ...\n")

    def show(self, run):
        if not self.terminal:
            return
        place = f" ({self.runs.index(run) + 1} of {len(self.runs)})" if len(self.runs) > 1 else ""
        line = f"{run.name}{place}: cell {run.current} of {len(run.cells)}{_in_words(self.seconds_left())}"
        self._print("\r" + line[:shutil.get_terminal_size().columns - 1] + "\x1b[K")

    def end(self, run):
        clear = "\r\x1b[K" if self.terminal else ""
        self._print(f"{clear}{run.name}: {run.outcome} ({run.seconds:.1f} s)\n")

    def _print(self, text):
        print(text, end="", file=self.stream, flush=True)

    def seconds_left(self):
        """Until the last notebook ends: by the last run, for other cells by the pace of this one; None if unknown."""
        known, unknown = 0, 0
        for run in self.runs:
            ended, seconds = len(run.cell_seconds()), self.durations and self.durations.of(run)
            if run.over:
                continue
            if seconds:
                running_for = time.monotonic() - run.marks[-1] if run.marks else 0
                known += max(0, seconds[ended] - running_for) + sum(seconds[ended + 1:])
            else:
                unknown += len(run.cells) - ended
        pace = self._pace() if unknown else 0
        return None if pace is None else known + unknown * pace

    def _pace(self):
        """Seconds for each cell that has ended in this run, once there are enough of them."""
        seconds = [cell for run in self.runs for cell in run.cell_seconds()]
        return sum(seconds) / len(seconds) if len(seconds) >= ENOUGH else None


def _in_words(seconds):
    if seconds is None:
        return ""
    return ", less than a minute left" if seconds < 50 else f", about {max(1, round(seconds / 60))} min left"
