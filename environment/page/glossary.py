"""The symbols that all pages share, on a page of their own: glossary.json beside this file is kept by hand.

Each has its TeX, what it is, its range or unit, and the page and section where it is explained.
"""
import json
import re
from dataclasses import dataclass, field

from page.equations import formulas
from page.frame import HERE


@dataclass(frozen=True)
class Symbol:
    id: str  # its address on the page
    tex: str
    name: str
    range: str  # or unit; with formulas
    page: str
    section: str  # the heading's address there
    otherwise: dict = field(default_factory=dict)  # what the letter means on pages where it means something else
    find: str = ""  # a regular expression for its TeX without spaces, where the symbol itself will not do

    def used_in(self, html):
        """Whether a formula of this text has it."""
        tex = re.escape(re.sub(r"\s", "", self.tex))
        pattern = re.compile(self.find or rf"(?<![A-Za-z\\]){tex}(?![A-Za-z])")
        return any(pattern.search(re.sub(r"\s", "", formula)) for formula in formulas(html))


class Glossary:
    def __init__(self):
        """Groups of symbols, each with its title."""
        groups = json.loads((HERE / "glossary.json").read_text(encoding="utf-8"))
        self.groups = {title: [Symbol(**symbol) for symbol in symbols] for title, symbols in groups.items()}

    @property
    def symbols(self):
        return [symbol for group in self.groups.values() for symbol in group]

    def used_in(self, name, html):
        """The IDs of the symbols that a page uses in the sense of the glossary."""
        return [symbol.id for symbol in self.symbols if name not in symbol.otherwise and symbol.used_in(html)]

    def chosen(self, ids):
        return [symbol for symbol in self.symbols if symbol.id in ids]
