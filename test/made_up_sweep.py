# SPDX-License-Identifier: GPL-2.0-only
"""Made-up exports of a sweep, for the tests of plots/sweep.py.

GRE and HDLC keepalives by their closed forms: a detection time is the time that is left of the
interval and that of the retries, less what had been lost when it began; mistakes are a Poisson
process with the rate of runs of losses. Written independently of the C++ module: what is tested is
the drawing, not the mechanism.
"""

import csv
import itertools
import json

import numpy as np
from scipy import stats

ENDS = ("R1", "R2")
HEALTHY = 600.0  # seconds in which a mistake is possible
FRAME = {"gre": 48, "hdlc": 24}  # bytes of a keepalive
SHAPE = {"gre": "uniform", "hdlc": "triangular"}
ROUND_TRIP = 0.02

FIXED = (
    "end end_name rule interval_s retries runs failures detected censored td_mean_s td_sd_s"
    " td_ci_low_s td_ci_high_s td_min_s td_median_s td_p90_s td_p95_s td_p99_s td_max_s law_lower_s"
    " law_mean_s law_upper_s law_shape outside law_p law_flag observed_s mistakes mistakes_per_day"
    " mistakes_per_day_low mistakes_per_day_high tmr_mean_s tmr_ci_low_s tmr_ci_high_s tm_mean_s"
    " tm_ci_low_s tm_ci_high_s query_accuracy law_mistakes_per_day mistakes_p mistakes_flag"
    " keepalives_per_s keepalive_bits_per_s"
).split()
HEADERS = {
    "detections": "run point replication end end_name failure kind t_d_s watched_s cause"
    " recovery_s",
    "mistakes": "run point replication end end_name at_s duration_s t_mr_s cause",
    "runs": "run point replication rng_run end end_name duration_s observed_s mistaken_s mistakes"
    " first_mistake_s keepalives keepalive_bytes events",
    "survival": "point end end_name kind t_s survival low high at_risk",
    "differences": "factor level base point base_point end end_name pairs difference_s ci_low_s"
    " ci_high_s sd_paired_s sd_unpaired_s correlation",
}
PROMISE = (
    "worst_detection_s p99_s mistakes_per_year mistakes_per_year_high overhead_bits_per_s detects"
    " mistakes_ok overhead_ok kept"
).split()


def told(value):
    """A cell: empty for nothing, 9 digits for a number."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, (float, np.floating)):
        return f"{value:.9g}"
    return str(value)


def write(path, header, rows):
    """One CSV file of rows in the order of the header."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([told(value) for value in row] for row in rows)


def number(factors, name, default):
    """What a point has of a factor."""
    return float(factors.get(name) or default)


