#!/usr/bin/env python3
"""Puts the figures of bench_peers into the README's performance section.

    build/bench/tests/bench/peers/bench_peers 3 | tests/bench/readme_table.py README.md
"""
import re
import sys

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
PEERS = ["OpenCV banded", "OpenCV", "oneDNN", "PyTorch", "copy"]


def shown(ratio):
    return f"{ratio:.0f}x" if ratio >= 10 else f"{ratio:.1f}x"


def row(line):
    case, contenders = [cell.strip() for cell in line.strip().strip("|").split("|")][:2]
    figures = {}
    for name, median, ratio in re.findall(
            r"([A-Za-z][A-Za-z ]*?) ([\d.]+)/[\d.]+(?: \(([\d.]+)x\))?", contenders):
        figures[name.strip()] = (median, ratio)
    if "one weight" in case:
        return None
    own = figures["Convscope"][0]
    cells = [shown(float(figures[p][1])) if p in figures and figures[p][1] else "" for p in PEERS]
    return f"| {case} | {float(own):.2f} | " + " | ".join(cells) + " |"


lines = sys.stdin.read().splitlines()
header = lines[0].strip()
rows = [row(line) for line in lines if line.startswith("| ") and not line.startswith("| case")]
table = "\n".join([header, "",
                   "| case | Convscope, ms | " + " | ".join(PEERS) + " |",
                   "|---|---|" + "---|" * len(PEERS)] + [r for r in rows if r])
readme = open(sys.argv[1]).read()
before, rest = readme.split(BEGIN)
_, after = rest.split(END)
open(sys.argv[1], "w").write(f"{before}{BEGIN}\n{table}\n{END}{after}")
