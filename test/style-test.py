#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Checks the style of the sources, as far as a program can.

usage: style-test.py [TREE]
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

# Later releases of clang-format lay out some constructs differently.
CLANG_FORMAT_VERSION = 14

FOLDERS = [".ci", "cmake", "examples", "helper", "model", "plots", "test"]
SUFFIXES = {".cc", ".cmake", ".h", ".py", ".sh"}
NAMES = {"CMakeLists.txt", "keepalive", "run", "wscript"}

MAX_LINES = 500
FOLDERS_OF_SHORT_FILES = {"examples", "helper", "model", "plots"}

# Tags are written @brief; the one-letter ones count only in front of a word, since "\n" and the
# like are legitimate in a comment.
BACKSLASH_TAG = re.compile(
    r"\\(?:addtogroup|author|brief|bug|code|copybrief|copydoc|def|defgroup|deprecated|endcode|"
    r"endverbatim|enum|file|fn|ingroup|internal|li|link|mainpage|name|note|param|pre|post|"
    r"ref|relates|return|returns|retval|sa|section|see|since|subsection|throw|throws|todo|"
    r"tparam|typedef|var|verbatim|warning)\b"
    r"|\\[acep] \w|\\f[$\[]"
)
COMMENT = re.compile(r"^\s*(?:/\*|\*)|//")


def source_files(tree):
    """Every source file: git is not asked, so that new files and exported trees count too."""
    candidates = list(tree.iterdir())
    for folder in FOLDERS:
        candidates += (tree / folder).rglob("*")
    return sorted(
        path
        for path in candidates
        if path.is_file() and (path.suffix in SUFFIXES or path.name in NAMES)
    )


def check_file(name, path):
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        yield f"{name}: not UTF-8: {error}"
        return
    folder = name.split("/")[0]

    if lines[-1] != "":
        yield f"{name}: no newline at the end"
    else:
        lines.pop()
    if not any("SPDX-License-Identifier: GPL-2.0-only" in line for line in lines[:5]):
        yield f"{name}: no line SPDX-License-Identifier: GPL-2.0-only at the top"
    if folder in FOLDERS_OF_SHORT_FILES and len(lines) > MAX_LINES:
        yield f"{name}: {len(lines)} lines, more than {MAX_LINES}"

    for number, line in enumerate(lines, start=1):
        if line != line.rstrip():
            yield f"{name}:{number}: trailing space"
        if "\t" in line:
            yield f"{name}:{number}: tab"
        if path.suffix not in (".cc", ".h"):
            continue
        if folder in ("model", "helper") and "std::cout" in line:
            yield f"{name}:{number}: std::cout; models report through traces and NS_LOG"
        if COMMENT.search(line) and BACKSLASH_TAG.search(line):
            yield f"{name}:{number}: Doxygen tag with a backslash; write @tag"


def check_format(tree, files):
    """Runs clang-format over all files at once, and names the first wrong line of each."""
    program = shutil.which(f"clang-format-{CLANG_FORMAT_VERSION}") or shutil.which("clang-format")
    if program is None:
        yield "clang-format is not installed"
        return
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    if not re.search(rf"\bversion {CLANG_FORMAT_VERSION}\.", version.stdout):
        yield f"{program} is not version {CLANG_FORMAT_VERSION}: {version.stdout.strip()}"
        return
    # Without this file clang-format would take one from a directory above, or LLVM's style.
    if not (tree / ".clang-format").is_file():
        yield "no .clang-format"
        return
    result = subprocess.run(
        [program, "--dry-run", "--Werror", "--style=file", *files],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    errors = re.findall(r"^(.+?):(\d+):\d+: error:", result.stderr, re.MULTILINE)
    # Reversed, the first line of a file is the one that stays.
    for name, number in sorted(dict(reversed(errors)).items()):
        yield f"{name}:{number}: run clang-format -i"
    if result.returncode != 0 and not errors:
        yield f"clang-format failed: {result.stderr.strip()}"


def problems(tree):
    files = {path.relative_to(tree).as_posix(): path for path in source_files(tree)}
    code = [name for name, path in files.items() if path.suffix in (".cc", ".h")]
    if not code:
        yield f"no sources found in {tree}"
        return
    for name, path in files.items():
        yield from check_file(name, path)
    yield from check_format(tree, code)


def main():
    tree = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    found = list(problems(tree))
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
