#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Hold what `keepalive-sweep export` makes of results against scipy, pandas and what is printed.

    sweep-statistics-test.py PROGRAM

The results are made up (made_sweep.py), so that everything is known of them.

1. Rows: every observation is there, and nothing else; times are exact.
2. Statistics of a point: means, t intervals, quantiles, exact Poisson intervals, tests.
3. Survival: a worked example from the literature, an independent estimate, ties.
4. Differences under common random numbers.
5. Judgement: what contradicts its law is flagged, what does not is not; Holm's correction.
6. The promise: which points keep it.
7. Intervals cover what they should as often as they should.
8. The same results give the same bytes; memory does not grow; bad input is refused.
"""

import collections
import csv
import filecmp
import json
import math
import os
import pathlib
import resource
import sqlite3
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import pandas as pd
from scipy import stats

from made_sweep import SECOND, Sweep, make

PROGRAM = ""
DAY = 86400
SETTLING = 30 * SECOND  # from when an end is observed until its mistakes are tested
YEAR = 365.25 * DAY
SEED = 1  # fixed in advance
TABLES = {"points.csv", "detections.csv", "mistakes.csv", "runs.csv", "survival.csv",
          "differences.csv", "meta.json"}


def export(directory, out, *options):
    """Run the program; return its completed process. Its memory is measured, too: a sanitizer must
    not keep what it freed."""
    sanitizer = f"{os.environ.get('ASAN_OPTIONS', '')}:quarantine_size_mb=0"
    return subprocess.run([PROGRAM, "export", str(directory), f"--out={out}", *options],
                          env={**os.environ, "ASAN_OPTIONS": sanitizer.lstrip(":")},
                          capture_output=True, text=True, timeout=120, check=False)


def rows(path):
    """The rows of a table. A factor may be called like another column, such as retries."""
    with open(path, encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    names = [f"factor {name}" if name in header[place + 1:] else name
             for place, name in enumerate(header)]
    return [dict(zip(names, line, strict=True)) for line in lines]


def number(cell):
    """A cell; None if it is empty."""
    return float(cell) if cell else None


def seconds(nanoseconds):
    """A time exactly as tables have it."""
    if nanoseconds is None:
        return ""
    text = f"{nanoseconds // SECOND}.{nanoseconds % SECOND:09d}"
    return text.rstrip("0").rstrip(".")


def kaplan_meier(times, happened):
    """Times, at risk, survival and Greenwood's sum, by the book."""
    times, happened = np.array(times), np.array(happened, bool)
    curve, survival, total = [], 1.0, 0.0
    for time in np.unique(times[happened]):
        at_risk = np.sum(times >= time)
        events = np.sum((times == time) & happened)
        survival *= 1 - events / at_risk
        total += events / (at_risk * (at_risk - events)) if at_risk > events else math.inf
        curve.append((time, at_risk, survival, total))
    return curve


def quantile(curve, fraction):
    """First time by which a curve is down to 1 - fraction."""
    return next((time for time, _, survival, _ in curve if survival <= 1 - fraction + 1e-9), None)


def poisson_p(count, least, most):
    """Twice the smaller tail, under the best expectation that is allowed."""
    if least <= count <= most:
        return 1
    return min(1, 2 * (stats.poisson.cdf(count, least) if count < least
                       else stats.poisson.sf(count - 1, most)))


def holm(p, level=0.01):
    """Which of a family are rejected."""
    order = np.argsort(p, kind="stable")
    rejected = np.zeros(len(p), bool)
    for rank, test in enumerate(order):
        if p[test] * (len(p) - rank) > level:
            break
        rejected[test] = True
    return rejected


