# SPDX-License-Identifier: GPL-2.0-only
"""Mistakes per day against what causes them: loss, its bursts, load."""

import math

import style
import sweep_figure
import sweep_layout
import sweep_maps

from matplotlib.lines import Line2D

# Factor -> name of the figure, and what it is called.
CAUSES = {"loss": "mistakes-loss", "load": "mistakes-load", "burst": "mistakes-burst"}
TOLD = {"loss": "loss", "load": "load", "burst": "the length of bursts"}
COLOURS = ("retries", "timers", "queue", "priority", "profile", "interval", "burst", "mechanism")
SIZE = (2.75, 1.9)
MOST_BANDS = 4  # in a panel: beyond, the bars have to do
DODGE = 0.025  # of the axis, so that intervals do not lie upon each other


def figures(study):
    """One for every cause that varies."""
    for cause, name in CAUSES.items():
        cases = [case for case in study.cases
                 if case.levels.get(cause) and case.has("mistakes_per_day_high")]
        if not sweep_layout.varies(cases, cause):
            yield sweep_figure.LeftOut(name, f"{cause} does not vary")
        elif not sweep_layout.numbers(sweep_layout.levels_of(cases, cause)):
            yield sweep_figure.LeftOut(name, f"{cause} has levels that are not numbers")
        elif not varies_alone(cases, cause):
            yield sweep_figure.LeftOut(name, f"{cause} varies only together with others")
        else:
            yield draw(study, cases, cause)


def varies_alone(cases, name):
    """Whether there are points that differ in one factor and in nothing else."""
    found = {}
    for case in cases:
        others = tuple(level for other, level in case.levels.items() if other != name)
        found.setdefault(others, set()).add(case.levels[name])
    return any(len(levels) > 1 for levels in found.values())


def bounds(cases):
    """The ends of the axis of rates."""
    columns = ("mistakes_per_day", "mistakes_per_day_low", "mistakes_per_day_high")
    measured = [case[column] for case in cases for column in columns]
    laws = [case["law_mistakes_per_day"] for case in cases if case.has("law_mistakes_per_day")]
    # A closed form goes on below what can be measured in the time; nobody needs to see that.
    return min(value for value in measured if value > 0) / 4, max([*measured, *laws])


def draw_curve(axes, cases, at, look, shift, band):
    """Rates with their intervals, the band between them if wanted, and the closed form."""
    colour, floor = look["color"], axes.get_ylim()[0]
    laws = [case["law_mistakes_per_day"] for case in cases]
    laws = [law if law > 0 else math.nan for law in laws]
    axes.plot(at, laws, color=colour, lw=1.6, ls=(0, (4, 2)), alpha=0.9)
    seen = [case["mistakes"] > 0 for case in cases]
    low = [max(case["mistakes_per_day_low"], floor / 10) for case in cases]
    high = [case["mistakes_per_day_high"] for case in cases]
    if band:
        axes.fill_between(at, low, high, where=seen, color=colour, alpha=0.14, lw=0)
    for place, case in enumerate(cases):
        x = at[place] + shift
        if seen[place]:
            axes.plot([x, x], [low[place], high[place]], color=colour, lw=1.2)
            axes.plot(x, case["mistakes_per_day"], ls="", marker=look["marker"], ms=5.5,
                      color=colour, mec="white", mew=0.7, zorder=4)
        else:
            axes.plot(x, high[place], ls="", marker="v", ms=6, mfc="white", mec=colour, mew=1.2,
                      zorder=3)


def legend(plan, looks, cases):
    """The colours, then what marks mean."""
    handles = []
    if plan.colour:
        handles = [Line2D([], [], ls="", ms=6.5, label=sweep_layout.told(plan.colour, level),
                          **looks[level]) for level in plan.colours]
    return handles + marks(cases)


def marks(cases):
    """What marks mean."""
    grey = {"color": style.DARK_GREY}
    handles = []
    handles.append(Line2D([], [], lw=1.2, marker="o", ms=5.5, mec="white",
                          label="measured, exact 95 % interval", **grey))
    if any(case["mistakes"] == 0 for case in cases):
        handles.append(Line2D([], [], ls="", marker="v", ms=6, mfc="white", mec=style.DARK_GREY,
                              mew=1.2, label="none seen: upper limit"))
    if any(case.has("law_mistakes_per_day") for case in cases):
        handles.append(Line2D([], [], lw=1.6, ls=(0, (4, 2)), label="closed form", **grey))
    return handles


def draw(study, cases, cause):
    """A panel for every combination, in it a curve for every level of one factor."""
    plan = sweep_layout.Arrangement(cases, inside=(cause,), colours=COLOURS)
    looks = sweep_figure.colours(plan.colour, plan.colours)
    picture = sweep_figure.Grid(plan.panels, plan.columns(SIZE[0] + 0.35), *SIZE, gaps=(0.35, 0.72),
                                stretch=True)
    levels = sweep_layout.levels_of(plan.cases, cause)
    low, high = bounds(plan.cases)
    for place, (axes, panel) in enumerate(zip(picture.axes, plan.panels)):
        sweep_figure.rate_axis(axes.yaxis, low, high)
        sweep_figure.number_axis(axes.xaxis, levels)
        step = DODGE * (axes.get_xlim()[1] - axes.get_xlim()[0])
        for rank, level in enumerate(plan.colours):
            shift = step * (rank - (len(plan.colours) - 1) / 2)
            band = len(plan.colours) <= MOST_BANDS
            curve = sorted(panel.of(plan.colour, level),
                           key=lambda case: sweep_layout.number(case.levels[cause]))
            at = [sweep_layout.number(case.levels[cause]) for case in curve]
            draw_curve(axes, curve, at, looks[level], shift, band)
        axes.grid()
        if picture.is_left(place):
            axes.set_ylabel("mistakes per day")
        else:
            axes.set_yticklabels([])
        if picture.is_last(place):
            axes.set_xlabel(sweep_layout.AXES[cause])
    picture.legend(legend(plan, looks, plan.cases))
    title = f"How often is a sound peer suspected? Mistakes against {TOLD[cause]}"
    picture.head(title, [sweep_maps.ends_told(cases), plan.note()])
    columns = ("mistakes", "observed_s", "mistakes_per_day", "mistakes_per_day_low",
               "mistakes_per_day_high", "law_mistakes_per_day")
    rows = [sweep_figure.identity(case) + [case[column] for column in columns]
            for case in plan.cases]
    header = [*sweep_figure.identity_header(study), *columns]
    return sweep_figure.Drawing(CAUSES[cause], f"Mistakes against {TOLD[cause]}",
                                reading(plan.cases, cause), picture.figure, header, rows,
                                plan.note())


def reading(cases, cause):
    """Where most were made, and how many points made none."""
    worst = max(cases, key=lambda case: case["mistakes_per_day"])
    none = sum(case["mistakes"] == 0 for case in cases)
    if none == len(cases):
        return f"None was seen at any {cause}: only upper limits are known."
    told = f"At most {sweep_figure.rate(worst['mistakes_per_day'])} a day ({sweep_maps.at(worst)})"
    return f"{told}; {none} of {len(cases)} points made none in the time they were watched."
