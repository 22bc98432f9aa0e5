# SPDX-License-Identifier: GPL-2.0-only
"""Maps: a number in every cell of interval × retries, or of interval × interval of the peer."""

import math

import matrix
import style
import sweep_figure
import sweep_layout

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, LogNorm
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.patheffects import withStroke

MISTAKES = LinearSegmentedColormap.from_list(
    "mistakes", ["#FDF1E7", "#F6C9A8", style.VERMILLION, "#8A3C00", "#3F1B00"]
)
NOT_REACHED = {"fc": "#F2F2F2", "ec": "#B0B0B0", "hatch": "////", "lw": 0}
NONE_SEEN = "#FFFFFF"
CONTOUR = {"colors": "#111111", "linewidths": 1.3, "linestyles": "dashed"}
DOWN_LIMIT = 0.0005  # of the time, below which a share is told as less than that


class Measure:
    """What the cells of a map tell."""

    def __init__(self, name, column, title, colours, told):
        self.name, self.column, self.title = name, column, title
        self.colours, self.told = colours, told

    def text(self, case):
        """What a cell says, and in small letters below it."""
        if self.column == "mistakes_per_day" and case["mistakes"] == 0:
            return "0", f"< {sweep_figure.rate(case['mistakes_per_day_high'])}"
        return (self.told(case[self.column]), "") if case.has(self.column) else ("", "")

    def value(self, case):
        """What the colour stands for: None if there is none."""
        value = case[self.column]
        return value if math.isfinite(value) and value > 0 else None


MEASURES = (
    Measure("map-median", "td_median_s", "Median detection time", matrix.TIMES,
            sweep_figure.duration),
    Measure("map-p99", "td_p99_s", "99th percentile of the detection time", matrix.TIMES,
            sweep_figure.duration),
    Measure("map-mistakes", "mistakes_per_day", "Mistakes per day", MISTAKES, sweep_figure.rate),
)


def figures(study):
    """The maps that this plan allows."""
    cases = [case for case in study.cases if case.levels.get("interval")]
    retries = [case for case in cases if case.levels.get("retries")]
    for measure in MEASURES:
        if not all(sweep_layout.varies(retries, name) for name in ("interval", "retries")):
            yield sweep_figure.LeftOut(measure.name, "interval and retries do not both vary")
        elif "timers" in retries[0].levels:
            yield sweep_figure.LeftOut(measure.name, "interval and retries are given in pairs")
        elif not any(case.has(measure.column) for case in retries):
            yield sweep_figure.LeftOut(measure.name, nothing(measure))
        else:
            yield draw(study, measure, retries, ("interval", "retries"))
    both = [case for case in study.all_cases if case.levels.get("interval-b")]
    if all(sweep_layout.varies(both, name) for name in ("interval", "interval-b")):
        yield mismatch(study, [case for case in both if case["observed_s"] > 0])
    else:
        yield sweep_figure.LeftOut("map-mismatch", "interval and interval-b do not both vary")


def nothing(measure):
    """Why there is nothing to draw."""
    if measure.column == "mistakes_per_day":
        return "no end was watched for mistakes"
    return "this quantile was reached nowhere"


def norm_of(values):
    """The scale of the colours: logarithmic, and not of one colour only."""
    if not values:
        return LogNorm(0.1, 10)
    low, high = min(values), max(values)
    if high < 10 * low:
        low, high = low / math.sqrt(10 * low / high), high * math.sqrt(10 * low / high)
    return LogNorm(low, high)


def grid(axes, names, levels):
    """A place for every level, whatever its size."""
    axes.set_xlim(-0.5, len(levels[0]) - 0.5)
    axes.set_ylim(-0.5, len(levels[1]) - 0.5)
    axes.set_xticks(range(len(levels[0])), levels[0])
    axes.set_yticks(range(len(levels[1])), levels[1])
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xlabel(sweep_layout.AXES.get(names[0], names[0]))
    axes.set_ylabel(sweep_layout.AXES.get(names[1], names[1]))


def draw_cell(axes, place, texts, colour):
    """One cell: its colour, what it says and in small letters below it."""
    x, y = place
    look = NOT_REACHED if colour is None else {"fc": colour, "ec": "#C9C9C9", "lw": 0.5}
    axes.add_patch(Rectangle((x - 0.48, y - 0.47), 0.96, 0.94, **look))
    if colour is None:
        return
    ink = matrix.ink(colour)
    # Its ground interrupts a line that runs through it.
    ground = {"fc": colour, "ec": "none", "pad": 1}
    look = {"ha": "center", "color": ink, "zorder": 5, "bbox": ground}
    axes.text(x, y + (0.06 if texts[1] else 0), texts[0], size=9.5,
              va="bottom" if texts[1] else "center", **look)
    axes.text(x, y - 0.06, texts[1], size=7.5, va="top", **look)


