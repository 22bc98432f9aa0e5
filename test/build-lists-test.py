#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Checks that CMakeLists.txt and wscript build the same files, and that they forget none; and that
no build file forgets a source of the programs.

The lists serve different releases of ns-3. A file that stands in only one of them breaks a build
which few developers try.

usage: build-lists-test.py [TREE]
"""

import ast
import re
import sys
from pathlib import Path

# The list in CMakeLists.txt, the variable of wscript whose `source` is the same list, and the
# suffix of the files in it.
LISTS = [
    ("keepalive_sources", "module", ".cc"),
    ("keepalive_headers", "headers", ".h"),
    ("keepalive_test_sources", "module_test", ".cc"),
]

# What builds the programs: each with how it names a source.
EXAMPLES = {
    "cmake/examples.cmake": r"(?<=\bexamples/)[\w-]+\.cc\b",
    "examples/CMakeLists.txt": r"(?<![\w/-])[\w-]+\.cc\b",
    "examples/wscript": r"(?<=')[\w-]+\.cc(?=')",
}

# Built in the standalone build only, where cmake/ names them.
STANDALONE = ["test/standalone-test-runner.cc", "test/fuzz-*.cc"]


def cmake_lists(text):
    """The lists that `set(NAME item...)` defines, by name."""
    without_comments = re.sub(r"#.*", "", text)
    sets = re.findall(r"^\s*set\(\s*(\w+)([^)]*)\)", without_comments, re.MULTILINE)
    return {name: items.split() for name, items in sets}


def wscript_lists(text):
    """The lists that `NAME.source = [...]` defines, by NAME."""
    lists = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List):
            target = node.targets[0]
            if isinstance(target, ast.Attribute) and target.attr == "source":
                lists[target.value.id] = ast.literal_eval(node.value)
    return lists


def check_list(where, items, suffix, tree):
    """Problems of one list by itself."""
    if items != sorted(items):
        first = next(item for item, right in zip(items, sorted(items)) if item != right)
        yield f"{where}: not in ASCII order from {first} on"
    for item in sorted(set(items)):
        if items.count(item) > 1:
            yield f"{where}: {item} is listed more than once"
        if not item.endswith(suffix):
            yield f"{where}: {item} is no {suffix} file"
        if not (tree / item).is_file():
            yield f"{where}: {item} does not exist"


def check_complete(lists, tree):
    """Files that are there but in no list."""
    sources, headers, tests = lists
    wanted = {".cc": sources + tests, ".h": headers}
    test_code = "".join((tree / name).read_text() for name in tests if (tree / name).is_file())
    for path in sorted(tree.glob("*/*")):
        name = path.relative_to(tree).as_posix()
        folder = path.parent.name
        if folder not in ("model", "helper", "test") or path.suffix not in wanted:
            continue
        if any(path.relative_to(tree).match(pattern) for pattern in STANDALONE):
            continue
        # ns-3 installs the headers that are listed; one that only tests use is just included.
        if folder == "test" and path.suffix == ".h":
            if f'#include "{path.name}"' not in test_code:
                yield f"{name}: no listed test includes it"
        elif name not in wanted[path.suffix]:
            yield f"{name}: missing from CMakeLists.txt"


def check_examples(tree):
    """Sources of programs that a build file forgets, or names though they are not there."""
    there = {path.name for path in tree.glob("examples/*.cc")}
    for file, pattern in EXAMPLES.items():
        text = re.sub(r"#.*", "", (tree / file).read_text())
        named = set(re.findall(pattern, text))
        for name in sorted(there - named):
            yield f"examples/{name}: missing from {file}"
        for name in sorted(named - there):
            yield f"{file}: examples/{name} does not exist"


def problems(tree):
    yield from check_examples(tree)
    cmake = cmake_lists((tree / "CMakeLists.txt").read_text())
    waf = wscript_lists((tree / "wscript").read_text())
    for cmake_name, waf_name, suffix in LISTS:
        if cmake_name not in cmake:
            yield f"CMakeLists.txt: no list {cmake_name} found"
        if waf_name not in waf:
            yield f"wscript: no list {waf_name}.source found"
        in_cmake = cmake.get(cmake_name, [])
        in_waf = waf.get(waf_name, [])
        yield from check_list(f"CMakeLists.txt, {cmake_name}", in_cmake, suffix, tree)
        yield from check_list(f"wscript, {waf_name}.source", in_waf, suffix, tree)
        for name in sorted(set(in_cmake) - set(in_waf)):
            yield f"{name}: in CMakeLists.txt ({cmake_name}) but not in wscript ({waf_name}.source)"
        for name in sorted(set(in_waf) - set(in_cmake)):
            yield f"{name}: in wscript ({waf_name}.source) but not in CMakeLists.txt ({cmake_name})"
    yield from check_complete([cmake.get(name, []) for name, _, _ in LISTS], tree)


def main():
    tree = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    found = list(problems(tree))
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
