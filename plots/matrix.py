#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Draw which keepalive notices what: mechanisms down, kinds of failure across.

Every cell is split: R1 on the left, R2 on the right. What fails is the path between them, or R2.
  a time      it noticed every time; the mean detection time, with the closed form's mean below it.
              The darker, the later. A "?" behind it: not every time
  never       it did not notice, and went on trusting
  itself      it is this end that failed
  trusts      nothing failed but a link was congested, and it made no mistake
  ... false   congestion made it suspect a healthy peer that often
  a dash      there is no such failure where this mechanism is used
A cross marks detection times outside the closed form.

Reads matrix.csv. Writes BASENAME.png, BASENAME.pdf and BASENAME.svg.
"""

import sys
from pathlib import Path

sys.dont_write_bytecode = True

import results
import style

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, LogNorm
from matplotlib.patches import Patch, Rectangle

ENDS = ("R1", "R2")

NAMES = {
    "gre": "GRE keepalive",
    "hdlc": "Cisco HDLC",
    "ppp": "PPP LCP echo",
    "ethernet": "Ethernet loopback",
    "tcp": "TCP keepalive",
    "bgp": "BGP hold timer",
    "dpd": "IKE DPD",
    "nat": "NAT keepalive",
    "bfd": "BFD",
}

TITLES = {
    "silent": "cut,\nboth ways,\nunseen",
    "one-way-to-r1": "cut\ntowards R1,\nunseen",
    "one-way-to-r2": "cut\ntowards R2,\nunseen",
    "carrier": "carrier\nlost",
    "shutdown": "R2\nshut by its\noperator",
    "crash": "R2\nwithout\npower",
    "stall": "R2's\ncontrol plane\nhangs",
    "loopback": "loop\nat R2",
    "binding-loss": "NAT\nforgets\nthe flow",
    "congestion": "nothing:\n1 h of 150 %\nload",
}

# Light to dark, legible in print and with every kind of colour blindness.
TIMES = LinearSegmentedColormap.from_list(
    "times", ["#E3F1FA", "#A9D3EC", style.SKY, style.BLUE, "#003B63", "#001D33"]
)
FASTEST, SLOWEST = 0.1, 36000  # seconds: the ends of the scale
TICKS = {0.1: "0.1 s", 1: "1 s", 10: "10 s", 60: "1 min", 600: "10 min", 3600: "1 h", 36000: "10 h"}

FILLS = {
    "never": style.BAD,
    "mistakes": style.PURPLE,
    "trusts": "#BFE3D6",
    "itself": "#EEEEEE",
    "not-applicable": "#FFFFFF",
}
WIDTH, HEIGHT = 1.32, 0.72  # inches of a cell
LEFT, TOP, BOTTOM, RIGHT = 2.15, 1.35, 1.1, 0.25  # inches around the cells
GAP = 0.04  # between cells, as a share of one


def duration(seconds):
    """A time in two or three digits."""
    if seconds < 0.0005:
        return "at once"
    for limit, length, unit in ((0.0995, 1e-3, "ms"), (99.5, 1, "s"), (5970, 60, "min")):
        if seconds < limit:
            return f"{seconds / length:.2g} {unit}"
    return f"{seconds / 3600:.2g} h"


def words(row):
    """What an end's half says, and below it in small letters."""
    verdict = row["verdict"]
    if verdict in ("notices", "sometimes"):
        law = "" if row["law_mean_s"] is None else f"law {duration(row['law_mean_s'])}"
        return duration(row["mean_s"]) + ("?" if verdict == "sometimes" else ""), law
    if verdict == "mistakes":
        return f"{row['noticed']}", "false"
    return ("–" if verdict == "not-applicable" else verdict), ""


def fill(row, norm):
    """The colour of an end's half."""
    if row["verdict"] in FILLS:
        return FILLS[row["verdict"]]
    return TIMES(norm(np.clip(row["mean_s"], FASTEST, SLOWEST)))


def ink(colour):
    """Black or white, whatever is legible on a colour."""
    red, green, blue = style.matplotlib.colors.to_rgb(colour)
    return "white" if 0.3 * red + 0.59 * green + 0.11 * blue < 0.52 else "black"


def draw_half(axes, row, place, norm):
    """One end of one cell."""
    left, top = place
    colour = fill(row, norm)
    width = 0.5 - 0.75 * GAP
    axes.add_patch(Rectangle((left, top), width, 1 - 2 * GAP, facecolor=colour, lw=0))
    text, small = words(row)
    centre = left + width / 2
    weight = "bold" if row["verdict"] in ("never", "mistakes") else "normal"
    size = {"itself": 8.5, "at once": 8.5}.get(text, 9.5)
    tint = style.DARK_GREY if row["verdict"] in ("itself", "not-applicable") else ink(colour)
    axes.text(centre, top + (0.36 if small else 0.46), text, ha="center", va="center", size=size,
              weight=weight, color=tint)
    axes.text(centre, top + 0.64, small, ha="center", va="center", size=6.8, color=tint)
    if row["outside"]:
        axes.text(left + width - 0.03, top + 0.04, "✕", ha="right", va="top", size=9, color="red")


def draw_others(axes, others, column, line):
    """Who else noticed, below the ends: such as the switch between them."""
    text = ", ".join(f"{row['end']}: {words(row)[0]}" for row in others)
    if text:
        axes.text(column + 0.5, line + 1 - 2.2 * GAP, text, ha="center", va="bottom", size=7.6,
                  bbox={"fc": "white", "ec": "none", "pad": 1.2})


