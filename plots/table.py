#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Print a table of all runs below a directory: measured detection times beside the closed form.

One line per run and end. T_D is the time from the failure until that end took its line down: the
measured mean with its 95 % confidence interval, and the smallest and largest. "law" is what the
closed form says about the same timers. The verdict is
  ok             every detection time lies within the bounds of the law
  OUTSIDE        at least one does not: the exit status is 1
  never noticed  there were failures, and this end noticed none of them
  failed itself  it is this end that crashed or was shut: it knows without noticing
  no failure     there was nothing to notice
A dash stands for what does not exist. Black hole and packets lost are the user's damage.
"""

import sys

sys.dont_write_bytecode = True

import results

# Causes of a line that goes down without any keepalive: the end itself is what failed.
OWN_DOING = {"admin-shutdown", "node-crashed"}

# Heading, unit below it, and whether the column is text (to the left) or figures (to the right).
COLUMNS = [
    ("run", "", True),
    ("end", "", True),
    ("timers", "", True),
    ("rule", "", True),
    ("failures", "", False),
    ("detected", "", False),
    ("T_D measured", "s", False),
    ("min..max", "s", False),
    ("law", "s", False),
    ("law mean", "s", False),
    ("verdict", "", True),
    ("black hole", "s", False),
    ("lost", "packets", False),
]


def shown(value, form=".3f"):
    """A number, or a dash if there is none."""
    return "-" if value is None else format(value, form)


def span(low, high):
    """An interval, or a dash if there is none."""
    return "-" if None in (low, high) else f"{shown(low)}..{shown(high)}"


def mean(row):
    """Mean detection time with its confidence interval, as far as they exist."""
    interval = row["detection_time_ci95_s"]
    spread = "" if interval is None else f" ± {shown(interval)}"
    return shown(row["detection_time_mean_s"]) + spread


def verdict(row, failures):
    """What to think of the detection times of one end."""
    if results.outside_law(failures):
        return "OUTSIDE"
    if row["failures"]:
        return "ok" if row["detected"] else "never noticed"
    itself = any(failure["cause"] in OWN_DOING for failure in failures)
    return "failed itself" if itself else "no failure"


def cells(name, row, failures):
    """One line of the table."""
    return [
        name,
        row["end"],
        results.timers(row),
        row["rule"] or "-",
        str(row["failures"]),
        str(row["detected"]),
        mean(row),
        span(row["detection_time_min_s"], row["detection_time_max_s"]),
        span(row["law_lower_s"], row["law_upper_s"]),
        shown(row["law_mean_s"]),
        verdict(row, failures),
        shown(row["black_hole_s"]),
        shown(row["packets_lost"], ".0f"),
    ]


def layout(lines):
    """The table as text: every column as wide as its widest cell."""
    head = [[heading for heading, _, _ in COLUMNS], [unit for _, unit, _ in COLUMNS]]
    widths = [max(map(len, column)) for column in zip(*head, *lines)]

    def line(texts):
        adjusted = [
            text.ljust(width) if left else text.rjust(width)
            for text, width, (_, _, left) in zip(texts, widths, COLUMNS)
        ]
        return "  ".join(adjusted).rstrip()

    rule = "  ".join("-" * width for width in widths)
    return "\n".join([*map(line, head), rule, *map(line, lines)])


def main():
    """Parse, read, print; 1 if any detection time lies outside its law."""
    parser = results.parser(__doc__)
    parser.add_argument("demo_dir", metavar="DEMO_DIR", help="directory above the run directories")
    directory = parser.parse_args().demo_dir
    lines, outside = [], 0
    for run in results.find_runs(directory):
        name = str(run.relative_to(directory))
        failures = results.load(run, "failures")
        outside += len(results.outside_law(failures))
        for row in results.load(run, "summary"):
            own = results.of_end(failures, row["end"])
            lines.append(cells(run.resolve().name if name == "." else name, row, own))
    print(layout(lines))
    if outside:
        print(f"\n{outside} detection times lie OUTSIDE the law")
    return 1 if outside else 0


if __name__ == "__main__":
    results.entry(main)
