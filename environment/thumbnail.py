"""Small copies of PNG pictures, for the list of pages. Standard library only, for Jupyter brings no more.

Takes what the library and most others write: 8 bits a channel, grey or colour, not interlaced.
"""
import struct
import zlib

WIDTH = 400  # the copy has at most twice as many pixels a row
SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}  # by PNG's colour type; 2 and 4 channels have transparency as their last
LARGEST = 16_000_000  # pixels; more would take long to no use


def thumbnail(png):
    """The picture as a PNG with every k x k pixels averaged to one; None where it is not of a kind taken here."""
    try:
        width, height, channels, packed = _read(png)
        rows = _unfiltered(_unpacked(packed, height * (width * channels + 1)), width * channels, channels)
    except (ValueError, struct.error, zlib.error):
        return None
    factor = max(1, width // WIDTH)
    small = [_averaged(rows[y:y + factor], channels, factor) for y in range(0, height - factor + 1, factor)]
    return _written(width // factor, [_opaque(row, channels) for row in small], {1: 0, 2: 0, 3: 2, 4: 2}[channels])


def _read(png):
    """Width, height, channels, and the packed pixels."""
    if not png.startswith(SIGNATURE):
        raise ValueError("not a PNG")
    at, packed, head = len(SIGNATURE), [], None
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        body = png[at + 8:at + 8 + length]
        if kind == b"IHDR":
            head = struct.unpack(">IIBBBBB", body)
        elif kind == b"IDAT":
            packed.append(body)
        at += length + 12
    if not head or head[2] != 8 or head[3] not in CHANNELS or head[6] or not 0 < head[0] * head[1] <= LARGEST:
        raise ValueError("another kind of PNG")
    return head[0], head[1], CHANNELS[head[3]], b"".join(packed)


def _unpacked(packed, size):
    """Not more than there should be, whatever the file says."""
    pixels = zlib.decompressobj().decompress(packed, size)
    if len(pixels) < size:
        raise ValueError("cut off")
    return pixels


def _unfiltered(pixels, length, channels):
    """The rows of bytes: each is stored as differences to its neighbours, by the filter that its first byte names."""
    rows, above = [], bytes(length)
    for start in range(0, len(pixels), length + 1):
        above = _row(pixels[start], bytearray(pixels[start + 1:start + 1 + length]), above, channels)
        rows.append(above)
    return rows


def _row(kind, row, above, channels):
    if kind == 2:
        return bytes((x + up) & 255 for x, up in zip(row, above))
    if kind:
        predict = {1: lambda left, up, corner: left, 3: lambda left, up, corner: (left + up) // 2, 4: _paeth}[kind]
        for i, x in enumerate(row):
            left, corner = (row[i - channels], above[i - channels]) if i >= channels else (0, 0)
            row[i] = (x + predict(left, above[i], corner)) & 255
    return bytes(row)


def _paeth(left, up, corner):
    return min((left, up, corner), key=lambda near: abs(left + up - corner - near))


def _averaged(rows, channels, factor):
    """One row of as many pixels as fit, in each channel the mean of a square."""
    sums = list(map(sum, zip(*rows)))
    row = bytearray(len(sums) // (factor * channels) * channels)
    for channel in range(channels):
        columns = [sums[channel + k * channels::factor * channels] for k in range(factor)]
        row[channel::channels] = [sum(square) // factor ** 2 for square in zip(*columns)]
    return row


def _opaque(row, channels):
    """On white, where there is transparency; in steps of 8, which packs better and which nobody sees at this size."""
    if channels in (2, 4):
        alpha = row[channels - 1::channels]
        solid = bytearray(len(alpha) * (channels - 1))
        for channel in range(channels - 1):
            solid[channel::channels - 1] = [255 - (255 - x) * a // 255 for x, a in zip(row[channel::channels], alpha)]
        row = solid
    return bytes(min(255, (x + 4) // 8 * 8) for x in row)


def _written(width, rows, colour_type):
    """The smaller of two files: rows as they are, and as differences to the row above."""
    plain = b"".join(b"\0" + row for row in rows)
    above = [bytes(len(rows[0])), *rows]
    differences = b"".join(b"\2" + bytes((x - up) & 255 for x, up in zip(row, before))
                           for row, before in zip(rows, above))
    packed = min((zlib.compress(pixels, 9) for pixels in (plain, differences)), key=len)
    head = struct.pack(">IIBBBBB", width, len(rows), 8, colour_type, 0, 0, 0)
    return SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