def draw_cell(axes, pair, column, line, norm):
    """Both ends of one cell, or one dash if there is no such failure."""
    top = line + GAP
    if all(row["verdict"] == "not-applicable" for row in pair):
        axes.text(column + 0.5, line + 0.5, "–", ha="center", va="center", color=style.GREY)
        return
    for row, left in zip(pair, (column + GAP, column + 0.5 + GAP / 4)):
        draw_half(axes, row, (left, top), norm)


def read(run_dir):
    """The rows by mechanism, failure and end, with mechanisms and failures in order."""
    rows = results.load(run_dir, "matrix")
    cells = {}
    for row in rows:
        key = (row["mechanism"], row["failure"], row["end"])
        if key in cells:
            raise results.InputError(f"{run_dir}: matrix.csv has {key} twice")
        if row["verdict"] in ("notices", "sometimes") and row["mean_s"] is None:
            raise results.InputError(f"{run_dir}: matrix.csv has no mean_s of {key}")
        cells[key] = row
    mechanisms = list(dict.fromkeys(row["mechanism"] for row in rows))
    failures = list(dict.fromkeys(row["failure"] for row in rows))
    for mechanism in mechanisms:
        for failure in failures:
            for end in ENDS:
                if (mechanism, failure, end) not in cells:
                    raise results.InputError(
                        f"{run_dir}: matrix.csv lacks {mechanism}, {failure}, {end}"
                    )
    if not rows:
        raise results.InputError(f"{run_dir}: matrix.csv has no rows")
    return cells, mechanisms, failures


def draw_legend(figure, size, norm):
    """The scale of times, and what the other colours mean."""
    width, height = size
    axes = figure.add_axes((LEFT / width, 0.52 / height, 4.2 / width, 0.16 / height))
    bar = figure.colorbar(ScalarMappable(norm, TIMES), cax=axes, orientation="horizontal")
    bar.set_ticks(list(TICKS), labels=list(TICKS.values()))
    bar.ax.minorticks_off()
    bar.ax.tick_params(labelsize=8.5, length=2)
    bar.outline.set_visible(False)
    axes.set_title("mean detection time", size=9.5, loc="left", pad=4)
    patches = [
        Patch(color=FILLS["never"], label="never notices"),
        Patch(color=FILLS["itself"], label="the end that fails itself"),
        Patch(color=FILLS["trusts"], label="rightly goes on trusting"),
        Patch(color=FILLS["mistakes"], label="false alarms in that hour"),
    ]
    figure.legend(handles=patches, loc="lower left", ncols=2, fontsize=9.5,
                  bbox_to_anchor=((LEFT + 4.7) / width, 0.2 / height))


def draw(cells, mechanisms, failures):
    """The figure."""
    size = (LEFT + WIDTH * len(failures) + RIGHT, TOP + HEIGHT * len(mechanisms) + BOTTOM)
    width, height = size
    figure = style.pyplot.figure(figsize=size)
    axes = figure.add_axes((LEFT / width, BOTTOM / height, WIDTH * len(failures) / width,
                            HEIGHT * len(mechanisms) / height))
    axes.set(xlim=(0, len(failures)), ylim=(len(mechanisms), 0))
    axes.axis("off")
    norm = LogNorm(FASTEST, SLOWEST)
    for line, mechanism in enumerate(mechanisms):
        timers = cells[(mechanism, failures[0], "R1")]["timers"]
        axes.text(-0.08, line + 0.36, NAMES.get(mechanism, mechanism), ha="right", va="center",
                  size=12, weight="bold")
        axes.text(-0.08, line + 0.68, timers, ha="right", va="center", size=8.5,
                  color=style.DARK_GREY)
        for column, failure in enumerate(failures):
            pair = [cells[(mechanism, failure, end)] for end in ENDS]
            draw_cell(axes, pair, column, line, norm)
            others = [row for (of, kind, end), row in cells.items()
                      if (of, kind) == (mechanism, failure) and end not in ENDS
                      and row["verdict"] in ("notices", "sometimes")]
            draw_others(axes, others, column, line)
    for column, failure in enumerate(failures):
        axes.text(column + 0.5, -0.3, TITLES.get(failure, failure), ha="center", va="bottom",
                  size=10, linespacing=1.1)
        for end, place in zip(ENDS, (0.25, 0.75)):
            axes.text(column + place, -0.06, end, ha="center", va="bottom", size=8,
                      color=style.DARK_GREY)
    figure.text(0.2 / width, 1 - 0.22 / height, "Which keepalive\nnotices what?", ha="left",
                va="top", size=15, weight="bold", linespacing=1.15)
    draw_legend(figure, size, norm)
    return figure


def main():
    """Parse, read, draw, save."""
    parser = results.parser(__doc__)
    parser.add_argument("run_dir", metavar="RUN_DIR", help="directory with a matrix.csv")
    parser.add_argument("--out", metavar="BASENAME", help="default: RUN_DIR/matrix")
    options = parser.parse_args()
    figure = draw(*read(options.run_dir))
    style.save(figure, options.out or Path(options.run_dir) / "matrix", ("png", "pdf", "svg"))


if __name__ == "__main__":
    results.entry(main)
