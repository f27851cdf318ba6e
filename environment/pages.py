#!/usr/bin/env python3
"""Executed notebooks as self-contained HTML pages: pictures and maths inside, no network, no script of theirs.

    python3 environment/pages.py --mathjax target/mathjax/tex-svg-full.js --out target/html notebooks/*.ipynb

(`environment/scorebook pages` for short) writes OUT/NAME.html for each notebook, and OUT/index.html, which lists all
pages in OUT. nbconvert turns the cells into HTML (page/index.html.j2), page/sanitise.py makes what came from the
notebook harmless, page/shell.html.j2 puts the page around it.
"""
import quiet  # noqa: F401, first of all

import argparse
import base64
import contextlib
import copy
import hashlib
import json
import os
import re
import sys
import tempfile
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path

import jinja2
import nbformat
from markupsafe import Markup
from nbconvert import HTMLExporter
from traitlets.config import Config

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "page"))  # sanitise.py lies with the templates it serves
from sanitise import Sanitiser  # noqa: E402
from thumbnail import thumbnail  # noqa: E402

ROOT = HERE.parent
HTML = ROOT / "target" / "html"
MATHJAX = ROOT / "target" / "mathjax" / "tex-svg-full.js"
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
SHOWN = ("text/html", "text/markdown", "image/svg+xml", *PICTURES, "text/latex", "text/plain")
MATHS = re.compile(r"\$|\\\(|\\\[|\\begin\{")
# Everything listed is in tex-svg-full.js. Left out: what loads more files (autoload, require), and html, action and
# bbox, which let a formula carry links and CSS. \mmlToken of the base package does too, and other packages may: what a
# formula has of these is taken from it before it is drawn.
MATHJAX_CONFIG = """window.MathJax = {
  tex: {inlineMath: [['$', '$'], ['\\\\(', '\\\\)']], displayMath: [['$$', '$$'], ['\\\\[', '\\\\]']],
        processEscapes: true, tags: 'ams',
        packages: ['base', 'ams', 'newcommand', 'noundefined', 'configmacros', 'boldsymbol', 'braket', 'cancel',
                   'cases', 'color', 'mathtools', 'textmacros', 'upgreek']},
  options: {enableMenu: false, menuOptions: {settings: {assistiveMml: true, explorer: false, collapsible: false}}},
  loader: {load: []},
  startup: {elements: ['.tex'], ready() {
    MathJax.startup.defaultReady();
    const allowed = (name, value) => name === 'href' ? value.startsWith('#') : name === 'id' ? value.startsWith('mjx-')
      : name !== 'style' && name !== 'class' && !/url\\s*\\(/i.test(value);
    MathJax.startup.document.inputJax[0].postFilters.add(({data}) => data.root.walkTree(({attributes}) => {
      const given = attributes ? attributes.getAllAttributes() : {};
      Object.keys(given).filter(name => !allowed(name, String(given[name]))).forEach(name => delete given[name]);
    }));
  }}
};"""
# A line of its own that opens or closes a fold; the first alternative keeps fenced code whole.
FOLD = re.compile(r"^(`{3,}|~{3,}).*?^\1[`~]*[ \t]*$|"
                  r"^ {0,3}((?:(?:<details[^>\n]*>|</details>|<summary[^>\n]*>[^\n]*?</summary>)[ \t]*)+)",
                  re.M | re.S)
# A formula that needs no MathJax: letters, digits, signs, names of functions, one level of exponents and indices.
SIMPLE_MATHS = re.compile(r"\$((?:[A-Za-z0-9 ()+=,.|/-]|\\(?:log|exp|sin|cos|min|max) |[\^_](?:[A-Za-z0-9]|"
                          r"\{[A-Za-z0-9 ()+=,.|/-]*\}))+)\$")
LEAD = 300  # characters of a first paragraph that the index has room for
# What the index tells of a page stands in the page itself, so that the index is right whichever pages are there.
CARD = re.compile(r'<meta name="scorebook" content="([^"]*)">')
TURN = re.compile(r'<nav class="(neighbours|turn)".*?</nav>', re.S)
SOLUTION = re.compile(r'((?:<span class="w">[ \t]*</span>|[ \t]*))<span class="c1">(//\s*BEGIN SOLUTION[^<]*)</span>'
                      r'(.*?)<span class="c1">(//\s*END SOLUTION[^<]*)</span>\n?', re.S)


