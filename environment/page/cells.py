"""The cells of a notebook as HTML, and what is known of it: nbconvert with our template (index.html.j2), our order of
output types and our filters; sanitise.py makes what came from the notebook harmless."""
import base64
import contextlib
import copy
import json
import re
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import jinja2
import nbformat
from nbconvert import HTMLExporter
from traitlets.config import Config

from page import pictures
from page.equations import Equations
from page.files import PageError
from page.sanitise import Sanitiser
from thumbnail import thumbnail

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHOWN = ("text/html", "text/markdown", "image/svg+xml", *pictures.KINDS, "text/latex", "text/plain")
MATHS = re.compile(r"\$|\\\(|\\\[|\\begin\{")
# A line of its own that opens or closes a fold; the first alternative keeps fenced code whole.
FOLD = re.compile(r"^(`{3,}|~{3,}).*?^\1[`~]*[ \t]*$|"
                  r"^ {0,3}((?:(?:<details[^>\n]*>|</details>|<summary[^>\n]*>[^\n]*?</summary>)[ \t]*)+)",
                  re.M | re.S)
SOLUTION = re.compile(r'((?:<span class="w">[ \t]*</span>|[ \t]*))<span class="c1">(//\s*BEGIN SOLUTION[^<]*)</span>'
                      r'(.*?)<span class="c1">(//\s*END SOLUTION[^<]*)</span>\n?', re.S)


@dataclass
class Page:
    """One notebook as HTML, without the page around it."""
    name: str
    title: str
    lead: str
    body: str
    headings: list = field(default_factory=list)
    thumbnail: str = ""  # of its first picture, as a data: address
    source: str = ""  # the notebook's path in the project; empty for one from elsewhere
    failed: list = field(default_factory=list)  # the numbers of the cells that failed
    skipped: int = 0  # how many cells did not run after the first of these
    origin: str = ""  # where the outputs come from: "quick" or "full", a run with that budget; "saved", the file
    minutes: int = 0  # that it takes to read
    symbols: list = field(default_factory=list)  # of the glossary, that its formulas use
    file: Path = None  # the notebook, to be downloaded

    @property
    def card(self):
        """What the index needs, as JSON."""
        return json.dumps({key: value for key, value in vars(self).items() if key not in ("body", "headings", "file")})

    @property
    def reading(self):
        hours, minutes = divmod(self.minutes, 60)
        return f"{hours} h {minutes} min" if hours and minutes else f"{hours} h" if hours else f"{minutes} min"

    @property
    def number(self):
        return chapter(self.name)


def chapter(name):
    """The number that a page's name begins with, if any."""
    match = re.match(r"(\d+)\b", name)
    return int(match.group(1)) if match else None


class CellsExporter(HTMLExporter):
    """nbconvert's exporter with our template, our order of output types and our filters."""

    def __init__(self, sanitiser, equations, **kwargs):
        config = Config({"NbConvertBase": {"display_data_priority": list(SHOWN)}})
        super().__init__(config=config, template_name="page", extra_template_basedirs=[str(HERE.parent)],
                         exclude_anchor_links=True, **kwargs)

        for name, jinja_filter in (("sanitise", sanitiser.clean), ("picture", _picture_filter(sanitiser)),
                                   ("latex", _latex), ("mark_solution", _mark_solution),
                                   ("equations", equations.number), ("first_line", _first_line)):
            self.register_filter(name, jinja_filter)

    @jinja2.pass_context
    def markdown2html(self, context, source):
        """Markdown inside <details> is rendered too, as JupyterLab does; old nbconvert leaves it as it is."""
        source = re.sub(r"(?<=\S)[ \t]*</details>[ \t]*$", "\n\n</details>", source, flags=re.M)
        parts, last = [], 0
        for match in FOLD.finditer(source):
            if match.group(2):
                parts += [super().markdown2html(context, source[last:match.start()]), match.group(2)]
                last = match.end()
        return "".join([*parts, super().markdown2html(context, source[last:])])


def _picture_filter(sanitiser):
    def picture(output, mime):
        data = output.data[mime]
        # As an image an SVG can neither run scripts nor load anything.
        data = base64.b64encode(data.encode()).decode() if mime == "image/svg+xml" else "".join(data.split())
        size = output.metadata.get(mime)
        size = "".join(f' {side}="{int(size[side])}"' for side in ("width", "height")
                       if isinstance(size, dict) and isinstance(size.get(side), (int, float)))
        text = escape(sanitiser.describe(output.data.get("text/plain", "")))
        return f'<img class="output picture" src="data:{mime};base64,{escape(data)}"{size} alt="{text}">'
    return picture


