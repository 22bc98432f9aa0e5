# SPDX-License-Identifier: GPL-2.0-only
"""A picture of a sweep: panels in a grid measured in inches, its title, legend, axes and data."""

import csv
import io
import math
from dataclasses import dataclass, field
from pathlib import Path

import mechanisms
import results
import style
import sweep_layout

import numpy as np
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, MaxNLocator, NullLocator

SUFFIXES = ("png", "pdf", "svg")

# Levels that are numbers go from light to dark; words have colours of their own. Each has a marker
# as well.
SCALE = style.pyplot.get_cmap("viridis_r")
WORDS = (style.BLUE, style.VERMILLION, style.GREEN, style.PURPLE, style.ORANGE, style.SKY)
MARKERS = ("o", "s", "^", "D", "v", "P")

TOP, LEFT, RIGHT = 1.05, 0.85, 0.3  # inches around the panels
ALONE = 1.7  # how much larger a panel is that is alone
LEAST_WIDTH = 9.0  # inches: room for a title
BELOW = 0.62  # inches between the last panels and the legend: ticks and their label
YEAR = 31557600.0

# Units of time: length in seconds, and the numbers of it that an axis may show.
TIMES = {
    "ms": (1e-3, (1, 2, 5, 10, 20, 50, 100, 200, 500)),
    "s": (1, (1, 2, 3, 5, 7, 10, 15, 20, 30, 45)),
    "min": (60, (1, 2, 3, 5, 10, 15, 20, 30, 45)),
    "h": (3600, (1, 2, 5, 10)),
    "d": (86400, (1, 2, 5, 10, 20, 50, 100)),
    "y": (YEAR, (1, 2, 5, 10, 100, 1000)),
}
# Which of them have labels: the first of these that leaves room for all.
TICKS = (
    range(1001),
    (1, 2, 5, 10, 20, 30, 50, 100, 200, 500, 1000),
    (1, 2, 5, 10, 30, 100, 1000),
    (1, 5, 10, 30, 100, 1000),
    (1, 10, 100, 1000),
    (1,),
)


@dataclass
class Drawing:
    """A figure, what is to be said about it, and what is drawn in it."""

    name: str  # of its files
    title: str
    reading: str  # one sentence
    figure: object
    header: list
    rows: list
    note: str = ""  # what was left out of it

    def save(self, directory):
        """Write the picture and its data; never overwrite."""
        basename = Path(directory) / self.name
        style.save(self.figure, basename, SUFFIXES)
        with open(f"{basename}.csv", "x", encoding="utf-8", newline="") as file:
            file.write(self.table())

    def table(self):
        """The data as the text of a CSV file."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows([cell(value) for value in row] for row in self.rows)
        return text.getvalue()


@dataclass
class LeftOut:
    """A figure that this plan does not allow, and why."""

    name: str
    why: str


@dataclass
class Grid:
    """Panels side by side, each with a title; more below the last."""

    panels: list
    columns: int
    width: float  # inches of a panel
    height: float
    gaps: tuple = (0.75, 0.85)  # inches between panels, across and down
    left: float = LEFT
    top: float = TOP
    bottom: float = 1.1
    pad: float = 6.0  # points between a panel and its title
    stretch: bool = False  # whether a panel that is alone may be larger
    figure: object = None
    axes: list = field(default_factory=list)

    def __post_init__(self):
        if self.stretch and len(self.panels) == 1:
            self.width, self.height = ALONE * self.width, ALONE * self.height
        lines = -(-len(self.panels) // self.columns)
        across = self.columns * self.width + (self.columns - 1) * self.gaps[0]
        down = lines * self.height + (lines - 1) * self.gaps[1]
        width, height = max(across + self.left + RIGHT, LEAST_WIDTH), down + self.top + self.bottom
        self.figure = style.pyplot.figure(figsize=(width, height))
        for place, panel in enumerate(self.panels):
            x = self.left + place % self.columns * (self.width + self.gaps[0])
            y = height - self.top - self.height
            y -= place // self.columns * (self.height + self.gaps[1])
            axes = self.figure.add_axes(
                (x / width, y / height, self.width / width, self.height / height)
            )
            axes.set_title(panel.title(), loc="left", weight="bold", size=10.5, pad=self.pad)
            self.axes.append(axes)

    def is_left(self, place):
        """Whether a panel is the first of its row."""
        return place % self.columns == 0

    def is_last(self, place):
        """Whether nothing is below a panel."""
        return place + self.columns >= len(self.panels)

    def head(self, title, notes):
        """Title of the picture, and smaller what it shows, a line each."""
        width, height = self.figure.get_size_inches()
        left = 0.15 / width
        self.figure.text(left, 1 - 0.14 / height, title, va="top", size=13.5, weight="bold")
        for line, note in enumerate(filter(None, notes)):
            at = 1 - (0.42 + 0.19 * line) / height
            self.figure.text(left, at, note, va="top", size=9.5, color=style.DARK_GREY)

    def legend(self, handles):
        """Below all panels, in as few lines as fit; the figure gets the height that this takes."""
        width, height = self.figure.get_size_inches()
        place = {"loc": "lower left", "bbox_to_anchor": (0.1 / width, 0.03 / height)}
        for columns in range(len(handles), 0, -1):
            drawn = self.figure.legend(handles=handles, ncol=columns, columnspacing=1.6, **place)
            box = drawn.get_window_extent(self.figure.canvas.get_renderer())
            if box.width < (width - 0.2) * self.figure.dpi or columns == 1:
                break
            drawn.remove()
        self._grow(box.height / self.figure.dpi + BELOW - self.bottom)

    def _grow(self, more):
        """Make the figure higher at its lower edge; panels keep their sizes."""
        width, height = self.figure.get_size_inches()
        self.figure.set_size_inches(width, height + more)
        self.bottom += more
        for axes in self.axes:
            box = axes.get_position()
            bottom, tall = box.y0 * height + more, box.height * height
            place = (bottom / (height + more), tall / (height + more))
            axes.set_position((box.x0, place[0], box.width, place[1]))


def colours(name, levels):
    """Level -> how its lines and markers look."""
    if sweep_layout.numbers(levels) or name in ("timers", "interval", "retries"):
        shades = [SCALE(at) for at in np.linspace(0.25, 1.0, max(2, len(levels)))]
        if len(levels) == 1:
            shades = [style.BLUE]
    else:
        shades = WORDS
    return {
        level: {"color": shades[place % len(shades)], "marker": MARKERS[place % len(MARKERS)]}
        for place, level in enumerate(levels)
    }


def cell(value):
    """A cell of a CSV file: empty for none, nine digits of a number."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return f"{value:.9g}" if isinstance(value, float) else value


