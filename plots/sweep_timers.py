# SPDX-License-Identifier: GPL-2.0-only
"""Mistakes per day against interval and retries that come in pairs: more and faster probes."""

import style
import sweep_figure
import sweep_layout
import sweep_maps
import sweep_mistakes

from matplotlib.lines import Line2D

NAME = "mistakes-timers"
CAPTION = "Mistakes against timers"
SIZE = (7.2, 3.6)
LOSSES = ("loss", "burst", "good-time", "bad-time")  # of which 0 is no loss of that kind
TOLD = {"good-time": "good for {} s", "bad-time": "bad for {} s, in turn"}
COLUMNS = ("mistakes", "observed_s", "mistakes_per_day", "mistakes_per_day_low",
           "mistakes_per_day_high", "law_mistakes_per_day", "keepalive_bits_per_s")


def figures(study):
    """One, if the plan gives interval and retries in pairs."""
    cases = [case for case in study.cases
             if "timers" in case.levels and case.has("mistakes_per_day_high")]
    if not sweep_layout.varies(cases, "timers"):
        yield sweep_figure.LeftOut(NAME, "interval and retries do not vary in pairs")
    elif len(conditions(cases)) > sweep_layout.MOST_COLOURS:
        yield sweep_figure.LeftOut(NAME, "too many other factors vary")
    else:
        yield draw(study, cases)


def condition(case, names):
    """What the network is like, in words."""
    parts = []
    for name in names:
        level = case.levels.get(name, "")
        if level and not (name in LOSSES and sweep_layout.number(level) == 0):
            parts.append(TOLD[name].format(level) if name in TOLD
                         else sweep_layout.told(name, level))
    return ", ".join(parts) or "no loss"


def conditions(cases):
    """Cases by what the network is like."""
    names = [name for name in sweep_layout.dimensions(cases) if name not in ("timers", "mechanism")]
    found = {}
    for case in cases:
        found.setdefault(condition(case, names), []).append(case)
    return found


def draw(study, cases):
    """A panel for every mechanism, a curve for everything that the network can be like."""
    mechanisms = sweep_layout.levels_of(cases, "mechanism")
    timers = sweep_layout.levels_of(cases, "timers")
    timers.reverse()  # the slowest first: to the right it gets faster and dearer
    looks = sweep_figure.colours("condition", list(conditions(cases)))
    panels = [sweep_layout.Panel({"mechanism": mechanism},
                                 [case for case in cases if case.levels["mechanism"] == mechanism])
              for mechanism in mechanisms]
    picture = sweep_figure.Grid(panels, 1, *SIZE, gaps=(0.6, 1.6), bottom=1.9)
    low, high = sweep_mistakes.bounds(cases)
    for axes, panel in zip(picture.axes, panels):
        sweep_figure.rate_axis(axes.yaxis, low, high)
        axes.set_xlim(-0.5, len(timers) - 0.5)
        axes.set_xticks(range(len(timers)), timers, rotation=40, ha="right")
        axes.set_xlabel("interval × retries")
        axes.set_ylabel("mistakes per day")
        axes.grid()
        for told, curve in conditions(panel.cases).items():
            curve = sorted(curve, key=lambda case: timers.index(case.levels["timers"]))
            at = [timers.index(case.levels["timers"]) for case in curve]
            sweep_mistakes.draw_curve(axes, curve, at, looks[told], 0, band=True)
    handles = [Line2D([], [], ls="", ms=6.5, label=told, **look) for told, look in looks.items()]
    picture.legend(handles + sweep_mistakes.marks(cases))
    picture.head("Do more and faster probes help?",
                 ["Mistakes against interval and retries, which come in pairs: to the right probes "
                  "are more and faster.", sweep_maps.ends_told(cases)])
    header = [*sweep_figure.identity_header(study), *COLUMNS]
    rows = [sweep_figure.identity(case) + [case[column] for column in COLUMNS] for case in cases]
    return sweep_figure.Drawing(NAME, CAPTION, reading(cases, timers), picture.figure, header, rows)


def reading(cases, timers):
    """What the slowest and the fastest timers have come to."""
    parts = []
    for told, curve in conditions(cases).items():
        ends = [case for name in (timers[0], timers[-1]) for case in curve
                if case.levels["timers"] == name][:2]
        rates = " to ".join(sweep_figure.rate(case["mistakes_per_day"]) for case in ends)
        parts.append(f"{told}: {rates}")
    return f"Mistakes a day from {timers[0]} to {timers[-1]}: {'; '.join(parts)}."
