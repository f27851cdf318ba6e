"""Each number that the notebooks quote in prose is what their outputs say; prose.py tells how prose names a value."""
import hashlib
import re
import sys
import unittest
from base64 import b64encode
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import prose

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "environment"))
import notebooks  # noqa: E402
import pages  # noqa: E402

TABLE = """         Errors
  score    |     far      |  near  |
------------------------------------
 explicit  |  5.2 ± 0.31  |  1.72  |
   sliced  |              |  4.35  |
      3.0  |              |  8.50  |
"""


def notebook_with(source):
    said = new_output("stream", name="stdout", text="loss 0.25, then -1,234.5\n2,048 points, rate 1.5e-4")
    shown = new_output("display_data", {"text/plain": TABLE, "image/png": b64encode(b"picture").decode()})
    return new_notebook(cells=[new_code_cell("f()", outputs=[said, shown]), new_markdown_cell(source)])


class NotebooksTest(unittest.TestCase):
    """The committed notebooks."""

    @classmethod
    def setUpClass(cls):
        cls.notebooks = {path.name: nbformat.read(path, as_version=4) for path in notebooks.select(None)}

    def test_numbers_are_those_of_the_outputs(self):
        for name, notebook in self.notebooks.items():
            with self.subTest(name):
                found = [f"{name}, {fault}" for fault in prose.faults(notebook)]
                if found:
                    self.fail("\n".join(found))

    def test_markers_leave_no_trace_on_the_page(self):
        for name, notebook in self.notebooks.items():
            with self.subTest(name):
                sources = [cell.source for cell in notebook.cells
                           if cell.cell_type == "markdown" and prose.MARKER.search(cell.source)]
                self.assertEqual(self.page_of(map(prose.without_markers, sources)), self.page_of(sources))
                # JupyterLab takes a line that begins with a comment as HTML, and shows its formulas as they stand.
                begins = [line for source in sources for line in prose.GIVEN.sub("", source).splitlines()
                          if line.lstrip().startswith("<!--")]
                self.assertFalse(begins, "a marker begins a line")

    @staticmethod
    def page_of(sources):
        body = pages.convert(new_notebook(cells=[new_markdown_cell(source) for source in sources]), "prose").body
        return re.sub(r"\s+", " ", body)


class MarkerTest(unittest.TestCase):
    """What a marker can say, and what is found wrong."""

    def assert_right(self, source):
        self.assertEqual([], prose.faults(notebook_with(source)))

    def assert_wrong(self, pattern, source):
        found = prose.faults(notebook_with(source))
        self.assertEqual(1, len(found), found)
        self.assertRegex(found[0], pattern)

    def test_values_are_found_and_rounded(self):
        digest = hashlib.sha256(b"picture").hexdigest()[:8]
        for source in ("1.7<!-- explicit; near -->", "**4.4**<!-- sliced; near -->", "2<!-- explicit; near --> %",
                       "5.2<!-- explicit; far --> by 0.3<!-- explicit; ± far -->", "$x = 0.25$<!-- loss -->",
                       "8.5<!-- 3; near -->",
                       "-1,234.5<!-- loss; #2 -->", "2,048<!-- # points -->",
                       "$1.5 \\cdot 10^{-4}$<!-- rate -->", "25<!-- 100 * {loss} --> %", "0.50<!-- sqrt({loss}) -->",
                       f"about 3<!-- picture {digest} -->", "0.1 of 5 %\n\n<!-- given: 0.1, 5 % -->", "`0.3` and $0.4$",
                       "a\n## References\n1.5"):
            with self.subTest(source):
                self.assert_right(source)

    def test_what_is_wrong_is_named(self):
        for pattern, source in {
                "cell 1: quotes 1.8 as “explicit; near”, but the outputs have 1.72": "1.8<!-- explicit; near -->",
                "quotes 26 .*have 25": "26<!-- 100 * {loss} --> %",
                "no output has a number at “implicit; near”": "1.7<!-- implicit; near -->",
                "no output has a number": "1.7<!-- sliced; far -->",
                "cannot be computed": "1.7<!-- {loss} *  -->",
                "no number stands before": "much<!-- loss -->",
                "no picture has this sum": "3<!-- picture 01234567 -->",
                "no marker says where 0.3 ": "0.25<!-- loss --> or 0.3",
                "no marker says where 7 % ": "7 %",
                "lists 0.2 as given": "none\n\n<!-- given: 0.2 -->"}.items():
            with self.subTest(pattern):
                self.assert_wrong(pattern, source)


if __name__ == "__main__":
    unittest.main()