class End:
    """Both what an end should do at a point and what it did in all runs of it."""

    def __init__(self, mechanism, factors, name, rng, runs, watched):
        self.name = name
        other = "interval-b" if name == "R2" else "interval"
        self.interval = number(factors, other, number(factors, "interval", 10))
        self.peer = number(factors, "interval" if name == "R2" else "interval-b", self.interval)
        self.retries = int(number(factors, "retries", 3))
        loss = number(factors, "loss", 0)
        loss = 1 - (1 - loss) * min(1, 1 / number(factors, "load", 0.5))
        self.loss = 1 - (1 - loss) ** 2 if mechanism == "gre" else loss
        self.mechanism = mechanism
        self.lower = self.retries * self.interval - ROUND_TRIP / 2
        self.upper = self.lower + self.interval
        rate = (1 - self.loss) * self.loss**self.retries / self.interval
        self.law_rate = rate
        if self.peer > self.retries * self.interval:
            rate += 0.5 / self.peer
        self.detect(rng, runs, watched)
        self.err(rng, runs, rate)
        self.bits = 2 * 8 * FRAME[mechanism] / self.interval

    def detect(self, rng, runs, watched):
        """Draw detection times, of which those beyond watched are censored."""
        law = (rng.random(runs) + (rng.random(runs) if self.mechanism == "hdlc" else 0)) / (
            2 if self.mechanism == "hdlc" else 1
        )
        before = np.minimum(rng.geometric(1 - self.loss, runs) - 1, self.retries - 1)
        times = self.lower + self.interval * (law - before)
        self.watched = np.minimum(times, watched)
        self.detected = times <= watched
        self.times = times[self.detected]

    def err(self, rng, runs, rate):
        """Draw the mistakes of every run: when, and for how long."""
        self.counts = rng.poisson(rate * HEALTHY, runs)
        self.at = [np.sort(rng.random(count) * HEALTHY) for count in self.counts]
        mean = self.interval / (1 - self.loss)
        self.lengths = [rng.exponential(mean, count) for count in self.counts]

    def row(self, number_of_end):
        """Its cells in points.csv."""
        runs, count = len(self.counts), int(self.counts.sum())
        observed = runs * HEALTHY
        mistaken = float(sum(lengths.sum() for lengths in self.lengths))
        day = 86400 / observed
        low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
        high = stats.chi2.ppf(0.975, 2 * count + 2) / 2
        gaps = np.concatenate([np.diff(at) for at in self.at])
        all_times = np.sort(np.where(self.detected, self.watched, np.inf))
        share = [all_times[max(0, int(np.ceil(q * runs)) - 1)] for q in (0.5, 0.9, 0.95, 0.99)]
        share = [float(value) if np.isfinite(value) else None for value in share]
        outside = int(((self.times < self.lower) | (self.times > self.upper)).sum())
        return [
            number_of_end, self.name, "default", self.interval, self.retries, runs, runs,
            self.times.size, runs - self.times.size, *interval(self.times, True),
            *((float(self.times.min()),) if self.times.size else (None,)), *share,
            *((float(self.times.max()),) if self.times.size else (None,)), self.lower,
            (self.lower + self.upper) / 2, self.upper, SHAPE[self.mechanism], outside, 0.5,
            "outside" if outside else "ok", observed, count, count * day, low * day, high * day,
            *interval(gaps), *interval(np.concatenate(self.lengths)), 1 - mistaken / observed,
            self.law_rate * 86400, 0.5, "ok", self.bits / 8 / FRAME[self.mechanism], self.bits,
        ]  # fmt: skip


def interval(values, deviation=False):
    """Mean, if wanted the standard deviation, and the 95 % interval of the mean."""
    if values.size < 2:
        mean = float(values.mean()) if values.size else None
        return [mean, *([None] if deviation else []), None, None]
    mean, sd = float(values.mean()), float(values.std(ddof=1))
    half = stats.t.ppf(0.975, values.size - 1) * sd / np.sqrt(values.size)
    return [mean, *([sd] if deviation else []), mean - half, mean + half]


def kaplan_meier(times, seen):
    """Steps of the survival curve with Greenwood's log-log band."""
    survival, spread, steps = 1.0, 0.0, [(0.0, 1.0, 1.0, 1.0, len(times))]
    for time in np.unique(times[seen]):
        at_risk = int((times >= time).sum())
        events = int(((times == time) & seen).sum())
        survival *= 1 - events / at_risk
        if events == at_risk:
            steps.append((float(time), 0.0, 0.0, 0.0, at_risk))
            break
        spread += events / at_risk / (at_risk - events)
        half = 1.959964 * np.sqrt(spread) / abs(np.log(survival))
        band = survival ** np.exp(half), survival ** np.exp(-half)
        steps.append((float(time), survival, *band, at_risk))
    return steps


