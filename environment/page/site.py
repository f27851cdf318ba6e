"""A folder of pages: the notebooks', an index in the order of reading, the glossary, and what they share."""
import contextlib
import json
import re
from html import unescape
from pathlib import Path

from page import pictures, search
from page.cells import ROOT, Page
from page.course import Course
from page.files import PageError, write
from page.frame import PARTS, Frame
from page.glossary import Glossary
from page.networks import networks

FILES = "files"  # the notebooks beside their pages
STUDENT = "files/student"  # those without solutions, which `scorebook course student` writes
OURS = ("index", "glossary", "networks")
# What the index tells of a page stands in the page itself, so that the index is right whichever pages are there.
CARD = re.compile(r'<meta name="scorebook" content="([^"]*)">')
LINKS = re.compile(r'<(nav|div) class="(neighbours|turn|about)".*?</\1>', re.S)


class Site:
    """Lists whatever pages are there. Pages of notebooks that were in the project and are no more are deleted.

    A page of the project has pictures and MathJax beside it; one of a notebook from elsewhere has all inside.
    """

    def __init__(self, out, mathjax):
        self.out = Path(out)
        try:
            self._frame = Frame(Path(mathjax).read_text(encoding="utf-8"))
            for folder in (self.out, self.out / PARTS, self.out / FILES):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PageError(f"Cannot use {error.filename}: {error.strerror}.") from error
        self._course, self._glossary = Course(), Glossary()
        self.pages = {}
        self._linked = []  # the names whose pages lead to each other
        for path in self.out.glob("*.html"):
            card = CARD.search(path.read_text(encoding="utf-8", errors="replace"))
            with contextlib.suppress(TypeError, ValueError):  # no card, or one of another version: not our page
                page = Page(body="", **{**json.loads(unescape(card[1])), "name": path.stem})
                if page.source and not (ROOT / page.source).exists():
                    path.unlink()
                else:
                    self.pages[path.stem] = page

    def add(self, pages):
        """Writes these pages and all that lists pages; returns the files. Whenever this is cut off, what the pages that
        are there need is there, too: files are written before and deleted after the pages that refer to them."""
        before = set(self._parts())
        write(self.out / PARTS / "mathjax.js", self._frame.mathjax)
        for page in pages:
            page.symbols = self._glossary.used_in(page.name, page.body)
            if page.file and page.file.is_file():
                write(self.out / FILES / f"{page.name}.ipynb", page.file.read_bytes())
            self.pages[page.name] = page
        names = sorted(self.pages, key=self._course.key)
        around = [None, *map(self.pages.get, names), None]
        around = {name: (around[i], around[i + 2]) for i, name in enumerate(names)}
        for page in pages:
            write(self._file(page.name), self._whole(page, *around[page.name]))
        if names != self._linked:
            for name in set(names) - {page.name for page in pages}:
                self._link(self.pages[name], *around[name])
            self._linked = names
        self._write_lists([self.pages[name] for name in names])
        self._sweep(before)
        return [self._file(name) for name in (*(page.name for page in pages), "index")]

    def _whole(self, page, before, after):
        alone = not page.source
        body = page.body if alone else pictures.beside(page.body, self.out / PARTS, PARTS)
        return self._frame.page("shell.html.j2", alone, page=page, body=body, before=before, after=after,
                                facts=self._facts(page))

    def _link(self, page, before, after):
        """Lets a page that is there lead to what is there now."""
        def links(found):
            if found[2] == "about":
                return self._frame.links("about", page, self._facts(page))
            return self._frame.links(found[2], page, before, after)
        text = self._file(page.name).read_text(encoding="utf-8")
        linked = LINKS.sub(links, text)
        if linked != text:
            write(self._file(page.name), linked)

    def _facts(self, page):
        """What stands under the title of a page."""
        course, name = self._course, page.name
        listed = ((f"{FILES}/{name}.ipynb", "notebook"), (f"{STUDENT}/{name}.ipynb", "notebook without solutions"))
        return {"place": course.place(name), "number": course.length, "reason": course.reason(name),
                "builds_on": [(other, self.pages[other].title if other in self.pages else other, other in self.pages)
                              for other in course.builds_on(name)],
                "running": course.running(name), "symbols": self._glossary.chosen(page.symbols),
                "files": [(address, what) for address, what in listed if (self.out / address).exists()]}

    def _write_lists(self, pages):
        """The index, the glossary, the networks and what the search knows."""
        write(self._file("glossary"), self._frame.page("glossary.html.j2", glossary=self._glossary, pages=self.pages))
        write(self._file("networks"), self._frame.page("networks.html.j2", networks=networks()))
        texts = [(page.name, page.title) for page in pages] + [("glossary", "Symbols"), ("networks", "Networks")]
        known = [(f"{name}.html", title, search.sections(self._file(name).read_text(encoding="utf-8")))
                 for name, title in texts]
        write(self.out / PARTS / "search.js", search.script(known))
        write(self._file("index"), self._frame.page(
            "list.html.j2", pages=pages, course=self._course, facts={page.name: self._facts(page) for page in pages}))

    def _sweep(self, before):
        """Deletes files that were there before, and that no page has any more."""
        used = set.union(*(pictures.names(path.read_text(encoding="utf-8")) for path in self.out.glob("*.html")))
        for name in before - used:
            (self.out / PARTS / name).unlink(missing_ok=True)
        for folder in (FILES, STUDENT):
            for path in (self.out / folder).glob("*.ipynb"):
                if path.stem not in self.pages:
                    path.unlink(missing_ok=True)

    def _parts(self):
        return (path.name for path in (self.out / PARTS).iterdir() if pictures.NAME.fullmatch(path.name))

    def _file(self, name):
        return self.out / f"{name}.html"
