#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Draw how detection times are distributed, one row per run, against their closed form.

With a failure at a random instant the detection time T_D lies between two bounds, which interval,
retries and the delay of the path decide. In between it is uniform if one random phase decides, and
triangular if two do. For other shapes the bounds are drawn, as dashed lines, and nothing is tested.
  left    histogram of the measured T_D of both ends in front of the density that the closed form
          predicts: the bars should fill the shaded shape, evenly, and none may lie outside
  middle  the same without bins: the share of failures noticed by then; the measured staircase
          should hug the line, which is straight for the uniform distribution
  right   the figures per end: mean with its 95 % confidence interval beside the closed form's mean,
          how many lie outside, and the Kolmogorov-Smirnov test of T_D, mapped by its own bounds,
          against the predicted distribution. D is the largest gap between staircase and line; a
          small p (after Holm's correction, at the bottom) means that chance does not explain it.
The ends are tested apart, for they see the same failures and so are not independent.

Writes BASENAME.png and BASENAME.pdf.
"""

import sys
from pathlib import Path

sys.dont_write_bytecode = True

import results
import style

results.require("scipy")

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from scipy import stats

BARS = 25  # at most, between the bounds
SAMPLES_PER_BAR = 15  # at least, on average

MEASURED = {"color": style.GOOD, "lw": 1.8}
LAW = {"color": style.ORANGE, "alpha": 0.5, "lw": 0}
BOUND = {"color": style.ORANGE, "ls": "--", "lw": 1.8}
STRAY = {"color": style.BAD, "ls": "", "marker": "X", "ms": 9, "mew": 0}


# What the closed form predicts, with its bounds mapped to 0 and 1.
PREDICTED = {"uniform": stats.uniform(), "triangular": stats.triang(0.5)}


class Row:
    """One run: what was measured, and what the closed form says."""

    def __init__(self, run_dir):
        self.name = Path(run_dir).resolve().name
        self.summary = results.load(run_dir, "summary")
        self.failures = results.load(run_dir, "failures")
        self.noticed = [row for row in self.failures if row["detection_time_s"] is not None]
        self.times = column(self.noticed, "detection_time_s")
        self.lower, self.upper = bounds(self.noticed)
        by_end = {row["end"]: row["law_shape"] or "other" for row in self.summary}
        self.shapes = np.array([by_end.get(row["end"], "other") for row in with_law(self.noticed)])
        self.tests = {
            end: goodness(results.of_end(self.noticed, end), shape) for end, shape in by_end.items()
        }

    def title(self):
        """Name of the run, timers and rule."""
        told = dict.fromkeys(f"{results.timers(row)} {row['rule']}".strip() for row in self.summary)
        return f"{self.name}:  {' and '.join(told)}"

    def predicted(self):
        """Whether the closed form says, for every measured time, how it is distributed."""
        return self.lower.size > 0 and all(shape in PREDICTED for shape in self.shapes)

    def range(self):
        """Where there is something to see: the measured times and the law, with a margin."""
        seen = np.concatenate([self.times, self.lower, self.upper])
        margin = 0.12 * (np.ptp(seen) or 1.0)
        return max(seen.min() - margin, 0.0), seen.max() + margin


def column(rows, name):
    """One column as an array."""
    return np.array([row[name] for row in rows], dtype=float)


def with_law(rows):
    """The rows for which there is a closed form."""
    return [
        row
        for row in rows
        if None not in (row["law_lower_s"], row["law_upper_s"])
        and row["law_lower_s"] < row["law_upper_s"]
    ]


def bounds(rows):
    """Lower and upper bounds of the rows that have a closed form."""
    lawful = with_law(rows)
    return column(lawful, "law_lower_s"), column(lawful, "law_upper_s")


def goodness(rows, shape):
    """Kolmogorov-Smirnov test of the detection times, each mapped by its own bounds; or None."""
    lower, upper = bounds(rows)
    if not lower.size or shape not in PREDICTED:
        return None
    times = column(with_law(rows), "detection_time_s")
    return stats.kstest((times - lower) / (upper - lower), PREDICTED[shape].cdf)


def holm(p_values):
    """The smallest p value, corrected for its being the smallest of so many (Holm, first step)."""
    return min(1.0, len(p_values) * min(p_values))


def law_curve(row, at, cumulative):
    """Density or distribution that the closed form predicts; its ends may differ a little."""
    scaled = (at[:, None] - row.lower) / (row.upper - row.lower)
    values = np.empty_like(scaled)
    for shape in set(row.shapes):
        of_shape = scaled[:, row.shapes == shape]
        if cumulative:
            values[:, row.shapes == shape] = PREDICTED[shape].cdf(of_shape)
        else:
            # Nothing at 1 itself, so that the curve falls there, not on the way to the next point.
            values[:, row.shapes == shape] = PREDICTED[shape].pdf(of_shape) * (of_shape < 1)
    return (values if cumulative else values / (row.upper - row.lower)).mean(axis=1)


def bar_edges(row):
    """Bars of equal width that end exactly at the bounds and go on as far as there are data."""
    if not row.lower.size:
        return np.histogram_bin_edges(row.times, "auto")
    lower, upper = row.lower.min(), row.upper.max()
    bars = int(np.clip(row.times.size // SAMPLES_PER_BAR, 4, BARS))
    width = (upper - lower) / bars
    before = max(int(np.ceil((lower - row.times.min()) / width)), 0)
    after = max(int(np.ceil((row.times.max() - upper) / width)), 0)
    if before + after > 20 * BARS:
        return np.histogram_bin_edges(row.times, 4 * BARS)
    return lower + width * np.arange(-before, bars + after + 1)


def law_points(row):
    """Where the curves of the closed form bend, and the edges of the picture."""
    corners = np.unique(np.concatenate([row.lower, row.upper]))
    corners = corners[np.linspace(0, corners.size - 1, min(corners.size, 400)).astype(int)]
    points = [row.range(), corners, np.nextafter(corners, -np.inf)]
    if (row.shapes != "uniform").any():  # curves, and a peak in the middle
        points += [np.linspace(corners[0], corners[-1], 401), (row.lower + row.upper)[:400] / 2]
    return np.unique(np.concatenate(points))


def draw_bounds(axes, row):
    """Where the measured times must lie, if that is all that is known."""
    for bound in np.unique([row.lower, row.upper]):
        axes.axvline(bound, **BOUND)


def draw_histogram(axes, row):
    """Measured density in front of the predicted one."""
    if row.predicted():
        points = law_points(row)
        axes.fill_between(points, law_curve(row, points, False), **LAW)
    elif row.lower.size:
        draw_bounds(axes, row)
    axes.hist(row.times, bar_edges(row), density=True, histtype="step", **MEASURED)
    strays = column(results.outside_law(row.noticed), "detection_time_s")
    axes.plot(strays, np.zeros(strays.size), clip_on=False, zorder=5, **STRAY)
    axes.set_ylabel("density (1/s)")
    axes.set_ylim(0, axes.get_ylim()[1])


def draw_distribution(axes, row):
    """Measured distribution function on the predicted one."""
    if row.predicted():
        points = law_points(row)
        axes.plot(points, law_curve(row, points, True), color=style.ORANGE, lw=5, alpha=0.6)
    elif row.lower.size:
        draw_bounds(axes, row)
    low, high = row.range()
    times = np.concatenate([[low], np.sort(row.times), [high]])
    share = np.concatenate([[0], np.arange(1, row.times.size + 1) / row.times.size, [1]])
    axes.step(times, share, where="post", **MEASURED)
    axes.set_ylabel("share noticed by then")
    axes.set_ylim(-0.03, 1.03)


def figures(row, summary):
    """What is to be said about one end, in a few lines."""
    rows = results.of_end(row.failures, summary["end"])
    times = column(results.of_end(row.noticed, summary["end"]), "detection_time_s")
    lines = [f"{summary['end']}: n = {times.size} of {len(rows)}"]
    if times.size:
        lines.append(f"  mean {times.mean():.3f}{confidence(times)} s")
    if summary["law_mean_s"] is not None:
        lines.append(f"  law  {summary['law_mean_s']:.3f} s")
    if times.size and bounds(results.of_end(row.noticed, summary["end"]))[0].size:
        lines.append(f"  outside the law: {len(results.outside_law(rows))}")
    test = row.tests[summary["end"]]
    if test:
        lines.append(f"  KS D = {test.statistic:.3f}, p = {test.pvalue:.2g}")
    return lines


def confidence(times):
    """Half the 95 % confidence interval of the mean, after a plus-minus sign."""
    if times.size < 2:
        return ""
    return f" ± {stats.t.ppf(0.975, times.size - 1) * stats.sem(times):.3f}"


def draw_row(axes, row):
    """Histogram, distribution function and figures of one run."""
    axes[0].set_title(row.title(), loc="left", weight="bold")
    for lane in axes[:2]:
        lane.grid()
        lane.set_xlabel("detection time $T_D$ (s)")
        if row.times.size:
            lane.set_xlim(row.range())
    if row.times.size:
        draw_histogram(axes[0], row)
        draw_distribution(axes[1], row)
    else:
        for lane in axes[:2]:
            lane.set(xticks=[], yticks=[])
            what = "never noticed" if row.failures else "no failure"
            lane.text(0.5, 0.5, what, transform=lane.transAxes, ha="center", color=style.BAD)
    told = "\n\n".join("\n".join(figures(row, summary)) for summary in row.summary)
    axes[2].axis("off")
    axes[2].text(-0.08, 1, told, va="top", family="DejaVu Sans Mono", size=10)


def legend(figure, rows):
    """The legend below all rows, with a note about the tests."""
    handles = [Line2D([], [], label="measured, all ends", **MEASURED)]
    drawn = {shape for row in rows if row.predicted() for shape in row.shapes}
    if drawn:
        shapes = " or ".join(shape for shape in results.SHAPES if shape in drawn)
        handles.append(Patch(label=f"closed form: {shapes}", **LAW))
    if any(row.lower.size and not row.predicted() for row in rows):
        handles.append(Line2D([], [], label="closed form: bounds only", **BOUND))
    if any(results.outside_law(row.noticed) for row in rows):
        handles.append(Line2D([], [], label="outside the law", **STRAY))
    figure.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.05, 0), ncol=4)
    p_values = [test.pvalue for row in rows for test in row.tests.values() if test]
    if p_values:
        note = f"smallest p of {len(p_values)}, after Holm's correction: {holm(p_values):.2g}"
        figure.text(0.985, 0.09 / figure.get_figheight(), note, ha="right", va="bottom", size=10)


def draw(rows):
    """The whole picture."""
    figure, axes = style.pyplot.subplots(
        len(rows),
        3,
        squeeze=False,
        figsize=(13.5, 3.1 * len(rows) + 0.5),
        gridspec_kw={"width_ratios": [1, 1, 0.62]},
    )
    for lane, row in zip(axes, rows):
        draw_row(lane, row)
    inch = 1 / figure.get_figheight()
    figure.subplots_adjust(left=0.06, right=0.985, wspace=0.24, hspace=0.42)
    figure.subplots_adjust(top=1 - 0.4 * inch, bottom=inch)
    legend(figure, rows)
    return figure


def main():
    """Parse, read, draw, save."""
    parser = results.parser(__doc__)
    parser.add_argument(
        "run_dirs", metavar="RUN_DIR", nargs="+", help="directory with the CSV files of a run"
    )
    parser.add_argument("--out", metavar="BASENAME", required=True, help="picture without suffix")
    options = parser.parse_args()
    style.save(draw([Row(run_dir) for run_dir in options.run_dirs]), options.out)


if __name__ == "__main__":
    results.entry(main)
