"""Exercises of a notebook while it is executed: other answers than the solved ones, tried where the kernel has just
checked those.

Each check is repeated with the answer of the student version, which must fail, and with those of
target/exercise-variants/NAME.json, where "2" is the exercise and "cell" the ID of the answer's cell:

    {"2": [{"name": "sign flipped", "cell": "57eb5106", "source": "double[] exercise2(...) {...}"}]}
"""
import contextlib
import json
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "environment"))
import notebooks  # noqa: E402

VARIANTS = ROOT / "target" / "exercise-variants"
CHECK = re.compile(r'\bCheck\s*\.\s*exercise\(\s*"([^"]+)"')
STUDENT = "student version"  # the name of the variant in which nothing is answered
# A cell of another answer may never end: it has so many seconds, or so many times what the solved check took.
SECONDS, TIMES = 10, 20


@dataclass
class Exercise:
    """As org.scorebook.ipynb.Exercise: cells with answers, and the cells after them that check them."""

    number: str
    answers: list
    checks: list


def exercises(notebook):
    found, answers = [], []
    for cell in notebook.cells:
        check = CHECK.search(cell.source) if cell.cell_type == "code" else None
        if cell.cell_type == "code" and "// BEGIN SOLUTION" in cell.source:
            answers.append(cell)
        elif check and answers:
            found.append(Exercise(check[1], answers, [cell]))
            answers = []
        elif check and found:
            found[-1].checks.append(cell)
    return found


@dataclass
class Variant:
    """Another answer: the cells, by their IDs, that are not as the notebook has them."""

    name: str
    sources: dict


@dataclass
class Trial:
    """What came of a variant."""

    notebook: str
    exercise: str
    variant: str
    answers: list = field(default_factory=list)  # the executed cells
    checks: list = field(default_factory=list)

    @property
    def failed(self):
        """Whether each check has failed, and not because something cannot be compiled."""
        ended = [error.ename for cell in self.answers + self.checks for error in errors(cell)]
        return "CompileError" not in ended and all(map(errors, self.checks))

    def describe(self):
        said = [text_of(cell) for cell in self.answers + self.checks]
        return f"{self.notebook}, exercise {self.exercise}, {self.variant}: " + " | ".join(filter(None, said))


def errors(cell):
    return [output for output in cell.get("outputs", []) if output.output_type == "error"]


def text_of(cell):
    """What a cell has printed, and how it ended."""
    return "".join(output.get("text", "") or ": ".join(filter(None, [output.get("ename"), output.get("evalue")]))
                   for output in cell.get("outputs", [])).strip()


def student_variants(student):
    """What the student version has in place of each solution."""
    sources = {cell.id: cell.source for cell in student.cells}
    return lambda exercise: [Variant(STUDENT, {cell.id: sources[cell.id] for cell in exercise.answers})]


def filed_variants(name):
    """Those of the notebook's file, if there is one."""
    file = VARIANTS / f"{name}.json"
    by_number = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return lambda exercise: [Variant(variant["name"], {variant["cell"]: variant["source"]})
                             for variant in by_number.get(exercise.number, [])]


class TryingClient(notebooks.Client):
    """Executes a notebook, and after the last check of each exercise its variants; then the solution anew."""

    def __init__(self, notebook, name, variants, trials, **options):
        super().__init__(notebook, **options)
        self._name, self._variants, self._trials = name, variants, trials
        self._by_last_check = {exercise.checks[-1].id: exercise for exercise in exercises(notebook)}

    async def async_execute_cell(self, cell, cell_index, **options):
        begin = time.monotonic()
        result = await super().async_execute_cell(cell, cell_index, **options)
        limit = max(SECONDS, round(TIMES * (time.monotonic() - begin)))
        exercise = self._by_last_check.get(cell.get("id"))
        variants = [variant for source in self._variants for variant in source(exercise)] if exercise else []
        for variant in variants:
            await self._try(exercise, variant, cell_index, limit)
        if variants:
            with self._unnoticed():
                for solved in exercise.answers + exercise.checks:
                    await self._execute_aside(solved.source, cell_index)
        self.nb.cells[cell_index] = result
        return result

    async def _try(self, exercise, variant, cell_index, limit):
        trial = Trial(self._name, exercise.number, variant.name)
        with self._unnoticed(), self._limited(limit):
            for cell in exercise.answers:
                source = variant.sources.get(cell.id, cell.source)
                trial.answers.append(await self._execute_aside(source, cell_index, may_fail=True))
            for cell in exercise.checks:
                trial.checks.append(await self._execute_aside(cell.source, cell_index, may_fail=True))
        self._trials.append(trial)

    async def _execute_aside(self, source, cell_index, may_fail=False):
        """In a cell of its own, which is not part of the notebook."""
        cell = nbformat.v4.new_code_cell(source)
        if may_fail:
            cell.metadata.tags = ["raises-exception"]
        executed = self.code_cells_executed
        await super().async_execute_cell(cell, cell_index)
        self.code_cells_executed = executed
        return cell

    @contextlib.contextmanager
    def _unnoticed(self):
        """No progress is told of cells that are not the notebook's."""
        told, self.on_cell_execute = self.on_cell_execute, None
        try:
            yield
        finally:
            self.on_cell_execute = told

    @contextlib.contextmanager
    def _limited(self, seconds):
        before = self.timeout, self.interrupt_on_timeout
        self.timeout, self.interrupt_on_timeout = seconds, True
        try:
            yield
        finally:
            self.timeout, self.interrupt_on_timeout = before
