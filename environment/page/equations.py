"""Every displayed formula of a page gets a number and an address: (3.2) is the second of notebook 3."""
import re
from html import unescape

# In MathJax's order: what is escaped, displayed, inside a line, an environment of its own.
FORMULA = re.compile(r"\\\$|(?P<display>\$\$.+?\$\$|\\\[.+?\\\])|(?P<inline>\$(?:\\.|[^$\\])+\$|\\\(.+?\\\))|"
                     r"(?P<environment>\\begin\{(?P<kind>[a-z]+\*?)\}.+?\\end\{(?P=kind)\})", re.S)
LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
TAG = re.compile(r"\\tag\s*\{([^{}$\\]*)\}")
REFERENCE = re.compile(r"\$?\\(eq)?ref\s*\{([^{}]*)\}\$?")
UNNUMBERED = re.compile(r"\\(?:notag|nonumber)\b|\\begin\{(?:equation|align|gather|multline)\*\}")
MARKUP = re.compile(r"(<[^>]*>)")


class Equations:
    """Counts the formulas of one page, and knows their labels."""

    def __init__(self, chapter=None):
        self._prefix = "" if chapter is None else f"{chapter}."
        self._count = 0
        self._labels = {}

    def number(self, html):
        """The prose of a cell with the number behind each displayed formula."""
        pieces, code = [], 0
        for piece in MARKUP.split(html):
            if piece.startswith("<"):
                code += {"<pre": 1, "<cod": 1, "</pr": -1, "</co": -1}.get(piece[:4], 0)
            elif not code:
                piece = FORMULA.sub(self._numbered, piece)
            pieces.append(piece)
        return "".join(pieces)

    def _numbered(self, match):
        if not (match["display"] or match["environment"]):
            return match[0]
        labels, tag = LABEL.findall(match[0]), TAG.search(match[0])
        formula = TAG.sub("", LABEL.sub("", match[0]))
        if UNNUMBERED.search(formula):
            return formula
        self._count += not tag
        number = tag[1] if tag else f"{self._prefix}{self._count}"
        self._labels.update((unescape(label), number) for label in labels)
        return (f'<span class="equation" id="eq-{number}"><span class="formula">{formula}</span>'
                f'<a class="eqno" href="#eq-{number}" aria-label="Link to equation {number}">({number})</a></span>')

    def refer(self, html):
        """The whole page's text, its references by label as links."""
        def link(match):
            number = self._labels.get(unescape(match[2]))
            shown = number if not match[1] else f"({number})"
            return f'<a href="#eq-{number}">{shown}</a>' if number else match[0]
        return REFERENCE.sub(link, html) if self._labels else html


def formulas(html):
    """The TeX of all formulas in a page's text, those inside its lines too, code left out."""
    prose = re.sub(r"<(pre|code)\b.*?</\1>", " ", html, flags=re.S)
    return [unescape(match[0]) for piece in MARKUP.split(prose) if not piece.startswith("<")
            for match in FORMULA.finditer(piece) if match[0] != "\\$"]
