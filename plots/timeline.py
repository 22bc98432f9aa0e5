#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Draw one run on one time axis: what failed, who noticed when, and what became of the traffic.

From top to bottom the lanes show
  line state  the band of each end: the line protocol is up, or down;
              an arrow leads from the failure to line-down, and the figure on it is the detection
              time T_D
  keepalives  every keepalive where it was sent: a dot if it came back before the next one was
              sent, a cross if not, a diamond if the run ended before that was settled
  counter     unanswered keepalives of each end; the broken line is the number that takes the
              line down, and whatever is counted beyond it is drawn on it
  throughput  user traffic per direction: what was delivered in front of what was sent, so the
              grey that remains visible was lost
The shaded interval is the failure. Read from its left edge down: the throughput collapses at once,
the counters climb step by step, and only when they are full does the line go down.

Writes BASENAME.png and BASENAME.pdf.
"""

import sys
from pathlib import Path

sys.dont_write_bytecode = True

import results
import style

from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

RETURNED, LOST, PENDING = "returned", "lost", "open at the end"
MARKERS = {
    RETURNED: {"marker": "o", "color": style.GOOD},
    LOST: {"marker": "X", "color": style.BAD},
    PENDING: {"marker": "D", "color": style.DARK_GREY},
}
LARGEST_LIMIT = 50  # retries beyond this mean "never": no axis is drawn that far


class Run:
    """What the picture shows, as it was read."""

    def __init__(self, run_dir, begin, end):
        self.name = Path(run_dir).resolve().name
        self.events = results.load(run_dir, "events")
        self.traffic = results.load(run_dir, "traffic")
        self.failures = results.load(run_dir, "failures")
        self.summary = results.load(run_dir, "summary")
        self.ends = [row["end"] for row in self.summary]
        self.begin = 0.0 if begin is None else begin
        self.end = self._last() if end is None else end
        if not self.summary:
            raise results.InputError(f"{run_dir}: summary.csv has no row")
        if not self.begin < self.end:
            raise results.InputError(f"nothing lies between {self.begin:g} s and {self.end:g} s")

    def _last(self):
        times = [row["time_s"] for row in self.events]
        for flow in flows(self.traffic):
            times.append(bins(self.traffic, flow)[0][-1])
        for row in self.failures:
            times += [row["began_s"], row["ended_s"] or 0.0]
        return max(times, default=0.0)

    def of_end(self, end, *kinds):
        """The events of some kinds at one end, in order."""
        return [row for row in results.of_end(self.events, end, "source") if row["event"] in kinds]

    def seen(self, failures):
        """Those of the failures that lie at least partly on the time axis."""
        return [
            row
            for row in failures
            if row["began_s"] < self.end and until(row, self.end) > self.begin
        ]


def until(failure, never):
    """When a failure ended; the instant given if it did not."""
    return never if failure["ended_s"] is None else failure["ended_s"]


def line_states(run, end):
    """Intervals (begin, end, up) of the line protocol of one end, over the whole run."""
    changes = [
        (row["time_s"], row["event"] == "line-up")
        for row in run.of_end(end, "line-up", "line-down")
    ]
    up = not changes[0][1] if changes else True
    begin, states = min(0.0, run.begin), []
    for when, now_up in changes:
        states.append((begin, when, up))
        begin, up = when, now_up
    return states + [(begin, max(run.end, begin), up)]


def classify_keepalives(events):
    """When one end sent the keepalives of each fate, as {RETURNED: [times], LOST: ..., ...}."""
    fates = {RETURNED: [], LOST: [], PENDING: []}
    sent, back = None, False
    for row in events:
        if row["event"] == "keepalive-tx":
            if sent is not None:
                fates[RETURNED if back else LOST].append(sent)
            sent, back = row["time_s"], False
        elif row["event"] == "keepalive-rx":
            back = True
    if sent is not None:
        fates[RETURNED if back else PENDING].append(sent)
    return fates


def flows(traffic):
    """The names of the flows, in order of appearance."""
    return list(dict.fromkeys(row["flow"] for row in traffic))


def bins(traffic, flow):
    """Edges of the bins of a flow, and the rates sent and received in them."""
    rows = [row for row in traffic if row["flow"] == flow]
    edges = [row["time_s"] for row in rows]
    edges.append(edges[-1] + (edges[-1] - edges[-2] if len(edges) > 1 else 1.0))
    if any(later <= earlier for earlier, later in zip(edges, edges[1:])):
        raise results.InputError(f"traffic.csv: the bins of {flow} are not in order of time")
    return (
        edges,
        [row["sent_bit_per_s"] for row in rows],
        [row["received_bit_per_s"] for row in rows],
    )


def legend_beside(axes, handles):
    """A legend to the right of a lane, where no data are."""
    axes.legend(handles=handles, loc="center left", bbox_to_anchor=(1.005, 0.5), borderaxespad=0.2)


def say_nothing_here(axes, text):
    """Tell the reader that an empty lane is meant to be empty."""
    axes.text(
        0.5, 0.5, text, transform=axes.transAxes, ha="center", va="center", color=style.DARK_GREY
    )


def draw_states(axes, run):
    """Bands of the line state, with the detection times above; returns their texts."""
    colours = {True: style.SKY, False: style.BAD}
    texts = []
    for row, end in enumerate(run.ends):
        for begin, finish, up in line_states(run, end):
            axes.broken_barh([(begin, finish - begin)], (row, 0.42), color=colours[up], lw=0)
        for failure in run.seen(results.of_end(run.failures, end)):
            texts.append(draw_detection(axes, run, failure, row))
    axes.set_yticks([row + 0.21 for row in range(len(run.ends))], run.ends)
    axes.tick_params(axis="y", length=0)
    axes.set_ylabel("line state")
    names = {True: "up", False: "down"}
    legend_beside(axes, [Patch(color=colours[up], label=names[up]) for up in colours])
    return texts


def draw_detection(axes, run, failure, row):
    """The arrow from a failure to line-down and its label; returns the label."""
    began, detected = failure["began_s"], failure["detected_at_s"]
    if failure["detected"] and detected is not None:
        label, colour, finish = style.seconds(detected - began), style.BLACK, detected
        head = "->" if detected <= run.end else "-"
        arrow = {"arrowstyle": head, "lw": 1.3, "shrinkA": 0, "shrinkB": 0}
        tip, tail = min(detected, run.end), max(began, run.begin)
        axes.annotate("", (tip, row - 0.12), (tail, row - 0.12), arrowprops=arrow)
    else:
        label, colour, finish = "never noticed", style.BAD, until(failure, run.end)
    text = axes.text(
        began, row - 0.2, label, ha="center", va="bottom", color=colour, weight="bold", size=10
    )
    style.place(axes.figure, axes, text, max(began, run.begin), min(finish, run.end))
    return text


def draw_keepalives(axes, run):
    """One row of markers per end: when keepalives were sent, and which came back."""
    fates = {end: visible_keepalives(run, end) for end in run.ends}
    shown = [fate for fate in MARKERS if any(fates[end][fate] for end in run.ends)]
    size = marker_size(axes, fates)
    for row, end in enumerate(run.ends):
        for fate in shown:
            times = fates[end][fate]
            axes.plot(
                times, [row] * len(times), ls="", ms=size, mew=0, clip_on=False, **MARKERS[fate]
            )
    axes.set_ylim(len(run.ends) - 0.4, -0.6)
    axes.set_yticks(range(len(run.ends)), run.ends)
    axes.tick_params(axis="y", length=0)
    axes.set_ylabel("keepalives")
    if shown:
        look = {"ls": "", "ms": 7, "mew": 0}
        legend_beside(axes, [Line2D([], [], label=fate, **look, **MARKERS[fate]) for fate in shown])
    else:
        axes.set_yticks([])
        say_nothing_here(axes, "no keepalives")


def visible_keepalives(run, end):
    """The fates of the keepalives of one end, as far as they lie on the time axis."""
    fates = classify_keepalives(run.of_end(end, "keepalive-tx", "keepalive-rx"))
    return {
        fate: [time for time in times if run.begin <= time <= run.end]
        for fate, times in fates.items()
    }


def marker_size(axes, fates):
    """As large as fits between two keepalives of the busiest end, within reason; in points."""
    busiest = max(sum(map(len, of_end.values())) for of_end in fates.values())
    width = axes.get_window_extent().width * 72 / axes.figure.dpi
    return min(max(0.85 * width / max(busiest, 1), 2.5), 8.0)


def draw_counter(axes, run, end):
    """The counter of unanswered keepalives of one end, drawn no higher than the limit."""
    times, counts = [min(0.0, run.begin)], [0]
    for row in run.of_end(end, "keepalive-tx", "keepalive-rx"):
        times.append(row["time_s"])
        counts.append(0 if row["event"] == "keepalive-rx" else int(row["value"] or 0))
    limit = next(row["retries"] for row in run.summary if row["end"] == end)
    limited = bool(limit) and limit <= LARGEST_LIMIT and len(counts) > 1
    top = limit if limited else max(counts + [1])
    times.append(max(run.end, times[-1]))
    counts.append(counts[-1])
    axes.set_ylabel(f"counter\n{end}")
    axes.set_ylim(-0.08 * top, 1.18 * top)
    ticks = range(top + 1) if top <= 4 else (0, top // 2, top)
    beyond = "≥" if max(counts) > top else ""
    axes.set_yticks(ticks, [*ticks[:-1], f"{beyond}{top}"])
    if len(counts) == 2:
        axes.set_yticks([])
        say_nothing_here(axes, "no keepalives")
        return
    handles = axes.step(
        times,
        [min(count, top) for count in counts],
        where="post",
        color=style.BLACK,
        lw=1.4,
        label="unanswered",
    )
    if limited:
        look = {"color": style.BAD, "ls": (0, (4, 3)), "lw": 1.2}
        handles.append(axes.axhline(limit, zorder=1, label=f"retries = {limit}", **look))
    legend_beside(axes, handles)


def draw_throughput(axes, run, flow, unit, scale):
    """What a flow sent, and in front of it what was delivered."""
    edges, sent, received = bins(run.traffic, flow)
    scaled = [[rate / scale for rate in rates] for rates in (sent, received)]
    axes.stairs(scaled[0], edges, fill=True, color=style.GREY, lw=0)
    axes.stairs(scaled[1], edges, fill=True, color=style.GREEN, lw=0)
    axes.set_ylim(0, 1.15 * max(scaled[0] + scaled[1]) or 1)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3))
    axes.set_ylabel(f"{flow.replace('->', '→')}\n{unit}")
    legend_beside(
        axes,
        [Patch(color=style.GREY, label="sent"), Patch(color=style.GREEN, label="delivered")],
    )


def throughput_unit(traffic):
    """Unit that suits the largest rate, and how many bit/s it is."""
    largest = max(max(row["sent_bit_per_s"], row["received_bit_per_s"]) for row in traffic)
    return ("Mbit/s", 1e6) if largest >= 1e6 else ("kbit/s", 1e3)


def draw_failures(lanes, run):
    """Shade every failure over all lanes; returns the labels above the uppermost."""
    texts = []
    distinct = {row["failure"]: row for row in run.failures}.values()
    for failure in run.seen(distinct):
        began, ended = failure["began_s"], until(failure, run.end)
        for axes in lanes:
            axes.axvspan(began, ended, color=style.YELLOW, alpha=0.35, lw=0, zorder=0)
            axes.axvline(began, color=style.DARK_GREY, lw=1, zorder=2)
        above = lanes[0].get_xaxis_transform()
        text = lanes[0].text(
            began, 1.03, describe(failure), transform=above, ha="center", va="bottom", size=10
        )
        style.place(text.figure, lanes[0], text, max(began, run.begin), min(ended, run.end))
        texts.append(text)
    return texts


def describe(failure):
    """Kind and target of a failure, and how long it lasted."""
    began, ended = failure["began_s"], failure["ended_s"]
    lasted = "never ended" if ended is None else f"for {style.seconds(ended - began)}"
    return f"failure: {failure['kind']}, {failure['target']}\nat {style.seconds(began)}, {lasted}"


def title(run):
    """Name of the run, and the mechanism and its timers at each end."""
    told = {}  # what is configured -> the ends where it is
    for row in run.summary:
        parts = [results.timers(row)]
        if row["interval_s"]:
            parts = [row["mechanism"], "keepalives", *parts, row["rule"] and f"({row['rule']})"]
        told.setdefault(" ".join(filter(None, parts)), []).append(row["end"])
    return f"{run.name}  –  " + ",  ".join(
        f"{' and '.join(ends)}: {what}" for what, ends in told.items()
    )


def draw(run):
    """The whole picture."""
    names = flows(run.traffic)
    heights = [0.85 * len(run.ends), 0.5 * len(run.ends)] + [0.8] * len(run.ends)
    heights += [0.9] * max(len(names), 1)
    figure, lanes = style.pyplot.subplots(
        len(heights),
        sharex=True,
        figsize=(12, 2.1 + 1.22 * sum(heights)),
        gridspec_kw={"height_ratios": heights, "hspace": 0.16},
    )
    inch = 1 / figure.get_figheight()
    figure.subplots_adjust(left=0.085, right=0.85, top=1 - 1.0 * inch, bottom=0.65 * inch)
    lanes[0].set_xlim(run.begin, run.end)
    lanes[0].set_ylim(len(run.ends) - 0.45, -0.68)
    labels = draw_failures(lanes, run)
    times = draw_states(lanes[0], run)
    draw_keepalives(lanes[1], run)
    for axes, end in zip(lanes[2:], run.ends):
        draw_counter(axes, run, end)
    for axes, flow in zip(lanes[2 + len(run.ends) :], names):
        draw_throughput(axes, run, flow, *throughput_unit(run.traffic))
    if not names:
        lanes[-1].set_yticks([])
        say_nothing_here(lanes[-1], "no user traffic")
    finish(figure, lanes, labels, times)
    figure.text(0.085, 1 - 0.12 * inch, title(run), ha="left", va="top", size=13, weight="bold")
    return figure


def finish(figure, lanes, labels, times):
    """Axis, grid, aligned labels; and no text upon another."""
    lanes[-1].set_xlabel("simulated time (s)")
    for axes in lanes:
        axes.grid(axis="x")
    figure.align_ylabels(lanes)
    hidden = style.hide_overlaps(figure, labels) + style.hide_overlaps(figure, times)
    if hidden:
        note = f"labels left out for want of room: {hidden} (see --begin and --end)"
        figure.text(0.99, 0.008, note, ha="right", va="bottom", size=9, color=style.DARK_GREY)


def main():
    """Parse, read, draw, save."""
    parser = results.parser(__doc__)
    parser.add_argument("run_dir", metavar="RUN_DIR", help="directory with the files of one run")
    parser.add_argument("--out", metavar="BASENAME", help="default: RUN_DIR/timeline")
    parser.add_argument("--begin", type=float, metavar="S", help="draw from this second on")
    parser.add_argument("--end", type=float, metavar="S", help="draw up to this second")
    options = parser.parse_args()
    run = Run(options.run_dir, options.begin, options.end)
    style.save(draw(run), options.out or Path(options.run_dir) / "timeline")


if __name__ == "__main__":
    results.entry(main)
