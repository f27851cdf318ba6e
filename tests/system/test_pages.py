"""The HTML pages: what a notebook may do in them, what they show, and that a real browser asks nobody for anything.

    /usr/bin/python3 -m unittest discover -s tests/system -p 'test_pages.py'

The browser tests need Chromium and MathJax (target/mathjax/tex-svg-full.js, or the file that SCOREBOOK_MATHJAX names).
"""
import base64
import contextlib
import io
import os
import re
import struct
import sys
import tempfile
import unittest
import warnings
import zlib
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "environment"), str(Path(__file__).resolve().parent)]
import browser  # noqa: E402
import pages  # noqa: E402
from thumbnail import thumbnail  # noqa: E402

MATHJAX = Path(os.environ.get("SCOREBOOK_MATHJAX") or ROOT / "target/mathjax/tex-svg-full.js")
GIF = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
PNG = ("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/><script>alert(1)</script></svg>'
# Each line would change the title or ask the network, if it could.
HOSTILE = """<script>document.title = 'hacked'</script>
<img src="http://img.invalid/a.png" onerror="document.title='hacked'" alt="a">
<img src=x onerror="document.title='hacked'">
<svg onload="document.title='hacked'"><script>document.title='hacked'</script><image href="http://svg.invalid/a.png"/>
<use href="http://use.invalid/a.svg#a"/><circle r="3" fill="url(http://fill.invalid/#a)"/></svg>
<iframe src="http://frame.invalid/"></iframe> <object data="http://object.invalid/"></object>
<embed src="http://embed.invalid/"> <meta http-equiv="refresh" content="0;url=http://refresh.invalid/">
<base href="http://base.invalid/"> <link rel="stylesheet" href="http://link.invalid/a.css">
<form action="http://form.invalid/"><input name="a" autofocus onfocus="document.title='hacked'"></form>
<style>@import url(http://style.invalid/a.css); body { display: none }</style>
<div style="background: url(http://css.invalid/a.png); position: fixed">div</div>
<a href="javascript:document.title='hacked'">link</a> <a href="java&#115;cript:document.title='hacked'">link</a>
<a href="data:text/html,<script>alert(1)</script>">data</a> <p onclick="document.title='hacked'" class="bar">click</p>
<video src="http://video.invalid/a"></video>
<details ontoggle="document.title='hacked'" open><summary>s</summary></details>
<math><mtext><table><mglyph><style><img src=x onerror="document.title='hacked'"></style></mglyph></table></mtext></math>
"""
TABLE = ("<table><thead><tr><th>Name</th><th>Loss</th></tr></thead><tbody><tr><td>$a$ US$</td><td>-0.25</td></tr>"
         "<tr><td>b</td><td>1e-3</td></tr></tbody></table>")
FOLD = "<details><summary>Predict $k$</summary>\n\n**Bold** and $a_1 < b_1$.\n\n</details>"


def display(**data):
    return new_output("display_data", {key.replace("__", "/"): value for key, value in data.items()})


def code(source, *outputs, count=1, tags=()):
    return new_code_cell(source, execution_count=count, outputs=list(outputs), metadata={"tags": list(tags)})


def stream(text, name="stdout"):
    return new_output("stream", name=name, text=text)


def sample():
    """A rich notebook that also tries whatever a hostile one can."""
    picture = display(image__png=PNG, text__plain="picture")
    picture.metadata["image/png"] = {"width": 640, "height": 420}
    forged = display(image__png='"><script>document.title="hacked"</script>')
    forged.metadata["image/png"] = {"width": '1" onload="document.title=\'hacked\''}
    trace = ["\x1b[1m\x1b[31mjava.lang.Exception\x1b[0m", "<b onclick=alert(1)>at</b>"]
    about = {"language_info": {"name": "x", "pygments_lexer": '"><script>'}, "widgets": {}}
    return new_notebook(metadata=about, cells=[
        new_markdown_cell("# Scores $s_\\theta$\n\nThe *first* paragraph, with $x^2$ and `$code$`.\n\nThe second."),
        new_markdown_cell("## Theory\n\n$$\\boldsymbol{x} < y$$\n\n\\begin{align}a &= b\\end{align}\n\n\\\\(z\\\\)"),
        new_markdown_cell("## Theory\n\n[next](02-next.ipynb#A) [up](#Theory)"),
        new_markdown_cell("| a | b |\n|:-|-:|\n| x | 1 |\n\n" + FOLD),
        new_markdown_cell(f'<img src="{GIF}" width="20" height="10">'),
        new_markdown_cell(HOSTILE),
        new_markdown_cell("$\\href{javascript:alert(1)}{x} \\require{html} "
                          "\\style{background:url(http://tex.invalid/)}{x}$"),
        new_markdown_cell("$\\mmlToken{mtext}[href=\"javascript:document.title='hacked'\" class=\"bar\" id=\"content\" "
                          "style=\"position:fixed;inset:0\" mathbackground=\"url(http://mml.invalid/)\"]{token}$"),
        code("int shown = 1; // $not maths$", stream("10%\r50%"), stream("\r100% $x$ <b>\n"), stream("warn", "stderr"),
             picture),
        code("int hidden = 2;", display(text__html=TABLE + HOSTILE), tags=["hide-input"]),
        code("int removed = 3;", tags=["remove-cell"]),
        code("int f() {\n    // BEGIN SOLUTION\n    return 1;\n    // END SOLUTION\n}", forged, count=4),
        code("e", new_output("error", ename="E<i>", evalue="v", traceback=trace), display(text__latex="\\frac12")),
        code("js", display(text__javascript="document.title='hacked'"),
             display(application__javascript="hacked")),
        code("out", new_output("execute_result", {"image/svg+xml": SVG}, execution_count=1),
             display(text__markdown=HOSTILE + "\n# Not a heading of the notebook"),
             display(text__html="<progress value=3 max=4>")),
        code("String line = \"" + "x" * 400 + "\";", display(text__html="<table><tr>" + "<td>wide cell</td>" * 40)),
    ])


def render(*arguments, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # nbconvert's own; unittest would show it
        return pages.render(*arguments, **options)


class PageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = render(sample(), "01-sample", "/* </script><!-- <script */")

    def test_policy_comes_first_and_names_our_scripts_only(self):
        self.assertRegex(self.page, r'\A<!DOCTYPE html>\s*<html lang="en">\s*<head>\s*<meta http-equiv="Content-Sec')
        self.assertEqual(self.page.count("'sha256-"), 3)
        self.assertEqual(len(re.findall(r"<script\b", self.page)), 3)
        self.assertEqual(len(re.findall(r"</script", self.page)), 3)
        self.assertIn("default-src 'none'", self.page)

    def test_nothing_active_is_left(self):
        body = self.page[self.page.index("<body>"):self.page.index("</main>")]
        for tag in re.findall(r"<[a-zA-Z][^>]*>", body):
            self.assertNotRegex(tag, r"(?i)\son\w+\s*=|javascript:")
            self.assertNotRegex(tag, r"(?i)^<(script|iframe|object|embed|meta|base|form|style|link|input|video|use)\b")
            if not tag.startswith("<a "):
                self.assertNotRegex(tag, r"(?i)(https?|file):|url\(")
        self.assertNotIn("file:", self.page)

    def test_what_notebooks_need_is_kept(self):
        for part in (f'src="{GIF}"', 'width="20"', 'height="10"', 'width="640"', 'height="420"', "<progress ",
                     '<span class="ansi-red-intense-fg ansi-bold">',
                     '<span class="kt">int', "<strong>Bold</strong>", "<summary>Predict $k$</summary>",
                     "$a_1 &lt; b_1$", "E&lt;i&gt;",
                     "data:image/svg+xml;base64," + base64.b64encode(SVG.encode()).decode(), "$$\\frac12$$",
                     "Not shown on this page: text/javascript"):
            self.assertIn(part, self.page)

    def test_pictures_are_described_by_their_title_or_by_where_they_stand(self):
        def alternatives(*cells):
            return re.findall(r'alt="([^"]*)"', render(new_notebook(cells=list(cells)), "plain", ""))

        def picture(text):
            return code("1", display(image__png=PNG, text__plain=text))
        img = f'<img src="{GIF}" alt="%s">'
        self.assertEqual(["Picture 1"], alternatives(picture("1280 x 760 picture")))
        self.assertEqual(
            ["Picture 1 in \u201cLosses of f_1\u201d", "Loss by step", "Animation 2 in \u201cLosses of f_1\u201d",
             "Picture 1 in \u201cMaps\u201d", "", "of mine"],
            alternatives(new_markdown_cell("# Losses of $f_1$"), picture("<Figure size 640x480 with 1 Axes>"),
                         picture("Loss by step\n640 x 480"),
                         code("2", display(text__html=img % "animation of 40 pictures, 240 x 254")),
                         new_markdown_cell("### Maps"), picture("BufferedImage@1f2e: type = 1 DirectColorModel"),
                         new_markdown_cell(img % "" + img % "of mine")))

    def test_a_page_has_one_title_and_all_its_parts_in_the_contents(self):
        page = render(new_notebook(cells=[
            new_markdown_cell("# Title"), new_markdown_cell("## Setup"), new_markdown_cell("# Part 1"),
            new_markdown_cell("### A"), new_markdown_cell("# Part 2"),
            code("1", display(text__html="<h1>of an output</h1>"))]), "plain", "")
        self.assertEqual(["Title"], re.findall(r"<h1 [^>]*>(\w+)", page))
        self.assertEqual(1, page.count("<h1"))
        side = page[page.index('<nav class="side'):]
        self.assertEqual([("2", "Setup"), ("2", "Part 1"), ("3", "A"), ("2", "Part 2")],
                         re.findall(r'class="level(\d)"><a [^>]*>(.*?)</a>', side[:side.index("</nav>")]))

    def test_a_notebook_without_title_has_its_name(self):
        page = render(new_notebook(cells=[new_markdown_cell("## Setup\n\nText.")]), "my-notes", "")
        self.assertEqual(["<h1>my-notes</h1>"], re.findall("<h1.*?</h1>", page))
        self.assertIn("<title>my-notes ", page)

    def test_what_is_short_stays_in_a_line(self):
        table = "<table><tr><td>3, 1, 1</td><td>a longer text of words</td></tr></table>"
        page = render(new_notebook(cells=[code("1", display(text__html=table))]), "plain", "")
        self.assertIn('<td class="short">3, 1, 1</td><td>a longer', page)

    def test_numbers_line_up_right(self):
        self.assertIn('<th class="num">Loss</th>', self.page)
        self.assertIn('<td class="num">-0.25</td>', self.page)
        self.assertIn("<th>Name</th>", self.page)

    def test_headings_have_anchors_and_a_place_in_the_contents(self):
        for part in ('<h2 id="Theory">', '<h2 id="Theory-2">', 'href="#Theory-2"', 'href="02-next.html#A"',
                     "<title>Scores $s_\\theta$ · Scorebook</title>"):
            self.assertIn(part, self.page)
        self.assertNotIn("Not a heading of the notebook</a>", self.page)

    def test_tags_and_solutions(self):
        text = re.sub(r"<[^>]+>", "", self.page)
        self.assertRegex(self.page, r'<details class="input">(?s:.{0,400})hidden')
        self.assertNotIn("removed", text)
        self.assertIn('<span class="marker">// BEGIN SOLUTION</span>', self.page)

    def test_streams_read_as_in_a_terminal(self):
        self.assertIn('<pre class="output stdout">100% $x$ &lt;b&gt;\n</pre>', self.page)
        self.assertIn('<pre class="output stderr">warn</pre>', self.page)

    def test_no_maths_no_mathjax(self):
        page = render(new_notebook(cells=[new_markdown_cell("# Plain")]), "plain", "MATHJAX")
        self.assertEqual(1, page.count("'sha256-"))
        self.assertNotIn("MATHJAX", page)

    def test_failed_cells_are_marked_whatever_their_tags(self):
        error = new_output("error", ename="E", evalue="v", traceback=[])
        page = render(new_notebook(cells=[
            code("1", error, tags=["raises-exception"]), code("2", error, count=2, tags=["hide-input"]),
            code("3", stream("three"), count=3), code("4", error, count=4, tags=["remove-cell"]),
            code("5", count=None)]), "plain", "")
        self.assertEqual(["", "failed", "", "failed", "skipped"], re.findall(r'<section class="cell (\w*)"', page))
        self.assertIn('<a href="#failed-2">Cell 2 failed</a>, <a href="#failed-4">Cell 4 failed</a>. One cell', page)
        self.assertIn('<details class="input" open>', page)

    def test_a_notebook_that_was_never_executed_has_no_failure(self):
        page = render(new_notebook(cells=[code("1", count=None)]), "plain", "")
        self.assertNotRegex(page, "failed<|Not executed<")

    def test_text_has_contrast(self):
        style = (ROOT / "environment/page/style.css").read_text(encoding="utf-8")
        for scheme in re.findall(r":root \{(.*?)\}", style, re.S):
            colour = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", scheme))
            for text, backs in {"text soft accent": "page code tint", "error": "page error-back", "good": "code done",
                                "keyword type string number comment name": "page code"}.items():
                for pair in ((t, b) for t in text.split() for b in backs.split()):
                    self.assertGreaterEqual(contrast(*(colour[name] for name in pair)), 4.5, pair)


def contrast(*colours):
    """The ratio of luminances that WCAG 2 defines."""
    def luminance(colour):
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    low, high = sorted(map(luminance, colours))
    return (high + 0.05) / (low + 0.05)


def png(width, height, channels, filters, interlaced=0):
    """A picture whose upper half is black and whose lower half is 200, each row stored by the next of the filters."""
    rows, above = [], bytes(width * channels)
    for y in range(height):
        row = bytes([0 if y < height // 2 else 200] * width * channels)
        kind = filters[y % len(filters)]
        pixel = bytes(channels)
        before = {0: bytes(len(row)), 1: pixel + row, 2: above, 3: None, 4: None}[kind]
        if before is None:
            lefts, corners = pixel + row, pixel + above
            before = [(left + up) // 2 if kind == 3 else
                      min((left, up, corner), key=lambda near: abs(left + up - corner - near))
                      for left, up, corner in zip(lefts, above, corners)]
        rows.append(bytes([kind]) + bytes((x - b) & 255 for x, b in zip(row, before)))
        above = row

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    head = struct.pack(">IIBBBBB", width, height, 8, {1: 0, 2: 4, 3: 2, 4: 6}[channels], 0, 0, interlaced)
    packed = zlib.compress(b"".join(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


class ThumbnailTest(unittest.TestCase):
    def pixels(self, small):
        """Width and height, and the set of values in the top and in the lower half."""
        width, height = struct.unpack(">II", small[16:24])
        colour = small[25]
        length = width * {0: 1, 2: 3}[colour] + 1
        packed = zlib.decompress(small[small.index(b"IDAT") + 4:-16])
        rows = [packed[i:i + length] for i in range(0, len(packed), length)]
        above, values = bytes(length - 1), []
        for row in rows:
            above = bytes((x + up) & 255 for x, up in zip(row[1:], above)) if row[0] == 2 else row[1:]
            values.append(set(above))
        half = len(values) // 2
        return (width, height), set.union(*values[:half]), set.union(*values[half:])

    def test_every_filter_and_kind_of_pixels(self):
        for channels in (1, 3):
            for filters in ([0], [1], [2], [3], [4], [0, 1, 2, 3, 4]):
                small = thumbnail(png(1200, 12, channels, filters))
                self.assertEqual(((400, 4), {0}, {200}), self.pixels(small), (channels, filters))
        for channels in (2, 4):  # alpha 0: the paper; alpha 200: 200 over white is 212
            self.assertEqual(((400, 4), {255}, {216}), self.pixels(thumbnail(png(1200, 12, channels, [4]))))

    def test_a_small_picture_stays_as_large_as_it_is(self):
        self.assertEqual((30, 4), self.pixels(thumbnail(png(30, 4, 3, [0])))[0])

    def test_what_cannot_be_read_has_none(self):
        whole = png(1200, 12, 3, [0])
        huge = whole[:16] + struct.pack(">II", 1 << 30, 1 << 30) + whole[24:]
        for other in (b"", b"GIF89a", whole[:30], whole[:-40], huge, png(1200, 12, 3, [0], interlaced=1)):
            self.assertIsNone(thumbnail(other))


class CommandTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.mathjax = self.folder / "mathjax.js"
        self.mathjax.write_text("/* MathJax */", encoding="utf-8")

    def run_main(self, *notebooks):
        arguments = ["--mathjax", str(self.mathjax), "--out", str(self.folder / "html"), *map(str, notebooks)]
        with contextlib.redirect_stderr(io.StringIO()) as err, contextlib.redirect_stdout(io.StringIO()), \
                warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return pages.main(arguments), err.getvalue()

    def test_pages_and_list(self):
        for name in ("01-one", "02-two"):
            nbformat.write(sample(), self.folder / f"{name}.ipynb")
        self.assertEqual(self.run_main(self.folder / "01-one.ipynb", self.folder / "02-two.ipynb"), (0, ""))
        self.assertEqual(["01-one.html", "02-two.html", "files", "glossary.html", "index.html", "networks.html",
                          "parts"], sorted(os.listdir(self.folder / "html")))
        index = (self.folder / "html/index.html").read_text(encoding="utf-8")
        for part in ('href="02-two.html"', "Scores $s_\\theta$", "The first paragraph, with <i>x</i><sup>2</sup>",
                     "image/png;base64"):
            self.assertIn(part, index)
        self.assertIn('rel="next" href="02-two.html"', (self.folder / "html/01-one.html").read_text(encoding="utf-8"))

    def test_a_list_of_simple_formulas_is_light(self):
        large = base64.b64encode(png(2000, 1200, 3, [0])).decode()
        lead = "# A\n\nThe density $p(x_1)$ is $e^{-E}$, so $\\log p(x)$ is known; " + "and so on " * 100
        nbformat.write(new_notebook(cells=[new_markdown_cell(lead), code("1", display(image__png=large))]),
                       self.folder / "01-one.ipynb")
        self.run_main(self.folder / "01-one.ipynb")
        index = (self.folder / "html/index.html").read_text(encoding="utf-8")
        self.assertIn("<i>p</i>(<i>x</i><sub>1</sub>) is <i>e</i><sup>\u2212<i>E</i></sup>, so log\u2009<i>p</i>",
                      index)
        self.assertNotIn("window.MathJax =", index)
        self.assertIn("data:image/png;base64", index)
        self.assertLess(len(index), 40_000)

    def test_pages_that_are_there_lead_to_one_that_comes_between(self):
        for name in ("01-one", "02-two", "03-three"):
            nbformat.write(sample(), self.folder / f"{name}.ipynb")
        self.run_main(self.folder / "01-one.ipynb", self.folder / "03-three.ipynb")
        self.run_main(self.folder / "02-two.ipynb")
        for name, links in (("01-one", [("next", "02-two")]), ("02-two", [("prev", "01-one"), ("next", "03-three")]),
                            ("03-three", [("prev", "02-two")])):
            page = (self.folder / f"html/{name}.html").read_text(encoding="utf-8")
            self.assertEqual(2 * links, re.findall(r'rel="(\w+)" href="([\w-]+)\.html"', page), name)

    def test_a_single_file_has_everything_inside_and_leads_nowhere(self):
        nbformat.write(sample(), self.folder / "01-one.ipynb")
        self.assertEqual((0, ""), self.run_main("--single-file", self.folder / "01-one.ipynb"))
        self.assertEqual(["01-one.html"], os.listdir(self.folder / "html"))
        page = (self.folder / "html/01-one.html").read_text(encoding="utf-8")
        self.assertIn("/* MathJax */", page)
        self.assertIn(f"data:image/png;base64,{PNG}", page)
        self.assertNotRegex(page, r'index\.html|href="files/|src="parts|strict-dynamic')

    def test_errors_are_one_sentence(self):
        (self.folder / "text.ipynb").write_text("hello", encoding="utf-8")
        (self.folder / "list.ipynb").write_text("[]", encoding="utf-8")
        (self.folder / "half.ipynb").write_text('{"nbformat": 4, "nbformat_minor": 5, "cells": 1}', encoding="utf-8")
        for name, reason in (("none", "No such file"), ("text", "not a notebook"), ("list", "not a notebook"),
                             ("half", "not a notebook")):
            status, error = self.run_main(self.folder / f"{name}.ipynb")
            self.assertEqual((status, error.count("\n")), (2, 1), error)
            self.assertIn(reason, error)
        self.assertIn("rename", self.run_main(self.folder / "index.ipynb")[1])
        self.mathjax.unlink()
        self.assertIn("mathjax.js", self.run_main(self.folder / "none.ipynb")[1])


@unittest.skipUnless(browser.CHROMIUM, "Chromium is not installed.")
@unittest.skipUnless(MATHJAX.is_file(), f"MathJax is not at {MATHJAX}; build the project or set SCOREBOOK_MATHJAX.")
class BrowserTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.proxy = cls.enterClassContext(browser.Proxy())
        cls.browser = cls.enterClassContext(browser.Browser(cls.proxy.address))
        cls.page = cls.folder / "page.html"
        cls.page.write_text(render(sample(), "page", MATHJAX.read_text(encoding="utf-8")), encoding="utf-8")

    def visit(self, path, width=1200):
        """Opens the page; returns the requests to anyone else, as the page's own log and the proxy saw them."""
        self.browser.look(width)
        asked = [url for url in self.browser.open(path) if not url.startswith(("file:", "data:"))]
        return asked + [line for line in self.proxy.requests if ".invalid" in line]

    def count(self, selector):
        return self.browser.evaluate(f"document.querySelectorAll({selector!r}).length")

    def test_1_page_asks_nobody_and_runs_nothing_of_the_notebook(self):
        self.assertEqual(self.visit(self.page), [])
        self.assertIn("Scorebook", self.browser.evaluate("document.title"))
        self.assertEqual(self.count("iframe, object, embed, form, base, [onerror], [onload], [onclick]"), 0)
        self.browser.evaluate("document.querySelectorAll('main a:not([href^=\"#\"])').forEach(a => "
                              "a.protocol === 'javascript:' && a.click())")
        self.assertIn("Scorebook", self.browser.evaluate("document.title"))

    def test_2_policy_alone_stops_a_hostile_page(self):
        whole = self.page.read_text(encoding="utf-8").replace('<main id="content">', '<main id="content">' + HOSTILE)
        whole = re.sub("<meta http-equiv=.refresh.*?>", "", whole)  # a policy does not cover leaving the page
        path = self.folder / "policy.html"
        path.write_text(whole, encoding="utf-8")
        self.visit(path)
        self.assertNotIn("hacked", self.browser.evaluate("document.title"))
        self.assertEqual([line for line in self.proxy.requests if ".invalid" in line], [])
        self.assertGreater(self.count("mjx-container > svg"), 3)

    def test_3_the_same_content_without_protection_is_seen(self):
        path = self.folder / "control.html"
        path.write_text(re.sub("<meta http-equiv=.refresh.*?>", "", HOSTILE), encoding="utf-8")
        asked = self.visit(path)
        self.proxy.requests.clear()
        self.assertEqual(self.browser.evaluate("document.title"), "hacked")
        self.assertTrue(any(url.startswith("http://img.invalid/") for url in asked), asked)
        self.assertTrue(any(line.startswith("GET http://img.invalid/a.png") for line in asked), asked)

    def test_4_maths_is_typeset_where_it_belongs(self):
        self.visit(self.page)
        self.assertGreater(self.count("main mjx-container > svg"), 8)
        self.assertEqual(self.count("pre mjx-container, code mjx-container, .html mjx-container"), 0)
        self.assertEqual(self.count("details mjx-container > svg") > 1, True)
        self.assertEqual(self.count("[data-mml-node=merror]"), 0)
        self.assertEqual(self.count("svg a, [data-mml-node=mrow][href]"), 0)
        for attribute in (".bar", "[id=content]", "[style*=position]", "[fill*=url]", "[href^=javascript]"):
            self.assertEqual(self.count("mjx-container " + attribute), 0, attribute)
        self.assertIn("token", self.browser.evaluate("document.querySelector('main').textContent"))
        self.assertEqual(self.browser.evaluate("getComputedStyle(document.querySelector('h1 mjx-container g')).fill"),
                         self.browser.evaluate("getComputedStyle(document.querySelector('h1')).color"))

    def test_5_phone_does_not_scroll_sideways(self):
        for dark in (False, True):
            self.visit(self.page, width=360)
            self.browser.look(360, dark=dark)
            self.browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            self.assertLessEqual(self.browser.evaluate("document.documentElement.scrollWidth"), 360)
            last = "[...document.querySelectorAll('.scroll')].at(-1)"  # the wide table scrolls inside itself
            self.assertGreater(self.browser.evaluate(last + ".scrollWidth"), 700)

    def test_7_a_long_title_in_the_bar_keeps_its_arrow(self):
        site = self.folder / "long"
        for name in ("01-a", "02-b", "03-c"):
            notebook = new_notebook(cells=[new_markdown_cell("# " + "A title that is far too long " * 3)])
            nbformat.write(notebook, self.folder / f"{name}.ipynb")
        pages.write_pages(sorted(self.folder.glob("0*.ipynb")), site, MATHJAX)
        page = site / "02-b.html"
        for width in (390, 1200):
            self.visit(page, width)
            for selector, side in ((".next", "right"), (".prev", "left")):
                inside = (f"(a => {{ const t = a.querySelector('.name').getBoundingClientRect(), "
                          f"b = a.getBoundingClientRect(); return Math.abs(b.{side} - t.{side}); }})"
                          f"(document.querySelector('.neighbours {selector}'))")
                self.assertGreater(self.browser.evaluate(inside), 10, f"no room for the arrow: {selector}, {width}")

    def test_8_a_page_without_sections_has_the_whole_width_of_its_column(self):
        page = self.folder / "plain.html"
        page.write_text(render(new_notebook(cells=[new_markdown_cell("# Title\n\n" + "word " * 200)]), "p", ""),
                        encoding="utf-8")
        self.visit(page, 1400)
        self.assertGreater(self.browser.evaluate("document.querySelector('main').clientWidth"), 700)

    def test_9_printed_pages_are_full(self):
        cells = [code("int a = 1;\n" * 24, stream("1")) for _ in range(12)]
        page = self.folder / "print.html"
        page.write_text(render(new_notebook(cells=[new_markdown_cell("# Title"), *cells]), "p", ""), encoding="utf-8")
        self.visit(page)
        height = self.browser.evaluate("document.documentElement.scrollHeight")
        pdf = base64.b64decode(self.browser.call("Page.printToPDF", preferCSSPageSize=True)["data"])
        printed = len(re.findall(rb"/Type\s*/Page\b", pdf))
        self.assertGreater(height, 6000)
        self.assertLessEqual(printed, 7, "cells of 24 lines that are never parted leave a third of each page empty")

    def test_6_pictures_keep_their_size_and_kind(self):
        self.visit(self.page)
        for selector, measure in (('[width="640"]', "width == 640"), ('[src*="image/gif"]', "naturalWidth == 1"),
                                  ('[src*="svg+xml"]', "naturalWidth == 9")):
            self.assertTrue(self.browser.evaluate(f"document.querySelector('img{selector}').{measure}"), selector)


if __name__ == "__main__":
    unittest.main()
