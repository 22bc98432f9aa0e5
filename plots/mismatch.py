#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Draw what mismatched timers cost: how often HDLC keepalives find a sound line down.

One panel for each verdict rule and number of retries, in one of two forms.
  curves  for one local interval: the share of the time in which the line protocol is down, and of
          the ticks that print "line down", against the interval of the peer; points are the
          simulation, lines the closed form without a round trip
  map     for several local intervals: one share for every pair of intervals, in percent, with the
          closed form below it
The broken line is the limit Tb = K * Ta: a slower peer makes the line flap. K is the number of
retries N for ios, sppp, h3c and junos, N - 1 for nokia and freebsd, and 2.5 for linux. Where
simulation and closed form differ by more than 1 percentage point, a red cross or frame says so.

Reads mismatch.csv. Writes BASENAME.png and BASENAME.pdf.
"""

import sys
from pathlib import Path

sys.dont_write_bytecode = True

import results
import style

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.patheffects import withStroke

TOLERANCE = 0.01  # one percentage point
SHARES = {"time": "time in which the line is down", "ticks": 'ticks that print "line down"'}
COLOURS = {"ticks": style.ORANGE, "time": style.GOOD}  # in the order of drawing
SIZES = {"ticks": 9, "time": 6}  # of markers: where both are 0, both are seen
RULES = ("ios", "nokia", "linux", "freebsd", "sppp", "h3c", "junos")
WHITE_TO_RED = LinearSegmentedColormap.from_list("down", ["#FFFFFF", "#F6C9A8", style.BAD])
LIMIT = {"color": style.BLACK, "ls": (0, (5, 3)), "lw": 1.6}


class Panel:
    """The cells of one rule and number of retries."""

    def __init__(self, rule, retries, rows):
        self.rule, self.retries, self.rows = rule, retries, rows
        self.locals = sorted({row["local_interval_s"] for row in rows})
        self.peers = sorted({row["peer_interval_s"] for row in rows})

    def factor(self):
        """K: how many local intervals the peer may be silent."""
        if self.rule == "linux":
            return 2.5
        return self.retries - (1 if self.rule in ("nokia", "freebsd") else 0)

    def title(self):
        """Rule and retries."""
        return self.rule if self.rule == "linux" else f"{self.rule}, {self.retries} retries"

    def law(self, share, local, peers):
        """The closed form of a share, without a round trip."""
        window = np.maximum(peers - self.factor() * local, 0)
        if share == "time":
            half = np.where(window < local, window**2 / (2 * local), window - local / 2)
            return half / peers
        return window / peers


def read(run_dirs):
    """The panels, in the order of the rules."""
    panels = {}
    for run_dir in run_dirs:
        for row in results.load(run_dir, "mismatch"):
            where = f"{run_dir}: mismatch.csv"
            if row["rule"] not in RULES:
                known = ", ".join(RULES)
                raise results.InputError(f"{where}: rule {row['rule']!r} is none of {known}")
            cells = panels.setdefault((RULES.index(row["rule"]), row["retries"]), {})
            pair = row["local_interval_s"], row["peer_interval_s"]
            if pair in cells:
                told = f"{row['rule']} with {pair[0]:g} s against {pair[1]:g} s"
                raise results.InputError(f"{where}: {told} is there twice")
            cells[pair] = row
    if not panels:
        raise results.InputError(f"{run_dirs[0]}: mismatch.csv has no row")
    return [
        Panel(RULES[rule], retries, list(cells.values()))
        for (rule, retries), cells in sorted(panels.items())
    ]


def simulated(row, share):
    """What was counted."""
    return row[f"share_of_{share}_down"]


def predicted(row, share):
    """What the closed form says, None if it says nothing."""
    return row[f"law_share_of_{share}_down"]


def is_off(row, share):
    """Whether simulation and closed form contradict each other."""
    law = predicted(row, share)
    return law is not None and abs(simulated(row, share) - law) > TOLERANCE


def draw_curves(axes, panel):
    """Both shares against the interval of the peer."""
    local = panel.locals[0]
    limit = panel.factor() * local
    right = 1.06 * max(panel.peers[-1], limit)
    peers = np.linspace(right / 1000, right, 1000)
    for share, colour in COLOURS.items():
        axes.plot(peers, 100 * panel.law(share, local, peers), color=colour, lw=2, alpha=0.7)
        for row in panel.rows:
            off = is_off(row, share)
            look = {"marker": "X" if off else "o", "color": style.BAD if off else colour}
            look.update(ms=11 if off else SIZES[share], mec="white", mew=0.8)
            look.update(zorder=4, clip_on=False)
            axes.plot(row["peer_interval_s"], 100 * simulated(row, share), **look)
    axes.axvline(limit, **LIMIT)
    axes.set_xlim(0, right)
    axes.set_ylim(0, 100)
    axes.text(
        limit,
        0.97,
        f"{panel.factor():g} × {local:g} s  ",
        transform=axes.get_xaxis_transform(),
        ha="right",
        va="top",
    )
    axes.grid()
    axes.set_xlabel("interval of the peer, $T_b$ (s)")


def draw_map(axes, panel, share):
    """One share for every pair of intervals."""
    for row in panel.rows:
        x = panel.peers.index(row["peer_interval_s"])
        y = panel.locals.index(row["local_interval_s"])
        value, law = simulated(row, share), predicted(row, share)
        colour = WHITE_TO_RED(value)
        axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, color=colour, lw=0))
        told = "no law" if law is None else percent(law)
        look = {"ha": "center", "color": "white" if value > 0.75 else "black", "zorder": 5}
        look["path_effects"] = [withStroke(linewidth=3, foreground=colour)]  # upon the limit
        axes.text(x, y + 0.06, percent(value), va="bottom", size=10.5, **look)
        axes.text(x, y - 0.08, told, va="top", size=8.5, style="italic", **look)
        if is_off(row, share):
            inner = (x - 0.46, y - 0.46)
            axes.add_patch(Rectangle(inner, 0.92, 0.92, fill=False, ec="red", lw=2.5, zorder=4))
    axes.set_xlim(-0.5, len(panel.peers) - 0.5)
    axes.set_ylim(-0.5, len(panel.locals) - 0.5)
    axes.set_xticks(range(len(panel.peers)), [f"{peer:g}" for peer in panel.peers])
    axes.set_yticks(range(len(panel.locals)), [f"{local:g}" for local in panel.locals])
    axes.tick_params(length=0)
    for edges, draw_edge in ((panel.peers, axes.axvline), (panel.locals, axes.axhline)):
        for edge in range(1, len(edges)):
            draw_edge(edge - 0.5, color="#D8D8D8", lw=0.8)
    draw_limit(axes, panel)
    axes.set_xlabel("interval of the peer, $T_b$ (s)")
    axes.set_ylabel("local interval, $T_a$ (s)")


def draw_limit(axes, panel):
    """The line Tb = K * Ta on axes that have a place for each interval, whatever its length."""
    if panel.factor() <= 0:
        return
    heights = np.linspace(-0.5, len(panel.locals) - 0.5, 400)
    limits = panel.factor() * length_at(panel.locals, heights)
    axes.plot(place_of(panel.peers, limits), heights, zorder=3, **LIMIT)


def length_at(lengths, places):
    """The interval at a place between those drawn, on a logarithmic scale that goes on outside."""
    logs = np.log(lengths)
    if len(logs) == 1:
        return np.full(len(places), lengths[0], dtype=float)
    steps = np.diff(logs)
    index = np.clip(np.floor(places).astype(int), 0, len(steps) - 1)
    return np.exp(logs[index] + (places - index) * steps[index])


def place_of(lengths, values):
    """The inverse of length_at."""
    logs = np.log(lengths)
    if len(logs) == 1:
        return np.log(values) - logs[0]
    steps = np.diff(logs)
    index = np.clip(np.searchsorted(logs, np.log(values), side="right") - 1, 0, len(steps) - 1)
    return index + (np.log(values) - logs[index]) / steps[index]


def percent(share):
    """A share for people to read."""
    if 0 < share < 0.0005:
        return "<0.1 %"
    return f"{100 * share:.1f} %" if share else "0 %"


def legend(figure, panels, share, curves):
    """Below all panels."""
    if curves:
        handles = [
            Line2D([], [], marker="o", mec="white", ms=SIZES[name], lw=2, color=colour)
            for name, colour in COLOURS.items()
        ]
        for handle, name in zip(handles, COLOURS):
            handle.set_label(SHARES[name])
        handles.append(Line2D([], [], label="limit $T_b = K\\,T_a$", **LIMIT))
        told = "points: simulation, lines: closed form"
    else:
        handles = [Line2D([], [], label="limit $T_b = K\\,T_a$", **LIMIT)]
        told = f"share of the {SHARES[share]}: simulation, in italics the closed form"
    shown = COLOURS if curves else [share]
    if any(is_off(row, name) for name in shown for panel in panels for row in panel.rows):
        label = "off the law"
        look = {"ls": "", "marker": "X", "ms": 9, "color": style.BAD}
        cross = Line2D([], [], label=label, **look)
        handles.append(cross if curves else Patch(fc="none", ec="red", lw=2, label=label))
    place = {"loc": "lower left", "bbox_to_anchor": (0.01, 0), "columnspacing": 1.4}
    figure.legend(handles=handles, ncol=len(handles), **place)
    return told


def draw(panels, share):
    """The whole picture."""
    curves = all(len(panel.locals) == 1 for panel in panels)
    columns = min(len(panels), 3 if curves and len(panels) != 4 else 2)
    lines = -(-len(panels) // columns)
    if curves:
        width, height = 5.2 if columns > 1 else 8.5, 3.9
    else:
        width = max(0.82 * max(len(panel.peers) for panel in panels) + 1.0, 8.2)
        height = max(0.62 * max(len(panel.locals) for panel in panels) + 1.1, 2.6)
    figure, grid = style.pyplot.subplots(
        lines, columns, squeeze=False, figsize=(width * columns, height * lines + 1.1)
    )
    inch = 1 / figure.get_figheight()
    figure.subplots_adjust(
        left=0.75 / (width * columns),
        right=1 - 0.25 / (width * columns),
        top=1 - 1.0 * inch,
        bottom=1.1 * inch,
        hspace=1.0 / (height - 1.0),
        wspace=0.85 / (width - 0.85),
    )
    for axes in grid.flat[len(panels) :]:
        axes.axis("off")
    for axes, panel in zip(grid.flat, panels):
        axes.set_title(panel.title(), loc="left", weight="bold")
        if curves:
            draw_curves(axes, panel)
        else:
            draw_map(axes, panel, share)
    if curves:
        for axes in grid[:, 0]:
            axes.set_ylabel("share (%)")
    told = legend(figure, panels, share, curves)
    left, top = 0.12 / (width * columns), 1 - 0.12 * inch
    title = "Mismatched timers on a sound line"
    figure.text(left, top, title, ha="left", va="top", size=13, weight="bold")
    figure.text(left, top - 0.27 * inch, told, ha="left", va="top", size=10)
    return figure


def main():
    """Parse, read, draw, save."""
    parser = results.parser(__doc__)
    parser.add_argument(
        "run_dirs", metavar="RUN_DIR", nargs="+", help="directory with a mismatch.csv"
    )
    parser.add_argument(
        "--out", metavar="BASENAME", help="default: RUN_DIR/mismatch, if there is but one"
    )
    parser.add_argument(
        "--share", choices=tuple(SHARES), default="time", help="what a map shows (default: time)"
    )
    options = parser.parse_args()
    if options.out is None and len(options.run_dirs) > 1:
        raise results.InputError("several directories need --out")
    panels = read(options.run_dirs)
    style.save(draw(panels, options.share), options.out or Path(options.run_dirs[0]) / "mismatch")


if __name__ == "__main__":
    results.entry(main)
