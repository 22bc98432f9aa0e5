# SPDX-License-Identifier: GPL-2.0-only
"""What is bought with what: mean detection time against the time between mistakes."""

import math

import style
import sweep_figure
import sweep_layout
import sweep_maps

import numpy as np
from matplotlib.lines import Line2D

NAME = "pareto"
TIMERS = ("interval", "interval-b", "retries", "timers", "profile")
SIZE = (3.1, 2.5)
SAME_OVERHEAD = 1.03  # ratio below which two points cost the same
DAY = 86400.0
MOST_LINES = 8
LAW = {"lw": 1.1, "ls": (0, (1, 1.5)), "alpha": 0.9}


def figures(study):
    """One figure, if both axes have something."""
    cases = [case for case in study.cases
             if case.has("td_mean_s", "mistakes_per_day_high") and case["td_mean_s"] > 0]
    if not cases:
        why = "no point has both a detection time and a rate of mistakes"
        yield sweep_figure.LeftOut(NAME, why)
    elif not any(case["mistakes"] for case in cases):
        yield sweep_figure.LeftOut(NAME, "no mistake was made at any point")
    elif not any(sweep_layout.varies(cases, name) for name in TIMERS):
        yield sweep_figure.LeftOut(NAME, "no timer varies")
    else:
        yield draw(study, cases)


def recurrence(case):
    """E(T_MR) as one over the rate of mistakes, and its interval; infinite where none was seen."""
    rates = [case[f"mistakes_per_day{which}"] for which in ("", "_high", "_low")]
    return tuple(DAY / rate if rate > 0 else math.inf for rate in rates)


def front(cases):
    """Cases that no other beats: none is both faster and more seldom mistaken."""
    best, chosen = -1.0, []
    for case in sorted(cases, key=lambda case: (case["td_mean_s"], -recurrence(case)[0])):
        if recurrence(case)[0] > best:
            best = recurrence(case)[0]
            chosen.append(case)
    return chosen


def overheads(cases):
    """Groups of cases of the same mechanism that cost the same, the cheapest first."""
    groups = []
    known = [case for case in cases if case.has("keepalive_bits_per_s")]
    for case in sorted(known, key=lambda case: (case["mechanism"], case["keepalive_bits_per_s"])):
        last = groups[-1][0] if groups else None
        if (
            last is not None
            and last["mechanism"] == case["mechanism"]
            and case["keepalive_bits_per_s"] <= SAME_OVERHEAD * last["keepalive_bits_per_s"]
        ):
            groups[-1].append(case)
        else:
            groups.append([case])
    return sorted(groups, key=lambda group: group[0]["keepalive_bits_per_s"])


def predicted(case):
    """Whether a closed form says how long it is between mistakes."""
    return case["law_mistakes_per_day"] > 0


def draw_panel(axes, cases, colour_of, marker_of):
    """Points of equal overhead are joined; those of the front are filled."""
    best = {case.key for case in front(cases)}
    for group in overheads(cases):
        group.sort(key=lambda case: case["td_mean_s"])
        colour = colour_of(group[0]["keepalive_bits_per_s"])
        seen = [case for case in group if case["mistakes"]]
        limits = [case for case in group if not case["mistakes"]]
        heights = [recurrence(case)[0 if case["mistakes"] else 1] for case in group]
        axes.plot([case["td_mean_s"] for case in group], heights, color=colour, lw=1.2, alpha=0.75)
        law = [case for case in group if predicted(case)]
        axes.plot([case["td_mean_s"] for case in law],
                  [DAY / case["law_mistakes_per_day"] for case in law], color=colour, label="_law",
                  **LAW)
        for case in seen:
            middle, low, high = recurrence(case)
            axes.plot([case["td_mean_s"]] * 2, [low, high], color=colour, lw=1)
            draw_point(axes, case, middle, colour, marker_of[case["mechanism"]], case.key in best)
        for case in limits:
            low = recurrence(case)[1]
            axes.annotate("", (case["td_mean_s"], low * 2.2), (case["td_mean_s"], low),
                          arrowprops={"arrowstyle": "->", "color": colour, "lw": 1.1})
            draw_point(axes, case, low, colour, marker_of[case["mechanism"]], case.key in best)


def draw_point(axes, case, height, colour, marker, best):
    """A point: filled and ringed if nothing beats it."""
    look = {"mfc": colour if best else "white", "mec": "black" if best else colour}
    axes.plot(case["td_mean_s"], height, ls="", marker=marker, ms=7 if best else 5.5, mew=1.1,
              zorder=5 if best else 4, **look)


