"""The networks that ship with the library, on a page of their own: what each is, how it was trained, how good it is.

Beside a network's weights, card.json has the command, the machine, the time and the figures; the rest is read off the
files.
"""
import json
from dataclasses import dataclass
from math import prod
from pathlib import Path

from page.cells import ROOT

FOLDER = ROOT / "lib/resources/org/scorebook/recipe/models"


@dataclass(frozen=True)
class Network:
    name: str
    data: str
    parameters: int
    megabytes: float
    steps: int
    command: str  # that trained it
    machine: str
    seconds: int  # that this took; None where nobody noted it
    evaluation: str  # the command that gives the figures; empty where there are none
    drawn: str  # what they are figures of
    figures: dict  # by name

    @property
    def time(self):
        if not self.seconds:
            return ""
        return f"{self.seconds} s" if self.seconds < 600 else f"{round(self.seconds / 60)} min"


def networks(folder=FOLDER):
    """All that have a card, by name."""
    return [_network(card.parent, _json(card)) for card in sorted(Path(folder).glob("*/card.json"))]


def _network(folder, card):
    weights = folder / "ema.safetensors"
    with open(weights, "rb") as file:
        arrays = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    arrays.pop("__metadata__", None)
    return Network(
        name=folder.name, data=_json(folder / "config.json")["data"],
        parameters=sum(prod(array["shape"]) for array in arrays.values()), megabytes=weights.stat().st_size / 1e6,
        steps=_json(folder / "state.json")["step"], command=card["command"], machine=card["machine"],
        seconds=card.get("training_seconds"), evaluation=card.get("evaluation", ""), drawn=card.get("drawn", ""),
        figures=card["figures"])


def _json(path):
    return json.loads(path.read_text(encoding="utf-8"))
