#!/usr/bin/env python3
"""Adds up gcov's JSON files of a folder: a line counts as covered where any program ran it."""
import glob
import gzip
import json
import os
import sys


def room_of(path):
    parts = path.split("/")
    depth = 3 if parts[:2] == ["app", "program"] or parts[:3] == ["engine", "ops", "fast"] else 2
    return "/".join(parts[: min(depth, len(parts) - 1)])


def main(folder):
    lines = {}  # (file, line) -> whether it ran
    for name in glob.glob(os.path.join(folder, "*.gcov.json.gz")):
        with gzip.open(name, "rt", encoding="utf-8") as file:
            for source in json.load(file)["files"]:
                path = source["file"]
                if not path.startswith(("app/", "engine/")):
                    continue
                for line in source["lines"]:
                    key = (path, line["line_number"])
                    lines[key] = lines.get(key, False) or line["count"] > 0
    rooms = {}
    for (path, _), ran in lines.items():
        count = rooms.setdefault(room_of(path), [0, 0])
        count[0] += ran
        count[1] += 1
    for room, (ran, all_lines) in sorted(rooms.items()):
        print(f"{room:24} {100 * ran / all_lines:5.1f} %  {ran} of {all_lines} lines")


main(sys.argv[1])
