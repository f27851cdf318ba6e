"""Pictures of a page: inside it as data: addresses, or beside it as files named by what is in them."""
import base64
import binascii
import hashlib
import re
import struct
from html import unescape

from page.files import write

KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp")
SUFFIXES = {"png": "png", "jpeg": "jpg", "gif": "gif", "webp": "webp", "svg+xml": "svg"}
TAG = re.compile(r'<img\b(?:[^>"]|"[^"]*")*>')
DATA = re.compile(r'\bsrc="data:image/([\w+]+);base64,([^"]*)"')
NAME = re.compile(r"[0-9a-f]{20}\.(?:png|jpg|gif|webp|svg)")


def beside(body, folder, prefix):
    """The HTML with its pictures as files of the folder, which the page reaches as PREFIX/NAME. They load as one comes
    near them, and their places have the right size before."""
    def moved(tag):
        found = DATA.search(tag[0])
        data = _decoded(found) if found else None
        if data is None:
            return tag[0]
        name = f"{hashlib.sha256(data).hexdigest()[:20]}.{SUFFIXES[found[1]]}"
        if not (folder / name).exists():
            write(folder / name, data)
        return tag[0].replace(found[0], f'src="{prefix}/{name}"{_size(tag[0], data)} loading="lazy" decoding="async"')
    return TAG.sub(moved, body)


def names(html):
    """The files that an HTML text of `beside` refers to."""
    return set(NAME.findall(html))


def _decoded(found):
    try:
        return base64.b64decode(unescape(found[2]), validate=True) if found[1] in SUFFIXES else None
    except binascii.Error:  # a picture that no browser will show either
        return None


def _size(tag, data):
    """Its width and height in pixels as attributes, where the tag has none of its own."""
    if re.search(r"\s(?:width|height)=", tag):
        return ""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return ' width="{}" height="{}"'.format(*struct.unpack(">II", data[16:24]))
    if data.startswith(b"GIF8") and len(data) >= 10:
        return ' width="{}" height="{}"'.format(*struct.unpack("<HH", data[6:10]))
    return ""
