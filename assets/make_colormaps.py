#!/usr/bin/env python3
"""Writes engine/colormap_tables.cpp: the 256 colours of each map.

Viridis and magma are those of matplotlib (CC0). The diverging maps are straight lines in CIELAB
from both ends to the neutral in the middle, so that equal steps look equal. Needs Debian's
python3-matplotlib only for its table of colours: make_colormaps.py PATH/TO/_cm_listed.py
"""
import re
import sys

source = open(sys.argv[1]).read()


def listed(name):
    rows = re.search(name + r"_data = \[(.*?)\]\]?\n\n", source, re.S).group(1)
    numbers = [float(x) for x in re.findall(r"[\d.]+(?:e-\d+)?", rows)]
    return [tuple(round(v * 255) for v in numbers[i:i + 3]) for i in range(0, 768, 3)]


def to_lab(rgb):
    def linear(c):
        c /= 255
        return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
    r, g, b = map(linear, rgb)
    xyz = ((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
           0.2126 * r + 0.7152 * g + 0.0722 * b,
           (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
    f = [c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in xyz]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def to_rgb(lab):
    fy = (lab[0] + 16) / 116
    f = (fy + lab[1] / 500, fy, fy - lab[2] / 200)
    x, y, z = (c ** 3 if c ** 3 > 0.008856 else (c - 16 / 116) / 7.787 for c in f)
    x, z = x * 0.95047, z * 1.08883
    linear = (3.2406 * x - 1.5372 * y - 0.4986 * z, -0.9689 * x + 1.8758 * y + 0.0415 * z,
              0.0557 * x - 0.2040 * y + 1.0570 * z)

    def code(c):
        c = min(1.0, max(0.0, c))
        return round(255 * (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055))
    return tuple(map(code, linear))


def diverging(low, middle, high):
    low, middle, high = map(to_lab, (low, middle, high))
    colours = []
    for i in range(256):
        # Entry 128 is exactly the neutral: a value of 0 falls on it.
        t = (i - 128) / 128 if i < 128 else (i - 128) / 127
        end = low if t < 0 else high
        colours.append(to_rgb([m + (e - m) * abs(t) for m, e in zip(middle, end)]))
    return colours


maps = [("kViridis", listed("_viridis")), ("kMagma", listed("_magma")),
        ("kGrey", [(i, i, i) for i in range(256)]),
        ("kDiverging", diverging((0x1F, 0x63, 0xAB), (0xF7, 0xF7, 0xF7), (0xB2, 0x18, 0x2B))),
        ("kDivergingDark", diverging((0x6E, 0xA8, 0xFF), (0x2A, 0x30, 0x3A), (0xFF, 0x6B, 0x5E)))]
print("// Written by assets/make_colormaps.py; viridis and magma are matplotlib's (CC0).")
print('#include "engine/colormap_tables.h"\n\nnamespace convscope::tables {\n')
print("// clang-format off")
for name, colours in maps:
    assert len(colours) == 256
    print(f"const std::array<Rgb, 256> {name} = {{{{")
    for i in range(0, 256, 8):
        print("  " + " ".join("{%3d,%3d,%3d}," % c for c in colours[i:i + 8]))
    print("}};\n")
print("// clang-format on\n\n}  // namespace convscope::tables")
