#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Compare mechanisms in one picture: how long until the other end is known to be gone?

One row per mechanism, with the timers and the family of its ends, the fastest on top; a run of a
lab with many failures at random instants gives a row. From top to bottom, on a logarithmic axis:
  bar   what the closed form says: best case, mean (diamond) and worst case
  box   the measured detection times T_D: quartiles and median, whiskers to the smallest and the
        largest, and a circle at the mean. None but the mean depends on the scale of the axis
  dots  every failure, once for each end that noticed it; the height has no meaning. A red cross is
        a T_D outside the closed form
Beside the row are the measured mean and range. Censored means never noticed: such failures are
counted below the label, and are in no mean.

Ends share a row if they are configured alike and have the same closed form. They see the same
failures, so two ends are not twice the evidence. "5 s × 4" are interval and number of retries;
TCP's timers are idle time, interval and number of probes, BGP's keepalive and hold time.

Reads failures.csv, summary.csv and config.ini. Writes BASENAME.png, BASENAME.pdf, BASENAME.svg and
BASENAME.csv, the figures of all rows.
"""

import csv
import io
import sys
from pathlib import Path

sys.dont_write_bytecode = True

import results
import style

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import NullLocator

NAMES = {
    "bfd": "BFD",
    "bgp": "BGP",
    "dpd": "IKE DPD",
    "ethernet": "Ethernet",
    "gre": "GRE",
    "hdlc": "HDLC",
    "ppp": "PPP",
    "tcp": "TCP keepalive",
}

# Whose rule or profile it is; what is not here is told as it stands.
FAMILIES = {
    "bird": "BIRD",
    "cisco": "Cisco",
    "cisco-on-demand": "Cisco, on demand",
    "cisco-periodic": "Cisco, periodic",
    "exabgp": "ExaBGP",
    "freebsd": "FreeBSD",
    "frr": "FRR",
    "frr-datacenter": "FRR datacenter",
    "gobgp": "GoBGP",
    "h3c": "H3C",
    "hold-time": "hold time",
    "huawei": "Huawei",
    "huawei-expiry": "Huawei, expiry",
    "huawei-send": "Huawei, send",
    "ios": "Cisco",
    "juniper": "Juniper",
    "junos": "Juniper",
    "linux": "Linux",
    "macos": "macOS",
    "nokia": "Nokia",
    "rfc1122": "RFC 1122",
    "libreswan-ikev2": "libreswan, IKEv2",
    "rfc4271": "RFC 4271",
    "solaris": "Solaris",
    "strongswan-ikev1": "strongSwan, IKEv1",
    "strongswan-ikev2": "strongSwan, IKEv2",
    "windows-vista": "Windows Vista",
    "windows-xp": "Windows XP",
}

# What a profile brings that summary.csv has no column for, in seconds: TCP's time between probes,
# and the hold time that BGP proposes.
PROBE_INTERVALS = {
    "linux": 75,
    "windows-vista": 1,
    "windows-xp": 1,
    "freebsd": 75,
    "macos": 75,
    "solaris": 0.4,
    "rfc1122": 75,
}
HOLD_TIMES = {
    "rfc4271": 90,
    "cisco": 180,
    "juniper": 90,
    "huawei": 180,
    "frr": 180,
    "frr-datacenter": 9,
    "bird": 240,
    "gobgp": 90,
    "exabgp": 180,
}

SAME_LAW = 0.01  # of the mean: ends whose closed forms differ by less share a row

# Units of time: length in seconds, from where on durations are told in it (timers are in seconds, so
# minutes come late), and the numbers of it that the axis shows.
UNITS = {
    "ms": (1e-3, 0, (1, 2, 5, 10, 20, 50, 100, 200, 500)),
    "s": (1, 0.9995, (1, 2, 5, 10, 30)),
    "min": (60, 600, (1, 2, 5, 10, 30)),
    "h": (3600, 7200, (1, 2, 5, 10)),
    "d": (86400, 172800, (1, 2, 5, 10, 20, 50, 100)),
}
MOST_TICKS = 14
LEAST_RATIO = 5  # of the ends of the axis, which then has two labels at least
LABELS_WIDTH = 3.5  # inches, or more if a label needs it

LAW = {"color": style.ORANGE, "lw": 4, "solid_capstyle": "butt"}
LAW_END = {"color": style.ORANGE, "ls": "", "marker": "|", "ms": 11, "mew": 2.5}
LAW_MEAN = {"color": style.ORANGE, "ls": "", "marker": "D", "ms": 8, "mec": "black", "mew": 1}
BOX = {"fc": "#CFE6F5", "ec": style.GOOD, "lw": 1.4}
WHISKER = {"color": style.GOOD, "lw": 1.4}
MEAN = {"color": "white", "ls": "", "marker": "o", "ms": 7.5, "mec": "black", "mew": 1.3}
DOT = {"color": style.GOOD, "ls": "", "marker": "o", "mew": 0}
STRAY = {"color": style.BAD, "ls": "", "marker": "X", "ms": 9, "mew": 0}

LANES = {"law": -0.27, "box": -0.04, "dots": 0.25}
HALF_BOX, HALF_DOTS = 0.11, 0.11
DOTS_HEIGHT_RATIO = 0.618034  # of a low-discrepancy sequence: dots in turn lie far apart


class Config:
    """config.ini of a run: what was given, and the defaults, which it has as comments."""

    def __init__(self, run_dir):
        self.path = Path(run_dir) / "config.ini"
        self.given, self.default = {}, {}
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise results.InputError(f"{self.path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise results.InputError(f"{self.path}: not in UTF-8: {error}") from error
        for number, line in enumerate(lines, 1):
            key, equals, value = line.removeprefix("# ").partition("=")
            if not equals:
                raise results.InputError(f"{self.path}:{number}: {line!r} is not a key=value")
            (self.default if line.startswith("# ") else self.given)[key] = value

    def timer(self, name, end, of_profiles):
        """A timer in force at an end: that given, else that of a profile given, else the default.

        What is given for R1 alone holds for R2, too.
        """
        for suffix in ("-b", "") if end == "R2" else ("",):
            if name + suffix in self.given:
                return self.seconds(name + suffix, self.given[name + suffix])
            profile = self.given.get("profile" + suffix)
            if profile is not None:
                if profile not in of_profiles:
                    known = ", ".join(of_profiles)
                    raise results.InputError(f"{self.path}: profile {profile!r} is none of {known}")
                return of_profiles[profile]
        if name not in self.default:
            raise results.InputError(f"{self.path}: no {name}")
        return self.seconds(name, self.default[name])

    def seconds(self, name, text):
        """The number that an option has."""
        try:
            value = float(text)
        except ValueError:
            value = np.nan
        if not np.isfinite(value):
            raise results.InputError(f"{self.path}: {name}={text}: not a number")
        return value


def timers(summary, config):
    """The timers of an end, as those who configure it call them."""
    interval, retries = summary["interval_s"], summary["retries"]
    if not interval:
        return "without keepalives"
    if summary["mechanism"] == "tcp":
        probes = config.timer("interval", summary["end"], PROBE_INTERVALS)
        return f"{interval:g}/{probes:g}" + (f"/{retries}" if retries else "")
    if summary["mechanism"] == "bgp":
        # Both use the smaller one of the hold times that they propose.
        hold = min(config.timer("hold", end, HOLD_TIMES) for end in ("R1", "R2"))
        return f"{interval:g}/{hold:g}"
    return f"{interval:g} s" + (f" × {retries}" if retries else "")


def label(summary, config):
    """Mechanism, timers and family of an end."""
    mechanism, rule = summary["mechanism"], summary["rule"]
    family = f" ({FAMILIES.get(rule, rule)})" if rule else ""
    return f"{NAMES.get(mechanism, mechanism)} {timers(summary, config)}{family}"


class Row:
    """Ends of one run that are configured alike and have the same closed form."""

    def __init__(self, run_dir, name, summary, failures):
        self.run = Path(run_dir).resolve().name
        self.label = name
        self.ends = [row["end"] for row in summary]
        own = [row for row in failures if row["end"] in self.ends]
        self.kinds = sorted({row["kind"] for row in own})
        noticed = [row for row in own if row["detection_time_s"] is not None]
        self.times = np.array([row["detection_time_s"] for row in noticed], dtype=float)
        self.counts = [len(results.of_end(noticed, end)) for end in self.ends]
        self.censored = sum(bool(row["censored"]) for row in own)
        self.strays = np.array([row["detection_time_s"] for row in results.outside_law(own)])
        self.law = merged_law(summary)
        told = sum(row["detected"] for row in summary), sum(row["censored"] for row in summary)
        if told != (self.times.size, self.censored):
            raise results.InputError(f"{run_dir}: summary.csv and failures.csv contradict each other")
        if (self.times <= 0).any():
            raise results.InputError(f"{run_dir}: failures.csv: a logarithmic axis has no place for 0 s")

    def order(self):
        """Rows by their mean; what never notices comes last."""
        return (self.times.mean() if self.times.size else np.inf, self.label)

    def note(self):
        """What the label leaves open."""
        counts = " + ".join(map(str, self.counts))
        told = f"{', '.join(self.kinds)}; {', '.join(self.ends)}: n = {counts}"
        if self.censored:
            told += f", {self.censored} censored"
        return told if self.law else f"{told}, no closed form"


def law_of(summary):
    """Best case, mean and worst case, or None."""
    law = tuple(summary[f"law_{which}_s"] for which in ("lower", "mean", "upper"))
    return None if None in law else law


def merged_law(summary):
    """The closed form of ends that have almost the same one."""
    laws = [law_of(row) for row in summary]
    if None in laws:
        return None
    lower, mean, upper = zip(*laws)
    return min(lower), sum(mean) / len(mean), max(upper)


def alike(one, other):
    """Whether two ends have the same closed form, but for what the path adds."""
    one, other = law_of(one), law_of(other)
    if None in (one, other):
        return one is other
    return max(abs(a - b) for a, b in zip(one, other)) <= SAME_LAW * one[1]


def read_run(run_dir):
    """The rows of one run. An end that failed itself had nothing to notice."""
    config = Config(run_dir)
    failures = results.load(run_dir, "failures")
    groups = []
    for summary in results.load(run_dir, "summary"):
        if not summary["failures"]:
            continue
        name = label(summary, config)
        for known, group in groups:
            if known == name and alike(group[0], summary):
                group.append(summary)
                break
        else:
            groups.append((name, [summary]))
    if not groups:
        raise results.InputError(f"{run_dir}: summary.csv: no end had a failure to notice")
    rows = [Row(run_dir, name, group, failures) for name, group in groups]
    return distinguish(rows, lambda row: " and ".join(row.ends))


def distinguish(rows, by):
    """Rows of the same label get something more."""
    labels = [row.label for row in rows]
    for row in rows:
        if labels.count(row.label) > 1:
            row.label += f", {by(row)}"
    return rows


def read(run_dirs):
    """The rows of all runs, the fastest first."""
    rows = [row for run_dir in run_dirs for row in read_run(run_dir)]
    return sorted(distinguish(rows, lambda row: row.run), key=Row.order)


def duration(value):
    """A time for people to read: three significant digits, with its unit."""
    unit = max((name for name in UNITS if value >= UNITS[name][1]), key=lambda name: UNITS[name][0])
    return f"{value / UNITS[unit][0]:.3g} {unit}"


def ticks(low, high):
    """Where the axis has labels, and which: round numbers of the units that people use."""
    chosen = [
        (number * length, f"{number} {unit}")
        for unit, (length, _, numbers) in UNITS.items()
        for number in numbers
        if low <= number * length <= high
    ]
    return chosen[:: max(1, -(-len(chosen) // MOST_TICKS))]


def limits(rows):
    """The ends of the axis: all that is drawn, with a margin."""
    drawn = np.concatenate([row.times for row in rows] + [row.law for row in rows if row.law])
    drawn = drawn[drawn > 0]
    if not drawn.size:
        return 1.0, 100.0
    ratio = drawn.max() / drawn.min()
    margin = max(ratio**0.03, (LEAST_RATIO / ratio) ** 0.5, 1.05)
    return drawn.min() / margin, drawn.max() * margin


def draw_law(axes, row, place):
    """Best case, mean and worst case. A best case of 0 is clipped: the bar goes to the edge."""
    best, mean, worst = row.law
    height = place + LANES["law"]
    axes.plot([best, worst], [height] * 2, **LAW)
    axes.plot([best, worst], [height] * 2, **LAW_END)
    axes.plot(mean, height, zorder=4, **LAW_MEAN)


def draw_box(axes, row, place):
    """Quartiles, median, range and mean."""
    low, first, median, third, high = np.percentile(row.times, [0, 25, 50, 75, 100])
    height = place + LANES["box"]
    axes.plot([low, high], [height] * 2, zorder=2, **WHISKER)
    axes.add_patch(Rectangle((first, height - HALF_BOX), third - first, 2 * HALF_BOX, zorder=3, **BOX))
    for at, half in ((low, HALF_BOX / 2), (high, HALF_BOX / 2), (median, HALF_BOX)):
        axes.plot([at] * 2, [height - half, height + half], zorder=4, **WHISKER)
    axes.plot(row.times.mean(), height, zorder=5, **MEAN)


def draw_dots(axes, row, place):
    """Every detection time; the more there are, the fainter."""
    crowd = min(1.0, 100 / row.times.size)
    turn = np.arange(row.times.size) * DOTS_HEIGHT_RATIO % 1
    heights = place + LANES["dots"] + HALF_DOTS * (2 * turn - 1)
    axes.plot(row.times, heights, ms=2.5 + 2 * crowd, alpha=0.2 + 0.6 * crowd, **DOT)
    axes.plot(row.strays, [place + LANES["dots"]] * row.strays.size, zorder=5, **STRAY)


def draw_texts(axes, row, place):
    """Label and note to the left of a row, figures to the right; return those to the left."""
    left = {"transform": axes.get_yaxis_transform(), "ha": "right"}
    note = {"va": "top", "size": 9, "color": style.BAD if row.censored else style.DARK_GREY}
    texts = [
        axes.text(-0.015, place - 0.02, row.label, va="bottom", weight="bold", **left),
        axes.text(-0.015, place + 0.05, row.note(), **note, **left),
    ]
    right = {"transform": axes.get_yaxis_transform(), "ha": "left"}
    if not row.times.size:
        axes.text(1.015, place, "never noticed", va="center", color=style.BAD, **right)
        return texts
    span = f"{duration(row.times.min())} to {duration(row.times.max())}"
    axes.text(1.015, place - 0.02, duration(row.times.mean()), va="bottom", weight="bold", **right)
    axes.text(1.015, place + 0.05, span, va="top", size=9, color=style.DARK_GREY, **right)
    return texts


def legend(figure, rows):
    """Below all rows, in their order from top to bottom."""
    handles = []
    if any(row.law for row in rows):
        handles.append((Line2D([], [], **LAW), Line2D([], [], **LAW_MEAN)))
    handles += [(Patch(**BOX),), (Line2D([], [], **MEAN),), (Line2D([], [], ms=4.5, **DOT),)]
    labels = ["measured: quartiles, median, range", "measured: mean", "one failure, at one end"]
    if any(row.law for row in rows):
        labels.insert(0, "closed form: best, mean, worst")
    if any(row.strays.size for row in rows):
        handles.append((Line2D([], [], **STRAY),))
        labels.append("outside the closed form")
    figure.legend(handles, labels, loc="lower center", bbox_to_anchor=(0.5, 0), ncol=len(labels))


def widest(figure, texts):
    """The width of the widest text, in inches."""
    renderer = figure.canvas.get_renderer()
    return max(text.get_window_extent(renderer).width for text in texts) / figure.dpi


def draw(rows):
    """The whole picture."""
    width, height = 13.5, 0.82 * len(rows) + 1.95
    figure, axes = style.pyplot.subplots(figsize=(width, height))
    figure.subplots_adjust(left=LABELS_WIDTH / width, right=1 - 1.6 / width)
    figure.subplots_adjust(top=1 - 0.6 / height, bottom=1.05 / height)
    axes.set_xscale("log")
    axes.set_xlim(limits(rows))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    places = ticks(*axes.get_xlim())
    axes.set_xticks([at for at, _ in places], [told for _, told in places])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    for edge in range(1, len(rows)):
        axes.axhline(edge - 0.5, color="#DDDDDD", lw=0.7)
    axes.set_xlabel("detection time $T_D$, logarithmic")
    labels = []
    for place, row in enumerate(rows):
        if row.law:
            draw_law(axes, row, place)
        if row.times.size:
            draw_box(axes, row, place)
            draw_dots(axes, row, place)
        labels += draw_texts(axes, row, place)
    figure.subplots_adjust(left=max(LABELS_WIDTH, widest(figure, labels) + 0.35) / width)
    legend(figure, rows)
    title = "How long until the other end is known to be gone?"
    figure.text(0.15 / width, 1 - 0.15 / height, title, va="top", size=13, weight="bold")
    heading = {"transform": axes.transAxes, "va": "bottom", "size": 9, "color": style.DARK_GREY}
    axes.text(1.015, 1, "mean and range", **heading)
    return figure


def table(rows):
    """The figures of all rows, as the text of a CSV file."""
    names = "label run ends detected censored outside_law mean_s min_s quartile_1_s median_s"
    names += " quartile_3_s max_s law_lower_s law_mean_s law_upper_s"
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names.split())
    for row in rows:
        counts = row.times.size, row.censored, row.strays.size
        measured = [""] * 6
        if row.times.size:
            measured = [row.times.mean(), *np.percentile(row.times, [0, 25, 50, 75, 100])]
            measured = [f"{value:.9g}" for value in measured]
        law = [f"{value:.9g}" for value in row.law] if row.law else [""] * 3
        writer.writerow([row.label, row.run, " ".join(row.ends), *counts, *measured, *law])
    return text.getvalue()


def save(rows, basename):
    """Write the pictures and the figures; never overwrite."""
    path = Path(f"{basename}.csv")
    if path.exists():
        raise results.InputError(f"{path}: exists already and is not overwritten")
    style.save(draw(rows), basename, ("png", "pdf", "svg"))
    with open(path, "x", encoding="utf-8", newline="") as file:
        file.write(table(rows))


def main():
    """Parse, read, draw, save."""
    parser = results.parser(__doc__)
    parser.add_argument(
        "run_dirs", metavar="RUN_DIR", nargs="+", help="directory with the files of a run"
    )
    parser.add_argument("--out", metavar="BASENAME", required=True, help="picture without suffix")
    options = parser.parse_args()
    save(read(options.run_dirs), options.out)


if __name__ == "__main__":
    results.entry(main)
