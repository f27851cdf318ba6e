#!/usr/bin/env python3
"""Pages as PDF, by a headless Chromium: the same page and date give the same bytes. Called by scorebook course submit.

    python3 environment/pdf.py --date 2026-01-31T12:00:00Z --out DIR PAGE.html ...

writes DIR/PAGE.pdf for each page, and ends with code 3 where there is no Chromium.
"""
import quiet  # noqa: F401, first of all

import argparse
import base64
import os
import re
import signal
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from chromium import PROGRAM, Chromium, ChromiumError

NO_CHROMIUM = 3
SECONDS = 240  # the largest notebook's formulas take seconds; a busy machine takes longer
PAGES = ('<div style="width: 100%; font: 8px sans-serif; color: #57606a; text-align: center">'
         '<span class="pageNumber"></span> / <span class="totalPages"></span></div>')
# A link to a file beside the page would stand in the PDF with the whole path of the page.
WITHOUT_FILES = """document.querySelectorAll('a[href]').forEach(link => {
  if (link.protocol === 'file:' && !link.getAttribute('href').startsWith('#')) link.removeAttribute('href'); })"""
DATE = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)\d{14}[+-]\d\d'\d\d'")
NODE = re.compile(rb"\(node(\d{8})\)")


def to_pdf(browser, page, date):
    """The page as A4, numbered, with an outline of its headings."""
    browser.open(page)
    browser.evaluate(WITHOUT_FILES)
    data = browser.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True, paperWidth=8.27,
                        paperHeight=11.69, displayHeaderFooter=True, headerTemplate="<span></span>",
                        footerTemplate=PAGES, generateDocumentOutline=True)["data"]
    stamp = date.strftime("%Y%m%d%H%M%S+00'00'").encode()
    return _renumbered(DATE.sub(lambda match: match[1] + stamp, base64.b64decode(data)))


def _renumbered(pdf):
    """The nodes that tables name, from 1: Chromium's own numbers depend on what else it did, their order does not."""
    new = {old: b"(node%08d)" % number for number, old in enumerate(sorted(set(NODE.findall(pdf))), 1)}
    return NODE.sub(lambda match: new[match[1]], pdf)


def _write(path, content):
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(temporary, path)


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="pdf.py", description="Write pages as PDF.")
    parser.add_argument("pages", nargs="+", type=Path, metavar="PAGE.html")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the PDFs")
    parser.add_argument("--date", required=True, type=lambda text: datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ"),
                        metavar="UTC", help="what each PDF says of its creation, for instance 2026-01-31T12:00:00Z")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # closes the browser too, as Ctrl-C does
    if not PROGRAM:
        print("scorebook: there is no Chromium to write PDF with.", file=sys.stderr)
        return NO_CHROMIUM
    try:
        for page in options.pages:
            with Chromium(SECONDS) as browser:
                _write(options.out / f"{page.stem}.pdf", to_pdf(browser, page, options.date))
            print(page.stem, flush=True)
    except (ChromiumError, OSError) as error:
        print(f"scorebook: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
