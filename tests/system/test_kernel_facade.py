"""The notebook facade in a real kernel: what org.scorebook.view.Notebook puts on the page."""
import base64
import re
import struct
import unittest

from kernels import KernelTest

IMPORTS = """
import java.awt.image.BufferedImage;
import java.util.List;
import org.scorebook.plot.*;
import org.scorebook.view.*;
import tech.tablesaw.api.*;
"""


def embedded(html, kind):
    """The file inside an img element, and its width and height on the page."""
    match = re.search(r'<img width="(\d+)" height="(\d+)" alt="[^"]+" src="data:image/%s;base64,([^"]+)">' % kind, html)
    return base64.b64decode(match.group(3), validate=True), (int(match.group(1)), int(match.group(2)))


class Facade(KernelTest):
    """Each call leads to one display with HTML and text."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kernel.run(IMPORTS)

    def shown(self, code):
        cell = self.ok(code)
        displays = cell.of("display_data")
        self.assertEqual(1, len(displays), cell.describe())
        data = displays[0]["data"]
        self.assertEqual({"text/html", "text/plain"}, set(data))
        self.assertTrue(data["text/plain"])
        return data["text/html"]

    def test_html(self):
        self.assertEqual("<b>a &amp; b</b>", self.shown('Notebook.html("<b>a &amp; b</b>");'))

    def test_table(self):
        html = self.shown('Notebook.table(Table.create("t", StringColumn.create("s", "<x>"), '
                          'DoubleColumn.create("v", 1.5)));')
        self.assertIn("&lt;x&gt;</td>", html)
        self.assertRegex(html, r'<td style="text-align:right[^>]*>1\.5</td>')

    def test_picture_is_whole_and_half_its_pixels(self):
        html = self.shown('Notebook.picture(Picture.draw(120, 80, g -> g.drawString("x", 9, 20)));')
        png, size = embedded(html, "png")
        self.assertEqual((120, 80), size)
        self.assertEqual((240, 160), struct.unpack(">II", png[16:24]))
        self.assertTrue(png.endswith(b"IEND\xaeB\x60\x82"))

    def test_chart(self):
        html = self.shown('var c = Charts.xy("t", "x", "y"); Charts.line(c, "a", new double[] {0, 1}, '
                          'new double[] {0, 1}); Notebook.chart(c);')
        self.assertEqual((640, 380), embedded(html, "png")[1])

    def test_chart_as_last_value_says_its_size(self):
        cell = self.ok('var d = Charts.xy("t", "x", "y"); Charts.line(d, "a", new double[] {0, 1}, '
                       'new double[] {0, 1}); Charts.picture(d)')
        self.assertEqual({"width": 640, "height": 380}, cell.of("execute_result")[0]["metadata"]["image/png"])

    def test_chart_itself_as_last_value(self):
        code = ('var e = Charts.xy("t", "x", "y"); Charts.line(e, "a", new double[] {0, 1}, new double[] {0, 1}); %s')
        cell = self.ok(code % "e")
        self.assertEqual({"image/png", "text/plain"}, set(cell.result))
        self.assertEqual({"width": 640, "height": 380}, cell.of("execute_result")[0]["metadata"]["image/png"])
        self.assertEqual(cell.result["image/png"], self.ok("Charts.picture(e)").result["image/png"])
        self.assertIn("image/png", self.ok(code % "display(e);").of("display_data")[0]["data"])

    def test_table_itself_as_last_value(self):
        result = self.ok('Table.create("t", StringColumn.create("s", "<x>"), DoubleColumn.create("v", 1.5))').result
        self.assertEqual({"text/html", "text/plain"}, set(result))
        self.assertIn("&lt;x&gt;</td>", result["text/html"])
        self.assertIn("<x>", result["text/plain"])
        long = self.ok('Table.create("t", IntColumn.indexColumn("i", 100_000, 0))').result["text/html"]
        self.assertEqual(21, long.count("<tr>"))
        self.assertIn("20 of 100000 rows", long)

    def test_animation(self):
        gif, size = embedded(self.shown(
            "var f = Picture.draw(30, 20, g -> {}); var h = Picture.draw(30, 20, g -> g.fillRect(0, 0, 9, 9)); "
            "Notebook.animation(List.of(f, h), 100);"), "gif")
        self.assertEqual((30, 20), size)
        self.assertTrue(gif.startswith(b"GIF89a") and gif.endswith(b";"))
        self.assertEqual(2, gif.count(b"\x21\xf9\x04"))

    def test_progress_updates_one_display(self):
        cell = self.ok('try (var bar = Notebook.progress("work", 40)) '
                       "{ for (int i = 0; i < 40; i++) { bar.step(); Thread.sleep(10); } }")
        first = cell.of("display_data")
        updates = cell.of("update_display_data")
        self.assertEqual(1, len(first))
        self.assertGreaterEqual(len(updates), 2)
        self.assertLessEqual(len(updates), 10 * cell.seconds + 2, "redrawn more than ten times a second")
        self.assertEqual({first[0]["transient"]["display_id"]}, {u["transient"]["display_id"] for u in updates})
        self.assertIn('<progress max="40" value="40"', updates[-1]["data"]["text/html"])
        self.assertIn("40 of 40", updates[-1]["data"]["text/plain"])


if __name__ == "__main__":
    unittest.main()
