"""The committed notebooks as a site: what its pages weigh, lead to, say and let one do, in a browser without network.

axe-core, which finds what keeps people from reading a page, is where the build puts it: target/axe/axe.min.js.
"""
import base64
import json
import re
import sys
import tempfile
import time
import unittest
import warnings
from pathlib import Path
from unittest import mock
from urllib.parse import unquote

import nbformat
from nbformat.v4 import new_notebook

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "environment"), str(Path(__file__).resolve().parent)]
import browser  # noqa: E402
import pages  # noqa: E402
from page import files, site as page_site  # noqa: E402
from page.glossary import Glossary  # noqa: E402
from page.networks import FOLDER, networks  # noqa: E402
from page.search import sections  # noqa: E402
from test_pages import MATHJAX, code, display  # noqa: E402

AXE = ROOT / "target/axe/axe.min.js"
SOURCES = sorted((ROOT / "notebooks").glob("*.ipynb"))
LARGEST = 2_500_000
ORDER = ["06", "01", "02", "03", "04", "05", "07", "08"]
SIZE = re.compile(r"\d+ x \d+ picture|picture of \d+ x \d+|(?i:animation of \d+ pictures, \d+ x \d+)")


def text(path):
    return path.read_text(encoding="utf-8")


@unittest.skipUnless(MATHJAX.is_file(), f"MathJax is not at {MATHJAX}; build the project or set SCOREBOOK_MATHJAX.")
class WholeSite(unittest.TestCase):
    """All notebooks, rendered once."""
    @classmethod
    def setUpClass(cls):
        cls.out = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        began = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            *cls.pages, cls.index = pages.write_pages(SOURCES, cls.out, MATHJAX, "saved")
        cls.seconds = time.process_time() - began
        cls.texts = {path.stem: text(path) for path in cls.out.glob("*.html")}


