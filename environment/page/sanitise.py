"""Notebook HTML made safe to show: an allow list (bleach), then what our pages add to headings, images and tables.

A notebook may come from anyone, so both its prose and its outputs are untrusted. This is the second of two layers;
the first is the page's Content-Security-Policy, which lets no script but our own run and nothing but `data:` load.
"""
import json
import re
from html import unescape
from urllib.parse import quote

from bleach.css_sanitizer import CSSSanitizer
from bleach.sanitizer import Cleaner

TAGS = frozenset("""
    h1 h2 h3 h4 h5 h6 p br hr a em strong b i u s del ins sub sup small mark kbd samp var code pre blockquote q cite
    abbr time ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td div span section figure
    figcaption img details summary progress meter
    svg g path rect circle ellipse line polyline polygon text tspan""".split())
SVG = frozenset("svg g path rect circle ellipse line polyline polygon text tspan".split())
STYLES = frozenset("""
    background background-color border border-bottom border-collapse border-color border-left border-radius
    border-right border-spacing border-style border-top border-width color display flex flex-wrap font-family font-size
    font-style font-weight gap height justify-content align-items letter-spacing line-height list-style-type margin
    margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width opacity overflow
    overflow-x overflow-y padding padding-bottom padding-left padding-right padding-top text-align text-decoration
    vertical-align white-space width word-break""".split())
ATTRIBUTES = {
    "*": frozenset("title lang dir style class align valign aria-label".split()),
    "a": frozenset(("href", "id")),
    "img": frozenset("src alt width height".split()),
    "figure": frozenset(("hidden",)),
    "td": frozenset(("colspan", "rowspan")),
    "th": frozenset(("colspan", "rowspan", "scope")),
    "col": frozenset(("span", "width")),
    "ol": frozenset(("start", "type")),
    "li": frozenset(("value",)),
    "details": frozenset(("open",)),
    "progress": frozenset(("value", "max")),
    "meter": frozenset("value min max low high optimum".split()),
    "time": frozenset(("datetime",)),
}
SVG_ATTRIBUTES = frozenset("""
    viewBox preserveAspectRatio width height x y x1 x2 y1 y2 dx dy cx cy r rx ry d points transform fill fill-opacity
    fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-opacity opacity text-anchor
    font-size font-family font-weight""".split())
# Classes are ours, Pygments' short token names or nbconvert's ANSI colours; any other could borrow our page furniture.
CLASSES = re.compile(r"(highlight|note|num|frames|still|[a-z]{1,2}\d?|ansi-[a-z-]+)(\s+|$)")
PICTURE = re.compile(r"data:image/(png|gif|jpeg|webp|svg\+xml)[;,]", re.I)
ACTIVE_STYLE = re.compile(r"&|\\|@|//|url|image|expression", re.I)
DIGITS = r"[-+\u2212]?[\d.,\u2009]*\d[\d.,\u2009]*([eE][-+\u2212]?\d+)?"
NUMBER = re.compile(rf"{DIGITS}(\s*\u00b1\s*{DIGITS})?(\s*(%|[\u00b5m]?s|[GMk]i?B))?"
                    r"|NaN|[-+\u2212]?(Infinity|\u221e)|[-\u2013\u2014]")
SHORT = 12  # characters of a table's cell that it is not worth to break
# What a kernel or the library says of a picture that has no title.
NAMELESS = re.compile(r"\d+ x \d+ picture|picture of \d+ x \d+|animation of \d+ pictures, \d+ x \d+|<Figure .*>|"
                      r"\S+@[0-9a-f]+.*")


def allowed(tag, name, value):
    """Whether bleach keeps this attribute; bleach itself then checks the protocol of every URL."""
    value = unescape(value)
    if name == "style":
        return not ACTIVE_STYLE.search(value)
    if name == "class":
        return re.fullmatch(f"({CLASSES.pattern})*", value.strip()) is not None
    if name == "data-sliders":
        return tag == "div" and _are_sliders(value)
    if name == "src":
        return tag == "img" and PICTURE.match(value) is not None
    if name == "href":
        return tag == "a" and not value.strip().lower().startswith("data:")
    if tag in SVG:
        return name in SVG_ATTRIBUTES and "url" not in value.lower()
    return name in ATTRIBUTES["*"] or name in ATTRIBUTES.get(tag, ())


def _are_sliders(value):
    """Whether this is what slider.js takes: a list of sliders, each a name and its values."""
    try:
        sliders = json.loads(value)
    except ValueError:
        return False
    return isinstance(sliders, list) and len(sliders) > 0 and all(
        isinstance(slider, list) and len(slider) > 1 and all(isinstance(text, str) for text in slider)
        for slider in sliders)