def duration(value):
    """A time for people to read."""
    if value == 0:
        return "0 s"
    if value >= 10 * YEAR:
        return f"{value / YEAR:.3g} y"
    return mechanisms.duration(value)


def rate(value):
    """Mistakes per day for people to read."""
    if value == 0:
        return "0"
    if value >= 9999.5:
        return f"{value:.1e}".replace("e+0", "e").replace("e+", "e")
    return f"{value:.2g}" if value < 99.5 else f"{value:.0f}"


def time_axis(axis, low, high):
    """A logarithmic axis of times, with round numbers of the units that people use."""
    axis.axes.set(**{f"{axis.axis_name}scale": "log"})
    ratio = max(high / low, 1.001)
    margin = max(ratio**0.04, (mechanisms.LEAST_RATIO / ratio) ** 0.5, 1.05)
    axis.axes.set(**{f"{axis.axis_name}lim": (low / margin, high * margin)})
    extent = axis.axes.get_window_extent()
    inches = (extent.width if axis.axis_name == "x" else extent.height) / axis.figure.dpi
    most = max(2, int(inches / (0.55 if axis.axis_name == "x" else 0.3)))
    for chosen in TICKS:
        places = [
            (number * length, f"{number} {unit}")
            for unit, (length, numbers) in TIMES.items()
            for number in numbers
            if number in chosen and low / margin <= number * length <= high * margin
        ]
        if len(places) <= most:
            break
    places = places[:: -(-len(places) // most) or 1]
    axis.set_major_locator(FixedLocator([at for at, _ in places]))
    axis.set_major_formatter(FuncFormatter(lambda _, at: places[at][1] if at is not None else ""))
    axis.set_minor_locator(NullLocator())


def rate_axis(axis, low, high):
    """A logarithmic axis of rates."""
    axis.axes.set(**{f"{axis.axis_name}scale": "log"})
    axis.axes.set(**{f"{axis.axis_name}lim": (low / 1.6, high * 1.6)})
    axis.set_major_locator(LogLocator(10, numticks=6))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axis.set_minor_locator(NullLocator())
    if math.log10(high / low) < 1.2:
        axis.set_major_locator(LogLocator(10, subs=(1, 2, 5), numticks=9))


def plain_axis(axis):
    """An axis of seconds from 0, with round numbers."""
    axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))


def number_axis(axis, levels):
    """An axis of numbers with a label at every level, unless these are many."""
    values = [sweep_layout.number(level) for level in levels]
    span = (max(values) - min(values)) or 1
    limits = min(values) - 0.07 * span, max(values) + 0.07 * span
    axis.axes.set(**{f"{axis.axis_name}lim": limits})
    shown = [(values[0], levels[0])]
    for value, level in zip(values[1:], levels[1:]):
        if value - shown[-1][0] > 0.11 * span:
            shown.append((value, level))
    axis.set_ticks([value for value, _ in shown], labels=[level for _, level in shown])


def identity(case):
    """The first cells of a case in every data file."""
    levels = [case.levels[name] for name in case.levels if name != "timers"]
    return [case["point"], *levels, case["end_name"]]


def identity_header(study):
    """Their names: what varies, whatever it is called, is told apart from what was measured."""
    return ["point", *study.factor_names, "end_name"]


def require(condition, problem):
    """An InputError unless a condition holds."""
    if not condition:
        raise results.InputError(problem)
