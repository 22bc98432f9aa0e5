#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Test of plots/sweep.py: made-up exports in; figures, their data and a page out.

 1. what is drawn in every figure, as its data file and the picture itself have it, is what the
    export says
 2. figures that a plan does not allow are left out, and it is said why
 3. many points are spread over panels, or some are chosen, and that is said
 4. every figure has its four files, the same bytes for the same data; nothing is overwritten
 5. bad input: one line, exit status 2, nothing written
 6. the page holds the question, the command, all figures and tables and what is off the law, needs
    no network and cannot be broken by names
 7. in a browser: no error, no overflow at 1200 and 400 pixels, tables sort
"""

import csv
import html.parser
import json
import math
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "plots"), str(ROOT / "test")]

import made_up_sweep
import results
import style
import sweep_comparison
import sweep_detection
import sweep_figure
import sweep_layout
import sweep_maps
import sweep_mistakes
import sweep_pareto
import sweep_report
import sweep_results
import sweep_survival
import sweep_timers

import numpy as np
from matplotlib.colors import to_rgb

SCRIPT = ROOT / "plots" / "sweep.py"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)

# Plan -> levels of its factors and what made_up_sweep.make wants besides.
PLANS = {
    "main": ({"mechanism": ["gre", "hdlc"], "interval": ["1", "5"], "retries": ["2", "3"],
              "loss": ["0", "0.05"]}, {"replications": 12}),
    "censored": ({"mechanism": ["gre"], "interval": ["10"], "retries": ["3", "4", "5"],
                  "loss": ["0.2"], "profile": ["cisco", "h3c"]},
                 {"replications": 15, "watched": 45, "promise": True}),
    "mismatch": ({"mechanism": ["hdlc"], "interval": ["1", "10"], "interval-b": ["1", "10"]}, {}),
    "load": ({"mechanism": ["hdlc"], "load": ["0.5", "1.2", "1.5"], "queue": ["fifo", "priority"]},
             {}),
    "one": ({"mechanism": ["gre"], "interval": ["5"]}, {}),
}  # fmt: skip
ALL = {
    "comparison-mechanisms", "comparison-profiles", "map-median", "map-p99", "map-mistakes",
    "map-mismatch", "pareto", "detection-distribution", "mistakes-loss", "mistakes-load",
    "mistakes-burst", "mistakes-timers", "survival-detection", "survival-first-mistake",
}  # fmt: skip
DRAWN = {
    "main": {"comparison-mechanisms", "map-median", "map-p99", "map-mistakes", "pareto",
             "detection-distribution", "mistakes-loss", "survival-first-mistake"},
    "censored": {"comparison-profiles", "pareto", "detection-distribution", "survival-detection",
                 "survival-first-mistake"},
    "mismatch": {"map-mismatch", "pareto", "detection-distribution", "survival-first-mistake"},
    "load": {"mistakes-load", "detection-distribution", "survival-first-mistake"},
    "one": {"detection-distribution"},
}  # fmt: skip


def table(path):
    """The rows of a CSV file whose headings are all different."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def points(directory, end="R1"):
    """The rows of points.csv of one end, factors apart: "retries" is a factor and a measure."""
    with open(directory / "points.csv", encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    last = header.index("end")
    rows = []
    for line in lines:
        row = dict(zip(header[last:], line[last:]), point=line[0])
        row["levels"] = dict(zip(header[1:last], line[1:last]))
        if row["end_name"] == end:
            rows.append(row)
    return rows


def number(cell):
    return float(cell) if cell else math.nan


def draw(module, directory, name, **options):
    """A drawing as an object."""
    study = sweep_results.Study(directory, **options)
    for drawing in module.figures(study):
        if drawing.name == name:
            return study, drawing
        if isinstance(drawing, sweep_figure.Drawing):
            style.pyplot.close(drawing.figure)
    raise AssertionError(f"no {name}")


def curves(axes):
    """Lines of more than two points, as arrays."""
    return [np.array(line.get_xydata()) for line in axes.get_lines() if len(line.get_xdata()) > 2]


class Case(unittest.TestCase):
    """With the exports and what the script made of them, which all tests share."""

    top = None

    def tearDown(self):
        style.pyplot.close("all")

    @classmethod
    def export(cls, plan, name=None):
        """A made-up export, once."""
        directory = cls.top / (name or plan)
        if not directory.exists():
            factors, more = PLANS[plan]
            made_up_sweep.make(directory, factors, **more)
        return directory

    def run_script(self, *arguments, status=0):
        """What it prints, on the stream that is for its exit status."""
        result = subprocess.run([sys.executable, SCRIPT, *map(str, arguments)], capture_output=True,
                                text=True, check=False, timeout=240)  # fmt: skip
        self.assertEqual(result.returncode, status, result.stderr)
        if status:
            self.assertEqual(result.stdout, "")
            self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
            return result.stderr
        self.assertEqual(result.stderr, "")
        return result.stdout

    def report(self, plan):
        """Directory and output of a report, made once."""
        out = self.top / f"report-{plan}"
        log = self.top / f"report-{plan}.log"
        if not out.exists():
            log.write_text(self.run_script(self.export(plan), "--out", out), encoding="utf-8")
        return out, log.read_text(encoding="utf-8")


class NumbersTest(Case):
    """What is drawn is what was exported."""

    def assert_same(self, name, expected, columns):
        """The data file of a figure has these cases and their cells."""
        with open(self.report("main")[0] / f"{name}.csv", encoding="utf-8", newline="") as file:
            header, *lines = csv.reader(file)
        found = {line[0]: dict(zip(header, line)) for line in lines}
        self.assertEqual(len(lines), len(expected))
        for row in expected:
            for column in columns:
                np.testing.assert_allclose(
                    number(found[row["point"]][column]), number(row[column]), rtol=1e-8
                )
            for factor, level in row["levels"].items():
                self.assertEqual(found[row["point"]][factor], level)

    def test_maps(self):
        expected = points(self.export("main"))
        for name, column in (("map-median", "td_median_s"), ("map-p99", "td_p99_s"),
                             ("map-mistakes", "mistakes_per_day")):  # fmt: skip
            self.assert_same(name, expected, (column, "keepalive_bits_per_s"))

    def test_map_on_the_canvas(self):
        """Every cell has its number at its place, the later the darker; overheads are named."""
        directory = self.export("main")
        _, drawing = draw(sweep_maps, directory, "map-median")
        panels = [axes for axes in drawing.figure.axes if axes.get_xlabel() == "interval (s)"]
        self.assertEqual([axes.get_title(loc="left") for axes in panels],
                         ["GRE, no loss", "GRE, loss 0.05", "HDLC, no loss", "HDLC, loss 0.05"])
        rows = {tuple(row["levels"].values()): row for row in points(directory)}
        for axes, (mechanism, loss) in zip(
            panels, [(mechanism, loss) for mechanism in ("gre", "hdlc") for loss in ("0", "0.05")]
        ):
            cells = {(round(text.get_position()[0]), round(text.get_position()[1])): text.get_text()
                     for text in axes.texts if text.get_text().endswith(" s")}  # fmt: skip
            shades = {(round(patch.get_x() + 0.48), round(patch.get_y() + 0.47)):
                      sum(to_rgb(patch.get_facecolor())) for patch in axes.patches}  # fmt: skip
            times = {}
            for x, interval in enumerate(("1", "5")):
                for y, retries in enumerate(("2", "3")):
                    row = rows[mechanism, interval, retries, loss]
                    times[x, y] = float(row["td_median_s"])
                    self.assertEqual(cells[x, y], sweep_figure.duration(times[x, y]))
            ranked = sorted(times, key=times.get)
            self.assertEqual(ranked, sorted(shades, key=shades.get, reverse=True))
            names = [text.get_text() for text in axes.texts if "bit/s" in text.get_text()]
            self.assertTrue(names)
            for name in names:
                bits = float(name.split()[0])
                ends = [float(rows[mechanism, interval, "2", loss]["keepalive_bits_per_s"])
                        for interval in ("1", "5")]  # fmt: skip
                self.assertTrue(min(ends) < bits < max(ends))

    def test_contours_lie_where_the_overhead_is(self):
        """On a logarithmic scale between the columns."""
        figure, axes = style.pyplot.subplots()
        axes.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5))
        cells = {(x, y): {"keepalive_bits_per_s": 100.0 if x == 0 else 10.0}
                 for x in (0, 1) for y in (0, 1)}  # fmt: skip
        self.assertTrue(sweep_maps.draw_contours(axes, cells, [2, 2], [30.0]))
        (path,) = axes.collections[0].get_paths()
        np.testing.assert_allclose(path.vertices[:, 0], math.log10(100 / 30), atol=1e-9)
        self.assertEqual({-0.5, 1.5}, {path.vertices[0, 1], path.vertices[-1, 1]})
        style.pyplot.close(figure)
        self.assertEqual(sweep_maps.overhead_levels([]), [])

    def test_no_mistake_is_an_upper_limit(self):
        """In the map and against loss."""
        directory = self.export("main")
        _, drawing = draw(sweep_maps, directory, "map-mistakes")
        none = [row for row in points(directory) if row["mistakes"] == "0"]
        texts = [text.get_text() for axes in drawing.figure.axes for text in axes.texts]
        self.assertEqual(texts.count("0"), len(none))
        limit = f"< {sweep_figure.rate(float(none[0]['mistakes_per_day_high']))}"
        self.assertEqual(texts.count(limit), len(none))
        _, drawing = draw(sweep_mistakes, directory, "mistakes-loss")
        marks = [line for axes in drawing.figure.axes for line in axes.get_lines()
                 if line.get_marker() == "v"]  # fmt: skip
        self.assertEqual(len(marks), len(none))
        for mark in marks:
            self.assertAlmostEqual(mark.get_ydata()[0], float(none[0]["mistakes_per_day_high"]), 6)

    def test_mistakes(self):
        self.report("main")
        columns = ("mistakes", "observed_s", "mistakes_per_day", "mistakes_per_day_low",
                   "mistakes_per_day_high", "law_mistakes_per_day")  # fmt: skip
        self.assert_same("mistakes-loss", points(self.export("main")), columns)

    def test_mistakes_on_the_canvas(self):
        """Marks and their intervals at the rates, the closed form through its own values."""
        directory = self.export("main")
        _, drawing = draw(sweep_mistakes, directory, "mistakes-loss")
        seen = {(round(float(line.get_ydata()[0]), 4)) for axes in drawing.figure.axes
                for line in axes.get_lines() if line.get_marker() in ("o", "s")}  # fmt: skip
        bars = {tuple(np.round(line.get_ydata(), 4)) for axes in drawing.figure.axes
                for line in axes.get_lines()
                if len(line.get_ydata()) == 2 and line.get_linestyle() == "-"}  # fmt: skip
        laws = {round(float(value), 4) for axes in drawing.figure.axes
                for line in axes.get_lines() if line.get_linestyle() == "--"
                for value in line.get_ydata() if math.isfinite(value)}  # fmt: skip
        rows = points(directory)
        made = [row for row in rows if row["mistakes"] != "0"]
        self.assertGreater(len(made), 2)
        self.assertEqual(seen, {round(float(row["mistakes_per_day"]), 4) for row in made})
        self.assertEqual(laws, {round(float(row["law_mistakes_per_day"]), 4) for row in rows
                                if float(row["law_mistakes_per_day"]) > 0})
        for row in made:
            wanted = [float(row[f"mistakes_per_day_{side}"]) for side in ("low", "high")]
            self.assertTrue(any(np.allclose(bar, wanted, atol=1e-3) for bar in bars), wanted)

    def test_distribution(self):
        """Every detection time once, with the share of failures that was noticed by then."""
        for plan in ("main", "censored"):
            out, _ = self.report(plan)
            rows = table(out / "detection-distribution.csv")
            expected = {}
            for row in table(self.export(plan) / "detections.csv"):
                if row["end_name"] == "R1":
                    expected.setdefault(row["point"], []).append(number(row["t_d_s"]))
            for point, times in expected.items():
                own = [row for row in rows if row["point"] == point]
                noticed = sorted(time for time in times if not math.isnan(time))
                np.testing.assert_allclose([float(row["t_d_s"]) for row in own], noticed)
                shares = [(place + 1) / len(times) for place in range(len(noticed))]
                np.testing.assert_allclose([float(row["share_noticed"]) for row in own], shares)

    def test_distribution_on_the_canvas(self):
        """The staircase, and below it the closed form of each shape."""
        directory = self.export("main")
        study, drawing = draw(sweep_detection, directory, "detection-distribution")
        self.assertEqual(len(drawing.figure.axes), 8)
        for case in study.cases:
            title = sweep_maps.at(case).replace(f", {case.levels['retries']} retries", "")
            axes = next(a for a in drawing.figure.axes if a.get_title(loc="left") == title)
            times = study.detections[case.key][0]
            self.assertTrue(any(len(curve) == times.size + 2 and np.allclose(curve[1:-1, 0], times)
                                for curve in curves(axes)))
            law = next(curve for curve in curves(axes)
                       if len(curve) == 101 and abs(curve[0, 0] - case["law_lower_s"]) < 1e-9)
            middle = case["law_lower_s"] + (case["law_upper_s"] - case["law_lower_s"]) / 4
            share = {"uniform": 0.25, "triangular": 0.125}[case["law_shape"]]
            self.assertAlmostEqual(np.interp(middle, *law.T), share, 3)
            means = [line.get_xdata()[0] for line in axes.get_lines() if line.get_marker() == "D"]
            self.assertIn(case["law_mean_s"], means)

    def test_pareto(self):
        """T_MR is one over the rate; the front is what nothing beats."""
        out, _ = self.report("main")
        rows = {row["point"]: row for row in table(out / "pareto.csv")}
        expected = points(self.export("main"))
        self.assertEqual(len(rows), len(expected))
        good = {}
        for row in expected:
            rate, high = float(row["mistakes_per_day"]), float(row["mistakes_per_day_high"])
            found = rows[row["point"]]
            self.assertAlmostEqual(number(found["td_mean_s"]), float(row["td_mean_s"]), 6)
            if rate:
                self.assertAlmostEqual(float(found["tmr_s"]), 86400 / rate, 3)
            else:
                self.assertEqual((found["tmr_s"], found["tmr_high_s"]), ("inf", "inf"))
            self.assertAlmostEqual(float(found["tmr_low_s"]), 86400 / high, 3)
            good[row["point"]] = (row["levels"]["loss"], float(row["td_mean_s"]), rate)
        for point, (loss, time, rate) in good.items():
            beaten = any(
                other != point and loss == loss_too and time_too <= time and rate_too <= rate
                for other, (loss_too, time_too, rate_too) in good.items()
            )
            self.assertEqual(rows[point]["on_front"], "0" if beaten else "1")

    def test_pareto_on_the_canvas(self):
        """Filled are those of the front; lines join what costs the same."""
        study, drawing = draw(sweep_pareto, self.export("main"), "pareto")
        filled = [line for axes in drawing.figure.axes for line in axes.get_lines()
                  if line.get_marker() in ("o", "s") and line.get_markerfacecolor() != "white"]
        wanted = [row for row in drawing.rows if row[-1]]
        self.assertEqual(len(filled), len(wanted))
        dotted = [at for axes in drawing.figure.axes for line in axes.get_lines()
                  if line.get_label() == "_law" for at in zip(*line.get_data())]
        laws = [(case["td_mean_s"], 86400 / case["law_mistakes_per_day"]) for case in study.cases
                if case["law_mistakes_per_day"] > 0]
        np.testing.assert_allclose(sorted(dotted), sorted(laws))
        for line, row in zip(sorted(filled, key=lambda line: line.get_xdata()[0]),
                             sorted(wanted, key=lambda row: row[-6])):
            self.assertAlmostEqual(line.get_xdata()[0], row[-6])
        for cases in ([case for case in study.cases if case.levels["loss"] == loss]
                      for loss in ("0", "0.05")):
            groups = sweep_pareto.overheads(cases)
            self.assertEqual(len(groups), 4)
            for group in groups:
                self.assertEqual(len({case["keepalive_bits_per_s"] for case in group}), 1)
                self.assertEqual(len({case["mechanism"] for case in group}), 1)

    def test_survival(self):
        """The estimate as it was exported, only where it says something."""
        for plan, kind, column in (("censored", "detection", "censored"),
                                   ("censored", "first-mistake", "mistakes"),
                                   ("main", "first-mistake", "mistakes")):  # fmt: skip
            out, directory = self.report(plan)[0], self.export(plan)
            wanted = [row["point"] for row in points(directory) if row[column] != "0"]
            self.assertTrue(wanted)
            found = [(row["point"], row["t_s"], row["survival"], row["low"], row["high"])
                     for row in table(out / f"survival-{kind}.csv")]
            expected = [(row["point"], row["t_s"], row["survival"], row["low"], row["high"])
                        for row in table(directory / "survival.csv")
                        if (row["kind"], row["end_name"]) == (kind, "R1")
                        and row["point"] in wanted]
            self.assertEqual(sorted(found), sorted(expected))
        directory = self.export("censored")
        study, drawing = draw(sweep_survival, directory, "survival-detection")
        drawn = [curve for axes in drawing.figure.axes for curve in curves(axes)]
        for case in study.cases:
            curve = study.survival.get((*case.key, "detection"))
            if case["censored"] and len(curve) > 1:
                same = [line for line in drawn if len(line) == len(curve) + 1
                        and np.allclose(line[:-1], curve[:, :2])]
                self.assertTrue(same)
        ends = [curve[-1, 0] for curve in drawn]
        np.testing.assert_allclose(ends, 45, err_msg="to the end of the watch")

    def test_staircase_begins_where_all_survive(self):
        late = np.array([[3.0, 0.5, 0.2, 0.8]])
        steps = sweep_survival.staircase(late, 7)[:, :2]
        np.testing.assert_allclose(steps, [[0, 1], [3, 0.5], [7, 0.5]])

    def test_comparison(self):
        """Quantiles of all failures, where those that were never noticed are the latest."""
        for plan, name in (("main", "comparison-mechanisms"), ("censored", "comparison-profiles")):
            out, log = self.report(plan)
            rows = table(out / f"{name}.csv")
            times = {}
            for row in table(self.export(plan) / "detections.csv"):
                if row["end_name"] == "R1":
                    times.setdefault(row["point"], []).append(number(row["t_d_s"] or "inf"))
            self.assertTrue(rows)
            for row in rows:
                every = sorted(times[row["point"]])
                for share in sweep_comparison.QUANTILES:
                    wanted = every[max(0, math.ceil(share / 100 * len(every)) - 1)]
                    np.testing.assert_allclose(float(row[f"quantile_{share}_s"]), wanted)
            self.assertIn(f"{name}.png", log)
        rows = table(self.report("main")[0] / "comparison-mechanisms.csv")
        self.assertEqual({row["loss"] for row in rows}, {"0"})

    def test_comparison_on_the_canvas(self):
        """The bar is the closed form; what is never noticed is said, and has no box."""
        directory = self.export("censored")
        study, drawing = draw(sweep_comparison, directory, "comparison-profiles")
        axes = drawing.figure.axes[0]
        laws = [patch.get_x() for patch in axes.patches if abs(patch.get_height() - 0.76) < 1e-9]
        left = axes.get_xlim()[0]
        noticed = [case for case in study.cases if case["detected"]]
        wanted = sorted(max(case["law_lower_s"], left) for case in noticed)
        np.testing.assert_allclose(sorted(laws), wanted)
        words = [text.get_text() for text in axes.texts]
        for case in study.cases:
            if case["censored"]:
                self.assertTrue(any(f"{case['censored']} censored" in word for word in words))
        boxes = [patch for patch in axes.patches if abs(patch.get_height() - 0.4) < 1e-9]
        finite = [case for case in study.cases
                  if math.isfinite(sweep_comparison.quantiles(study, case)[2])]
        self.assertEqual(len(boxes), len(finite))
        self.assertLess(len(boxes), len(study.cases))

    def test_mismatch(self):
        """Both ends, with the share of time; no mistake is white."""
        out, _ = self.report("mismatch")
        rows = table(out / "map-mismatch.csv")
        directory = self.export("mismatch")
        expected = points(directory, "R1") + points(directory, "R2")
        self.assertEqual(len(rows), len(expected))
        for row in expected:
            found = next(line for line in rows if (line["point"], line["end_name"])
                         == (row["point"], row["end_name"]))
            self.assertEqual(found["query_accuracy"], row["query_accuracy"])
        _, drawing = draw(sweep_maps, directory, "map-mismatch")
        self.assertEqual([axes.get_title(loc="left") for axes in drawing.figure.axes],
                         ["end R1", "end R2"])
        for axes, end in zip(drawing.figure.axes, ("R1", "R2")):
            texts = {text.get_text() for text in axes.texts}
            for row in points(directory, end):
                self.assertIn(sweep_maps.percent(1 - float(row["query_accuracy"])), texts)

    def test_other_end(self):
        """--end and --only choose what is drawn."""
        directory = self.export("main")
        _, drawing = draw(sweep_mistakes, directory, "mistakes-loss", end="R2",
                          only=[("mechanism", "gre"), ("interval", "5")])
        rows = [row for row in points(directory, "R2")
                if (row["levels"]["mechanism"], row["levels"]["interval"]) == ("gre", "5")]
        self.assertEqual([row[0] for row in drawing.rows], [int(row["point"]) for row in rows])
        self.assertEqual({row[-7] for row in drawing.rows}, {"R2"})

    def test_end_that_notices(self):
        """An end that failed itself is not drawn, nor one that notices nothing if another does."""
        for name, failures, keep in (("own", "0", False), ("deaf", "20", True)):
            directory = self.export("one", name)
            path = directory / "points.csv"
            lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
            for column, cell in (("failures", failures), ("detected", "0"), ("censored", failures)):
                self.assertEqual(lines[1][lines[0].index("end_name")], "R1")
                lines[1][lines[0].index(column)] = cell
            path.write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")
            path = directory / "detections.csv"
            lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
            for line in lines:
                line[7] = "" if line[4] == "R1" else line[7]
            lines = [",".join(line) for line in lines if keep or line[4] != "R1"]
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            study = sweep_results.Study(directory)
            self.assertEqual([case["end_name"] for case in study.cases], ["R2"])
            study = sweep_results.Study(directory, end="R1")
            self.assertEqual([case["detected"] for case in study.cases], [0])