def overhead_levels(cases):
    """Up to four round numbers of bit/s within those of the cases."""
    bits = [case["keepalive_bits_per_s"] for case in cases if case.has("keepalive_bits_per_s")]
    bits = [value for value in bits if value > 0]
    if not bits or max(bits) < 1.05 * min(bits):
        return []
    low, high = min(bits), max(bits)
    for digits in ((1,), (1, 3), (1, 2, 5), (1, 1.5, 2, 3, 4, 5, 6, 8)):
        round_ones = [digit * 10.0**power for power in range(-4, 13) for digit in digits]
        chosen = [value for value in round_ones if 1.02 * low < value < high / 1.02]
        if len(chosen) >= 2:
            return chosen[-4:]
    return chosen or [math.sqrt(low * high)]


def draw_contours(axes, cells, sizes, levels):
    """Lines of equal overhead, of which the logarithm is interpolated between cells."""
    field = np.full((sizes[1] + 2, sizes[0] + 2), np.nan)
    for (x, y), case in cells.items():
        bits = case["keepalive_bits_per_s"]
        field[y + 1, x + 1] = math.log(bits) if bits > 0 else math.nan
    inner = field[1:-1, 1:-1]
    field = np.pad(inner, 1, mode="edge")
    places = [np.concatenate([[-0.5], np.arange(size), [size - 0.5]]) for size in sizes]
    if np.isnan(inner).any() or min(sizes) < 2:
        return False
    inside = [level for level in levels if inner.min() < math.log(level) < inner.max()]
    if not inside:
        return False
    lines = axes.contour(*places, field, levels=[math.log(level) for level in inside], **CONTOUR)
    for level, collection in zip(inside, lines.collections):
        # Seen on light and on dark cells.
        collection.set_path_effects([withStroke(linewidth=3, foreground="white")])
        name_contour(axes, collection, f"{level:.3g} bit/s")
    return True


def name_contour(axes, collection, name):
    """Its overhead at its upper end: above the cells, or to the right of them."""
    points = np.concatenate([path.vertices for path in collection.get_paths()])
    x, y = points[np.argmax(points[:, 1])]
    if y < axes.get_ylim()[1] - 0.01:
        x, y = points[np.argmax(points[:, 0])]
        axes.text(x, y, f" {name}", size=7, ha="left", va="center")
        return
    axes.text(x, y, name, size=7, ha="center", va="bottom")


def scale_bar(grid_of, norm, measure):
    """Which colour stands for what."""
    width, height = grid_of.figure.get_size_inches()
    size = (3.2 / width, 0.13 / height)
    axes = grid_of.figure.add_axes((grid_of.left / width, 0.42 / height, *size))
    scale = style.matplotlib.cm.ScalarMappable(norm, measure.colours)
    bar = grid_of.figure.colorbar(scale, cax=axes, orientation="horizontal")
    bar.outline.set_visible(False)
    if measure.colours is MISTAKES:
        sweep_figure.rate_axis(bar.ax.xaxis, norm.vmin * 1.6, norm.vmax / 1.6)
        axes.set_title("mistakes per day", size=9, loc="left", pad=3)
    else:
        sweep_figure.time_axis(bar.ax.xaxis, norm.vmin, norm.vmax)
        axes.set_title("detection time", size=9, loc="left", pad=3)
    bar.ax.set_xlim(norm.vmin, norm.vmax)
    bar.ax.tick_params(labelsize=8.5, length=2)


