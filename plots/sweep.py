#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Draw what a sweep found, and write it up in one page, report.html.

Which figures there are follows from what varies in the plan; one that makes no sense for it is left
out, with a line that says why. Each is written as PNG, PDF and SVG, and what is drawn in it as CSV.

Reads the directory that `keepalive-sweep export` wrote. Figures show one end of every mechanism,
the first that noticed anything; --end chooses another. --only draws one level of a factor.
"""

import sys
from pathlib import Path

sys.dont_write_bytecode = True

import results

results.require("matplotlib", "numpy", "jinja2")

import sweep_comparison
import sweep_detection
import sweep_figure
import sweep_maps
import sweep_mistakes
import sweep_pareto
import sweep_report
import sweep_results
import sweep_survival
import sweep_timers

# In the order of the report: what it costs to wait, what it costs to be hasty, both together.
PARTS = (
    sweep_comparison,
    sweep_maps,
    sweep_pareto,
    sweep_detection,
    sweep_mistakes,
    sweep_timers,
    sweep_survival,
)


def new_directory(path):
    """An empty directory, made if need be."""
    path = Path(path)
    if path.exists() and not path.is_dir():
        raise results.InputError(f"{path}: not a directory")
    if path.exists() and any(path.iterdir()):
        raise results.InputError(f"{path}: not empty, and nothing is overwritten")
    path.mkdir(parents=True, exist_ok=True)
    return path


def assignment(text):
    """NAME=LEVEL of --only."""
    name, equals, level = text.partition("=")
    if not (name and equals and level):
        raise results.InputError(f"--only {text}: not NAME=LEVEL")
    return name, level


def main():
    """Parse, read, draw, save, write it up."""
    parser = results.parser(__doc__)
    parser.add_argument("csv_dir", metavar="CSVDIR", help="directory that the export wrote")
    parser.add_argument("--out", metavar="DIR", required=True, help="new or empty directory")
    parser.add_argument("--end", metavar="NAME", help="draw the view of this end, such as R2")
    parser.add_argument("--only", metavar="NAME=LEVEL", action="append", default=[],
                        help="only the points with this level of a factor; may be repeated")
    options = parser.parse_args()
    only = [assignment(text) for text in options.only]
    study = sweep_results.Study(options.csv_dir, only, options.end)
    out = new_directory(options.out)
    drawn, left_out = [], []
    for part in PARTS:
        for drawing in part.figures(study):
            if isinstance(drawing, sweep_figure.LeftOut):
                left_out.append(drawing)
                print(f"left out: {drawing.name}: {drawing.why}")
                continue
            drawing.save(out)
            drawn.append(drawing)
            print(out / f"{drawing.name}.png")
    page = out / "report.html"
    page.write_text(sweep_report.page(study, drawn, left_out, out), encoding="utf-8")
    print(page)
    return 0


if __name__ == "__main__":
    results.entry(main)
