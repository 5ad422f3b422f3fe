#!/usr/bin/env python3
"""No class has many data members without a word why: check_members.py <most> <folder>...

Counts the data members of each class and struct, roughly, as clang-format writes them. One with more than <most> is told,
unless a comment right above it, or the first in its body, has the words "data members" and says why they are so many.
"""
import re
import sys
from pathlib import Path

MARK = "data members"
CLASS = re.compile(r"\b(class|struct)\s+(?:\[\[\w+\]\]\s*)?([A-Za-z_][\w:]*)(?:<[^{};]*>)?(?:\s+final)?(?:\s*:[^{};()]*)?\s*\{")
NO_MEMBER = re.compile(
    r"^(using|typedef|friend|static_assert|static|constexpr|inline static|enum|class|struct|union|template|operator|return|extern)\b")


def blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def without_comments(text):
    """The code alone, each character at its place."""
    pattern = r'//[^\n]*|/\*.*?\*/|R"\((?:.|\n)*?\)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'|^[ \t]*#(?:\\\n|[^\n])*'
    return re.sub(pattern, blank, text, flags=re.S | re.M)


def end_of(code, brace):
    depth = 0
    for i in range(brace, len(code)):
        depth += {"{": 1, "}": -1}.get(code[i], 0)
        if depth == 0:
            return i
    return len(code)


def statements(body):
    """What stands between the semicolons of a body, what is in inner braces left out."""
    text, depth = "", 0
    for i, c in enumerate(body):
        if c == "{":
            depth += 1
            text += "{" if depth == 1 else ""
        elif c == "}":
            depth -= 1
            if depth == 0:
                text += "}"
                # A function's body ends a statement without a semicolon.
                if not body[i + 1:].lstrip().startswith((";", ",")):
                    yield text
                    text = ""
        elif depth == 0:
            if c == ";":
                yield text
                text = ""
            else:
                text += c
    yield text


def without_angles(text):
    before = None
    while before != text:
        before, text = text, re.sub(r"<[^<>]*>", "", text)
    return text


def members_of(statement):
    text = re.sub(r"\b(public|private|protected)\s*:", "", statement).strip()
    if not text or NO_MEMBER.match(text):
        return 0
    text = without_angles(re.sub(r"alignas\([^)]*\)|\[\[[^\]]*\]\]", "", text)).strip()
    head = re.split(r"[={]", text, maxsplit=1)[0]
    if "(" in head and "(*" not in head:
        return 0
    if not re.search(r"[\w>&*\]]\s+[&*]*\w+", head) and "(*" not in head:
        return 0
    flat = re.sub(r"\{[^{}]*\}|\([^()]*\)", "", text)
    return 1 + flat.count(",")


def comment_around(text, at, body):
    above = []
    for line in reversed(text[:at].split("\n")[:-1]):
        if not line.strip().startswith("//") and not line.strip().startswith("template"):
            break
        above.append(line)
    inside = []
    for line in text[body:].split("\n")[1:]:
        if line.strip().startswith("//"):
            inside.append(line)
        elif inside or line.strip() not in ("", "public:", "private:"):
            break
    return " ".join(re.sub(r"^\s*//", "", line).strip() for line in above[::-1] + inside)


def classes(path):
    text = path.read_text(encoding="utf-8")
    code = without_comments(text)
    for match in CLASS.finditer(code):
        line_start = code.rfind("\n", 0, match.start()) + 1
        if re.search(r"\b(enum|friend)\b|<[^>]*$", code[line_start:match.start()]):
            continue
        brace = match.end() - 1
        count = sum(members_of(s) for s in statements(code[brace + 1:end_of(code, brace)]))
        excused = MARK in comment_around(text, line_start, brace)
        yield match.group(2), code.count("\n", 0, match.start()) + 1, count, excused


def main():
    most, folders = int(sys.argv[1]), sys.argv[2:]
    found, large = 0, []
    for folder in folders:
        for path in sorted(p for p in Path(folder).rglob("*") if p.suffix in (".h", ".cpp")):
            for name, line, count, excused in classes(path):
                found += count > 0
                if count > most and not excused:
                    large.append(f"{path}:{line}: {name} has {count} data members")
    if found == 0:
        sys.exit(f"no class has a data member in {folders}")
    if large:
        sys.exit("\n".join(large) + f"\nMore than {most} need a comment with the words \"{MARK}\" that says why.")
    print(f"{found} classes and structs, none with more than {most} data members without a word why")


if __name__ == "__main__":
    main()
