#!/usr/bin/env python3
"""Executed notebooks as HTML pages that open from a folder: no network, no script of theirs.

    python3 environment/pages.py --mathjax target/mathjax/tex-svg-full.js --out target/html notebooks/*.ipynb

(`environment/scorebook pages` for short) writes OUT/NAME.html for each notebook, OUT/index.html, which lists all pages
in OUT, OUT/glossary.html, and beside them OUT/parts, what the pages share, and OUT/files, the notebooks themselves. In
page/:

    cells.py      nbconvert turns the cells into HTML (index.html.j2); sanitise.py makes it harmless
    equations.py  numbers the displayed formulas
    frame.py      puts the page around it (shell.html.j2), with the policy and our scripts
    site.py       the folder as a whole: pictures.py, course.py (order, times), glossary.py, networks.py, search.py
"""
import quiet  # noqa: F401, first of all

import argparse
import sys
from pathlib import Path

from page.cells import ROOT, convert, convert_whole, executable, has_failed  # noqa: F401, the last two for others
from page.files import PageError, read, write
from page.frame import Frame
from page.site import OURS, Site

HTML = ROOT / "target" / "html"
MATHJAX = ROOT / "target" / "mathjax" / "tex-svg-full.js"


def render(notebook, name, mathjax):
    """The whole page of a notebook node as one text that needs nothing beside it."""
    return alone(convert(notebook, name), Frame(mathjax))


def alone(page, frame):
    return frame.page("shell.html.j2", True, page=page, body=page.body)


def write_pages(paths, out, mathjax, origin=""):
    """Writes OUT/NAME.html for each notebook file, and what lists them; returns the pages' paths, then the index's."""
    paths = _checked(paths)
    site = Site(out, mathjax)
    return site.add([convert_whole(read(path), path, origin) for path in paths])


def write_single_files(paths, out, mathjax):
    """Writes OUT/NAME.html for each notebook file and nothing else; returns the paths."""
    paths, out = _checked(paths), Path(out)
    try:
        frame = Frame(Path(mathjax).read_text(encoding="utf-8"))
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PageError(f"Cannot use {error.filename}: {error.strerror}.") from error
    for path in paths:
        write(out / f"{path.stem}.html", alone(convert_whole(read(path), path, "saved"), frame))
    return [out / f"{path.stem}.html" for path in paths]


def _checked(paths):
    paths = [Path(path) for path in paths]
    names = [path.stem for path in paths]
    for name in names:
        if names.count(name) > 1 or name in OURS:
            raise PageError(f"Two pages would be named {name}.html; rename a notebook.")
    return paths


def main(arguments=None):
    parser = argparse.ArgumentParser(
        prog="scorebook pages", description="Write notebooks as web pages, with the outputs that their files hold: "
        "nothing is executed. They open without a network; index.html lists them.")
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK.ipynb", help="without any: all of notebooks/")
    parser.add_argument("--single-file", action="store_true",
                        help="each page with everything inside, to be sent or handed in, and nothing else: no index")
    parser.add_argument("--out", metavar="DIR", default=HTML, help="folder for the pages, target/html without it")
    parser.add_argument("--mathjax", metavar="FILE", default=MATHJAX,
                        help="MathJax 3 for TeX and SVG as one file, the one of the build without it")
    options = parser.parse_args(arguments)
    try:
        paths = options.notebooks or sorted((ROOT / "notebooks").glob("*.ipynb"))
        if options.single_file:
            written = write_single_files(paths, options.out, options.mathjax)
        else:
            *written, index = write_pages(paths, options.out, options.mathjax, origin="saved")
    except PageError as error:
        print(f"scorebook: {error}", file=sys.stderr)
        return 2
    count = f"{len(written)} page{'s' if len(written) != 1 else ''} written"
    print(f"{count}; open {written[0] if options.single_file else index}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