def limits(cases):
    """The ends of both axes."""
    times = [case["td_mean_s"] for case in cases]
    heights = [value for case in cases for value in recurrence(case) if math.isfinite(value)]
    return (min(times), max(times)), (min(heights), 3 * max(heights))


def overhead_colours(cases):
    """A function from bit/s to a colour, and samples of it for the legend."""
    bits = sorted(case["keepalive_bits_per_s"] for case in cases)
    bits = [value for value in bits if value > 0] or [1.0]
    low, high = math.log(bits[0]), math.log(bits[-1])

    def colour_of(value):
        if not value > 0 or high <= low:
            return style.BLUE
        return sweep_figure.SCALE(0.1 + 0.85 * (math.log(value) - low) / (high - low))

    distinct = [bits[0]]
    for value in bits[1:]:
        if value > SAME_OVERHEAD * distinct[-1]:
            distinct.append(value)
    if len(distinct) > MOST_LINES:
        distinct = [distinct[at] for at in np.linspace(0, len(distinct) - 1, 5).round().astype(int)]
    return colour_of, distinct


def draw(study, cases):
    """A panel for every surrounding of the timers."""
    inside = (*TIMERS, "mechanism")
    shared = len(sweep_layout.levels_of(cases, "mechanism")) <= 3
    plan = sweep_layout.Arrangement(cases, inside=inside if shared else TIMERS)
    picture = sweep_figure.Grid(plan.panels, plan.columns(SIZE[0] + 0.8), *SIZE, gaps=(0.7, 0.8),
                                left=0.95, stretch=True)
    names = sweep_layout.levels_of(plan.cases, "mechanism")
    marker_of = {name: sweep_figure.MARKERS[at % len(sweep_figure.MARKERS)] if shared else "o"
                 for at, name in enumerate(names)}
    colour_of, samples = overhead_colours(plan.cases)
    across, up = limits(plan.cases)
    for place, (axes, panel) in enumerate(zip(picture.axes, plan.panels)):
        sweep_figure.time_axis(axes.xaxis, *across)
        sweep_figure.time_axis(axes.yaxis, *up)
        draw_panel(axes, panel.cases, colour_of, marker_of)
        axes.grid()
        if not panel.levels:
            axes.set_title("")
        if picture.is_left(place):
            axes.set_ylabel("mean time between mistakes")
        if picture.is_last(place):
            axes.set_xlabel("mean detection time")
    picture.legend(legend(plan.cases, marker_of, shared, colour_of, samples))
    how = "Better is to the left and up. Filled: the Pareto front, beaten in both by no other "
    how += "point of the panel. Lines join equal overhead."
    picture.head("What does a faster verdict cost? Detection time against time between mistakes",
                 [how, f"{sweep_maps.ends_told(cases)} {plan.note()}"])
    rows, best = [], {case.key for panel in plan.panels for case in front(panel.cases)}
    for case in plan.cases:
        figures_of = [case["td_mean_s"], *recurrence(case), case["keepalive_bits_per_s"]]
        rows.append(sweep_figure.identity(case) + figures_of + [int(case.key in best)])
    header = [*sweep_figure.identity_header(study), "td_mean_s", "tmr_s", "tmr_low_s", "tmr_high_s",
              "keepalive_bits_per_s", "on_front"]
    told = f"{len(best)} of {len(plan.cases)} points are on the front of their panel: "
    told += "each of the others is beaten in both by another."
    return sweep_figure.Drawing(NAME, "Detection time against time between mistakes", told,
                                picture.figure, header, rows, plan.note())


def legend(cases, marker_of, shared, colour_of, samples):
    """Mechanisms, overhead, and what marks mean."""
    handles = []
    if shared and len(marker_of) > 1:
        handles += [Line2D([], [], ls="", ms=6, marker=marker, mfc="white", mec=style.DARK_GREY,
                           label=sweep_layout.told("mechanism", name))
                    for name, marker in marker_of.items()]
    handles += [Line2D([], [], color=colour_of(bits), lw=2.2, label=f"{bits:.3g} bit/s")
                for bits in samples]
    if any(map(predicted, cases)):
        label = "closed form of that time"
        handles.append(Line2D([], [], color=style.DARK_GREY, label=label, **LAW))
    handles.append(Line2D([], [], ls="", marker="o", ms=7, mfc=style.GREY, mec="black",
                          label="on the front"))
    if any(case["mistakes"] == 0 for case in cases):
        handles.append(Line2D([], [], ls="", marker=r"$\uparrow$", ms=9, color=style.DARK_GREY,
                              label="no mistake seen: lower limit"))
    return handles
