# SPDX-License-Identifier: GPL-2.0-only
"""Distribution of the detection time at every point, on that of the closed form."""

import style
import sweep_figure
import sweep_layout
import sweep_maps

import numpy as np
from matplotlib.lines import Line2D

NAME = "detection-distribution"
COLOURS = ("retries", "timers", "profile", "interval", "queue", "priority", "burst", "mechanism")
SIZE = (2.75, 1.55)
MEAN = {"ls": "", "marker": "D", "ms": 5.5, "mfc": "white", "mew": 1.3}
DISTRIBUTIONS = ("uniform", "triangular")


def figures(study):
    """One figure, if anything failed."""
    cases = [case for case in study.cases if case["failures"]]
    if not cases:
        yield sweep_figure.LeftOut(NAME, "nothing failed")
    elif not any(case["detected"] for case in cases):
        yield sweep_figure.LeftOut(NAME, "nothing was noticed")
    else:
        yield draw(study, cases)


def law_share(case, times):
    """The closed form's distribution function."""
    lower, upper = case["law_lower_s"], case["law_upper_s"]
    if upper <= lower:
        return (times >= lower).astype(float)
    at = np.clip((times - lower) / (upper - lower), 0, 1)
    if case["law_shape"] == "uniform":
        return at
    return np.where(at < 0.5, 2 * at**2, 1 - 2 * (1 - at) ** 2)


def measured(study, case):
    """Times and the share of all failures that was noticed by then, as a staircase from 0."""
    times, failures, _ = study.detections[case.key]
    return times, np.arange(1, times.size + 1) / failures


def limit(study, cases):
    """Where the axis of times ends: all that was measured, and all bounds."""
    ends = [times[-1] for case in cases if (times := study.detections[case.key][0]).size]
    ends += [case["law_upper_s"] for case in cases if case.has("law_upper_s")]
    return 1.04 * max(ends, default=0.0) or 1.0


def draw_case(axes, study, case, look, right):
    """The closed form as a broad band, and the staircase on it."""
    colour = look["color"]
    if case.has("law_lower_s", "law_upper_s"):
        if case["law_shape"] in DISTRIBUTIONS:
            points = np.linspace(case["law_lower_s"], case["law_upper_s"], 101)
            axes.plot(points, law_share(case, points), color=colour, lw=5, alpha=0.3,
                      solid_capstyle="round")
        else:
            bounds = [case["law_lower_s"], case["law_upper_s"]]
            axes.plot(bounds, [0.02, 0.98], ls="", marker="|", ms=9, mew=2, color=colour, alpha=0.6)
    times, share = measured(study, case)
    times = np.concatenate([[0], times, [right]])
    share = np.concatenate([[0], share, share[-1:] if share.size else [0]])
    axes.step(times, share, where="post", color=colour, lw=1.3)
    if case.has("law_mean_s"):
        half = law_share(case, np.array([case["law_mean_s"]]))[0]
        half = half if case["law_shape"] in DISTRIBUTIONS else 0.5
        axes.plot(case["law_mean_s"], half, mec=colour, **MEAN)


def legend(plan, looks, cases):
    """The colours, then what lines mean."""
    handles = []
    if plan.colour:
        handles = [Line2D([], [], color=looks[level]["color"], lw=2,
                          label=sweep_layout.told(plan.colour, level)) for level in plan.colours]
    handles.append(Line2D([], [], color=style.DARK_GREY, lw=1.3, label="measured"))
    shapes = {case["law_shape"] for case in cases if case.has("law_lower_s", "law_upper_s")}
    if shapes & set(DISTRIBUTIONS):
        handles.append(Line2D([], [], color=style.DARK_GREY, lw=5, alpha=0.3, label="closed form"))
    if shapes - set(DISTRIBUTIONS):
        handles.append(Line2D([], [], color=style.DARK_GREY, ls="", marker="|", ms=9, mew=2,
                              label="its bounds only"))
    if any(case.has("law_mean_s") for case in cases):
        handles.append(Line2D([], [], mec=style.DARK_GREY, label="its mean", **MEAN))
    return handles


def draw(study, cases):
    """A panel for every combination, in it a staircase for every level of one factor."""
    plan = sweep_layout.Arrangement(cases, colours=COLOURS)
    looks = sweep_figure.colours(plan.colour, plan.colours)
    picture = sweep_figure.Grid(plan.panels, plan.columns(SIZE[0] + 0.45), *SIZE, gaps=(0.45, 0.72),
                                stretch=True)
    for place, (axes, panel) in enumerate(zip(picture.axes, plan.panels)):
        right = limit(study, panel.cases)
        for level in plan.colours:
            for case in panel.of(plan.colour, level):
                draw_case(axes, study, case, looks[level], right)
        axes.set(xlim=(0, right), ylim=(-0.04, 1.06), yticks=(0, 0.5, 1))
        sweep_figure.plain_axis(axes.xaxis)
        axes.grid()
        if picture.is_left(place):
            axes.set_ylabel("share noticed")
        else:
            axes.set_yticklabels([])
        if picture.is_last(place):
            axes.set_xlabel("detection time $T_D$ (s)")
    picture.legend(legend(plan, looks, plan.cases))
    title = "How long until a failure is noticed? Every failure, and the closed form"
    told = "Share of all failures that was noticed by then"
    picture.head(title, [f"{told}. {sweep_maps.ends_told(cases)}", plan.note()])
    rows = [
        sweep_figure.identity(case) + [float(time), float(share)]
        for case in plan.cases
        for time, share in zip(*measured(study, case))
    ]
    header = [*sweep_figure.identity_header(study), "t_d_s", "share_noticed"]
    return sweep_figure.Drawing(NAME, "Distribution of the detection time", reading(cases),
                                picture.figure, header, rows, plan.note())


def reading(cases):
    """How many detection times keep to the closed form."""
    known = [case for case in cases if case.has("law_lower_s", "law_upper_s")]
    detected = sum(case["detected"] for case in known)
    outside = sum(case["outside"] for case in known)
    total = sum(case["failures"] for case in cases)
    censored = sum(case["censored"] for case in cases)
    told = f"{total - censored} of {total} failures were noticed"
    if not known:
        return f"{told}; there is no closed form to hold them against."
    if outside:
        return f"{told}; {outside} of {detected} times lie outside the bounds of their closed form."
    return f"{told}, all {detected} that have a closed form within its bounds."