class LayoutTest(Case):
    """What goes where."""

    study = None

    def cases(self, factors, names=None):
        """Cases of a full plan, without measures."""
        directory = self.top / str(len(list(self.top.iterdir())))
        made_up_sweep.make(directory, factors, replications=2, points=names)
        self.study = sweep_results.Study(directory)
        return self.study.cases

    def test_left_out(self):
        """What does not vary is not drawn, and a line says so."""
        for plan, drawn in DRAWN.items():
            out, log = self.report(plan)
            self.assertEqual({path.stem for path in out.glob("*.csv")}, drawn, plan)
            said = dict(line.removeprefix("left out: ").split(": ", 1)
                        for line in log.splitlines() if line.startswith("left out: "))
            self.assertEqual(set(said), ALL - drawn, plan)
            self.assertTrue(all(said.values()))
        self.assertIn("left out: mistakes-load: load does not vary", self.report("main")[1])
        self.assertIn("survival-detection: every failure was noticed", self.report("main")[1])
        self.assertIn("pareto: no mistake was made at any point", self.report("one")[1])

    def test_nothing_fails(self):
        """A sweep without faults has no detection; its mistakes are drawn."""
        directory = self.export("main", "no-fault")
        text = (directory / "points.csv").read_text(encoding="utf-8").splitlines()
        header = text[0].split(",")
        rows = []
        for line in text[1:]:
            cells = line.split(",")
            for place, name in enumerate(header):
                if name in ("failures", "detected"):
                    cells[place] = "0"
                elif name.startswith("td_"):
                    cells[place] = ""
            rows.append(",".join(cells))
        (directory / "points.csv").write_text("\n".join([text[0], *rows]) + "\n", encoding="utf-8")
        (directory / "detections.csv").write_text(
            (directory / "detections.csv").read_text(encoding="utf-8").splitlines()[0] + "\n",
            encoding="utf-8")
        study = sweep_results.Study(directory)
        names = {}
        for part in (sweep_comparison, sweep_maps, sweep_pareto, sweep_detection, sweep_survival):
            for drawing in part.figures(study):
                names[drawing.name] = isinstance(drawing, sweep_figure.Drawing)
        self.assertEqual({name for name, drawn in names.items() if drawn},
                         {"map-mistakes", "survival-first-mistake"})

    def test_panels_are_few(self):
        """Beyond the limit a factor is held at its first level, and that is said."""
        factors = {"mechanism": ["gre", "hdlc"], "interval": ["1", "2", "5", "10"],
                   "retries": ["2", "3"], "loss": ["0", "0.01", "0.02", "0.05", "0.1"]}
        cases = self.cases(factors)
        plan = sweep_layout.Arrangement(cases, colours=("retries",))
        self.assertEqual(plan.colour, "retries")
        self.assertEqual(len(plan.panels), 8)
        self.assertEqual(plan.note(), "Drawn: no loss only.")
        self.assertEqual({case.levels["loss"] for case in plan.cases}, {"0"})
        plan = sweep_layout.Arrangement(cases, inside=("loss",), colours=("retries",))
        self.assertEqual((len(plan.panels), plan.note()), (8, ""))
        self.assertEqual(plan.panels[0].title(), "GRE, 1 s")
        self.assertEqual(plan.panels[5].title(), "HDLC, 2 s")
        self.assertEqual([len(panel.of("retries", "3")) for panel in plan.panels], [5] * 8)
        for width, columns in ((3.0, 4), (4.0, 3), (2.0, 4), (20.0, 1)):
            self.assertEqual(plan.columns(width), columns)

    def test_too_many_colours_are_panels(self):
        factors = {"mechanism": ["gre"], "retries": [str(level) for level in range(2, 10)]}
        plan = sweep_layout.Arrangement(self.cases(factors), colours=("retries",))
        self.assertIsNone(plan.colour)
        self.assertEqual(len(plan.panels), 8)

    def test_numbers_are_in_order(self):
        """10 is after 9, and what a mechanism does not have is last."""
        self.assertEqual(sweep_results.order(["10", "9", "", "0.5"]), ["0.5", "9", "10", ""])
        self.assertEqual(sweep_results.order(["fifo", "", "codel"]), ["fifo", "codel", ""])

    def test_pairs_are_one_factor(self):
        """Timers given in pairs share a panel, and have no map."""
        pairs = [("30", "1"), ("10", "3"), ("3", "10")]
        factors = {"mechanism": ["gre"], "interval": ["30", "10", "3"], "retries": ["1", "3", "10"],
                   "burst": ["0", "5"]}
        names = [{"mechanism": "gre", "interval": interval, "retries": retries, "burst": burst}
                 for interval, retries in pairs for burst in ("0", "5")]
        cases = self.cases(factors, names)
        plan = sweep_layout.Arrangement(cases, colours=sweep_detection.COLOURS)
        self.assertEqual(plan.colour, "timers")
        self.assertEqual(plan.colours, ["3 s × 10", "10 s × 3", "30 s × 1"])
        titles = [panel.title() for panel in plan.panels]
        self.assertEqual(titles, ["independent loss", "bursts of 5"])
        out = {drawing.name: drawing for drawing in sweep_maps.figures(self.study)}
        self.assertEqual(out["map-median"].why, "interval and retries are given in pairs")

    def test_pairs_have_a_figure(self):
        """Mistakes against pairs: the slowest first, a curve for everything the network can be."""
        pairs = [("30", "1"), ("10", "3"), ("3", "10")]
        names = [{"mechanism": "gre", "interval": interval, "retries": retries, "loss": loss,
                  "good-time": good, "bad-time": bad} for interval, retries in pairs
                 for loss, good, bad in (("0.2", "0", "0"), ("0", "20", "5"))]
        factors = {"mechanism": ["gre"], "interval": ["30", "10", "3"], "retries": ["1", "3", "10"],
                   "loss": ["0.2", "0"], "good-time": ["0", "20"], "bad-time": ["0", "5"]}
        cases = self.cases(factors, names)
        out = {drawing.name: drawing for drawing in sweep_mistakes.figures(self.study)}
        self.assertEqual(out["mistakes-loss"].why, "loss varies only together with others")
        (drawing,) = sweep_timers.figures(self.study)
        axes = drawing.figure.axes[0]
        self.assertEqual([tick.get_text() for tick in axes.get_xticklabels()],
                         ["30 s × 1", "10 s × 3", "3 s × 10"])
        told = [text.get_text() for legend in drawing.figure.legends
                for text in legend.get_texts()]
        self.assertEqual(told[:2], ["loss 0.2", "good for 20 s, bad for 5 s, in turn"])
        found = {(int(line.get_xdata()[0]), round(float(line.get_ydata()[0]), 6))
                 for line in axes.get_lines() if line.get_marker() in ("o", "s", "v")}
        places = {"30": 0, "10": 1, "3": 2}
        wanted = {(places[case.levels["interval"]],
                   round(case["mistakes_per_day" if case["mistakes"] else "mistakes_per_day_high"],
                         6)) for case in cases}
        self.assertEqual(found, wanted)
        self.assertEqual(len(drawing.rows), len(cases))

    def test_words(self):
        for value, expected in ((0, "0 s"), (0.0123, "12.3 ms"), (2.5, "2.5 s"), (86400 * 3, "3 d"),
                                (20 * sweep_figure.YEAR, "20 y")):  # fmt: skip
            self.assertEqual(sweep_figure.duration(value), expected)
        for value, expected in ((0, "0"), (0.0123, "0.012"), (5.26, "5.3"), (742.1, "742"),
                                (12345, "1.2e4")):  # fmt: skip
            self.assertEqual(sweep_figure.rate(value), expected)
        for name, level, expected in (("mechanism", "dpd", "IKE DPD"), ("interval", "0.5", "0.5 s"),
                                      ("loss", "0", "no loss"), ("queue", "", "no queue"),
                                      ("mtu", "900", "mtu 900"), ("profile", "frr", "FRR")):
            self.assertEqual(sweep_layout.told(name, level), expected)
        for share, expected in ((0, "0 %"), (0.0001, "<0.1 %"), (0.136, "13.6 %"), (1, "100 %")):
            self.assertEqual(sweep_maps.percent(share), expected)

    def test_axis_of_times(self):
        """Labels are right, and as many as there is room for."""
        exact = {(2, 60): ["2 s", "5 s", "10 s", "30 s", "1 min"],
                 (1, 1e9): ["1 s", "1 min", "1 h", "1 d", "1 y"]}  # fmt: skip
        for low, high in ((0.01, 0.05), (2, 60), (31, 46), (1, 1e9), (5, 5)):
            figure, axes = style.pyplot.subplots(figsize=(4, 3))
            sweep_figure.time_axis(axes.xaxis, low, high)
            left, right = axes.get_xlim()
            self.assertTrue(left < low <= high < right)
            figure.canvas.draw()
            labels = [label.get_text() for label in axes.get_xticklabels()]
            self.assertTrue(2 <= len(labels) <= 7, labels)
            self.assertEqual(labels, exact.get((low, high), labels))
            for at, label in zip(axes.get_xticks(), labels):
                value, unit = label.split()
                self.assertAlmostEqual(float(value) * sweep_figure.TIMES[unit][0] / at, 1, 9)


