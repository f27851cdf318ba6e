"""What the search knows: the text of all pages by their headings, taken from the pages as they are."""
import json
import re
from html import unescape

from page.frame import HERE

MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.S)
HEADING = re.compile(r'<h[1-6](?: id="([^"]*)")?>(.*?)</h[1-6]>', re.S)
# Furniture of ours, and what a picture shows in place of the picture.
FURNITURE = re.compile(r'<nav\b.*?</nav>|<div class="(?:about|notice)">.*?</div>|<details class="fold.*?</details>|'
                       r'<a class="(?:anchor|eqno)".*?</a>|<summary aria-label.*?</summary>|<p class="fate">.*?</p>|'
                       r'<figure hidden.*?</figure>',
                       re.S)
PICTURE = re.compile(r'<img\b(?:[^>"]|"[^"]*")*?\balt="([^"]*)"(?:[^>"]|"[^"]*")*>')
BLOCK = re.compile(r"</?(?:p|div|li|td|th|tr|pre|summary|details|section|br|h\d|ul|ol|figure|dd|dt)\b[^>]*>")


def sections(html):
    """[id, heading, text] for each heading of a page; what stands before the first belongs to that."""
    found = MAIN.search(html)
    body = FURNITURE.sub(" ", found[1] if found else "")
    parts = HEADING.split(body)
    listed = [[unescape(parts[i] or ""), _text(parts[i + 1]), _text(parts[i + 2])] for i in range(1, len(parts), 3)]
    if listed and _text(parts[0]):
        listed[0][2] = f"{_text(parts[0])} {listed[0][2]}"
    return listed


def script(pages):
    """search.js with the text of these pages, given as (file, title, sections)."""
    data = json.dumps([list(page) for page in pages], ensure_ascii=False, separators=(",", ":"))
    return f"const PAGES = {data};\n{(HERE / 'search.js').read_text(encoding='utf-8')}"


def _text(html):
    html = BLOCK.sub(" ", PICTURE.sub(r" \1 ", html))
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
