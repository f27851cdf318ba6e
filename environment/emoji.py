#!/usr/bin/env python3
"""Makes the built-in emoji set again: one sheet of pictures and one text file that says what they are.

    npm pack emoji-datasource-google@16.0.0 && tar xzf emoji-datasource-google-16.0.0.tgz
    python3 environment/emoji.py package lib/resources/org/scorebook/data

Needs Pillow (Debian: python3-pil). The picture of every emoji, without its skin tones, is cut out of the package's
sheet, laid on white, and put in the order of Unicode's charts; category "Component" (bare skin tones) is left out.

    emoji.png    the pictures, 32 x 32 each, in rows of COLUMNS
    emoji.txt    one line a picture, in the same order: code points, tab, category
"""
import json
import sys
from pathlib import Path

from PIL import Image

SIDE = 32
COLUMNS = 48


def main(package, target):
    sheet = Image.open(package / "img/google/sheets/32.png").convert("RGBA")
    listed = json.loads((package / "emoji.json").read_text(encoding="utf-8"))
    emoji = sorted((e for e in listed if e["category"] != "Component"), key=lambda e: e["sort_order"])
    packed = Image.new("RGB", (SIDE * COLUMNS, SIDE * -(-len(emoji) // COLUMNS)), "white")
    for i, e in enumerate(emoji):
        packed.paste(cut(sheet, e["sheet_x"], e["sheet_y"]), (SIDE * (i % COLUMNS), SIDE * (i // COLUMNS)))
    packed.save(target / "emoji.png", optimize=True)
    lines = "".join(f"{e['unified']}\t{e['category']}\n" for e in emoji)
    (target / "emoji.txt").write_text(lines, encoding="utf-8")
    print(f"{len(emoji)} emoji, {(target / 'emoji.png').stat().st_size} bytes")


def cut(sheet, column, row):
    """One picture on white; the sheet's cells have a transparent border of one pixel."""
    left, top = (SIDE + 2) * column + 1, (SIDE + 2) * row + 1
    paper = Image.new("RGBA", (SIDE, SIDE), "white")
    paper.alpha_composite(sheet.crop((left, top, left + SIDE, top + SIDE)))
    return paper.convert("RGB")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
