#!/usr/bin/env python3
"""SVG is XML whose numbers are text, and PDF has its text as text: check_vectors.py <program> <folder>.

Compares the numbers in the files with the CSV that the program writes of the same panel.
"""
import csv
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zlib
from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"


def render(program, folder, name, *options):
    path = folder / name
    subprocess.run([program, "render", "edge", "--output", path, *options], check=True, capture_output=True)
    return path


def number_of(text):
    return float(text.replace("−", "-"))


def check_svg(path, values):
    root = ElementTree.parse(path).getroot()
    assert root.tag == SVG + "svg", root.tag
    shapes = [element for element in root.iter(SVG + "rect")]
    assert len(shapes) > len(values), f"{len(shapes)} rectangles"
    middles = [element for element in root.iter(SVG + "text") if element.get("text-anchor") == "middle"]
    # All but the zero of the bar and the sign.
    numbers = [number_of(element.text) for element in middles][:len(values)]
    assert numbers == values, numbers
    assert not list(root.iter(SVG + "image")), "a small plane is not vectors"


def unpacked(data):
    """The streams of a PDF."""
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S):
        try:
            yield zlib.decompress(match.group(1))
        except zlib.error:
            yield match.group(1)


def check_pdf(path):
    data = path.read_bytes()
    assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
    streams = list(unpacked(data))
    everything = data + b"".join(streams)
    assert b"/ToUnicode" in everything, "no map from glyphs to text"
    maps = b"".join(s for s in streams if b"beginbf" in s)
    for sign in ("−", "1", "O"):  # of the numbers and of "Output"
        assert sign.encode("utf-16-be").hex().encode() in maps.lower(), f"{sign} is no text"
    assert any(b" Tf" in s and b"Tj" in s.replace(b"TJ", b"Tj") for s in streams), "no text is shown"


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    rows = csv.reader(render(program, folder, "output.csv").open())
    values = [float(value) for row in rows for value in row]
    assert len(values) == 42, values
    check_svg(render(program, folder, "output.svg"), values)
    check_pdf(render(program, folder, "output.pdf"))
    for panel in ("row", "loss", "backward", "landscape", "momentum-map", "directions", "frequency", "separable",
                  "chain"):
        ElementTree.parse(render(program, folder, panel + ".svg", "--panel", panel, "--steps", "5", "--title", "<&>"))
    print("SVG and PDF have their numbers as text")


if __name__ == "__main__":
    main()
