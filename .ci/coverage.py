#!/usr/bin/env python3
"""Prints the line coverage of each room out of the .gcda files of a build: coverage.py BUILD_FOLDER [ROOM...]

A line counts as covered where any program ran it. Of the rooms that are named it prints the other lines too.
"""
import glob
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DEEP = ("app/program/", "engine/ops/fast/")  # rooms within rooms


def room_of(path):
    parts = path.split("/")
    depth = 3 if path.startswith(DEEP) else 2
    return "/".join(parts[: min(depth, len(parts) - 1)])


def lines_of(folder):
    """Returns {(file, line): whether it ran} for the project's own files."""
    data = sorted(glob.glob(os.path.join(os.path.abspath(folder), "**", "*.gcda"), recursive=True))
    if not data:
        sys.exit(f'"{folder}" has no .gcda files; run the tests of a build with --coverage first')
    # To standard output, one line for each: in a folder, files of one name would overwrite each other.
    command = ["gcov", "--json-format", "--stdout", *data]
    lines = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as gcov:
        for text in gcov.stdout:
            for source in json.loads(text)["files"]:
                path = os.path.relpath(os.path.join(ROOT, source["file"]), ROOT)
                if path.startswith(("app/", "engine/")):
                    for line in source["lines"]:
                        key = (path, line["line_number"])
                        lines[key] = lines.get(key, False) or line["count"] > 0
    if gcov.returncode != 0 or not lines:
        sys.exit("gcov failed")
    return lines


def print_rooms(lines):
    rooms = {}
    for (path, _), ran in lines.items():
        for room in {room_of(path), path.split("/")[0]}:
            count = rooms.setdefault(room, [0, 0])
            count[0] += ran
            count[1] += 1
    for room, (ran, count) in sorted(rooms.items()):
        print(f"{room:24} {100 * ran / count:5.1f} %  {ran} of {count} lines")


def print_missing(lines, rooms):
    for path, number in sorted(key for key, ran in lines.items() if not ran):
        if room_of(path) in rooms or path.split("/")[0] in rooms:
            with open(os.path.join(ROOT, path), encoding="utf-8") as file:
                text = file.read().split("\n")[number - 1]
            print(f"{path}:{number}: {text}")


def main(folder, *rooms):
    lines = lines_of(folder)
    print_missing(lines, rooms)
    print_rooms(lines)


main(*sys.argv[1:])
