"""Runs every snippet FOLDER/*.py, and again with each value that it expects changed.

A snippet must end without an error, and one whose expected value was changed must fail by its
assert. Prints a line for each that does not; ends with 1 then, and where there are no snippets.
"""
import ast
import os
import sys


def run(tree, name):
    """Returns the error of a program, None for none."""
    try:
        exec(compile(tree, name, "exec"), {"__name__": "__main__"})
    except BaseException as error:  # whatever ends it
        return error
    return None


def numbers(node):
    return [n for n in ast.walk(node) if isinstance(n, ast.Constant) and type(n.value) is float]


def expectations(tree):
    """Yields the literals of what is expected: tensors, and the loss of `assert abs(x - 0.5) <= d`."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "expected":
            # -inf is no number, and what a window over nothing but padding gives.
            if numbers(node.value):
                yield numbers(node.value)
        elif isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare):
            if getattr(getattr(node.test.left, "func", None), "id", "") == "abs":
                yield numbers(node.test.left)


def main(folder):
    os.chdir(folder)
    names = sorted(name for name in os.listdir(".") if name.endswith(".py"))
    faults = 0
    changed = 0
    for name in names:
        with open(name, encoding="utf-8") as file:
            tree = ast.parse(file.read())
        error = run(tree, name)
        if error is not None:
            print(f"{name}: {type(error).__name__}: {error}")
            faults += 1
            continue
        count = len(list(expectations(tree)))
        if count == 0:
            print(f"{name}: expects nothing")
            faults += 1
        for values in expectations(tree):
            largest = max(abs(v.value) for v in values)
            right = values[-1].value
            values[-1].value += 0.02 * largest + 1e-3
            changed += 1
            if not isinstance(run(tree, name), AssertionError):
                print(f"{name}: {values[-1].value} instead of {right} is not noticed")
                faults += 1
            values[-1].value = right
    print(f"{len(names)} snippets, {changed} changed values, {faults} faults")
    return 1 if faults or not names else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
