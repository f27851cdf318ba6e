"""What came of the answers' mutants, which org.scorebook.mutants makes: whether checks find and hints name them."""
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from exercises import VARIANTS, errors, text_of

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
SURVIVORS = RESOURCES / "surviving-mutants.json"
UNNAMED = RESOURCES / "unnamed-mutants.json"
# What a hint says where it names a mistake of the kind.
WORDS = {"SIGN": "sign", "FACTOR": "factor 2", "ROOT": "missing root", "SQUARE": "missing square",
         "OFF_BY_ONE": "off by one", "MEAN": "in place of a (mean|sum)", "AXIS": "order|axes|exchanged",
         "GRADIENT": r"tracked|\bcut\b"}
DETACHED = re.compile(r"-> `(.*\.stopGradient\(\)|false)`$")
HINT = re.compile(r"^Hint: (.*)", re.M)
# In each hint that the check has found itself; others are the author's.
FOUND = re.compile("your (values?|code) |right value came|gradient of 0|nothing that is tracked|is not tracked")
GENERAL = re.compile(r'\.hint\(((?:[\s+]*"[^"]*")+)\)')  # the author's where no mistake was found
COLUMNS = "made", "not Java", "killed", "survived", "at the result", "named", "author's", "other named", "none named"


@dataclass
class Verdict:
    """One mutant, and how it ended."""

    notebook: str
    exercise: str
    name: str
    kind: str
    whole: bool  # the mistake is made once, at the result
    state: str  # killed, survived or not Java
    hint: str  # of a mistake that was found, if any

    @property
    def place(self):
        return f"{self.notebook}, exercise {self.exercise}, {self.name}"

    @property
    def is_nameable(self):
        """Whether the answer is the right one with a mistake that hints know, and no other; or its gradient is cut."""
        known = self.whole and self.kind in WORDS or self.kind == "GRADIENT" and DETACHED.search(self.name)
        return bool(known) and self.state == "killed"

    @property
    def naming(self):
        if not self.hint:
            return "none named"
        if not FOUND.search(self.hint):
            return "author's"
        return "named" if re.search(WORDS[self.kind], self.hint) else "other named"


def verdicts(trials):
    """Those of the trials whose answers were mutants."""
    filed = {}
    for file in VARIANTS.glob("*.json"):
        for number, mutants in json.loads(file.read_text(encoding="utf-8")).items():
            filed.update({(file.stem, number, mutant["name"]): mutant for mutant in mutants})
    found = []
    for trial in trials:
        mutant = filed.get((trial.notebook, trial.exercise, trial.variant))
        if mutant:
            found.append(Verdict(trial.notebook, trial.exercise, trial.variant, mutant["kind"], mutant["whole"],
                                 state_of(trial), found_hint(trial)))
    return found


def state_of(trial):
    if any(map(errors, trial.answers)):
        return "not Java"
    return "killed" if any(map(errors, trial.checks)) else "survived"


def found_hint(trial):
    """What a check says of the mistake, but for what it says where it has found none."""
    for cell in trial.checks:
        general = "".join(re.findall(r'"([^"]*)"', "".join(GENERAL.findall(cell.source))))
        for hint in HINT.findall(text_of(cell)):
            if hint != general:
                return hint
    return ""


def known(file):
    """For the place of each that is listed, why no check can fail, or no hint can name it."""
    listed = json.loads(file.read_text(encoding="utf-8"))
    return {f"{notebook}, exercise {number}, {name}": reason
            for notebook, exercises in listed.items()
            for number, mutants in exercises.items()
            for name, reason in mutants.items()}


def table(found):
    """By kind: how many there were, what came of them, whether hints named those made at the result."""
    rows = [("kind", *COLUMNS)]
    for kind in [*sorted({verdict.kind for verdict in found}), "all"]:
        of_kind = [verdict for verdict in found if kind in (verdict.kind, "all")]
        counts = Counter(verdict.state for verdict in of_kind)
        counts.update(verdict.naming for verdict in of_kind if verdict.is_nameable)
        counts["made"] = len(of_kind)
        counts["at the result"] = sum(verdict.is_nameable for verdict in of_kind)
        rows.append((kind, *(counts[column] for column in COLUMNS)))
    return "\n".join(f"{row[0]:12}" + "".join(f"{value:>{len(name) + 2}}" for value, name in zip(row[1:], COLUMNS))
                     for row in rows)


def problems(found):
    """A sentence for each mutant that did not end as it should."""
    survivors, unnamed = known(SURVIVORS), known(UNNAMED)
    for verdict in found:
        if verdict.state == "survived" and verdict.place not in survivors:
            yield f"{verdict.place}: passes all checks; change them, or say in {SURVIVORS.name} why none can tell it"
        elif verdict.state == "killed" and verdict.place in survivors:
            yield f"{verdict.place}: fails its checks; take it from {SURVIVORS.name}"
        if verdict.is_nameable and verdict.naming == "other named":
            yield f"{verdict.place}: the hint names another mistake: {verdict.hint}"
        elif verdict.is_nameable and (verdict.naming == "none named") != (verdict.place in unnamed):
            yield f"{verdict.place}: {verdict.naming}; mend it, or {UNNAMED.name}, which lists those that none can name"
