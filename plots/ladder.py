#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Draw the frames between two routers as a ladder: who sent what when, and what became of it.

Time runs downward along the lifelines of both routers; a lifeline is blue while its router's line
protocol is up and red while it is down, and each change is told beside it.
  arrow        a frame, from its first bit at the sender to its last bit at the receiver
  7 / 6        a keepalive of HDLC: its number, and the last number heard, which it returns
  req 12       a control packet of PPP and its identifier; "slarp req" and such are SLARP's
  cross        the frame was lost halfway, or refused by the receiver where the arrow ends
  open circle  still underway when the simulation ended
The shaded interval is the failure. Labels for which there is no room are left out, and so are user
packets if there are very many of them.

Without --from and --to the picture shows what happens around the first failure: a few frames before
it, until both ends have noticed, and until they have recovered if that is soon.

Reads frames.csv and events.csv. Writes BASENAME.png and BASENAME.pdf.
"""

import statistics
import sys
from pathlib import Path

sys.dont_write_bytecode = True

import results
import style

from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

ARRIVED, UNDERWAY = "arrived", "underway"
REFUSED = ("bad-fcs", "admin-down", "no-carrier")
MOST_FRAMES = 600  # more cannot be told apart, whatever the size of the picture
HALFWAY = 0.58  # where the arrow of a lost frame ends

CONTROL, PROBE, USER, LOST = "other control frame", "keepalive", "user packet", "lost"
LOOKS = {
    PROBE: {"color": style.BLUE, "lw": 1.4},
    CONTROL: {"color": style.GREEN, "lw": 1.4},
    USER: {"color": style.GREY, "lw": 0.9},
    LOST: {"color": style.BAD, "lw": 1.4},
}
SHORT = {
    "request": "req",
    "reply": "rep",
    "configure": "conf",
    "terminate": "term",
    "reject": "rej",
    "protocol": "prot",
    "discard": "disc",
}


class Ladder:
    """What the picture shows, as it was read."""

    def __init__(self, run_dir, ends, begin, end):
        self.name = Path(run_dir).resolve().name
        self.events = results.load(run_dir, "events")
        frames = results.load(run_dir, "frames")
        for row in frames:
            if row["arrived_s"] is not None and row["arrived_s"] < row["sent_s"]:
                raise results.InputError(
                    f"{run_dir}: frames.csv: a frame sent at {row['sent_s']:g} s arrived before"
                )
        self.ends = choose_ends(run_dir, frames, ends)
        self.frames = [row for row in frames if {row["from"], row["to"]} <= set(self.ends)]
        self.failures = intervals(self.events)
        self.begin, self.end = self._window(begin, end)
        if not self.begin < self.end:
            raise results.InputError(f"nothing lies between {self.begin:g} s and {self.end:g} s")
        self.shown = [row for row in self.frames if self._is_shown(row)]
        self.left_out = 0
        if len(self.shown) > MOST_FRAMES:
            # What the picture is about is the interfaces' own frames.
            own = [row for row in self.shown if kind_of(row) is not USER]
            self.left_out = len(self.shown) - len(own)
            self.shown = own
        if len(self.shown) > MOST_FRAMES:
            raise results.InputError(
                f"{len(self.shown)} frames between {self.begin:g} s and {self.end:g} s are more"
                f" than the {MOST_FRAMES} that can be drawn: narrow it with --from and --to"
            )

    def _is_shown(self, row):
        last = row["sent_s"] if row["arrived_s"] is None else row["arrived_s"]
        return row["sent_s"] <= self.end and last >= self.begin

    def _window(self, begin, end):
        period = typical_period(self.frames)
        last = max(row["time_s"] for row in self.events) if self.events else 0.0
        last = max([last] + [row["sent_s"] for row in self.frames])
        first, final = self._story(period, last)
        if begin is not None:
            first = begin
            final = max(final, first + 12 * period) if end is None else final
        return first, min(final, max(last, first)) if end is None else end

    def _story(self, period, last):
        """From before the first failure, or mistake, until it has been dealt with."""
        changes = [row for row in self.verdicts() if row["event"] == "line-down"]
        if not self.failures and not changes:
            return 0.0, min(last, 12 * period)
        began, ended = self.failures[0] if self.failures else (changes[0]["time_s"], None)
        first = max(began - 2.6 * period, 0.0)
        final = began + 4 * period
        for end in self.ends:
            downs = [row["time_s"] for row in changes if row["source"] == end]
            noticed = [time for time in downs if time >= began]
            final = max([final] + noticed[:1])
        if ended is not None and ended < first + 20 * period:
            ups = [row["time_s"] for row in self.verdicts() if row["event"] == "line-up"]
            final = max([final, ended] + [time for time in ups if time < ended + 4 * period])
        return first, min(final + 1.6 * period, last)

    def verdicts(self):
        """Changes of the line protocol of both ends, in order."""
        return [
            row
            for row in self.events
            if row["event"] in ("line-down", "line-up") and row["source"] in self.ends
        ]

    def states(self, end):
        """Intervals (begin, end, up) of the line protocol of one end, within the picture."""
        changes = [
            (row["time_s"], row["event"] == "line-up")
            for row in self.verdicts()
            if row["source"] == end
        ]
        up = not changes[0][1] if changes else True
        begin, states = self.begin, []
        for when, now_up in changes:
            if when > self.end:
                break
            if when > begin:
                states.append((begin, when, up))
            begin, up = max(when, self.begin), now_up
        return states + [(begin, self.end, up)]


def choose_ends(run_dir, frames, wanted):
    """The two routers of the picture, left and right."""
    known = sorted({row[side] for row in frames for side in ("from", "to")})
    if wanted is not None:
        ends = wanted.split(",")
        if len(ends) != 2 or ends[0] == ends[1] or not set(ends) <= set(known):
            raise results.InputError(f"--ends {wanted}: must be two of {', '.join(known)}")
        return ends
    if len(known) != 2:
        told = ", ".join(known) or "none"
        raise results.InputError(
            f"{run_dir}: frames.csv has frames of {len(known)} routers ({told}); a ladder has two"
            + (", see --ends" if len(known) > 2 else "")
        )
    return known


def intervals(events):
    """Failures as (began, ended), ended None if they never do; overlapping ones are one."""
    failures, open_since, depth = [], None, 0
    for row in events:
        if row["event"] == "failure-begin":
            open_since = row["time_s"] if depth == 0 else open_since
            depth += 1
        elif row["event"] == "failure-end" and depth > 0:
            depth -= 1
            if depth == 0:
                failures.append((open_since, row["time_s"]))
    return failures + ([(open_since, None)] if depth else [])


def kind_of(row):
    """Which look a frame has."""
    if row["kind"] in ("keepalive", "echo-request", "echo-reply"):
        return PROBE
    return USER if row["kind"] in ("ipv4", "ipv6") else CONTROL


def typical_period(frames):
    """The median time between the probes of one sender; between its frames if it has none."""
    for probes in (("keepalive", "echo-request"), None):
        gaps = []
        for end in {row["from"] for row in frames}:
            times = sorted(
                row["sent_s"]
                for row in frames
                if row["from"] == end and (probes is None or row["kind"] in probes)
            )
            gaps += [later - earlier for earlier, later in zip(times, times[1:]) if later > earlier]
        if gaps:
            return statistics.median(gaps)
    return 1.0


def label_of(row):
    """What is written on an arrow."""
    if row["kind"] == "keepalive":
        return f"{row['identifier']} / {row['acknowledged']}"
    if kind_of(row) is USER:
        return ""
    words = [SHORT.get(word, word) for word in row["kind"].split("-")]
    if words[0] == "echo":
        words = words[1:]
    return " ".join(words + ([] if row["identifier"] is None else [str(row["identifier"])]))


def course(ladder, row):
    """Where an arrow begins and ends, as (column, time) each."""
    start = float(ladder.ends.index(row["from"]))
    if row["arrived_s"] is None:
        return (start, row["sent_s"]), (start + (1 - 2 * start) * HALFWAY, row["sent_s"])
    return (start, row["sent_s"]), (float(ladder.ends.index(row["to"])), row["arrived_s"])


def height_at(ladder, row, column):
    """When an arrow passes a column; None if it does not get there."""
    (start, sent), (goal, arrived) = course(ladder, row)
    if start == goal or not min(start, goal) <= column <= max(start, goal):
        return None
    return sent + (arrived - sent) * (column - start) / (goal - start)


def draw_frame(axes, ladder, row):
    """The arrow of one frame."""
    (start, sent), (goal, arrived) = course(ladder, row)
    sound = row["fate"] in (ARRIVED, UNDERWAY)
    look = LOOKS[kind_of(row) if sound else LOST]
    head = "-|>" if row["fate"] == ARRIVED or row["fate"] in REFUSED else "-"
    arrow = {"arrowstyle": head, "mutation_scale": 11, "shrinkA": 0, "shrinkB": 2, **look}
    if start == goal:  # looped: out, and back
        turn = start + (1 - 2 * start) * 0.3
        axes.plot([start, turn], [sent, sent], zorder=3, **look)
        arrow.update(connectionstyle=f"arc3,rad={-0.25 * (1 - 2 * start)}")
        axes.annotate("", (goal, arrived), (turn, sent), arrowprops=arrow, zorder=3)
    else:
        axes.annotate("", (goal, arrived), (start, sent), arrowprops=arrow, zorder=3)
    if not sound:
        axes.plot(goal, arrived, marker="X", ms=9, color=style.BAD, mec="white", mew=0.8, zorder=5)
    elif row["fate"] == UNDERWAY:
        axes.plot(goal, arrived, marker="o", ms=6, mfc="white", color=look["color"], zorder=5)


def draw_labels(axes, ladder):
    """What is written on the arrows, near their senders; returns the texts."""
    texts = []
    room = 15 * (ladder.end - ladder.begin) / (axes.get_window_extent().height * 72 / 100)
    for row in ladder.shown:
        text = label_of(row)
        if not text:
            continue
        start = ladder.ends.index(row["from"])
        column = start + (1 - 2 * start) * 0.06
        own = row["sent_s"] if row["from"] == row["to"] else height_at(ladder, row, column)
        heights = [height_at(ladder, other, column) for other in ladder.shown if other is not row]
        gaps = [height - own for height in heights if height is not None]
        # Above its arrow, unless another one passes there, and none does below.
        crowded = any(-room < gap <= 0 for gap in gaps)
        below = crowded and not any(0 <= gap < room for gap in gaps)
        lost = row["fate"] not in (ARRIVED, UNDERWAY)
        texts.append(
            axes.annotate(
                text,
                (column, own),
                xytext=(0, -3 if below else 2),
                textcoords="offset points",
                ha="right" if start else "left",
                va="top" if below else "bottom",
                size=9.5,
                color=LOOKS[LOST if lost else kind_of(row)]["color"],
                path_effects=[withStroke(linewidth=2.5, foreground="white")],
                zorder=6,
            )
        )
    return texts


def draw_lifelines(axes, ladder):
    """Both lifelines and what is told beside them; returns the texts."""
    texts = []
    for column, end in enumerate(ladder.ends):
        for begin, finish, up in ladder.states(end):
            top = axes.get_ylim()[1] if begin == ladder.begin else begin
            colour = style.SKY if up else style.BAD
            axes.plot([column] * 2, [top, finish], color=colour, lw=6, solid_capstyle="butt")
        look = {"ha": "center", "va": "bottom", "weight": "bold"}
        axes.text(column, 1.015, end, transform=axes.get_xaxis_transform(), **look)
    for row in ladder.verdicts():
        if not ladder.begin <= row["time_s"] <= ladder.end:
            continue
        column = ladder.ends.index(row["source"])
        up = row["event"] == "line-up"
        colour = style.BLUE if up else style.BAD
        look = {"marker": "o", "ms": 9, "mec": "white", "mew": 1.2, "color": colour, "zorder": 6}
        axes.plot(column, row["time_s"], **look)
        texts.append(
            axes.annotate(
                f"line {'up' if up else 'down'}, {row['time_s']:.2f} s\n{row['detail']}",
                (column, row["time_s"]),
                xytext=(14 if column else -14, 0),
                textcoords="offset points",
                ha="left" if column else "right",
                va="center",
                size=10,
                color=colour,
            )
        )
    return texts


def draw_failures(axes, ladder):
    """The shaded intervals, told at the right; returns the texts."""
    texts = []
    told = {
        row["time_s"]: f"{row['detail']}, {row['source']}"
        for row in reversed(ladder.events)
        if row["event"] == "failure-begin"
    }
    for began, ended in ladder.failures:
        finish = ladder.end if ended is None else ended
        if began > ladder.end or finish < ladder.begin:
            continue
        axes.axhspan(began, finish, color=style.YELLOW, alpha=0.35, lw=0, zorder=0)
        lasted = "never ends" if ended is None else f"for {style.seconds(ended - began)}"
        middle = (max(began, ladder.begin) + min(finish, ladder.end)) / 2
        texts.append(
            axes.text(
                0.99,
                middle,
                f"failure: {told[began]}\nat {style.seconds(began)}, {lasted}",
                transform=axes.get_yaxis_transform(),
                rotation=270,
                ha="right",
                va="center",
                size=10,
            )
        )
    return texts


def legend(figure, ladder):
    """Only what the picture has, below it."""
    kinds = {kind_of(row) for row in ladder.shown if row["fate"] in (ARRIVED, UNDERWAY)}
    handles = [Line2D([], [], label=kind, **LOOKS[kind]) for kind in LOOKS if kind in kinds]
    if any(row["fate"] not in (ARRIVED, UNDERWAY) for row in ladder.shown):
        handles.append(Line2D([], [], label=LOST, marker="X", ms=9, mew=0, **LOOKS[LOST]))
    handles += [
        Patch(color=style.SKY, label="line up"),
        Patch(color=style.BAD, label="line down"),
    ]
    figure.legend(handles=handles, loc="lower center", ncol=len(handles), columnspacing=1.4)


def draw(ladder):
    """The whole picture."""
    rows = len({round(row["sent_s"] / (ladder.end - ladder.begin) * 60) for row in ladder.shown})
    figure, axes = style.pyplot.subplots(figsize=(10, min(max(0.34 * rows + 2.4, 5.5), 13)))
    inch = 1 / figure.get_figheight()
    figure.subplots_adjust(left=0.08, right=0.985, top=1 - 0.95 * inch, bottom=0.55 * inch)
    axes.set_xlim(-0.5, 1.62)
    axes.set_ylim(ladder.end, ladder.begin - 0.03 * (ladder.end - ladder.begin))
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.set_ylabel("simulated time (s)")
    axes.grid(axis="y")
    failures = draw_failures(axes, ladder)
    beside = draw_lifelines(axes, ladder)
    for row in ladder.shown:
        draw_frame(axes, ladder, row)
    labels = draw_labels(axes, ladder)
    legend(figure, ladder)
    hidden = style.hide_overlaps(figure, failures) + style.hide_overlaps(figure, beside)
    hidden += style.hide_overlaps(figure, labels)
    title = f"{ladder.name}  –  frames between {ladder.ends[0]} and {ladder.ends[1]}"
    top = 1 - 0.13 * inch
    figure.text(0.08, top, title, ha="left", va="top", size=13, weight="bold")
    if any(row["kind"] == "keepalive" for row in ladder.shown):
        note = "number of the keepalive / number that it returns"
        figure.text(0.08, top - 0.27 * inch, note, ha="left", va="top", size=10)
    if ladder.left_out:
        note = f"user packets left out: {ladder.left_out} (see --from and --to)"
        figure.text(0.985, top, note, ha="right", va="top", size=9)
    if hidden:
        note = f"labels left out for want of room: {hidden} (see --from and --to)"
        figure.text(0.985, top - 0.27 * inch, note, ha="right", va="top", size=9)
    return figure


def main():
    """Parse, read, draw, save."""
    parser = results.parser(__doc__)
    parser.add_argument("run_dir", metavar="RUN_DIR", help="directory with the files of one run")
    parser.add_argument("--out", metavar="BASENAME", help="default: RUN_DIR/ladder")
    parser.add_argument("--from", dest="begin", type=float, metavar="S", help="from this second on")
    parser.add_argument("--to", dest="end", type=float, metavar="S", help="up to this second")
    parser.add_argument("--ends", metavar="A,B", help="which routers, if there are more than two")
    options = parser.parse_args()
    ladder = Ladder(options.run_dir, options.ends, options.begin, options.end)
    style.save(draw(ladder), options.out or Path(options.run_dir) / "ladder")


if __name__ == "__main__":
    results.entry(main)
