#!/usr/bin/env python3
"""Two PNGs show the same: compare_pictures.py <kept> <made>.

Fails where their sizes differ, or more than 1 % of the pixels by more than a 16th of the brightest: another version of
the OpenGL driver or of FreeType draws edges a little otherwise, and a picture that is stale differs by much more.
"""
import struct
import sys
import zlib
from pathlib import Path

CHANNELS = {0: 1, 2: 3, 6: 4}


def unfiltered(data, width, height, step):
    """The rows of a PNG, without their filters."""
    row_bytes = width * step
    before = bytearray(row_bytes)
    for y in range(height):
        start = y * (row_bytes + 1)
        kind, row = data[start], bytearray(data[start + 1:start + 1 + row_bytes])
        for i in range(row_bytes):
            left = row[i - step] if i >= step else 0
            up, corner = before[i], before[i - step] if i >= step else 0
            if kind == 1:
                row[i] = (row[i] + left) & 255
            elif kind == 2:
                row[i] = (row[i] + up) & 255
            elif kind == 3:
                row[i] = (row[i] + (left + up) // 2) & 255
            elif kind == 4:
                guess = left + up - corner
                nearest = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))
                row[i] = (row[i] + nearest[2]) & 255
        yield bytes(row)
        before = row


def read(path):
    data = Path(path).read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n"), f"{path} is no PNG"
    at, packed, header = 8, b"", None
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        content = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", content)
        elif kind == b"IDAT":
            packed += content
        at += 12 + length
    width, height, depth, colors, _, _, interlaced = header
    assert depth == 8 and colors in CHANNELS and not interlaced, f"{path} is of another kind"
    step = CHANNELS[colors]
    return (width, height), step, list(unfiltered(zlib.decompress(packed), width, height, step))


def differing(kept, made):
    (size, kept_step, kept_rows), (other, made_step, made_rows) = kept, made
    if size != other:
        sys.exit(f"{sys.argv[2]} has {other} pixels and {sys.argv[1]} {size}: make it anew with .ci/pictures.sh")
    count = 0
    for a, b in zip(kept_rows, made_rows):
        if a == b and kept_step == made_step:
            continue
        for x in range(size[0]):
            pixel = zip(a[x * kept_step:x * kept_step + 3], b[x * made_step:x * made_step + 3])
            count += any(abs(p - q) > 16 for p, q in pixel)
    return count / (size[0] * size[1])


def main():
    share = differing(read(sys.argv[1]), read(sys.argv[2]))
    if share > 0.01:
        sys.exit(f"{sys.argv[1]} is stale: {share:.1%} of its pixels differ; make it anew with .ci/pictures.sh")
    print(f"{sys.argv[1]}: {share:.2%} of the pixels differ")


if __name__ == "__main__":
    main()