def make(directory, factors, replications=20, seed=1, watched=np.inf, points=None, promise=False):
    """Write a whole export. factors has the levels of each, mechanism among them; points names the
    combinations if they are not all."""
    rng = np.random.default_rng(seed)
    directory.mkdir(parents=True)
    names = [name for name in factors if name != "mechanism"]
    if points is None:
        points = [dict(zip(factors, levels)) for levels in itertools.product(*factors.values())]
    rows = {name: [] for name in ("points", *HEADERS)}
    known = {}
    for place, point in enumerate(points):
        own = {name: point.get(name, "") for name in names}
        for which, name in enumerate(ENDS):
            end = End(point["mechanism"], own, name, rng, replications, watched)
            known[place, which] = end
            cells = [place, point["mechanism"], *own.values()]
            rows["points"].append(cells + end.row(which))
            tell(rows, end, place, which, len(points))
    difference(rows["differences"], names, factors, points, known)
    write(directory / "points.csv", ["point", "mechanism", *names, *FIXED], rows.pop("points"))
    for name, content in rows.items():
        write(directory / f"{name}.csv", HEADERS[name].split(), content)
    if promise:
        kept = [[point["mechanism"], *[point.get(name, "") for name in names],
                 end.upper, end.upper, end.law_rate * 31557600, None, end.bits,
                 *(["1"] * 3), "1"] for (place, which), end in known.items()
                for point in [points[place]] if not which]  # fmt: skip
        write(directory / "promise.csv", ["mechanism", *names, *PROMISE], kept)
    describe(directory, factors, replications, promise)


def tell(rows, end, place, which, n_points):
    """What an end did in all runs of a point."""
    for replication, (seen, watched) in enumerate(zip(end.detected, end.watched)):
        run = replication * n_points + place
        told_of = (run, place, replication, which, end.name)
        rows["detections"].append(
            [*told_of, 0, "silent", float(watched) if seen else None, float(watched),
             "keepalive-unanswered" if seen else "", None])  # fmt: skip
        at, lengths = end.at[replication], end.lengths[replication]
        for time, length, gap in zip(at, lengths, [None, *map(float, np.diff(at))]):
            rows["mistakes"].append([*told_of, float(time), float(length), gap, "unanswered"])
        rows["runs"].append(
            [run, place, replication, replication + 1, which, end.name, HEALTHY + float(watched),
             HEALTHY, float(lengths.sum()), len(at), float(at[0]) if len(at) else None,
             int(2 * HEALTHY / end.interval), int(HEALTHY * end.bits / 8), 1000])  # fmt: skip
    first = np.array([at[0] if len(at) else HEALTHY for at in end.at])
    for kind, times, seen in (
        ("detection", end.watched, end.detected),
        ("first-mistake", first, end.counts > 0),
    ):
        rows["survival"] += [
            [place, which, end.name, kind, *step] for step in kaplan_meier(times, seen)
        ]


def difference(rows, names, factors, points, known):
    """Paired differences of the mean against the first level of every factor."""
    for place, point in enumerate(points):
        for name in names:
            base = next((other for other, candidate in enumerate(points)
                         if candidate == {**point, name: factors[name][0]}), None)  # fmt: skip
            if base is None or base == place:
                continue
            one, other = known[place, 0], known[base, 0]
            values = one.watched - other.watched
            mean, sd, low, high = interval(values, True)
            rows.append([name, point[name], factors[name][0], place, base, 0, "R1", values.size,
                         mean, low, high, sd, sd * 1.4, 0.5])  # fmt: skip


def describe(directory, factors, replications, promise):
    """meta.json and config.ini."""
    command = "keepalive-sweep run " + " ".join(
        f"--{name}={','.join(levels)}" for name, levels in factors.items()
    )
    meta = {
        "meta": {"schema": "1", "module_version": "0.6", "ns3_version": "3.37", "seed": "1",
                 "git_commit": "0123456789abcdef", "compiler": "GCC 12.2.0",
                 "build_type": "Release",
                 "command_line": f"{command} --replications={replications}"},
        "factors": {name: list(levels) for name, levels in factors.items()},
    }  # fmt: skip
    (directory / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    lines = [f"{name}={','.join(levels)}" for name, levels in factors.items()]
    lines += ["promise-detect=60"] * promise
    lines += [f"replications={replications}", "# traffic-rate=0", "# healthy=600"]
    (directory / "config.ini").write_text("\n".join(lines) + "\n", encoding="utf-8")
