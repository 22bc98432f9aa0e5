# SPDX-License-Identifier: GPL-2.0-only
"""Survival curves: of failures that are not yet noticed, and of ends that have not yet erred."""

import style
import sweep_figure
import sweep_layout
import sweep_maps

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

COLOURS = ("retries", "timers", "queue", "priority", "profile", "interval", "burst", "mechanism")
SIZE = (2.75, 1.6)
BAND = {"alpha": 0.16, "lw": 0}
LAW = {"lw": 1.3, "ls": (0, (4, 2))}
DAY = 86400.0


def figures(study):
    """Of detection where it is censored, and of the first mistake where one was made."""
    censored = [case for case in study.cases
                if case["censored"] and curve(study, case, "detection") is not None]
    if censored:
        yield draw(study, censored, "detection")
    else:
        failed = any(case["failures"] for case in study.cases)
        why = "every failure was noticed" if failed else "nothing failed"
        yield sweep_figure.LeftOut("survival-detection", why)
    mistaken = [case for case in study.cases
                if case["mistakes"] and curve(study, case, "first-mistake") is not None]
    if mistaken:
        yield draw(study, mistaken, "first-mistake")
    else:
        yield sweep_figure.LeftOut("survival-first-mistake", "no mistake was made")


def curve(study, case, kind):
    """Times, survival and its band, or None."""
    return study.survival.get((*case.key, kind))


def staircase(table, right):
    """The columns from time 0 to the right edge. Until the first event all survive."""
    start = [[0.0, 1.0, 1.0, 1.0]] if table[0, 0] > 0 else []
    table = np.vstack([*start, table])
    return np.vstack([table, [right, *table[-1, 1:]]])


def watched(study, case, kind):
    """How long it was watched: as long as any failure lasted, or a run was sound on average."""
    last = curve(study, case, kind)[-1, 0]
    if kind == "detection":
        return max(last, study.detections[case.key][2])
    return max(last, case["observed_s"] / max(1, case["runs"]))


def draw_case(axes, study, case, kind, look):
    """A curve with its band; of mistakes the exponential with the closed form's rate, too."""
    table = staircase(curve(study, case, kind), watched(study, case, kind))
    times, survival, low, high = table.T
    known = np.isfinite(low) & np.isfinite(high)
    axes.fill_between(times, low, high, where=known, step="post", color=look["color"], **BAND)
    axes.step(times, survival, where="post", color=look["color"], lw=1.5)
    if kind == "first-mistake" and case.has("law_mistakes_per_day"):
        points = np.linspace(0, times[-1], 100)
        axes.plot(points, np.exp(-case["law_mistakes_per_day"] / DAY * points), color=look["color"],
                  alpha=0.8, **LAW)


def draw(study, cases, kind):
    """A panel for every combination, in it a curve for every level of one factor."""
    name = f"survival-{kind}"
    plan = sweep_layout.Arrangement(cases, colours=COLOURS)
    looks = sweep_figure.colours(plan.colour, plan.colours)
    picture = sweep_figure.Grid(plan.panels, plan.columns(SIZE[0] + 0.45), *SIZE, gaps=(0.45, 0.72),
                                stretch=True)
    right = {"first-mistake": "time since the start of watching (s)",
             "detection": "time since the failure (s)"}[kind]
    for place, (axes, panel) in enumerate(zip(picture.axes, plan.panels)):
        for level in plan.colours:
            for case in panel.of(plan.colour, level):
                draw_case(axes, study, case, kind, looks[level])
        end = max(watched(study, case, kind) for case in panel.cases)
        axes.set(xlim=(0, end * 1.02), ylim=(-0.03, 1.05), yticks=(0, 0.5, 1))
        sweep_figure.plain_axis(axes.xaxis)
        axes.grid()
        if picture.is_left(place):
            axes.set_ylabel("not yet" if kind == "detection" else "no mistake yet")
        else:
            axes.set_yticklabels([])
        if picture.is_last(place):
            axes.set_xlabel(right)
    picture.legend(legend(plan, looks, kind))
    title, short = {
        "detection": ("What is still unnoticed? Survival of failures, where not all were noticed",
                      "Survival of unnoticed failures"),
        "first-mistake": ("How long until the first mistake? Survival of ends that made none",
                          "Time to the first mistake"),
    }[kind]
    told = f"Kaplan and Meier's estimate. {sweep_maps.ends_told(cases)}"
    picture.head(title, [told, plan.note()])
    rows = [sweep_figure.identity(case) + [float(value) for value in line]
            for case in plan.cases for line in curve(study, case, kind)]
    header = [*sweep_figure.identity_header(study), "t_s", "survival", "low", "high"]
    return sweep_figure.Drawing(name, short, reading(study, plan.cases, kind), picture.figure,
                                header, rows, plan.note())


def legend(plan, looks, kind):
    """The colours, then what marks mean."""
    handles = []
    if plan.colour:
        handles = [Line2D([], [], lw=2, color=looks[level]["color"],
                          label=sweep_layout.told(plan.colour, level)) for level in plan.colours]
    handles.append(Line2D([], [], lw=1.5, color=style.DARK_GREY, label="measured"))
    handles.append(Patch(fc=style.DARK_GREY, alpha=0.2, lw=0, label="95 % band"))
    if kind == "first-mistake" and any(case.has("law_mistakes_per_day") for case in plan.cases):
        label = "exponential, rate of the closed form"
        handles.append(Line2D([], [], color=style.DARK_GREY, label=label, **LAW))
    return handles


def reading(study, cases, kind):
    """How much is left at the end, at worst."""
    def left(case):
        return float(curve(study, case, kind)[-1, 1])

    if kind == "detection":
        most = max(cases, key=left)
        censored = sum(case["censored"] for case in cases)
        told = f"{censored} failures were never noticed while watched, at most "
        return told + f"{100 * left(most):.0f} % of those of a point ({sweep_maps.at(most)})."
    least = min(cases, key=left)
    half = [case for case in cases if left(case) <= 0.5]
    told = f"At worst {100 * left(least):.0f} % made no mistake ({sweep_maps.at(least)})"
    return f"{told}; at {len(half)} of {len(cases)} points more than half made one."