def _latex(source):
    return escape(source if MATHS.search(source) else f"$${source}$$", quote=False)


def _first_line(source):
    """What a folded cell shows: its first line that does something."""
    lines = [line for line in source.splitlines() if line.strip()]
    return next((line for line in lines if not line.startswith("import ")), lines[0]).strip()


def _mark_solution(html):
    marker = '<span class="marker">{}</span>'
    return SOLUTION.sub(lambda m: '<span class="solution">' + m[1] + marker.format(m[2]) + m[3] + marker.format(m[4])
                        + "</span>", html)


def executable(notebook):
    """The cells that a kernel gets."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def has_failed(cell):
    """Whether the cell ended in an error that it was not tagged to end in."""
    return ("raises-exception" not in cell.metadata.get("tags", [])
            and any(output.output_type == "error" for output in cell.get("outputs", [])))


def _prepared(notebook):
    """A copy with the cells and outputs that the page shows; failed and skipped cells know it."""
    notebook = copy.deepcopy(notebook)
    notebook.metadata = nbformat.from_dict({"language_info": {"name": "java", "pygments_lexer": "java"}})
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
        cell.metadata.fate = ""
    _mark_fates(notebook)
    notebook.cells = [cell for cell in notebook.cells if (cell.source.strip() or cell.get("outputs"))
                      and ("remove-cell" not in cell.metadata.tags or cell.metadata.fate == "failed")]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = _shown_outputs(cell.outputs)
    return notebook


def _mark_fates(notebook):
    after_failure = False
    for number, cell in enumerate(executable(notebook), 1):
        if has_failed(cell):
            cell.metadata.fate, cell.metadata.number = "failed", cell.execution_count or number
            after_failure = True
        elif after_failure and not cell.execution_count:
            cell.metadata.fate = "skipped"


def _shown_outputs(outputs):
    shown = []
    for output in outputs:
        if output.output_type == "stream":
            if shown and shown[-1].output_type == "stream" and shown[-1].name == output.name:
                shown[-1].text += output.text
                continue
        elif "data" in output and not any(mime in output.data for mime in SHOWN):
            what = ", ".join(map(str, output.data)) or "nothing"
            output.data = {"text/html": f'<p class="note">Not shown on this page: {escape(what)}</p>'}
        shown.append(output)
    for output in shown:
        if output.output_type == "stream":  # a terminal shows what follows the last carriage return of a line
            output.text = re.sub(r"[^\n]*\r(?=[^\n\r])", "", output.text)
    return shown


def convert(notebook, name, origin=""):
    """The cells of a notebook as a Page."""
    sanitiser, equations = Sanitiser(), Equations(chapter(name))
    notebook = _prepared(notebook)
    body, _ = CellsExporter(sanitiser, equations).from_notebook_node(notebook)
    titles = [heading["text"] for heading in sanitiser.headings if heading["level"] == 1]
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return Page(name=name, title=re.sub(r"^\d+\s*[.:)\u2013-]\s+", "", titles[0]) if titles else name,
                lead=sanitiser.lead, body=equations.refer(body), headings=sanitiser.headings,
                thumbnail=_first_thumbnail(outputs),
                failed=[cell.metadata.number for cell in notebook.cells if cell.metadata.fate == "failed"],
                skipped=sum(cell.metadata.fate == "skipped" for cell in notebook.cells), origin=origin,
                minutes=_minutes(notebook))


def _minutes(notebook):
    """To read the prose at 150 words a minute and the code at 10 lines a minute, in fives."""
    words = sum(len(cell.source.split()) for cell in notebook.cells if cell.cell_type == "markdown")
    lines = sum(len(cell.source.splitlines()) for cell in notebook.cells if cell.cell_type == "code")
    return max(5, 5 * round((words / 150 + lines / 10) / 5))


def _first_thumbnail(outputs):
    """Of the first picture that one can be made of, as a data: address; empty where there is none."""
    for data in (output.get("data", {}) for output in outputs):
        with contextlib.suppress(ValueError):  # not Base64
            small = thumbnail(base64.b64decode(data.get("image/png", "")))
            if small:
                return "data:image/png;base64," + base64.b64encode(small).decode()
    return ""


def convert_whole(notebook, path, origin=""):
    """The Page of a notebook that is, or was, in this file; what cannot be shown, such as a picture that is not there,
    becomes a PageError."""
    try:
        page = convert(notebook, path.stem, origin)
    except Exception as error:
        raise PageError(f"Cannot show {path.name}: {error}") from error
    page.file = path
    with contextlib.suppress(ValueError):  # from elsewhere: its path is nobody's business
        page.source = path.resolve().relative_to(ROOT).as_posix()
    return page
