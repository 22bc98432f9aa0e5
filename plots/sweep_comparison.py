# SPDX-License-Identifier: GPL-2.0-only
"""Mechanisms and profiles beside each other: a strip of quantiles each, with the closed form."""

import math

import style
import sweep_figure
import sweep_layout
import sweep_maps

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

# Figure -> the factor that is compared.
COMPARED = {"comparison-mechanisms": "mechanism", "comparison-profiles": "profile"}
TITLES = {"mechanism": "mechanisms", "profile": "profiles"}
TIMERS = ("interval", "interval-b", "retries", "timers", "profile", "mechanism")
HELD = ("profile", "interval-b", "retries", "interval", "timers")  # if there are too many strips
MOST_ROWS = 40
ROW = 0.34  # inches
WIDTH = 6.4  # inches of the strips
QUANTILES = (25, 50, 75, 99)
STRIP = {"color": style.SKY, "lw": 1.6, "solid_capstyle": "butt"}
LAW = {"fc": style.ORANGE, "alpha": 0.33, "lw": 0}
LAW_MEAN = {"ls": "", "marker": "D", "ms": 4.5, "mfc": style.ORANGE, "mec": "black", "mew": 0.6}
BOX = {"fc": "#CFE6F5", "ec": style.GOOD, "lw": 1.2}


def figures(study):
    """One for every factor of these that varies."""
    for name, factor in COMPARED.items():
        cases = [case for case in study.cases
                 if case["failures"] and (factor == "mechanism" or case.levels.get(factor))]
        if not any(case["detected"] for case in cases):
            why = f"{factor} does not vary" if study.detections else "nothing failed"
            yield sweep_figure.LeftOut(name, why)
        elif not sweep_layout.varies(cases, factor):
            yield sweep_figure.LeftOut(name, f"{factor} does not vary")
        else:
            yield draw(study, cases, name, factor)