class ExportCase(unittest.TestCase):
    """A test with a directory of its own."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.directory = pathlib.Path(temporary.name)
        self.addCleanup(temporary.cleanup)

    def sweep(self, points, factors=()):
        """Begin to make up results."""
        return Sweep(self.directory / "sweep", list(factors), points)

    def export(self, *options):
        """Export the results; return the directory of the tables."""
        out = self.directory / "csv"
        done = export(self.directory / "sweep", out, "--quiet", *options)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        return out

    def assert_cell(self, cell, expected, what=None):
        """A cell has 12 digits of what is expected, or is empty if that is None."""
        if expected is None or math.isnan(expected):
            self.assertEqual(cell, "", what)
        else:
            self.assertNotEqual(cell, "", what)
            np.testing.assert_allclose(float(cell), expected, rtol=1e-9, atol=1e-12,
                                       err_msg=str(what))

    def assert_mean(self, row, prefix, sample):
        """Mean and t interval of a sample."""
        sample = np.asarray(sample, float)
        n = len(sample)
        low, high = (stats.t.interval(0.95, n - 1, sample.mean(), stats.sem(sample)) if n > 1
                     else (None, None))
        self.assert_cell(row[f"{prefix}_mean_s"], sample.mean() if n else None)
        self.assert_cell(row[f"{prefix}_ci_low_s"], low)
        self.assert_cell(row[f"{prefix}_ci_high_s"], high)


class MadeUpTest(ExportCase):
    """1, 2, 3, 5, 6: a sweep of everything, cell by cell."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        directory = pathlib.Path(temporary.name)
        cls.truth = make(directory / "sweep")
        (directory / "sweep" / "config.ini").write_text("interval = 1,2\n", encoding="utf-8")
        cls.out = directory / "csv"
        cls.done = export(directory / "sweep", cls.out, "--quiet")
        cls.tables = {name[:-4]: rows(cls.out / name) for name in
                      sorted(TABLES | {"promise.csv"}) if name.endswith(".csv")}
        cls.points = {(row["point"], row["end"]): row for row in cls.tables["points"]}
        cls.n_points = len({row["point"] for row in cls.tables["points"]})

    def ends_of_runs(self, point, end):
        """What is known of the runs of a point at an end, by run."""
        return [made for (run, at), made in sorted(self.truth.items())
                if run % self.n_points == int(point) and at == int(end)]

    def detections(self, point, end):
        """Detection times of a point in nanoseconds: (watched, whether noticed)."""
        result = []
        for made in self.ends_of_runs(point, end):
            for _, _, own, outage, began, ended, detected, _, _ in made.detections:
                if outage and not own:
                    until = detected if detected is not None else min(ended or made.duration,
                                                                      made.duration)
                    result.append((until - began, detected is not None))
        return result

    def test_files(self):
        self.assertEqual((self.done.returncode, self.done.stdout, self.done.stderr), (0, "", ""))
        self.assertEqual({file.name for file in self.out.iterdir()},
                         TABLES | {"promise.csv", "config.ini"})
        self.assertEqual((self.out / "config.ini").read_text(encoding="utf-8"),
                         "interval = 1,2\n")

    def test_meta(self):
        meta = json.loads((self.out / "meta.json").read_text(encoding="utf-8"))
        self.assertEqual(meta["mechanisms"], ["gre", "nat"])
        self.assertEqual(meta["factors"], [{"name": "interval", "levels": ["1", "2"]},
                                           {"name": "retries", "levels": ["2", "3"]},
                                           {"name": "loss", "levels": ["0", "0.1", "0.2"]}])
        self.assertEqual(meta["ends"], ["R1", "R2", "binding"])
        self.assertEqual(meta["promise"], {"detect_s": 8.5, "mistakes_per_year": 1e6,
                                           "overhead_bits_per_s": None})
        self.assertEqual(meta["meta"]["git_commit"], "0" * 40)

    def test_runs(self):
        found = {(int(row["run"]), int(row["end"])): row for row in self.tables["runs"]}
        self.assertEqual(set(found), set(self.truth))
        self.assertEqual(len(found), len(self.tables["runs"]))
        for (run, end), row in found.items():
            made = self.truth[run, end]
            first = made.first_mistake
            self.assertEqual(
                [row[key] for key in ("point", "replication", "rng_run", "duration_s",
                                      "observed_s", "mistakes", "first_mistake_s", "events")],
                [str(run % self.n_points), str(run // self.n_points),
                 str(run // self.n_points + 1), seconds(made.duration), seconds(made.observed),
                 str(len(made.mistakes)), seconds(first and first[1]), str(1000 + run)])
            self.assertEqual(int(row["keepalives"]) * 48, int(row["keepalive_bytes"]))
            self.assertEqual(row["mistaken_s"], seconds(sum(m[3] for m in made.mistakes)))

    def test_detections(self):
        expected = set()
        for (run, end), made in self.truth.items():
            for failure, kind, own, outage, began, ended, detected, cause, recovered in (
                    made.detections):
                if own or not outage:
                    continue
                until = detected if detected is not None else min(ended or made.duration,
                                                                  made.duration)
                expected.add((str(run), str(end), str(failure), kind,
                              "" if detected is None else seconds(detected - began),
                              seconds(until - began), cause,
                              seconds(recovered - ended) if recovered and ended else ""))
        found = [tuple(row[key] for key in ("run", "end", "failure", "kind", "t_d_s", "watched_s",
                                            "cause", "recovery_s"))
                 for row in self.tables["detections"]]
        self.assertEqual(len(found), len(expected))
        self.assertEqual(set(found), expected)
        self.assertTrue(any(row[4] == "0" for row in found))
        self.assertTrue(any(row[4] == "" for row in found))

    def test_mistakes(self):
        expected = {(str(run), str(end), seconds(at),
                     "" if trusted is None else seconds(trusted - at), seconds(since))
                    for (run, end), made in self.truth.items()
                    for at, trusted, since, _ in made.mistakes}
        found = [tuple(row[key] for key in ("run", "end", "at_s", "duration_s", "t_mr_s"))
                 for row in self.tables["mistakes"]]
        self.assertEqual(len(found), len(expected))
        self.assertEqual(set(found), expected)

    def test_detection_times_of_points(self):
        uncensored = 0
        for (point, end), row in self.points.items():
            with self.subTest(point=point, end=end):
                times = [(time / SECOND, noticed) for time, noticed in self.detections(point, end)]
                noticed = [time for time, happened in times if happened]
                self.assertEqual([int(row[key]) for key in ("runs", "failures", "detected",
                                                            "censored")],
                                 [len(self.ends_of_runs(point, end)), len(times), len(noticed),
                                  len(times) - len(noticed)])
                # The mean of those that were noticed says nothing once one was not.
                whole = noticed if len(noticed) == len(times) else []
                uncensored += bool(whole)
                self.assert_mean(row, "td", whole)
                self.assert_cell(row["td_sd_s"], np.std(whole, ddof=1) if whole else None)
                self.assert_cell(row["td_min_s"], min(noticed))
                curve = kaplan_meier(*zip(*times))
                for column, fraction in (("median", 0.5), ("p90", 0.9), ("p95", 0.95),
                                         ("p99", 0.99), ("max", 1)):
                    self.assert_cell(row[f"td_{column}_s"], quantile(curve, fraction), column)
                    if whole:
                        self.assert_cell(row[f"td_{column}_s"],
                                         np.quantile(whole, fraction, method="inverted_cdf"))
        self.assertGreater(len(self.points), uncensored)

    def test_mistakes_of_points(self):
        for (point, end), row in self.points.items():
            with self.subTest(point=point, end=end):
                made = self.ends_of_runs(point, end)
                mistakes = [mistake for one in made for mistake in one.mistakes]
                observed = sum(one.observed for one in made) / SECOND
                count = len(mistakes)
                self.assertEqual(int(row["mistakes"]), count)
                self.assert_cell(row["observed_s"], observed)
                self.assert_cell(row["mistakes_per_day"], count / observed * DAY)
                self.assert_cell(row["mistakes_per_day_low"],
                                 stats.chi2.ppf(0.025, 2 * count) / 2 / observed * DAY
                                 if count else 0)
                self.assert_cell(row["mistakes_per_day_high"],
                                 stats.chi2.ppf(0.975, 2 * count + 2) / 2 / observed * DAY)
                self.assert_mean(row, "tmr", [m[2] / SECOND for m in mistakes if m[2] is not None])
                self.assert_mean(row, "tm", [(m[1] - m[0]) / SECOND for m in mistakes if m[1]])
                self.assert_cell(row["query_accuracy"],
                                 1 - sum(m[3] for m in mistakes) / SECOND / observed)

    def test_overhead_of_points(self):
        frame = pd.read_csv(self.out / "runs.csv")
        sums = frame.groupby(["point", "end"])[["keepalives", "keepalive_bytes",
                                                "duration_s"]].sum()
        for (point, end), row in self.points.items():
            total = sums.loc[int(point), int(end)]
            self.assert_cell(row["keepalives_per_s"], total.keepalives / total.duration_s)
            self.assert_cell(row["keepalive_bits_per_s"],
                             total.keepalive_bytes * 8 / total.duration_s)

    def test_tests_and_flags_of_points(self):
        p, flags = [], []
        for (point, end), row in self.points.items():
            times = [(time / SECOND, noticed) for time, noticed in self.detections(point, end)]
            lower, mean, upper = (number(row[f"law_{key}_s"]) for key in ("lower", "mean",
                                                                          "upper"))
            slack = 0.1 * int(end)
            if lower is None:
                self.assertEqual([row[key] for key in ("law_p", "law_flag", "law_shape",
                                                       "outside")], ["", "", "", "0"])
            else:
                outside = sum(time > upper + slack + 1e-9 or
                              (noticed and time < lower - slack - 1e-9) for time, noticed in times)
                self.assertEqual(int(row["outside"]), outside)
                sample = np.array([time for time, _ in times])
                expected = None
                if all(noticed for _, noticed in times) and len(times) >= 30:
                    off = abs(sample.mean() - mean) - slack
                    expected = 1 if off <= 0 else 2 * stats.t.sf(off / stats.sem(sample),
                                                                 len(sample) - 1)
                self.assert_cell(row["law_p"], expected)
                flags.append((row["law_flag"], outside > 0, expected, p))
                if expected is not None:
                    p.append(expected)
            self.check_rate(point, end, row, p, flags)
        rejected = iter(holm(p))
        for flag, outside, tested, _ in flags:
            wrong = next(rejected) if tested is not None else False
            self.assertEqual(flag, "outside" if outside or wrong else "ok")
        self.assertEqual({flag for flag, _, _, _ in flags}, {"ok", "outside"})

    def check_rate(self, point, end, row, p, flags):
        """The test of a number of mistakes; a start costs as long as it takes to a mistake."""
        law = number(row["law_mistakes_per_day"])
        if law is None:
            self.assertEqual((row["mistakes_p"], row["mistakes_flag"]), ("", ""))
            return
        runs = self.ends_of_runs(point, end)
        periods = [(one, begin + SETTLING, until) for one in runs for begin, until in one.periods
                   if until > begin]
        start = len(periods) * float(row["interval_s"]) * int(row["retries"])
        settled = sum(max(0, until - begin) for _, begin, until in periods) / SECOND
        if float(row["observed_s"]) <= 0 or settled == 0:
            self.assertEqual(row["mistakes_p"], "")
            return
        count = sum(begin <= mistake[0] <= until for one, begin, until in periods
                    for mistake in one.mistakes)
        expected = poisson_p(count, law / DAY * max(0, settled - start),
                             law / DAY * (settled + start))
        self.assert_cell(row["mistakes_p"], expected)
        flags.append((row["mistakes_flag"], False, expected, p))
        p.append(expected)

    def test_survival_curves(self):
        curves = {}
        for row in self.tables["survival"]:
            curves.setdefault((row["point"], row["end"], row["kind"]), []).append(row)
        self.assertEqual(len(curves), 2 * len(self.points))
        for (point, end, kind), curve in curves.items():
            with self.subTest(point=point, end=end, kind=kind):
                if kind == "detection":
                    times = [(time / SECOND, noticed)
                             for time, noticed in self.detections(point, end)]
                else:
                    firsts = [one.first_mistake for one in self.ends_of_runs(point, end)]
                    times = [((first[0] if first[1] is None else first[1]) / SECOND,
                              first[1] is not None) for first in firsts if first]
                self.check_curve(curve, times)

    def check_curve(self, curve, times):
        """A curve against an independent estimate."""
        expected = kaplan_meier(*zip(*times))
        first, *steps = curve
        self.assertEqual([first[key] for key in ("t_s", "survival", "low", "high", "at_risk")],
                         ["0", "1", "1", "1", str(len(times))])
        last = max(time for time, _ in times)
        if not expected or expected[-1][0] < last:
            self.assert_cell(steps[-1]["t_s"], last)
            self.assertEqual(int(steps[-1]["at_risk"]), sum(time == last for time, _ in times))
            self.assertEqual(steps[-1]["survival"], curve[-2]["survival"])
            steps.pop()
        self.assertEqual(len(steps), len(expected))
        for row, (time, at_risk, survival, total) in zip(steps, expected):
            self.assert_cell(row["t_s"], time)
            self.assert_cell(row["survival"], survival)
            self.assertEqual(int(row["at_risk"]), at_risk)
            low = high = None
            if survival > 1e-9:
                half = stats.norm.ppf(0.975) * math.sqrt(total) / abs(math.log(survival))
                low, high = survival ** math.exp(half), survival ** math.exp(-half)
            self.assert_cell(row["low"], low)
            self.assert_cell(row["high"], high)

    def test_promise(self):
        table = self.tables["promise"]
        self.assertEqual(len(table), self.n_points)
        for point, row in enumerate(table):
            ends = [self.points[str(point), end] for end in "01"]
            self.assertEqual([row[key] for key in ("mechanism", "interval", "retries", "loss")],
                             [ends[0][key] for key in ("mechanism", "interval", "factor retries",
                                                       "loss")])
            percentiles = [number(end["td_p99_s"]) for end in ends]
            high = max(float(end["mistakes_per_day_high"]) for end in ends) / DAY * YEAR
            laws = [float(end["law_mistakes_per_day"]) / DAY * YEAR for end in ends
                    if end["mistakes_flag"] == "ok"]
            overhead = max(float(end["keepalive_bits_per_s"]) for end in ends)
            self.assert_cell(row["p99_s"], None if None in percentiles else max(percentiles))
            self.assert_cell(row["mistakes_per_year_high"], high)
            self.assert_cell(row["mistakes_per_year"], max(laws, default=None))
            self.assert_cell(row["overhead_bits_per_s"], overhead)
            self.assertEqual(row["overhead_ok"], "")
        self.assertEqual({row["kept"] for row in table} - {"yes", "no", ""}, set())


class SurvivalTest(ExportCase):
    """3: a worked example."""

    # Remission of leukaemia under 6-mercaptopurine, weeks (Freireich et al., Blood 21, 1963; Gehan,
    # Biometrika 52, 1965), + where the patient was still in remission: the example of the field,
    # with those at risk, survival, Greenwood's standard error and log(-log) limits.
    REMISSION = ("6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+").split()
    EXPECTED = {6: (21, 0.8571, 0.0764, 0.6197, 0.9516), 7: (17, 0.8067, 0.0869, 0.5631, 0.9228),
               10: (15, 0.7529, 0.0963, 0.5032, 0.8894), 13: (12, 0.6902, 0.1068, 0.4316, 0.8491),
               16: (11, 0.6275, 0.1141, 0.3675, 0.8049), 22: (7, 0.5378, 0.1282, 0.2678, 0.7468),
               23: (6, 0.4482, 0.1346, 0.1881, 0.6801)}

    def test_remission(self):
        sweep = self.sweep([("gre", {})])
        sweep.add_end(0, 0, "R1")
        for replication, text in enumerate(self.REMISSION):
            week = int(text.rstrip("+")) * SECOND
            noticed = not text.endswith("+")
            run = sweep.add_run(0, replication, SECOND + week + noticed)
            sweep.insert("observation", run, 0, SECOND, 0, 0, 0)
            sweep.add_failure(run, 0, (SECOND, SECOND + week if noticed else None))
        sweep.close()
        out = self.export()
        curve = [row for row in rows(out / "survival.csv") if row["kind"] == "detection"]
        self.assertEqual([float(row["t_s"]) for row in curve], [0, *self.EXPECTED, 35])
        for row in curve[1:-1]:
            survival, low, high = (float(row[key]) for key in ("survival", "low", "high"))
            # The standard error is not in the table, but in the width of the band.
            width = (math.log(math.log(low) / math.log(high))) / 2 / stats.norm.ppf(0.975)
            error = survival * width * -math.log(survival)
            found = (int(row["at_risk"]), *(round(x, 4) for x in (survival, error, low, high)))
            self.assertEqual(found, self.EXPECTED[float(row["t_s"])])
        point = rows(out / "points.csv")[0]
        self.assertEqual([point[key] for key in ("td_median_s", "td_p90_s", "td_max_s",
                                                 "td_mean_s", "censored")],
                         ["23", "", "", "", "12"])

    def test_nothing_observed(self):
        """Neither runs nor failures make numbers out of nothing."""
        sweep = self.sweep([("gre", {"interval": "1"}), ("gre", {"interval": "2"})], ["interval"])
        for point in (0, 1):
            sweep.add_end(point, 0, "R1", (1.0, 2.0, 3.0, "uniform"), rate=0.0)
        run = sweep.add_run(1, 0, 100 * SECOND)
        sweep.insert("observation", run, 0, 100 * SECOND, 0, 700, 10000)
        sweep.close()
        out = self.export("--promise-detect=5", "--promise-mistakes=1", "--promise-overhead=1000")
        empty, quiet = rows(out / "points.csv")
        told = ("runs", "failures", "td_mean_s", "law_p", "law_flag", "mistakes_per_day",
                "mistakes_p", "mistakes_flag", "keepalives_per_s", "query_accuracy")
        self.assertEqual([empty[key] for key in told], ["0", "0", *[""] * 8])
        self.assertEqual([quiet[key] for key in told],
                         ["1", "0", "", "", "", "0", "1", "ok", "7", "1"])
        self.assertEqual([[row[key] for key in ("detects", "mistakes_ok", "overhead_ok", "kept")]
                          for row in rows(out / "promise.csv")],
                         [["", "yes", "yes", ""], ["", "yes", "yes", ""]])
        self.assertEqual(rows(out / "differences.csv"), [])


class DifferenceTest(ExportCase):
    """4: common random numbers."""

    POINTS = [(mechanism, {"interval": interval, "loss": loss}) for mechanism in ("gre", "hdlc")
              for interval in ("1", "2", "5") for loss in ("0", "0.1")]
    POINTS += [("bgp", {"interval": "1"})]

    def make(self):
        """Times that have the luck of a run in common; 0.1 loss misses one, hdlc lacks a run."""
        random = np.random.default_rng(SEED)
        luck = random.random((25, 2))
        sweep = self.sweep(self.POINTS, ["interval", "loss"])
        times = {}
        for point, (mechanism, levels) in enumerate(self.POINTS):
            names = ["R1", "R2"] if mechanism == "gre" else ["R2", "R1"]
            for end, name in enumerate(names):
                sweep.add_end(point, end, name)
            for replication in range(25):
                if mechanism == "hdlc" and replication == 3:
                    continue
                run = sweep.add_run(point, replication, 10**12)
                for end, name in enumerate(names):
                    share = 0.8 * luck[replication, int(name == "R2")] + 0.2 * random.random()
                    time = int(share * float(levels["interval"]) * SECOND)
                    sweep.insert("observation", run, end, SECOND, 0, 0, 0)
                    missed = point == 3 and replication == 5 and end == 0
                    # Two failures in a run count as their mean: they are not independent.
                    for failure in (0, 1):
                        sweep.add_failure(run, end, (SECOND * (1 + 100 * failure),
                                                     None if missed else
                                                     SECOND * (1 + 100 * failure) + time
                                                     + failure * 2), failure)
                    # What is no outage, or its own, does not count, noticed or not.
                    for failure, own in ((2, 0), (3, 1)):
                        sweep.insert("detection", run, end, failure, "other", own, own, 5, 6,
                                     None if replication % 2 else 7, "", None)
                    if not missed:
                        times.setdefault((point, name), {})[replication] = (time + 1) / SECOND
        sweep.close()
        return times

    def pairs(self):
        """Which points are compared, by hand."""
        for point, (mechanism, levels) in enumerate(self.POINTS):
            for factor in ("mechanism", "interval", "loss"):
                for base, (other, others) in enumerate(self.POINTS):
                    mine = {"mechanism": mechanism, **levels}
                    theirs = {"mechanism": other, **others}
                    different = {key for key in {*mine, *theirs}
                                 if mine.get(key) != theirs.get(key)}
                    first = {"mechanism": "gre", "interval": "1", "loss": "0"}[factor]
                    if different == {factor} and theirs.get(factor) == first and factor in mine:
                        yield factor, mine[factor], first, point, base

    def test_against_scipy(self):
        times = self.make()
        table = rows(self.export() / "differences.csv")
        expected = {(*pair, name) for pair in self.pairs() for name in ("R1", "R2")}
        found = {(row["factor"], row["level"], row["base"], int(row["point"]),
                  int(row["base_point"]), row["end_name"]): row for row in table}
        self.assertEqual(set(found), expected)
        self.assertEqual(len(table), len(expected))
        self.assertEqual(len(expected), 2 * (6 + 8 + 6))
        for (_, _, _, point, base, name), row in found.items():
            mine, theirs = times[point, name], times[base, name]
            common = sorted(set(mine) & set(theirs))
            self.assertEqual(int(row["pairs"]), len(common))
            self.assertEqual(row["end"], str(int((name == "R2") == (point < 6))))
            if 3 in (point, base) and name == "R1":
                self.assertEqual([row[key] for key in ("difference_s", "sd_paired_s",
                                                       "correlation")], [""] * 3)
                continue
            x, y = (np.array([values[run] for run in common]) for values in (mine, theirs))
            test = stats.ttest_rel(x, y)
            half = stats.t.ppf(0.975, len(x) - 1) * np.std(x - y, ddof=1) / math.sqrt(len(x))
            self.assert_cell(row["difference_s"], np.mean(x - y))
            self.assert_cell(row["ci_low_s"], np.mean(x - y) - half)
            self.assert_cell(row["ci_high_s"], np.mean(x - y) + half)
            self.assert_cell(row["sd_paired_s"], np.std(x - y, ddof=1))
            self.assert_cell(row["sd_unpaired_s"], math.hypot(np.std(x, ddof=1),
                                                              np.std(y, ddof=1)))
            self.assert_cell(row["correlation"], stats.pearsonr(x, y)[0])
            # The interval leaves out 0 exactly where the paired test rejects it.
            excluded = float(row["ci_low_s"]) > 0 or float(row["ci_high_s"]) < 0
            self.assertEqual(excluded, test.pvalue < 0.05)
            self.assertLess(float(row["sd_paired_s"]), float(row["sd_unpaired_s"]))


class JudgementTest(ExportCase):
    """5, 7: what is flagged, and how often."""

    REPLICATIONS = 40
    RATE = 0.02  # mistakes per second of observation, as the law has it
    WATCHED = 100  # seconds per run

    def make(self, cases, law=(1.0, 2.0, 3.0, "uniform"), slack=0.0):
        """One point for each case: (what is added to T_D, factor of the rate)."""
        random = np.random.default_rng(SEED)
        sweep = self.sweep([("gre", {"loss": str(case)}) for case in range(len(cases))], ["loss"])
        for point, (shift, factor) in enumerate(cases):
            sweep.add_end(point, 0, "R1", law, slack, rate=self.RATE)
            for replication in range(self.REPLICATIONS):
                began = self.WATCHED * SECOND
                run = sweep.add_run(point, replication, began * 2)
                sweep.insert("observation", run, 0, began, 0, 0, 0)
                time = int((shift + random.uniform(1, 3)) * SECOND)
                sweep.add_failure(run, 0, (began, began + time))
                count = random.poisson(self.RATE * factor * self.WATCHED)
                for i, at in enumerate(sorted(random.integers(0, began, count))):
                    sweep.insert("mistake", run, 0, i, int(at), int(at) + 1, None, "")
        sweep.close()
        return rows(self.export() / "points.csv")

    def test_flags(self):
        table = self.make([(0, 1), (0.5, 1), (-0.5, 1), (0, 1.8), (0, 0.2), (0, 1)])
        self.assertEqual([(row["law_flag"], row["mistakes_flag"]) for row in table],
                         [("ok", "ok"), ("outside", "ok"), ("outside", "ok"), ("ok", "outside"),
                          ("ok", "outside"), ("ok", "ok")])
        self.assertEqual([row["outside"] == "0" for row in table],
                         [True, False, False, True, True, True])

    def test_mean_alone(self):
        """Within the bounds, but not evenly."""
        table = self.make([(0, 1), (0, 1)], law=(1.0, 2.6, 3.0, "other"))
        self.assertEqual([(row["outside"], row["law_flag"]) for row in table],
                         [("0", "outside")] * 2)

    def test_slack(self):
        """As far as that it may lie from bounds and mean."""
        table = self.make([(0, 1)], law=(1.6, 2.6, 2.4, "other"), slack=0.65)
        self.assertEqual([table[0][key] for key in ("outside", "law_flag")], ["0", "ok"])
        self.assertGreater(float(table[0]["law_p"]), 0.3)

    def make_times(self, *points, law=(1.0, 2.0, 3.0, "other")):
        """One point for each list of detection times; a negative one was not noticed so long."""
        sweep = self.sweep([("gre", {"loss": str(point)}) for point in range(len(points))],
                           ["loss"])
        for point, times in enumerate(points):
            sweep.add_end(point, 0, "R1", law)
            for replication, time in enumerate(times):
                lasts = SECOND + int(abs(time) * SECOND)
                run = sweep.add_run(point, replication, lasts)
                sweep.insert("observation", run, 0, SECOND, 0, 0, 0)
                sweep.add_failure(run, 0, (SECOND, lasts if time > 0 else None))
        sweep.close()
        return rows(self.export() / "points.csv")

    def test_not_noticed(self):
        """What was not noticed contradicts a law only once it was watched for long enough."""
        table = self.make_times([2, -0.5], [2, -2.9], [2, -3.1], [2, 0.9], [2, 3.1])
        self.assertEqual([row["outside"] for row in table], ["0", "0", "1", "1", "1"])

    def test_holm(self):
        """A p value of 0.7 % is too much for the second of three tests, for the second of two it is
        not; that of the first is nothing."""
        pattern = np.linspace(-0.5, 0.5, 30)
        far, near, off = (2 + pattern + stats.t.isf(p / 2, 29) * stats.sem(pattern)
                          for p in (1e-9, 0.007, 0.5))
        top = self.directory
        for family, flags in (([far, near], ["outside", "outside"]),
                              ([far, near, off], ["outside", "ok", "ok"]), ([near], ["outside"])):
            with self.subTest(len(family)):
                self.directory = top / str(len(family))
                table = self.make_times(*family)
                self.assertEqual([row["law_flag"] for row in table], flags)
                self.assertEqual({row["outside"] for row in table}, {"0"})

    def test_infinite_law(self):
        table = self.make([(0, 1)], law=(1.0, math.inf, math.inf, "other"))
        self.assertEqual([table[0][key] for key in ("law_mean_s", "law_upper_s", "law_p",
                                                    "law_flag")], ["inf", "inf", "", "ok"])

    def test_family(self):
        """Of 200 points where all is well, none is flagged, and intervals are right as often as
        they say; those of Poisson are known to be so a little more often."""
        table = self.make([(0, 1)] * 200)
        self.assertEqual({(row["law_flag"], row["mistakes_flag"]) for row in table},
                         {("ok", "ok")})
        mean = [float(row["td_ci_low_s"]) <= 2 <= float(row["td_ci_high_s"]) for row in table]
        rate = [float(row["mistakes_per_day_low"]) <= self.RATE * DAY <=
                float(row["mistakes_per_day_high"]) for row in table]
        for covered in (mean, rate):
            self.assertGreaterEqual(np.mean(covered), 0.92)
            self.assertLessEqual(np.mean(covered), 0.98)
        settled = (self.WATCHED - SETTLING / SECOND) * self.REPLICATIONS
        start = 3 * self.REPLICATIONS
        counts = collections.Counter(row["point"] for row in rows(self.directory / "csv" / "mistakes.csv")
                                     if float(row["at_s"]) >= SETTLING / SECOND)
        for row in table:
            self.assert_cell(row["mistakes_p"], poisson_p(counts[row["point"]],
                                                          self.RATE * (settled - start),
                                                          self.RATE * (settled + start)))
        self.assertLess(min(float(row["law_p"]) for row in table), 0.05)
        self.assertLess(min(float(row["mistakes_p"]) for row in table), 0.05)

    def test_bands_cover(self):
        """So do the bands of survival at 10 and at 90 %, with a third cut short."""
        random = np.random.default_rng(SEED)
        sweep = self.sweep([("gre", {"loss": str(point)}) for point in range(200)], ["loss"])
        for point in range(200):
            sweep.add_end(point, 0, "R1")
            for replication in range(100):
                watched, time = (int(random.exponential(mean) * SECOND) for mean in (20, 10))
                run = sweep.add_run(point, replication, SECOND + min(watched, time))
                sweep.insert("observation", run, 0, SECOND, 0, 0, 0)
                sweep.add_failure(run, 0, (SECOND, SECOND + time if time < watched else None))
        sweep.close()
        curves = pd.read_csv(self.export() / "survival.csv")
        curves = curves[curves.kind == "detection"]
        for survival in (0.9, 0.5, 0.2):
            last = curves[curves.t_s <= -10 * math.log(survival)].groupby("point").last()
            covered = np.mean((last.low <= survival) & (survival <= last.high))
            self.assertEqual(len(last), 200)
            self.assertGreaterEqual(covered, 0.92)
            self.assertLessEqual(covered, 0.98)


class PromiseTest(ExportCase):
    """6: each part of a promise, by what is known."""

    # law of T_D, T_D found, mistakes found in a year each, law of mistakes a year, bytes a second;
    # whether kept: detection within 5 s, fewer than 10 mistakes a year, less than 1000 bit/s
    CASES = [((1, 2, 3, "uniform"), [2, 2.5], 0, 1.0, 100, ("yes", "yes", "yes", "yes")),
             ((1, 2, 6, "uniform"), [2, 2.5], 0, 1.0, 100, ("no", "yes", "yes", "no")),
             ((1, 2, math.inf, "other"), [2, 2.5], 0, 1.0, 100, ("no", "yes", "yes", "no")),
             ((None,) * 4, [2, 2.5], 0, 1.0, 100, ("yes", "yes", "yes", "yes")),
             ((None,) * 4, [2, 5.5], 0, 1.0, 100, ("no", "yes", "yes", "no")),
             ((None,) * 4, [2, None], 0, 1.0, 100, ("no", "yes", "yes", "no")),
             ((1, 2, 3, "uniform"), [2, 5.5], 0, 1.0, 100, ("no", "yes", "yes", "no")),
             ((1, 2, 3, "uniform"), [2, 2.5], 22, 11.0, 100, ("yes", "no", "yes", "no")),
             ((1, 2, 3, "uniform"), [2, 2.5], 0, None, 100, ("yes", "yes", "yes", "yes")),
             ((1, 2, 3, "uniform"), [2, 2.5], 14, None, 100, ("yes", "", "yes", "")),
             ((1, 2, 3, "uniform"), [2, 2.5], 40, None, 100, ("yes", "no", "yes", "no")),
             # The law says few, but there are many: it is not believed.
             ((1, 2, 3, "uniform"), [2, 2.5], 40, 1.0, 100, ("yes", "no", "yes", "no")),
             ((1, 2, 3, "uniform"), [2, 2.5], 0, 1.0, 125, ("yes", "yes", "no", "no"))]

    def test_cases(self):
        sweep = self.sweep([("gre", {"loss": str(case)}) for case in range(len(self.CASES))],
                           ["loss"])
        year = int(YEAR) * SECOND
        for point, (law, times, mistakes, rate, cost, _) in enumerate(self.CASES):
            # It is the worst of the ends that counts.
            for end, name in ((0, "R1"), (1, "R2")):
                sweep.add_end(point, end, name, law if end else (1, 2, 2.5, "uniform"),
                              rate=rate / YEAR if rate is not None and end else 0.0 if not end
                              else None)
            for replication, time in enumerate(times):
                run = sweep.add_run(point, replication, year + 100 * SECOND)
                for end in (0, 1):
                    count = mistakes // 2 if end else 0
                    size = cost * (int(YEAR) + 100) if end else 1
                    sweep.insert("observation", run, end, year, 0, size // 50, size)
                    found = time if end else 2.2
                    sweep.add_failure(run, end, (year, found and year + int(found * SECOND)))
                    for i in range(count):
                        at = SETTLING + i * SECOND
                        sweep.insert("mistake", run, end, i, at, at + 1, None, "")
        sweep.close()
        table = rows(self.export("--promise-detect=5", "--promise-mistakes=10",
                                 "--promise-overhead=1000") / "promise.csv")
        for case, row in zip(self.CASES, table):
            self.assertEqual(tuple(row[key] for key in ("detects", "mistakes_ok", "overhead_ok",
                                                        "kept")), case[-1], case)
        self.assertEqual(table[1]["worst_detection_s"], "6")
        self.assertEqual(table[2]["worst_detection_s"], "inf")
        self.assertEqual(table[4]["p99_s"], "5.5")
        self.assertEqual(table[5]["p99_s"], "")
        self.assert_cell(table[7]["mistakes_per_year"], 11)
        self.assert_cell(table[12]["overhead_bits_per_s"], 1000)


class ProgramTest(ExportCase):
    """8: the program as such."""

    def test_same_results_same_bytes(self):
        make(self.directory / "sweep", replications=5)
        for name in ("a", "b"):
            done = export(self.directory / "sweep", self.directory / name)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
        names = sorted(file.name for file in (self.directory / "a").iterdir())
        self.assertEqual(filecmp.cmpfiles(self.directory / "a", self.directory / "b", names,
                                          shallow=False), (names, [], []))

    def test_results_that_grow(self):
        """What a writer adds meanwhile waits; what it has committed is there."""
        make(self.directory / "sweep", replications=2)
        database = sqlite3.connect(self.directory / "sweep" / "results.sqlite")
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("DELETE FROM cost")
        database.commit()
        database.execute("UPDATE run SET events = 0")
        events = {row["events"] for row in rows(self.export() / "runs.csv")}
        database.close()
        self.assertNotIn("0", events)

    def test_memory(self):
        """Ten times as many points do not need more memory."""
        peaks = []
        for size in (20, 200):
            directory = self.directory / str(size)
            sweep = Sweep(directory, ["loss"], [("gre", {"loss": str(i)}) for i in range(size)])
            for point in range(size):
                sweep.add_end(point, 0, "R1")
                for replication in range(200):
                    run = sweep.add_run(point, replication, 100 * SECOND)
                    sweep.insert("observation", run, 0, 90 * SECOND, 0, 1, 1)
                    sweep.add_failure(run, 0, (90 * SECOND, 90 * SECOND + run + 1))
            sweep.close()
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            self.assertEqual(export(directory, directory / "csv").returncode, 0)
            peaks.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
            self.assertLessEqual(before, peaks[-1])
        self.assertLess(peaks[1] - peaks[0], 4000, "kB more")

    def refuse(self, directory, out, *options):
        """One line, exit status 2, nothing written."""
        there = sorted(self.directory.rglob("*"))
        done = export(directory, out, *options)
        self.assertEqual(done.returncode, 2, done)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertEqual(sorted(self.directory.rglob("*")), there)
        return done.stderr

    def test_refuses(self):
        make(self.directory / "sweep", replications=1)
        full = self.directory / "full"
        full.mkdir()
        (full / "mine").write_text("mine", encoding="utf-8")
        self.assertIn("full", self.refuse(self.directory / "sweep", full))
        self.assertIn("mine", self.refuse(self.directory / "sweep", full / "mine"))
        self.assertIn("nowhere", self.refuse(self.directory / "nowhere", self.directory / "csv"))
        for option in ("--promise-detect=-1", "--promise-mistakes=few", "--promise-overhead="):
            message = self.refuse(self.directory / "sweep", self.directory / "csv", option)
            self.assertIn(option.split("=", maxsplit=1)[0].lstrip("-"), message)

    def test_says_what_is_wrong_with_results(self):
        """One line, another exit status, no tables."""
        for number, damage in enumerate((
                "UPDATE meta SET value = '2' WHERE key = 'schema'",
                "DELETE FROM meta WHERE key = 'plan'",
                "DROP TABLE run",
                "UPDATE point SET factors = '{'",
                "DELETE FROM point WHERE point = 3")):
            with self.subTest(damage):
                directory = self.directory / str(number)
                make(directory, replications=1)
                with sqlite3.connect(directory / "results.sqlite") as database:
                    database.execute(damage)
                database.close()
                done = export(directory, directory / "csv")
                self.assertEqual((done.returncode, len(done.stderr.splitlines())), (1, 1), done)
                self.assertFalse((directory / "csv").exists())
        (self.directory / "text").mkdir()
        (self.directory / "text" / "results.sqlite").write_text("text " * 300, encoding="utf-8")
        done = export(self.directory / "text", self.directory / "csv")
        self.assertEqual((done.returncode, len(done.stderr.splitlines())), (1, 1), done)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    PROGRAM = sys.argv.pop(1)
    unittest.main()