class PageError(Exception):
    """What went wrong, in one sentence for the user."""


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

    @property
    def card(self):
        """What the index needs, as JSON."""
        return json.dumps({key: value for key, value in vars(self).items() if key not in ("body", "headings")})

    @property
    def number(self):
        match = re.match(r"(\d+)\b", self.name)
        return int(match.group(1)) if match else None


class CellsExporter(HTMLExporter):
    """nbconvert's exporter with our template, our order of output types and our filters."""

    def __init__(self, sanitiser, **kwargs):
        config = Config({"NbConvertBase": {"display_data_priority": list(SHOWN)}})
        super().__init__(config=config, template_name="page", extra_template_basedirs=[str(HERE)],
                         exclude_anchor_links=True, **kwargs)

        for name, jinja_filter in (("sanitise", sanitiser.clean), ("picture", _picture_filter(sanitiser)),
                                   ("latex", _latex), ("mark_solution", _mark_solution)):
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
    sanitiser = Sanitiser()
    notebook = _prepared(notebook)
    body, _ = CellsExporter(sanitiser).from_notebook_node(notebook)
    titles = [heading["text"] for heading in sanitiser.headings if heading["level"] == 1]
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return Page(name=name, title=re.sub(r"^\d+\s*[.:)\u2013-]\s+", "", titles[0]) if titles else name,
                lead=sanitiser.lead, body=body, headings=sanitiser.headings, thumbnail=_first_thumbnail(outputs),
                failed=[cell.metadata.number for cell in notebook.cells if cell.metadata.fate == "failed"],
                skipped=sum(cell.metadata.fate == "skipped" for cell in notebook.cells), origin=origin)


def _first_thumbnail(outputs):
    """Of the first picture that one can be made of, as a data: address; empty where there is none."""
    for data in (output.get("data", {}) for output in outputs):
        with contextlib.suppress(ValueError):  # not Base64
            small = thumbnail(base64.b64decode(data.get("image/png", "")))
            if small:
                return "data:image/png;base64," + base64.b64encode(small).decode()
    return ""


def _in_index(text):
    """A title or first paragraph, its simple formulas as HTML: with these alone the index needs no MathJax."""
    if len(text) > LEAD:
        text = re.sub(r"\s+\S*$", "", text[:LEAD]) + " \u2026"
    html = SIMPLE_MATHS.sub(lambda match: _simple_maths(match[1]), escape(text, quote=False))
    return Markup(html if not MATHS.search(html) else escape(text, quote=False))


def _simple_maths(tex):
    html = re.sub(r"\\([a-z]+) |([A-Za-z])", lambda m: m[1] + "\u2009" if m[1] else f"<i>{m[2]}</i>", tex)
    for sign, tag in ((r"\^", "sup"), ("_", "sub")):
        html = re.sub(sign + r"(?:\{([^}]*)\}|(<i>\w</i>|\w))", lambda m: f"<{tag}>{m[1] or m[2]}</{tag}>", html)
    return html.replace("-", "\u2212")


def _inline(script):
    """The script as it can stand between <script> tags, with no address in it that it could load from."""
    script = re.sub(r"<(?=/script|script|!--)", r"\\x3c", script.replace("\r\n", "\n"), flags=re.I)
    return script.replace("https://cdn.jsdelivr.net/", "about:invalid/")


def _templates():
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(str(HERE / "page")), autoescape=True)
    environment.filters["in_index"] = _in_index
    return environment


def _assemble(template, mathjax, **values):
    page = _templates().get_template(template)
    style = (HERE / "page" / "style.css").read_text(encoding="utf-8")
    text = page.render(values, style="", policy="", scripts=[])
    scripts = [MATHJAX_CONFIG, _inline(mathjax)] if MATHS.search(text) else []
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    policy = ("default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; "
              "form-action 'none'; script-src " + (" ".join(f"'sha256-{h}'" for h in hashes) or "'none'"))
    return page.render(values, style=Markup(style), policy=Markup(policy), scripts=[Markup(s) for s in scripts])


def render(notebook, name, mathjax_source, before=None, after=None):
    """The whole page of a notebook node; `before` and `after` are the neighbouring Pages, if any."""
    return _page(convert(notebook, name), mathjax_source, before, after)


def _page(page, mathjax, before, after):
    page = copy.copy(page)
    page.body = Markup(page.body)
    return _assemble("shell.html.j2", mathjax, page=page, before=before, after=after)