class FilesTest(WholeSite):
    def test_pages_are_light_and_rendered_in_seconds(self):
        for path in self.out.glob("*.html"):
            self.assertLess(path.stat().st_size, LARGEST, path.name)
        self.assertLess(self.seconds, 40, "of a processor")

    def test_every_address_leads_somewhere(self):
        for name, page in self.texts.items():
            for address in re.findall(r'(?:href|src)="([^"]*)"', page):
                if re.match(r"(https?|mailto|data):", address):
                    continue
                file, _, anchor = unquote(address).partition("#")
                self.assertTrue((self.out / (file or f"{name}.html")).is_file(), (name, address))
                if anchor:
                    self.assertIn(f'id="{anchor}"', self.texts[Path(file).stem if file else name], (name, address))

    def test_pictures_have_room_before_they_are_there(self):
        for name, page in self.texts.items():
            for picture in re.findall(r'<img\b(?:[^>"]|"[^"]*")*src="parts/[^>]*>', page):
                self.assertRegex(picture, r'width="\d+".*height="\d+"|height="\d+".*width="\d+"', name)
                self.assertIn('loading="lazy"', picture)

    def test_notebooks_are_beside_their_pages(self):
        for path in SOURCES:
            self.assertEqual(path.read_bytes(), (self.out / "files" / path.name).read_bytes())
            self.assertIn(f'<a href="files/{path.name}" download>', self.texts[path.stem])

    def test_pages_stand_in_the_order_of_reading(self):
        listed = re.findall(r'<li>\n<a href="(\d\d)-', self.texts["index"])
        self.assertEqual(ORDER, listed)
        for before, after in zip(ORDER, ORDER[1:]):
            page = next(page for name, page in self.texts.items() if name.startswith(before))
            self.assertRegex(page, rf'rel="next" href="{after}-')
        first = next(page for name, page in self.texts.items() if name.startswith("06"))
        self.assertRegex(first, r"<dt>Order</dt><dd>1 of 8: what automatic differentiation")

    def test_networks_that_ship_have_their_cards(self):
        page = self.texts["networks"]
        self.assertIn('<a href="networks.html">', self.texts["index"])
        self.assertTrue(networks())
        for network in networks():
            config = json.loads(text(FOLDER / network.name / "config.json"))
            self.assertIn(f"--preset {config['run_name']}", network.command)
            self.assertIn(f'<tr id="{network.name}">', page)
            self.assertIn(f"{network.parameters:,} parameters", page)
            for name, value in network.figures.items():
                self.assertIn(f"{name} {value}", page)

    def test_a_card_says_how_long_and_how_good(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        made = folder / "small"
        made.mkdir()
        arrays = {"__metadata__": {}, "a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}
        header = json.dumps(arrays).encode()
        (made / "ema.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + bytes(24))
        for name, value in (("config", {"data": "mnist"}), ("state", {"step": 7}), (
                "card", {"command": "train", "machine": "one GPU", "training_seconds": 900, "figures": {"FID": 1.5}})):
            (made / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
        network, = networks(folder)
        self.assertEqual((6, 7, "15 min", {"FID": 1.5}),
                         (network.parameters, network.steps, network.time, network.figures))

    def test_formulas_are_numbered_from_one(self):
        for path in SOURCES:
            chapter = str(int(path.name[:2]))
            numbers = re.findall(r'<span class="equation" id="eq-([^"]*)">', self.texts[path.stem])
            self.assertEqual([f"{chapter}.{k}" for k in range(1, len(numbers) + 1)], numbers)
            shown = "\n".join(cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown")
            self.assertEqual(len(re.findall(r"\$\$.+?\$\$", shown, re.S)), len(numbers))

    def test_symbols_stand_where_the_glossary_says(self):
        for symbol in Glossary().symbols:
            parts = re.split(r'<h[1-6] id="([^"]*)">', self.texts[symbol.page])
            there = dict(zip(parts[1::2], parts[2::2]))
            self.assertIn(symbol.section, there, symbol.id)
            self.assertTrue(symbol.used_in(there[symbol.section]), f"{symbol.tex} is not in {symbol.section}")

    def test_search_knows_titles_prose_formulas_code_and_pictures(self):
        found = {heading: words for _, heading, words in sections(self.texts["02-forward-diffusion"])}
        self.assertIn(r"\bar\alpha_t = \prod_{s \le t} (1 - \beta_s)", found["The theory"])
        self.assertIn("schedule.alphaBar(250)", found["The theory"])
        self.assertIn("Exercise 2: one jump", found)
        self.assertNotRegex(" ".join(found.values()), r"\(2\.\d+\)|#")


class PicturesTest(unittest.TestCase):
    """What the committed outputs say to those who cannot see them."""

    def test_every_picture_says_what_is_seen(self):
        for path in SOURCES:
            for number, cell in enumerate(nbformat.read(path, 4).cells):
                for data in (output.get("data", {}) for output in cell.get("outputs", [])):
                    with self.subTest(path.name, cell=number):
                        if "image/png" in data:
                            self.assertSays(data["text/plain"])
                        for alt in re.findall(r'<img\b[^>]*?alt="([^"]*)"', data.get("text/html", "")):
                            self.assertSays(alt)

    def assertSays(self, words):
        self.assertNotRegex(words, SIZE)
        self.assertRegex(words, r"(?i)[a-z]{2,} .*[a-z]{2,}", "neither a title nor a kind of picture")


class KeptTest(unittest.TestCase):
    """What becomes of a site that was there before."""

    def setUp(self):
        self.out = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def write(self, logo, name="01-one"):
        picture = (ROOT / f"environment/kernelspec/logo-{logo}.png").read_bytes()
        notebook = new_notebook(cells=[code("1", display(image__png=base64.b64encode(picture).decode()))])
        page = pages.convert(notebook, name)
        page.source = "README.md"  # as if it were of the project
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            page_site.Site(self.out, MATHJAX).add([page])

    def pictures(self):
        return {path.name for path in (self.out / "parts").glob("*.png")}

    def test_pictures_that_no_page_has_any_more_go(self):
        self.write("32x32")
        self.write("32x32", "02-two")
        both = self.pictures()
        self.write("64x64")
        self.assertEqual((1, 2), (len(both), len(self.pictures())), "the other page still has it")
        self.write("64x64", "02-two")
        self.assertEqual(1, len(self.pictures()))
        self.assertFalse(both & self.pictures())

    def test_a_site_that_is_cut_off_half_way_is_whole(self):
        def full(path, content):
            if path.name == self.full:
                raise OSError("disk full")
            files.write(path, content)
        self.write("32x32")
        for self.full in ("01-one.html", "glossary.html", "search.js", "index.html"):
            with mock.patch.object(page_site, "write", full), self.assertRaises(OSError):
                self.write("64x64")
            for page in self.out.glob("*.html"):
                self.assertLessEqual(set(re.findall(r'src="parts/([^"]*)"', text(page))), self.pictures(), self.full)


@unittest.skipUnless(browser.CHROMIUM, "Chromium is not installed.")
class BrowserTest(WholeSite):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        proxy = cls.enterClassContext(browser.Proxy())
        cls.browser = cls.enterClassContext(browser.Browser(proxy.address))

    def visit(self, name, width=1280, dark=False):
        self.browser.look(width, dark=dark)
        return self.browser.open(self.out / f"{name}.html")

    def evaluate(self, expression):
        return self.browser.evaluate(expression)

    def press(self, *keys):
        for key in keys:
            letter, number = {"Enter": ("\r", 13), "Escape": ("", 27), "ArrowDown": ("", 40),
                              "ArrowUp": ("", 38)}.get(key, (key, 0))
            self.browser.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=letter,
                              windowsVirtualKeyCode=number)
            self.browser.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=number)

    def until(self, expression):
        end = time.monotonic() + 60
        while not self.evaluate(expression):
            self.assertLess(time.monotonic(), end, expression)
            time.sleep(0.05)

    def search(self, words):
        self.press("/")
        self.until("document.activeElement.type === 'search'")
        self.press(*words)

    def test_every_page_is_whole_and_asks_nobody(self):
        for name in self.texts:
            asked = self.visit(name, 360)
            self.assertFalse([url for url in asked if not url.startswith(("file:", "data:"))], name)
            self.assertLessEqual(self.evaluate("document.documentElement.scrollWidth"), 360, name)
            broken = self.evaluate("Promise.all([...document.images].map(i => (i.loading = 'eager', i.decode()"
                                   ".then(() => 0, () => 1)))).then(all => all.reduce((a, b) => a + b, 0))")
            self.assertEqual(0, broken, name)
            self.assertEqual(0, self.evaluate("document.querySelectorAll('[data-mjx-error], mjx-merror').length"), name)
            if name not in ("index", "networks"):
                self.assertGreater(self.evaluate("document.querySelectorAll('mjx-container svg').length"), 10, name)

    @unittest.skipUnless(AXE.is_file(), f"axe-core is not at {AXE}; build the project with its tests.")
    def test_axe_finds_nothing_that_keeps_people_out(self):
        for name in ("index", "glossary", "networks", "06-autograd-questions", "04-ddpm-ddim-2d"):
            for dark in (False, True):
                with self.subTest(name, dark=dark):
                    self.visit(name, dark=dark)
                    self.assertEqual([], self.violations())
        self.search("score")
        self.until("document.querySelectorAll('.results a').length")
        self.assertEqual([], self.violations())

    def violations(self):
        self.evaluate(text(AXE) + ";0")
        rules = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']"
        where = "v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + n.failureSummary)"
        return json.loads(self.evaluate(f"axe.run({{runOnly: {rules}}}).then(found => JSON.stringify("
                                        f"found.violations.map(v => [v.id, v.help, {where}])))"))

    def test_search_by_keyboard_alone(self):
        self.visit("06-autograd-questions")
        self.search("langevin dynamics")
        self.until("document.querySelectorAll('.results a').length")
        headings = self.evaluate("[...document.querySelectorAll('.results strong')].map(s => s.textContent)")
        self.assertIn("Langevin dynamics", headings[0], "a heading goes before text")
        self.press("ArrowDown", "ArrowDown", "ArrowUp")
        chosen = self.evaluate("document.querySelector('.results [aria-selected=true]').id")
        self.assertEqual("result-1", chosen)
        self.assertEqual(chosen, self.evaluate("document.activeElement.getAttribute('aria-activedescendant')"))
        address = self.evaluate("document.querySelector('.results [aria-selected=true]').href")
        self.press("Enter")
        self.until(f"location.href === {json.dumps(address)} && document.readyState === 'complete'")
        self.search("x")
        self.press("Escape")
        self.until("!document.querySelector('dialog').open")

    def test_search_finds_formulas_code_and_titles(self):
        self.visit("index")
        self.search("q")
        self.until("window.scorebookSearch")

        def best(query):
            return self.evaluate(f"(e => e && [e.file.slice(0, 2), e.heading])(scorebookSearch.find({query!r})[0])")
        self.assertEqual(["04", "DDPM and DDIM in the plane: a spiral out of noise"], best("ddpm ddim plane")[:1]
                         + [re.sub(r"^\d+\. ", "", best("ddpm ddim plane")[1])])
        self.assertEqual(["08", "Part 2. Energies"], best("Part 2 energies"))
        self.assertEqual(["02", "The theory"], best("alphaBar(250)"))
        self.assertIn(best("varepsilon_theta sqrt")[0], ("04", "08", "05"))
        self.assertEqual("gl", best("frequency of the pair")[0])
        self.assertIsNone(best("no such thing anywhere"))

    def test_code_folds_by_keyboard_and_stays_folded(self):
        folded = "[...document.querySelectorAll('details.code')].filter(d => !d.open).length"
        self.visit("02-forward-diffusion")
        cells = self.evaluate("document.querySelectorAll('details.code').length")
        self.assertEqual(0, self.evaluate(folded))
        self.evaluate("document.querySelector('details.code summary').focus()")
        self.press("Enter")
        self.until(folded + " === 1")
        self.evaluate("document.querySelector('button.folding').focus()")
        self.press("Enter")
        self.until(f"{folded} === {cells}")
        self.visit("03-vp-sde")
        self.assertEqual("Show code", self.evaluate("document.querySelector('button.folding').textContent"))
        self.assertGreater(self.evaluate(folded), 10)
        self.evaluate("document.querySelector('button.folding').click()")
        self.assertEqual(0, self.evaluate(folded))

    def test_an_address_of_a_formula_leads_to_it(self):
        self.browser.look(1280)
        self.browser.call("Page.navigate", url="about:blank")
        address = (self.out / "08-theory-questions.html").as_uri() + "#eq-8.40"
        self.browser.call("Page.navigate", url=address)
        self.until("document.readyState === 'complete' && !!window.MathJax?.startup?.promise")
        self.evaluate("MathJax.startup.promise.then(() => 1)")
        self.until("(top => top > 0 && top < 200)(document.getElementById('eq-8.40').getBoundingClientRect().top)")


if __name__ == "__main__":
    unittest.main()