class Sanitiser:
    """Cleans the HTML of one notebook, piece by piece, and collects its headings and first paragraph on the way.

    A page has one h1, its title: later ones become h2.
    """

    def __init__(self):
        self.headings = []  # dicts of level, id and text
        self.lead = ""
        self._ids = set()
        self._prose = False
        self._has_title = False
        self._pictures = 0  # so far under the newest heading

    def clean(self, html, cell):
        """Safe HTML for the prose or one output of a cell."""
        self._prose = cell.cell_type == "markdown"  # headings of an output are not the notebook's
        cleaner = Cleaner(tags=TAGS, attributes=allowed, protocols=["http", "https", "mailto", "data"], strip=True,
                          css_sanitizer=CSSSanitizer(allowed_css_properties=STYLES), filters=[self._filter])
        # bleach drops these tags but keeps the text between them, which nobody wants to read.
        return cleaner.clean(re.sub(r"<(script|style|title)\b.*?(</\1\s*>|\Z)", "", html, flags=re.I | re.S))

    def describe(self, own=""):
        """The alternative text of a picture: what comes with it, unless that is only its size, else where it stands."""
        text = own.strip().partition("\n")[0]
        if text and not NAMELESS.fullmatch(text):
            return text
        self._pictures += 1
        kind = "Animation" if text.startswith("animation") else "Picture"
        section = re.sub(r"\$([^$]+)\$", r"\1", self.headings[-1]["text"]) if self.headings else ""
        return f"{kind} {self._pictures} in \u201c{section}\u201d" if section else f"{kind} {self._pictures}"

    def _filter(self, source):
        tokens = list(source)
        for i, token in enumerate(tokens):
            kind, name = token["type"], token.get("name")
            heading = self._prose and name and re.fullmatch("h[1-6]", name)
            if kind in ("StartTag", "EmptyTag") and name == "img":
                alt = token["data"].get((None, "alt"))
                token["data"][(None, "alt")] = alt if alt == "" else self.describe(alt or "")
            elif kind == "StartTag" and name == "a":
                href = token["data"].get((None, "href"), "")
                token["data"][(None, "href")] = re.sub(r"^(?:\./)?([\w.%-]+)\.ipynb(?=#|$)", r"\1.html", href)
            elif kind == "StartTag" and name == "p" and self._prose and not self.lead:
                self.lead = _text(tokens, i)
            elif kind == "StartTag" and name == "table":
                _align_cells(tokens, i)
                yield _start("div", {"class": "scroll"}, token)
            elif kind == "StartTag" and heading:
                level = 2 if name == "h1" and self._has_title else int(name[1])
                token["data"][(None, "id")] = self._heading(level, _text(tokens, i))
            elif kind == "EndTag" and heading and self.headings:
                anchor = {"class": "anchor", "href": "#" + quote(self.headings[-1]["id"]),
                          "aria-label": "Link to this section"}
                yield _start("a", anchor, token)
                yield {"type": "Characters", "data": "#"}
                yield {**_start("a", {}, token), "type": "EndTag"}
            yield {**token, "name": "h2"} if name == "h1" and (self._has_title or not self._prose) else token
            if kind == "EndTag" and name == "table":
                yield {**_start("div", {}, token), "type": "EndTag"}
            elif kind == "EndTag" and name == "h1" and self._prose:
                self._has_title = True

    def _heading(self, level, text):
        # The id that Jupyter gives, so that links inside a notebook work here too.
        base = re.sub(r"\s+", "-", text) or "section"
        name, again = base, 1
        while name in self._ids:
            again += 1
            name = f"{base}-{again}"
        self._ids.add(name)
        self._pictures = 0
        self.headings.append({"level": level, "id": name, "text": text})
        return name


def _start(name, attributes, like):
    return {"type": "StartTag", "name": name, "namespace": like["namespace"],
            "data": {(None, key): value for key, value in attributes.items()}}


def _text(tokens, i):
    """The text of the element that starts at token i."""
    name, text = tokens[i]["name"], []
    for token in tokens[i + 1:]:
        if token["type"] == "EndTag" and token["name"] == name:
            break
        if token["type"] in ("Characters", "SpaceCharacters"):
            text.append(token["data"])
        elif token["type"] == "Entity":
            text.append(unescape(f"&{token['name']};"))
    return " ".join("".join(text).split())


def _align_cells(tokens, i):
    """Right-aligns the columns that hold only numbers, head included, in the table that starts at token i; in others
    what is short stays in one line."""
    rows, last = [], i
    while last < len(tokens) and not (tokens[last]["type"] == "EndTag" and tokens[last]["name"] == "table"):
        token = tokens[last]
        if token["type"] == "StartTag" and token["name"] == "tr":
            rows.append([])
        elif token["type"] == "StartTag" and token["name"] in ("td", "th") and rows:
            rows[-1].append((token, _text(tokens, last)))
        last += 1
    for column in range(max(map(len, rows), default=0)):
        cells = [row[column] for row in rows if column < len(row)]
        body = [text for token, text in cells if token["name"] == "td" and text]
        numbers = body and all(len(text) < 40 and NUMBER.fullmatch(text) for text in body)
        for token, text in cells:
            if numbers or " " in text and len(text) <= SHORT:
                token["data"][(None, "class")] = "num" if numbers else "short"