def read(path):
    """The notebook in a file."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        nbformat.validate(json.loads(text))  # reads() would only log what is wrong
        notebook = nbformat.reads(text, as_version=4)
        return notebook
    except OSError as error:
        raise PageError(f"Cannot read {path}: {error.strerror}.") from error
    except Exception as error:  # nbformat raises a different type for each way in which a file can be wrong
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise PageError(f"{path} is not a notebook: {reason}") from error


def convert_whole(notebook, path, origin=""):
    """The Page of a notebook that is, or was, in this file; what cannot be shown, such as a picture that is not there,
    becomes a PageError."""
    try:
        page = convert(notebook, path.stem, origin)
    except Exception as error:
        raise PageError(f"Cannot show {path.name}: {error}") from error
    with contextlib.suppress(ValueError):  # from elsewhere: its path is nobody's business
        page.source = path.resolve().relative_to(ROOT).as_posix()
    return page


def _write(path, text):
    """Whole or not at all: a reader never sees half a page."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


class Site:
    """A folder of pages and its index, which lists whatever pages are there, in the order of their names. Pages of
    notebooks that were in the project and are no more are deleted."""

    def __init__(self, out, mathjax):
        self.out = Path(out)
        try:
            self._mathjax = Path(mathjax).read_text(encoding="utf-8")
            self.out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PageError(f"Cannot use {error.filename}: {error.strerror}.") from error
        self.pages = {}
        self._turned = []  # the names whose pages lead to each other
        for path in self.out.glob("*.html"):
            card = CARD.search(path.read_text(encoding="utf-8", errors="replace"))
            with contextlib.suppress(TypeError, ValueError):  # no card, or one of another version: not our page
                page = Page(body="", **{**json.loads(unescape(card[1])), "name": path.stem})
                if page.source and not (ROOT / page.source).exists():
                    path.unlink()
                else:
                    self.pages[path.stem] = page

    def add(self, pages):
        """Writes these pages and the index; returns the files."""
        self.pages.update((page.name, page) for page in pages)
        names = sorted(self.pages)
        around = [None, *map(self.pages.get, names), None]
        around = {name: (around[i], around[i + 2]) for i, name in enumerate(names)}
        for page in pages:
            _write(self._file(page.name), _page(page, self._mathjax, *around[page.name]))
        if names != self._turned:
            for name in set(names) - {page.name for page in pages}:
                self._turn(self._file(name), *around[name])
            self._turned = names
        listed = [self.pages[name] for name in names]
        _write(self._file("index"), _assemble("list.html.j2", self._mathjax, pages=listed))
        return [self._file(name) for name in (*(page.name for page in pages), "index")]

    def _file(self, name):
        return self.out / f"{name}.html"

    @staticmethod
    def _turn(path, before, after):
        """Lets a page that is there lead to these neighbours."""
        links = _templates().get_template("turn.html.j2").module.turn
        text = path.read_text(encoding="utf-8")
        turned = TURN.sub(lambda match: links(match[1], before, after), text)
        if turned != text:
            _write(path, turned)


def write_pages(paths, out, mathjax, origin=""):
    """Writes OUT/NAME.html for each notebook file and OUT/index.html; returns the paths written."""
    paths = [Path(path) for path in paths]
    names = [path.stem for path in paths]
    for name in names:
        if names.count(name) > 1 or name == "index":
            raise PageError(f"Two pages would be named {name}.html; rename a notebook.")
    site = Site(out, mathjax)
    return site.add([convert_whole(read(path), path, origin) for path in paths])


def main(arguments=None):
    parser = argparse.ArgumentParser(
        prog="scorebook pages", description="Write notebooks as web pages, with the outputs that their files hold: "
        "nothing is executed. Each page is one file that opens without a network; index.html lists them.")
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK.ipynb", help="without any: all of notebooks/")
    parser.add_argument("--out", metavar="DIR", default=HTML, help="folder for the pages, target/html without it")
    parser.add_argument("--mathjax", metavar="FILE", default=MATHJAX,
                        help="MathJax 3 for TeX and SVG as one file, the one of the build without it")
    options = parser.parse_args(arguments)
    try:
        paths = options.notebooks or sorted((ROOT / "notebooks").glob("*.ipynb"))
        written = write_pages(paths, options.out, options.mathjax, origin="saved")
    except PageError as error:
        print(f"scorebook: {error}", file=sys.stderr)
        return 2
    count = len(written) - 1
    print(f"{count} page{'s' if count != 1 else ''} written; open {written[-1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
