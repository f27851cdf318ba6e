#!/usr/bin/env python3
"""Executed notebooks as self-contained HTML pages: pictures and maths inside, no network, no script of theirs.

    python3 environment/pages.py --mathjax target/mathjax/tex-svg-full.js --out target/html notebooks/*.ipynb

writes OUT/NAME.html for each notebook and OUT/index.html. nbconvert turns the cells into HTML (page/index.html.j2),
page/sanitise.py makes what came from the notebook harmless, page/shell.html.j2 puts the page around it.
"""
import argparse
import base64
import copy
import hashlib
import json
import os
import re
import sys
import tempfile
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import jinja2
import nbformat
from markupsafe import Markup
from nbconvert import HTMLExporter
from traitlets.config import Config

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "page"))  # sanitise.py lies with the templates it serves
from sanitise import Sanitiser, describe  # noqa: E402

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
SHOWN = ("text/html", "text/markdown", "image/svg+xml", *PICTURES, "text/latex", "text/plain")
MATHS = re.compile(r"\$|\\\(|\\\[|\\begin\{")
# Everything listed is in tex-svg-full.js. Left out: what loads more files (autoload, require), and html, action and
# bbox, which let a formula carry links and CSS.
MATHJAX_CONFIG = """window.MathJax = {
  tex: {inlineMath: [['$', '$'], ['\\\\(', '\\\\)']], displayMath: [['$$', '$$'], ['\\\\[', '\\\\]']],
        processEscapes: true, tags: 'ams',
        packages: ['base', 'ams', 'newcommand', 'noundefined', 'configmacros', 'boldsymbol', 'braket', 'cancel',
                   'cases', 'color', 'mathtools', 'textmacros', 'upgreek']},
  options: {enableMenu: false, menuOptions: {settings: {assistiveMml: true, explorer: false, collapsible: false}}},
  loader: {load: []},
  startup: {elements: ['.tex']}
};"""
# A line of its own that opens or closes a fold; the first alternative keeps fenced code whole.
FOLD = re.compile(r"^(`{3,}|~{3,}).*?^\1[`~]*[ \t]*$|"
                  r"^ {0,3}((?:(?:<details[^>\n]*>|</details>|<summary[^>\n]*>[^\n]*?</summary>)[ \t]*)+)",
                  re.M | re.S)
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
    preview: str = ""

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

        for name, jinja_filter in (("sanitise", sanitiser.clean), ("picture", _picture), ("latex", _latex),
                                   ("mark_solution", _mark_solution)):
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


def _picture(output, cell, mime):
    data = output.data[mime]
    # As an image an SVG can neither run scripts nor load anything.
    data = base64.b64encode(data.encode()).decode() if mime == "image/svg+xml" else "".join(data.split())
    size = output.metadata.get(mime)
    size = "".join(f' {side}="{int(size[side])}"' for side in ("width", "height")
                   if isinstance(size, dict) and isinstance(size.get(side), (int, float)))
    return f'<img class="output picture" src="data:{mime};base64,{escape(data)}"{size} alt="{describe(cell)}">'


def _latex(source):
    return escape(source if MATHS.search(source) else f"$${source}$$", quote=False)


def _mark_solution(html):
    marker = '<span class="marker">{}</span>'
    return SOLUTION.sub(lambda m: '<span class="solution">' + m[1] + marker.format(m[2]) + m[3] + marker.format(m[4])
                        + "</span>", html)


def _prepared(notebook):
    """A copy with the cells and outputs that the page shows."""
    notebook = copy.deepcopy(notebook)
    notebook.metadata = nbformat.from_dict({"language_info": {"name": "java", "pygments_lexer": "java"}})
    notebook.cells = [cell for cell in notebook.cells if "remove-cell" not in cell.metadata.get("tags", [])
                      and (cell.source.strip() or cell.get("outputs"))]
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
        if cell.cell_type == "code":
            cell.outputs = _shown_outputs(cell.outputs)
    return notebook


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


def convert(notebook, name):
    """The cells of a notebook as a Page."""
    sanitiser = Sanitiser()
    notebook = _prepared(notebook)
    body, _ = CellsExporter(sanitiser).from_notebook_node(notebook)
    title = sanitiser.headings[0]["text"] if sanitiser.headings else name
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    png = next((o.data["image/png"] for o in outputs if "image/png" in o.get("data", {})), None)
    return Page(name=name, title=re.sub(r"^\d+\s*[.:)\u2013-]\s+", "", title), lead=sanitiser.lead, body=body,
                headings=sanitiser.headings, preview=png and "data:image/png;base64," + "".join(png.split()))


def _inline(script):
    """The script as it can stand between <script> tags, with no address in it that it could load from."""
    script = re.sub(r"<(?=/script|script|!--)", r"\\x3c", script.replace("\r\n", "\n"), flags=re.I)
    return script.replace("https://cdn.jsdelivr.net/", "about:invalid/")


def _assemble(template, mathjax, **values):
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(str(HERE / "page")), autoescape=True)
    page = environment.get_template(template)
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


def _convert_file(path):
    notebook = read(path)
    try:
        return convert(notebook, path.stem)
    except Exception as error:  # such as a picture that the notebook names as its attachment but does not hold
        raise PageError(f"Cannot show {path}: {error}") from error


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


def write_pages(paths, out, mathjax):
    """Writes OUT/NAME.html for each notebook file and OUT/index.html; returns the paths written."""
    paths, out = [Path(path) for path in paths], Path(out)
    names = [path.stem for path in paths]
    for name in names:
        if names.count(name) > 1 or name == "index":
            raise PageError(f"Two pages would be named {name}.html; rename a notebook.")
    try:
        source = Path(mathjax).read_text(encoding="utf-8")
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PageError(f"Cannot use {error.filename}: {error.strerror}.") from error
    pages = [_convert_file(path) for path in paths]
    around = [None, *pages, None]
    written = [out / f"{page.name}.html" for page in pages] + [out / "index.html"]
    for i, page in enumerate(pages):
        _write(written[i], _page(page, source, around[i], around[i + 2]))
    _write(written[-1], _assemble("list.html.j2", source, pages=pages))
    return written


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Turn executed notebooks into self-contained HTML pages.")
    parser.add_argument("--mathjax", required=True, help="MathJax 3 for TeX and SVG, as one file (tex-svg-full.js)")
    parser.add_argument("--out", required=True, help="folder for the pages")
    parser.add_argument("notebooks", nargs="+", metavar="NOTEBOOK.ipynb")
    options = parser.parse_args(arguments)
    try:
        for path in write_pages(options.notebooks, options.out, options.mathjax):
            print(path)
    except PageError as error:
        print(f"pages.py: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
