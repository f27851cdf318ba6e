"""What stands around the text of a page: its head, its style, our scripts, and the policy that lets no others run."""
import base64
import hashlib
import re
from html import escape
from pathlib import Path

import jinja2
from markupsafe import Markup

from page.cells import MATHS, ROOT, chapter

HERE = Path(__file__).resolve().parent
PARTS = "parts"  # the folder beside the pages with what they share
FRAMES = ROOT / "lib/resources/org/scorebook/view/slider.js"  # which the outputs of a notebook bring, too
SLIDERS = re.compile(r"<div\b[^>]*\sdata-sliders=")
LEAD = 300  # characters of a first paragraph that the index has room for
# A formula that needs no MathJax: letters, digits, signs, names of functions, one level of exponents and indices.
SIMPLE_MATHS = re.compile(r"\$((?:[A-Za-z0-9 ()+=,.|/-]|\\(?:log|exp|sin|cos|min|max) |[\^_](?:[A-Za-z0-9]|"
                          r"\{[A-Za-z0-9 ()+=,.|/-]*\}))+)\$")


class Frame:
    """Makes whole pages. One that stands alone has MathJax inside, others load it from PARTS beside them."""

    def __init__(self, mathjax):
        """The text of MathJax 3 for TeX and SVG as one file."""
        # It must be able to stand between <script> tags, and have no address in it that it could load from.
        mathjax = re.sub(r"<(?=/script|script|!--)", r"\\x3c", mathjax.replace("\r\n", "\n"), flags=re.I)
        self.mathjax = mathjax.replace("https://cdn.jsdelivr.net/", "about:invalid/")
        self._style = _file("style.css")
        self._templates = jinja2.Environment(loader=jinja2.FileSystemLoader(str(HERE)), autoescape=True)
        self._templates.filters.update(in_index=_in_index, chapter=chapter)

    def page(self, template, alone=False, **values):
        """The template with these values, as one HTML text."""
        page = self._templates.get_template(template)
        text = page.render(values, alone=alone)
        maths = [_file("mathjax.js"), self.mathjax if alone else _file("load.js")] if MATHS.search(text) else []
        scripts = [_file(FRAMES), _file("page.js")] if SLIDERS.search(text) else [_file("page.js")]
        return page.render(values, alone=alone, style=Markup(self._style), maths=list(map(Markup, maths)),
                           scripts=list(map(Markup, scripts)), policy=Markup(_policy([*maths, *scripts], alone)))

    def links(self, name, *arguments):
        """One of the pieces of links.html.j2, which change when another page joins the others."""
        return str(getattr(self._templates.get_template("links.html.j2").module, name)(*arguments))


def _file(name):
    return (HERE / name).read_text(encoding="utf-8").strip()


def _policy(scripts, alone):
    """What runs is named by its hash, or loaded by what is (strict-dynamic): no script in the text is either."""
    named = ["'sha256-%s'" % base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    pictures, loaded = ("data:", []) if alone else ("data: 'self'", ["'strict-dynamic'"])
    return (f"default-src 'none'; img-src {pictures}; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; "
            f"form-action 'none'; script-src {' '.join(named + loaded)}")


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
