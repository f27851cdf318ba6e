"""The course as a whole: in which order its notebooks are read, what each builds on, how long it takes.

course.json beside this file is kept by hand; it says why the order is as it is, and how its times were measured.
"""
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
MEASURED = HERE.parents[1] / "target" / "notebook-seconds.json"  # by `scorebook notebooks`, for each budget and cell


class Course:
    def __init__(self, measured=MEASURED):
        plan = json.loads((HERE / "course.json").read_text(encoding="utf-8"))
        self.why, self.measured = plan["why"], plan["measured"]
        self._notebooks = plan["notebooks"]
        self._seconds = {budget: {**plan["seconds"][budget], **_sums(measured, budget)} for budget in plan["seconds"]}

    def key(self, name):
        """Sorts pages in the order of reading; those of other notebooks follow, by name."""
        names = list(self._notebooks)
        return (names.index(name) if name in names else len(names), name)

    def place(self, name):
        """The how manieth of the course it is, from 1; None for one that is not of it."""
        return list(self._notebooks).index(name) + 1 if name in self._notebooks else None

    @property
    def length(self):
        return len(self._notebooks)

    def builds_on(self, name):
        """The names of the notebooks to be read before this one."""
        return self._notebooks.get(name, {}).get("after", [])

    def reason(self, name):
        """Why it stands where it does, in a sentence; empty for one that is not of the course."""
        return self._notebooks.get(name, {}).get("why", "")

    def running(self, name):
        """How long it runs, such as "40 s (quick budget)"; empty where nobody has measured it."""
        times = ((self._seconds[budget].get(name), budget) for budget in self._seconds)
        return " or ".join(f"{_duration(seconds)} ({budget} budget)" for seconds, budget in times if seconds)


def _sums(path, budget):
    """Seconds by notebook as the last runs on this machine took them; nothing where there was none."""
    try:
        measured = json.loads(path.read_text(encoding="utf-8"))[budget]
        return {name: sum(cells) for name, cells in measured.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _duration(seconds):
    return f"{max(1, round(seconds))} s" if seconds < 90 else f"{round(seconds / 60)} min"
