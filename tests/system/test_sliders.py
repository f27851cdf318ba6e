"""Sliders: from a cell in a real kernel to a page in a real browser, by keyboard, in print, and without scripts."""
import re
import tempfile
import time
import unittest
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import browser
from kernels import KernelTest
from test_pages import render

CELL = """
import org.scorebook.plot.*;
import org.scorebook.view.*;
Notebook.slider(Slider.over("t", new double[] {0, 0.5, 1, 2}, t -> Picture.draw("at " + t, "Text", 300, 200,
    g -> g.drawString("t = " + t, 20, 40))).title("Times"));
Notebook.slider(Slider.over("eta", new double[] {0, 1}, "n", new double[] {5, 10, 20}, (eta, n) ->
    Picture.draw(eta + " " + n, "", 300, 200, g -> g.drawString(eta + " " + n, 20, 40))));
"""
SHOWN = "[...document.querySelectorAll('.frames')].map(box => [...box.querySelectorAll('figure')].flatMap(" \
    "(figure, k) => getComputedStyle(figure).display === 'none' ? [] : [k]))"


@unittest.skipUnless(browser.CHROMIUM, "Chromium is not installed.")
class SliderTest(KernelTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        proxy = cls.enterClassContext(browser.Proxy())
        cls.browser = cls.enterClassContext(browser.Browser(proxy.address))
        cls.outputs = [shown["data"]["text/html"] for shown in cls.kernel.run(CELL).of("display_data")]
        cells = [new_code_cell("1", execution_count=1, outputs=[new_output("display_data", {"text/html": html})])
                 for html in cls.outputs]
        cls.page = cls.folder / "page.html"
        cls.page.write_text(render(new_notebook(cells=[new_markdown_cell("# Sliders"), *cells]), "page", ""),
                            encoding="utf-8")

    def setUp(self):
        super().setUp()
        self.browser.look(1000)
        self.browser.open(self.page)

    def press(self, key, code):
        for kind in ("keyDown", "keyUp"):
            self.browser.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def media(self, media="", motion="no-preference"):
        self.browser.call("Emulation.setEmulatedMedia", media=media,
                          features=[{"name": "prefers-reduced-motion", "value": motion}])

    def test_a_page_has_the_script_once_and_names_it_in_its_policy(self):
        text = self.page.read_text(encoding="utf-8")
        self.assertEqual(2, len(self.outputs))
        self.assertEqual(2, len(re.findall("<script>", text)))
        self.assertEqual(2, text.count("'sha256-"))
        self.assertEqual(1, text.count(".frames[data-sliders]"))

    def test_a_page_without_sliders_has_no_script_for_them(self):
        self.assertEqual(1, render(new_notebook(cells=[new_markdown_cell("# A `<div data-sliders=`")]), "p", "").count(
            "<script>"))

    def test_the_keyboard_moves_them(self):
        self.assertEqual([[0], [0]], self.browser.evaluate(SHOWN))
        self.browser.evaluate("document.querySelector('.frames input').focus()")
        self.press("ArrowRight", 39)
        self.press("ArrowRight", 39)
        self.assertEqual([[2], [0]], self.browser.evaluate(SHOWN))
        self.assertEqual(["1", "1"], self.browser.evaluate(
            "[document.querySelector('output').textContent, document.activeElement.getAttribute('aria-valuetext')]"))
        self.assertEqual("Times. t = 1. at 1.0. Text",
                         self.browser.evaluate("document.querySelector('.frames figure:not([hidden]) img').alt"))
        self.press("End", 35)
        self.assertEqual([[3], [0]], self.browser.evaluate(SHOWN))

    def test_two_sliders_choose_a_pair(self):
        for number in (1, 2):
            self.browser.evaluate(f"document.querySelectorAll('input')[{number}].focus()")
            self.press("End", 35)
        self.assertEqual([[0], [5]], self.browser.evaluate(SHOWN))
        self.press("ArrowLeft", 37)
        self.assertEqual([[0], [4]], self.browser.evaluate(SHOWN))

    def test_each_has_a_label(self):
        nodes = self.browser.call("Accessibility.getFullAXTree")["nodes"]
        self.assertEqual(["t", "eta", "n"], [node["name"]["value"].strip() for node in nodes
                                             if node.get("role", {}).get("value") == "slider"])

    def test_it_plays_to_its_end_unless_motion_is_unwanted(self):
        self.browser.evaluate("document.querySelector('.frames button').click()")
        self.until("document.querySelector('.frames button').textContent === 'Play'")
        self.assertEqual([[3], [0]], self.browser.evaluate(SHOWN))
        self.addCleanup(self.media)
        self.media(motion="reduce")
        self.until("[...document.querySelectorAll('.frames button')].every(button => button.hidden)")

    def until(self, true):
        last = time.monotonic() + 60
        while not self.browser.evaluate(true):
            self.assertLess(time.monotonic(), last, true)
            time.sleep(0.1)

    def test_print_has_the_stills(self):
        self.addCleanup(self.media)
        self.media(media="print")
        self.assertEqual([[0, 2, 3], [0, 2, 3, 5]], self.browser.evaluate(SHOWN))
        self.assertEqual("none", self.browser.evaluate(
            "getComputedStyle(document.querySelector('.controls')).display"))

    def test_without_scripts_there_are_stills_with_their_values(self):
        still = self.folder / "still.html"
        still.write_text(re.sub("<script>.*?</script>", "", self.page.read_text(encoding="utf-8"), flags=re.S),
                         encoding="utf-8")
        self.browser.open(still)
        self.assertEqual([[0, 2, 3], [0, 2, 3, 5]], self.browser.evaluate(SHOWN))
        self.assertEqual("t = 2", self.browser.evaluate(
            "[...document.querySelectorAll('.frames')][0].querySelectorAll('figcaption')[3].innerText"))

    def test_what_is_not_sliders_stays_as_it_is(self):
        forged = [html.replace("data-sliders=\"[[", "data-sliders=\"[[[]],[") for html in self.outputs]
        short = self.outputs[0].replace("<figure hidden", "<p title")
        cells = [new_code_cell("1", outputs=[new_output("display_data", {"text/html": html})])
                 for html in (*forged, short, self.outputs[0])]
        page = self.folder / "forged.html"
        page.write_text(render(new_notebook(cells=cells), "page", ""), encoding="utf-8")
        self.browser.open(page)
        self.assertEqual(1, self.browser.evaluate("document.querySelectorAll('.controls').length"))


if __name__ == "__main__":
    unittest.main()