def select(cases, factor):
    """Few enough strips: first one surrounding, then a level of the timers from the middle."""
    notes = []
    surrounding = [name for name in sweep_layout.dimensions(cases) if name not in TIMERS]
    timers = [name for name in HELD if name != factor]
    for name in (*surrounding, *timers):
        if name in timers and len(cases) <= MOST_ROWS:
            break
        if not sweep_layout.varies(cases, name):
            continue
        chosen = {}
        for mechanism in sweep_layout.levels_of(cases, "mechanism"):
            own = [case for case in cases if case["mechanism"] == mechanism]
            levels = sweep_layout.levels_of(own, name)
            chosen[mechanism] = levels[0 if name in surrounding else (len(levels) - 1) // 2]
        cases = [case for case in cases if case.levels.get(name, "") == chosen[case["mechanism"]]]
        said = dict.fromkeys(sweep_layout.told(name, level) for level in chosen.values() if level)
        notes.append(f"{' or '.join(said)} only")
    return cases, f"Drawn: {'; '.join(notes)}." if notes else ""


def quantiles(study, case):
    """Of all failures: a censored one is later than all that were noticed."""
    times, failures, _ = study.detections[case.key]
    every = np.concatenate([times, np.full(failures - times.size, math.inf)])
    return [float(value) for value in np.percentile(every, QUANTILES, method="inverted_cdf")]


def speed(case):
    """The order of strips: by their mean; what never notices comes last."""
    return case["td_mean_s"] if case.has("td_mean_s") else math.inf


def label(case, names):
    """What of a case differs from others; its timers at least."""
    given = [sweep_layout.told(name, case.levels[name]) for name in names if case.levels.get(name)]
    if not set(names) & {"interval", "timers"} and case["interval_s"] > 0:
        retries = f" × {case['retries']}" if case["retries"] else ""
        given.insert(0, f"{case['interval_s']:g} s{retries}")
    return ", ".join(given) or "–"


def draw_case(axes, study, case, place):
    """The closed form as a bar above; below range, box, 99th percentile and mean."""
    times, _, _ = study.detections[case.key]
    low, high = axes.get_xlim()
    if not times.size:
        axes.plot([low, high], [place] * 2, color=style.BAD, lw=1.2, ls=":")
        draw_words(axes, place, f"never, {case['censored']} censored", style.BAD)
        return
    first, middle, third, late = quantiles(study, case)
    if case.has("law_lower_s", "law_upper_s"):
        law = max(case["law_lower_s"], low), min(case["law_upper_s"], high)
        axes.add_patch(Rectangle((law[0], place - 0.38), law[1] - law[0], 0.76, **LAW))
    begin = max(times[0], low)
    end = high if case["censored"] else times[-1]
    axes.plot([begin, end], [place] * 2, **STRIP)
    # A quantile that too few reached has no place.
    if math.isfinite(third):
        box = (max(first, low), place - 0.2), third - max(first, low), 0.4
        axes.add_patch(Rectangle(*box, zorder=3, **BOX))
    for at, half, thickness in ((middle, 0.2, 1.8), (late, 0.16, 1.2)):
        if math.isfinite(at):
            look = {"color": style.GOOD, "lw": thickness, "zorder": 4}
            axes.plot([at] * 2, [place - half, place + half], **look)
    if case.has("law_mean_s"):
        axes.plot(case["law_mean_s"], place, zorder=5, **LAW_MEAN)
    told, tint = "–", "black"
    if case.has("td_mean_s"):
        told = sweep_figure.duration(case["td_mean_s"])
    if case["censored"]:
        told, tint = f"{told} of {case['detected']}, {case['censored']} censored", style.BAD
    draw_words(axes, place, told, tint)


def draw_words(axes, place, words, tint):
    """To the right of a strip."""
    right = {"transform": axes.get_yaxis_transform(), "va": "center", "size": 9}
    axes.text(1.012, place, words, color=tint, **right)


def limits(study, cases):
    """The ends of the axis."""
    values = [float(time) for case in cases for time in study.detections[case.key][0]]
    values += [case[f"law_{which}_s"] for case in cases for which in ("lower", "mean", "upper")]
    values = [value for value in values if math.isfinite(value) and value > 0]
    return min(values, default=0.1), max(values, default=10)


def draw(study, cases, name, factor):
    """A strip for every case, grouped by mechanism, the fastest first."""
    cases, note = select(cases, factor)
    groups = {}
    for case in sorted(cases, key=speed):
        groups.setdefault(case["mechanism"], []).append(case)
    rows = [case for group in groups.values() for case in group]
    names = [of for of in sweep_layout.dimensions(cases) if of != "mechanism"]
    figure = picture(study, rows, [label(case, names) for case in rows])
    width, height = figure.get_size_inches()
    title = f"{TITLES[factor].capitalize()} compared"
    question = f"How long until the other end is known to be gone? {title}"
    figure.text(0.15 / width, 1 - 0.14 / height, question, va="top", size=13.5, weight="bold")
    small = {"va": "top", "size": 9.5, "color": style.DARK_GREY}
    figure.text(0.15 / width, 1 - 0.42 / height, f"{sweep_maps.ends_told(cases)} {note}", **small)
    legend(figure, rows)
    columns = ("failures", "censored", "td_mean_s", "td_min_s", "td_max_s", "law_lower_s",
               "law_mean_s", "law_upper_s")
    data = [sweep_figure.identity(case) + [case[column] for column in columns]
            + quantiles(study, case) for case in rows]
    header = [*sweep_figure.identity_header(study), *columns,
              *(f"quantile_{share}_s" for share in QUANTILES)]
    return sweep_figure.Drawing(name, title, reading(rows), figure, header, data, note)


def picture(study, rows, labels):
    """All strips on one axis, with the names of mechanisms and of what differs to the left."""
    left = 1.6 + 0.078 * max(map(len, labels))
    width, height = left + WIDTH + 2, ROW * len(rows) + 1.9
    figure = style.pyplot.figure(figsize=(width, height))
    axes = figure.add_axes((left / width, 1.05 / height, WIDTH / width, ROW * len(rows) / height))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    sweep_figure.time_axis(axes.xaxis, *limits(study, rows))
    axes.grid(axis="x")
    axes.set_yticks(range(len(rows)), labels, size=9)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    previous = None
    for place, case in enumerate(rows):
        draw_case(axes, study, case, place)
        if case["mechanism"] != previous:
            previous = case["mechanism"]
            told = sweep_layout.told("mechanism", previous)
            at = 1 - (0.85 + ROW * (place + 0.5)) / height
            figure.text(0.15 / width, at, told, va="center", size=10.5, weight="bold")
            if place:
                edge = {"color": "#BBBBBB", "lw": 0.8, "clip_on": False}
                axes.plot([-(left - 0.15) / WIDTH, 1.25], [place - 0.5] * 2,
                          transform=axes.get_yaxis_transform(), **edge)
    axes.set_xlabel("detection time $T_D$, logarithmic")
    heading = {"transform": axes.transAxes, "va": "bottom", "size": 9, "color": style.DARK_GREY}
    axes.text(1.012, 1, "mean", **heading)
    return figure


def legend(figure, rows):
    """What marks mean."""
    handles = [Patch(label="quartiles, median", **BOX),
               Line2D([], [], label="range; tick: 99th percentile", **STRIP)]
    if any(case.has("law_lower_s", "law_upper_s") for case in rows):
        handles.append(Patch(label="closed form, bounds", **LAW))
    if any(case.has("law_mean_s") for case in rows):
        handles.append(Line2D([], [], label="its mean", **LAW_MEAN))
    width, height = figure.get_size_inches()
    figure.legend(handles=handles, ncol=len(handles), loc="lower left", columnspacing=1.4,
                  bbox_to_anchor=(0.1 / width, 0.03 / height))


def reading(rows):
    """The fastest and the slowest, by the mean."""
    rows = [case for case in rows if case.has("td_mean_s")]
    if not rows:
        return "No mean is known."
    fast, slow = (choose(rows, key=speed) for choose in (min, max))
    told = [f"{sweep_maps.at(case)} with a mean of {sweep_figure.duration(case['td_mean_s'])}"
            for case in (fast, slow)]
    return f"Fastest is {told[0]}, slowest {told[1]}."