def draw(study, measure, cases, names):
    """One measure for every pair of levels, a panel for every combination of the others."""
    plan = sweep_layout.Arrangement(cases, inside=names)
    levels = [sweep_layout.levels_of(plan.cases, name) for name in names]
    size = max(0.82 * len(levels[0]), 2.2), max(0.5 * len(levels[1]), 1.2)
    picture = sweep_figure.Grid(plan.panels, plan.columns(size[0] + 0.8), *size,
                                 gaps=(0.8, 1.1), top=1.2, bottom=1.4, pad=14)
    norm = norm_of([value for case in plan.cases if (value := measure.value(case)) is not None])
    contours = overhead_levels(plan.cases)
    lines, hatched = False, False
    for axes, panel in zip(picture.axes, plan.panels):
        grid(axes, names, levels)
        cells = {}
        for case in panel.cases:
            place = tuple(of.index(case.levels[name]) for of, name in zip(levels, names))
            cells[place] = case
            value = measure.value(case)
            colour = None if value is None else measure.colours(norm(value))
            if value is None and measure.text(case)[0] == "0":
                colour = NONE_SEEN
            hatched |= colour is None
            draw_cell(axes, place, measure.text(case), colour)
        lines |= draw_contours(axes, cells, [len(of) for of in levels], contours)
    handles = []
    if lines:
        look = {"color": CONTOUR["colors"], "ls": "--", "lw": CONTOUR["linewidths"]}
        handles.append(Line2D([], [], label="equal overhead, bit/s of keepalives", **look))
    if hatched:
        handles.append(Patch(label="not reached: too few were noticed", **NOT_REACHED))
    if handles:
        width, height = picture.figure.get_size_inches()
        picture.figure.legend(handles=handles, loc="lower left", fontsize=9,
                              bbox_to_anchor=((picture.left + 3.5) / width, 0.12 / height))
    scale_bar(picture, norm, measure)
    small = ""
    if measure.column == "mistakes_per_day":
        small = "0: none seen, below it the upper end of the 95 % interval."
    title = f"{measure.title}: interval against retries"
    picture.head(title, [ends_told(cases), small, plan.note()])
    rows = [sweep_figure.identity(case) + [case[measure.column], case["keepalive_bits_per_s"]]
            for case in plan.cases]
    header = [*sweep_figure.identity_header(study), measure.column, "keepalive_bits_per_s"]
    return sweep_figure.Drawing(measure.name, title, reading(measure, plan.cases), picture.figure,
                                header, rows, plan.note())


def ends_told(cases):
    """Whose point of view a picture shows."""
    names = list(dict.fromkeys(case["end_name"] for case in cases))
    return f"As {' or '.join(names)} sees it."


def at(case):
    """Where in the plan a case is."""
    levels = [(name, level) for name, level in case.levels.items() if level and name != "timers"]
    return ", ".join(sweep_layout.told(name, level) for name, level in levels)


def reading(measure, cases):
    """The smallest and the largest number of a map, and where."""
    known = [case for case in cases if case.has(measure.column)]
    least = min(known, key=lambda case: case[measure.column])
    most = max(known, key=lambda case: case[measure.column])
    if least[measure.column] == most[measure.column]:
        return f"It is {measure.told(least[measure.column])} in every cell."
    told = f"From {measure.told(least[measure.column])} ({at(least)}) to "
    return told + f"{measure.told(most[measure.column])} ({at(most)})."


def percent(share):
    """A share for people to read."""
    if share <= 0:
        return "0 %"
    return "<0.1 %" if share < DOWN_LIMIT else f"{100 * share:.3g} %"


def mismatch(study, cases):
    """How much of the time a sound peer is suspected, for every pair of intervals and both ends."""
    names = ("interval-b", "interval")
    for case in cases:
        case.levels["end"] = case["end_name"]
    plan = sweep_layout.Arrangement(cases, inside=names)
    levels = [sweep_layout.levels_of(plan.cases, name) for name in names]
    size = max(0.78 * len(levels[0]), 2.4), max(0.55 * len(levels[1]), 1.6)
    picture = sweep_figure.Grid(plan.panels, plan.columns(size[0] + 0.9), *size,
                                 gaps=(0.9, 0.95), bottom=0.65)
    for axes, panel in zip(picture.axes, plan.panels):
        grid(axes, names, levels)
        axes.set(xlabel="interval of R2 (s)", ylabel="interval of R1 (s)")
        for case in panel.cases:
            place = tuple(of.index(case.levels[name]) for of, name in zip(levels, names))
            share = 1 - case["query_accuracy"] if case.has("query_accuracy") else None
            small = f"{sweep_figure.rate(case['mistakes_per_day'])}/d" if case["mistakes"] else ""
            colour = None if share is None else MISTAKES(0.85 * math.sqrt(max(share, 0)))
            colour = NONE_SEEN if share == 0 else colour
            draw_cell(axes, place, (percent(share or 0), small), colour)
    picture.head("What mismatched timers cost: time in which a sound peer is suspected",
                 ["Share of the time; below it mistakes per day.", plan.note()])
    for case in cases:
        del case.levels["end"]
    rows = [sweep_figure.identity(case) + [case["query_accuracy"], case["mistakes_per_day"]]
            for case in plan.cases]
    header = [*sweep_figure.identity_header(study), "query_accuracy", "mistakes_per_day"]
    shares = [1 - case["query_accuracy"] for case in plan.cases if case.has("query_accuracy")]
    worst = percent(max(shares, default=0))
    clean = sum(case["mistakes"] == 0 for case in plan.cases)
    told = f"At worst {worst} of the time; {clean} of {len(plan.cases)} cells made no mistake."
    return sweep_figure.Drawing("map-mismatch", "Mismatched timers", told, picture.figure, header,
                                rows, plan.note())