class FilesTest(Case):
    """What is written, and what is refused."""

    def test_every_figure_has_its_files(self):
        for plan, drawn in DRAWN.items():
            out, _ = self.report(plan)
            suffixes = ("png", "pdf", "svg", "csv")
            names = {f"{name}.{suffix}" for name in drawn for suffix in suffixes}
            self.assertEqual({path.name for path in out.iterdir()}, names | {"report.html"})
            for name in drawn:
                data = (out / f"{name}.png").read_bytes()
                self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
                width, height = struct.unpack(">II", data[16:24])
                self.assertTrue(900 < width < 2600 and 300 < height < 4000, (name, width, height))
                self.assertEqual((out / f"{name}.pdf").read_bytes()[:5], b"%PDF-")
                self.assertIn("<svg", (out / f"{name}.svg").read_text(encoding="utf-8")[:2000])

    def test_same_data_same_bytes(self):
        out, _ = self.report("one")
        self.run_script(self.export("one"), "--out", self.top / "report-two")
        for path in out.iterdir():
            one, other = path.read_bytes(), (self.top / "report-two" / path.name).read_bytes()
            if path.name == "report.html":
                other = other.replace(b"report-two", b"report-one")
            self.assertEqual(one, other, path.name)

    def test_nothing_is_overwritten(self):
        full = self.top / "full"
        full.mkdir()
        (full / "mine").write_text("mine", encoding="utf-8")
        error = self.run_script(self.export("one"), "--out", full, status=2)
        self.assertIn("not empty", error)
        self.assertEqual([path.name for path in full.iterdir()], ["mine"])
        error = self.run_script(self.export("one"), "--out", full / "mine", status=2)
        self.assertIn("not a directory", error)
        (self.top / "empty").mkdir()
        self.run_script(self.export("one"), "--out", self.top / "empty")

    def edited(self, name, file, old, new):
        """A copy of an export with one thing changed."""
        directory = self.top / "edited" / name
        shutil.copytree(self.export("one"), directory)
        if old is None:
            (directory / file).unlink()
            return directory
        text = (directory / file).read_text(encoding="utf-8")
        self.assertIn(old, text)
        (directory / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return directory

    def test_bad_input(self):
        cases = {
            "no-points": ("points.csv", None, "", "points.csv: No such file"),
            "no-detections": ("detections.csv", None, "", "detections.csv: No such file"),
            "no-survival": ("survival.csv", None, "", "survival.csv: No such file"),
            "no-meta": ("meta.json", None, "", "meta.json: No such file"),
            "no-config": ("config.ini", None, "", "config.ini: No such file"),
            "missing": ("points.csv", ",censored,", ",", "missing column: 'censored'"),
            "unknown": ("points.csv", ",end,", ",end,colour,", "unknown column: 'colour'"),
            "repeated": ("points.csv", ",rule,", ",rule,rule,", "repeated column: 'rule'"),
            "twice": ("points.csv", "\n0,gre,5,1,R2,", "\n0,gre,5,0,R1,",
                      "point 0, end 0 is there twice"),
            "number": ("points.csv", "uniform,0,0.5,", "uniform,0,soon,",
                       "law_p = 'soon' is not a number"),
            "nan": ("points.csv", "uniform,0,0.5,", "uniform,0,nan,",
                    "law_p = 'nan' is not a number"),
            "count": ("points.csv", "uniform,0,", "uniform,-1,", "outside = '-1' is not a count"),
            "shape": ("points.csv", "uniform", "round", "law_shape = 'round' is none of"),
            "flag": ("points.csv", ",ok,", ",perhaps,", "law_flag = 'perhaps' is none of"),
            "short": ("detections.csv", ",silent,", ",", "10 cells under 11 columns"),
            "lost": ("detections.csv", "0,0,0,0,R1,0,silent", "0,7,0,0,R1,0,silent",
                     "points.csv and detections.csv contradict: point 0, end 0"),
            "kind": ("survival.csv", "first-mistake", "last-mistake",
                     "kind = 'last-mistake' is none of"),
            "quote": ("detections.csv", "silent", '"silent', "not a CSV file"),
            "json": ("meta.json", "{", "", "meta.json: not JSON"),
            "list": ("meta.json", "{", "[{", "meta.json: not JSON"),
        }  # fmt: skip
        for name, (file, old, new, message) in cases.items():
            with self.subTest(name):
                with self.assertRaises(results.InputError) as caught:
                    sweep_results.Study(self.edited(name, file, old, new))
                self.assertIn(message, str(caught.exception))
                self.assertEqual(len(str(caught.exception).splitlines()), 1)
        out = self.top / "edited" / "out"
        error = self.run_script(self.top / "edited" / "no-points", "--out", out, status=2)
        self.assertIn("points.csv", error)
        self.assertFalse(out.exists())
        empty = self.top / "edited" / "empty"
        shutil.copytree(self.export("one"), empty)
        header = (empty / "points.csv").read_text(encoding="utf-8").splitlines()[0]
        (empty / "points.csv").write_text(header + "\n", encoding="utf-8")
        with self.assertRaisesRegex(results.InputError, "no point"):
            sweep_results.Study(empty)
        (empty / "points.csv").write_bytes(b"\xff\xfe")
        with self.assertRaisesRegex(results.InputError, "not a CSV file in UTF-8"):
            sweep_results.Study(empty)

    def test_bad_options(self):
        directory, out = self.export("one"), self.top / "never"
        for arguments, message in (
            ((self.top / "nowhere", "--out", out), "no such directory"),
            ((directory,), "required: --out"),
            ((directory, "--out", out, "--only", "loss"), "not NAME=LEVEL"),
            ((directory, "--out", out, "--only", "loss=0"), "'loss' is none of mechanism"),
            ((directory, "--out", out, "--only", "interval=6"), "'6' is none of 5"),
            ((directory, "--out", out, "--end", "R3"), "no end 'R3'"),
        ):
            with self.subTest(message):
                self.assertIn(message, self.run_script(*arguments, status=2))
        self.assertFalse(out.exists())


class Page(html.parser.HTMLParser):
    """The parts of a page that are tested."""

    VOID = ("meta", "img", "br", "link", "input")

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.images, self.links, self.ids = [], [], [], [], []
        self.tables, self.text = {}, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        if tag not in self.VOID:
            self.open.append(tag)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "img":
            self.images.append(attrs)
        elif tag == "a":
            self.links.append(attrs["href"])
        elif tag == "table":
            self.tables[attrs["id"]] = []
        elif tag == "tr":
            list(self.tables.values())[-1].append([])
        elif tag in ("td", "th"):
            list(self.tables.values())[-1][-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text.append(data)
        if self.open and self.open[-1] in ("td", "th"):
            list(self.tables.values())[-1][-1][-1] += data


class ReportTest(Case):
    """The page by itself."""

    def page(self, plan):
        out, _ = self.report(plan)
        text = (out / "report.html").read_text(encoding="utf-8")
        return out, text, Page(text)

    def test_needs_no_network(self):
        for plan in PLANS:
            out, text, page = self.page(plan)
            without = re.sub(r"base64,[A-Za-z0-9+/=]+", "", text)
            self.assertNotRegex(without, r"https?:|//[a-z]|@import|url\(")
            self.assertEqual(page.open, [])
            self.assertEqual(len(page.ids), len(set(page.ids)))
            for tag, attrs in page.tags:
                self.assertNotIn(tag, ("link", "iframe", "object", "embed"))
                if tag == "script":
                    self.assertNotIn("src", attrs)
                if tag == "img":
                    self.assertTrue(attrs["src"].startswith("data:image/png;base64,"))
                    self.assertTrue(attrs["alt"])
            for link in page.links:
                if link.startswith("#"):
                    self.assertIn(link[1:], page.ids)
                else:
                    self.assertTrue((out / link).exists(), link)

    def test_figures(self):
        for plan, drawn in DRAWN.items():
            _, _, page = self.page(plan)
            self.assertEqual(len(page.images), len(drawn))
            self.assertLessEqual(drawn, set(page.ids))
            for name in ALL - drawn:
                self.assertIn(f"{name}: ", "".join(page.text))

    def test_question_and_command(self):
        _, _, page = self.page("main")
        told = "".join(page.text)
        command = json.loads((self.export("main") / "meta.json").read_text(encoding="utf-8"))
        command = command["meta"]["command_line"]
        self.assertIn(command, told.replace(" \\\n  --", " --"))
        for word in ("0123456789abcdef", "GCC 12.2.0", "interval=1,5", "traffic-rate=0", "3.37"):
            self.assertIn(word, told)
        short = "keepalive-sweep run --mechanism=gre"
        self.assertEqual(sweep_report.broken(short), short)
        quoted = "keepalive-sweep run " + "--name='a --b' " * 9
        self.assertEqual(sweep_report.broken(quoted), quoted)

    def test_tables(self):
        """All cases, all numbers, in the order of the export."""
        _, _, page = self.page("main")
        header, *rows = page.tables["table-1"]
        expected = points(self.export("main")) + points(self.export("main"), "R2")
        self.assertEqual(len(rows), len(expected))
        place = {name: header.index(name) for name in ("point", "end", "mean T_D (s)", "mistakes")}
        found = {(row[place["point"]], row[place["end"]]): row for row in rows}
        for row in expected:
            cells = found[row["point"], row["end_name"]]
            self.assertAlmostEqual(float(cells[place["mean T_D (s)"]]), float(row["td_mean_s"]), 2)
            self.assertEqual(cells[place["mistakes"]], row["mistakes"])
        self.assertNotIn("mean T_MR", header)
        self.assertEqual(len(page.tables["table-2"]) - 1,
                         len(table(self.export("main") / "differences.csv")))

    def test_flags(self):
        """Those outside, and only those; where there are none the page says so."""
        _, _, page = self.page("main")
        rows = page.tables["table-flags"][1:]
        outside = [row for end in ("R1", "R2") for row in points(self.export("main"), end)
                   if row["law_flag"] == "outside"]
        self.assertTrue(outside)
        self.assertEqual(sorted((row[0]) for row in rows), sorted(row["point"] for row in outside))
        self.assertIn("Nowhere: all 2 ends", "".join(self.page("one")[2].text))

    def test_promise(self):
        """A table of its own, first what keeps it."""
        _, _, page = self.page("censored")
        header, *rows = page.tables["table-promise"]
        self.assertEqual(len(rows), 6)
        self.assertEqual({row[header.index("keeps the promise")] for row in rows}, {"yes"})
        self.assertIn("promise-detect=60", "".join(page.text))
        self.assertNotIn("table-promise", self.page("main")[2].tables)

    def test_names_cannot_break_it(self):
        """Markup in a level or a setting is text."""
        evil = "<script>alert(1)</script>&\"'"
        directory = self.export("one", "evil")
        for name in ("meta.json", "config.ini"):
            path = directory / name
            new = json.dumps(evil)[1:-1] if name == "meta.json" else evil
            old = "GCC 12.2.0" if name == "meta.json" else "replications=20"
            text = path.read_text(encoding="utf-8")
            self.assertIn(old, text)
            path.write_text(text.replace(old, new), encoding="utf-8")
        self.run_script(directory, "--out", self.top / "report-evil")
        text = (self.top / "report-evil" / "report.html").read_text(encoding="utf-8")
        self.assertEqual(text.count("<script>"), 1)
        self.assertIn(evil, "".join(Page(text).text))

    def test_long_tables_are_cut(self):
        whole = sweep_report.Table("t", "t.csv", ["a"], [[place] for place in range(5000)])
        self.assertEqual(len(whole.rows), sweep_report.MOST_ROWS)
        self.assertEqual((whole.total, whole.cut), (5000, True))


# Put into a copy of the page: what a browser made of it.
PROBE_HEAD = """<script>
window.problems = [];
addEventListener("error", (event) => problems.push(String(event.message || event.target)), true);
addEventListener("securitypolicyviolation", (event) => problems.push(event.blockedURI));
console.error = console.warn = (...words) => problems.push(words.join(" "));
</script>"""
PROBE_TAIL = """<script>
addEventListener("load", () => {
  const root = document.documentElement;
  const column = [...document.querySelectorAll("#table-1 th")].findIndex(
    (head) => head.textContent === "mean T_D (s)");
  const read = () => [...document.querySelectorAll("#table-1 tbody tr")].map(
    (row) => Number(row.cells[column].dataset.key));
  const button = document.querySelectorAll("#table-1 th button")[column];
  button.click();
  const up = read();
  button.click();
  const result = {
    problems, up, down: read(), width: innerWidth, overflow: root.scrollWidth - root.clientWidth,
    images: [...document.images].filter((image) => !image.naturalWidth).length,
    boxes: [...document.querySelectorAll(".scroll")].map((box) => box.clientWidth),
  };
  parent.postMessage(JSON.stringify(result), "*");
});
</script>"""
# A window has a least width, a frame has not.
FRAME = """<!DOCTYPE html><script>
addEventListener("message", (event) => {{ document.documentElement.dataset.result = event.data; }});
</script><iframe src="{uri}" style="width: {width}px; height: 900px; border: 0"></iframe>"""


@unittest.skipUnless(CHROMIUM, "chromium is not installed: the page is not tried in a browser")
class BrowserTest(Case):
    """The page as a browser shows it."""

    def test_rendering(self):
        for plan in ("main", "censored"):
            out, _ = self.report(plan)
            text = (out / "report.html").read_text(encoding="utf-8")
            text = text.replace("<style>", PROBE_HEAD + "<style>", 1)
            text = text.replace("</body>", PROBE_TAIL + "</body>", 1)
            probe = self.top / f"probe-{plan}.html"
            probe.write_text(text, encoding="utf-8")
            for width in (1200, 400):
                with self.subTest(plan=plan, width=width):
                    found = self.render(probe, width)
                    self.assertEqual(found["problems"], [])
                    self.assertEqual(found["width"], width)
                    self.assertLessEqual(found["overflow"], 0)
                    self.assertEqual(found["images"], 0)
                    self.assertTrue(all(0 < box <= width for box in found["boxes"]))
                    known = [value for value in found["up"] if value]
                    self.assertGreater(len(known), 3)
                    self.assertEqual(known, sorted(known))
                    self.assertEqual([value for value in found["down"] if value], known[::-1])

    def render(self, path, width):
        """What the probe saw."""
        frame = self.top / "frame.html"
        frame.write_text(FRAME.format(uri=path.as_uri(), width=width), encoding="utf-8")
        result = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
             "--hide-scrollbars", f"--user-data-dir={self.top / 'profile'}",
             "--window-size=1300,900", "--virtual-time-budget=3000", frame.as_uri()],
            capture_output=True, text=True, check=False, timeout=120)  # fmt: skip
        self.assertEqual(result.returncode, 0, result.stderr[-2000:])
        found = re.search(r'data-result="([^"]*)"', result.stdout)
        self.assertIsNotNone(found, result.stderr[-2000:])
        return json.loads(html.unescape(found.group(1)))


def setUpModule():  # pylint: disable=invalid-name
    """One directory for all."""
    # pylint: disable-next=consider-using-with
    temporary = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(temporary.cleanup)
    Case.top = Path(temporary.name)


if __name__ == "__main__":
    unittest.main()
