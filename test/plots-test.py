#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Test of plots/: synthetic run directories in, exit statuses, pictures and tables out.

The run directories come from a small model of GRE keepalives with seeded random phases, written
independently of the C++ module: what is tested is the drawing, not the mechanism.
"""

import csv
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True

PLOTS = Path(__file__).resolve().parent.parent / "plots"
sys.path.insert(0, str(PLOTS))

import results
import timeline

import numpy as np
from matplotlib import image

ENDS = ("R1", "R2")
ROUND_TRIP = 0.040
HEADERS = {
    "events": "time_s,source,event,detail,value",
    "traffic": "time_s,flow,sent_bit_per_s,received_bit_per_s",
    "failures": "run,failure,kind,target,began_s,ended_s,end,detected,detected_at_s,"
    "detection_time_s,cause,censored,recovered_at_s,recovery_time_s,black_hole_s,packets_lost,"
    "law_lower_s,law_upper_s,within_law",
    "mistakes": "run,end,suspected_at_s,trusted_at_s,duration_s,since_previous_s,cause",
    "summary": "run,end,mechanism,interval_s,retries,rule,observed_s,failures,detected,censored,causes,"
    "detection_time_mean_s,detection_time_ci95_s,detection_time_min_s,detection_time_max_s,"
    "law_lower_s,law_mean_s,law_upper_s,law_shape,mistakes,mistake_recurrence_mean_s,"
    "mistake_duration_mean_s,mistake_rate_per_s,query_accuracy,keepalives_sent,"
    "keepalives_returned,overhead_packets_per_s,overhead_bit_per_s,black_hole_s,packets_lost",
}


def write(directory, name, rows):
    """Write one CSV file; columns that a row does not name stay empty."""
    with open(directory / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADERS[name].split(","), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def edit(path, old, new):
    """Replace a text, once, in a file that must contain it."""
    text = path.read_text(encoding="utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def end_events(end, phase, interval, retries, failures, duration):
    """What one end does: judge, count, send; hear again unless a failure is on."""
    count, up, events = 0, True, []
    for tick in np.arange(phase, duration, interval):
        if up and count >= retries:
            up = False
            events.append((tick, end, "line-down", "keepalive-unanswered", ""))
        count += 1
        events.append((tick, end, "keepalive-tx", "", count))
        middle, back = tick + ROUND_TRIP / 2, tick + ROUND_TRIP
        if back < duration and not any(began <= middle < ended for began, ended in failures):
            events.append((back, end, "keepalive-rx", "", count))
            count = 0
            if not up:
                up = True
                events.append((back, end, "line-up", "keepalive-answered", ""))
    return events


def failure_rows(name, events, failures, interval, retries, duration, kind):
    """failures.csv as the program would write it."""
    rows = []
    lower = retries * interval - ROUND_TRIP / 2 if interval else ""
    for number, (began, ended) in enumerate(failures):
        for end in ENDS:
            downs = [e[0] for e in events if e[1:3] == (end, "line-down") and began <= e[0] < ended]
            row = {"run": name, "failure": number, "kind": kind, "target": "R1-C", "end": end}
            row.update(began_s=began, ended_s=ended if ended < duration else "", censored=0)
            row.update(detected=int(bool(downs)), law_lower_s=lower)
            row["law_upper_s"] = lower + interval if interval else ""
            if downs:
                row.update(detected_at_s=downs[0], detection_time_s=downs[0] - began)
                row.update(cause="keepalive-unanswered", black_hole_s=downs[0] - began)
                time = downs[0] - began
                row["within_law"] = int(lower - 1e-9 <= time < lower + interval + 1e-9)
            row["censored"] = int(not downs)
            rows.append(row)
    return rows


def summary_rows(name, failures, interval, retries, duration):
    """summary.csv as the program would write it."""
    rows = []
    for end in ENDS:
        own = [row for row in failures if row["end"] == end]
        times = np.array([row["detection_time_s"] for row in own if row["detected"]])
        row = {"run": name, "end": end, "mechanism": "gre", "observed_s": duration, "mistakes": 0}
        row.update(failures=len(own), detected=times.size, censored=len(own) - times.size)
        if interval:
            lower = retries * interval - ROUND_TRIP / 2
            row.update(interval_s=interval, retries=retries, rule="judge-before-count")
            row.update(law_lower_s=lower, law_upper_s=lower + interval)
            row.update(law_mean_s=lower + interval / 2, law_shape="uniform")
        if times.size:
            row["detection_time_mean_s"] = times.mean()
            row.update(detection_time_min_s=times.min(), detection_time_max_s=times.max())
            row.update(black_hole_s=times.sum(), packets_lost=round(50 * times.sum()))
        if times.size > 1:
            row["detection_time_ci95_s"] = 1.96 * times.std(ddof=1) / np.sqrt(times.size)
        rows.append(row)
    return rows


def traffic_rows(rng, failures, duration, rate):
    """traffic.csv: both flows at about the same rate, nothing received during a failure."""
    rows = []
    for when in range(int(duration)):
        lost = any(began <= when < ended for began, ended in failures)
        for flow in ("R1->R2", "R2->R1"):
            sent = rate * rng.uniform(0.9, 1.1)
            rows.append({"time_s": when, "flow": flow, "sent_bit_per_s": sent})
            rows[-1]["received_bit_per_s"] = 0 if lost else sent
    return rows


def make_run(directory, interval, retries, failures, duration, kind="silent", rate=4e5, seed=1):
    """Write a whole run directory; interval 0 means no keepalives."""
    rng = np.random.default_rng(seed)
    directory.mkdir(parents=True)
    events = []
    for began, ended in failures:
        events.append((began, "R1-C", "failure-begin", kind, ""))
        if ended < duration:
            events.append((ended, "R1-C", "failure-end", kind, ""))
    if interval:
        for end in ENDS:
            phase = rng.uniform(0, interval)
            events += end_events(end, phase, interval, retries, failures, duration)
    events.sort(key=lambda event: event[0])
    rows = failure_rows(directory.name, events, failures, interval, retries, duration, kind)
    names = HEADERS["events"].split(",")
    write(directory, "events", [dict(zip(names, event)) for event in events])
    write(directory, "traffic", traffic_rows(rng, failures, min(duration, 600), rate))
    write(directory, "failures", rows)
    write(directory, "mistakes", [])
    write(directory, "summary", summary_rows(directory.name, rows, interval, retries, duration))
    return directory


def make_study(directory, interval, retries, count, seed=1):
    """A run with many failures at random times, each long enough to be noticed."""
    rng = np.random.default_rng(seed)
    period = 10 * interval * (retries + 1)
    begins = period * np.arange(count) + rng.uniform(5, 7, count) * interval
    failures = [(begin, begin + interval * (retries + 3)) for begin in begins]
    return make_run(directory, interval, retries, failures, period * count, seed=seed)


def png_size(path):
    """Width and height as the PNG header states them."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", path
    return struct.unpack(">II", data[16:24])


class PlotsTest(unittest.TestCase):
    """Everything a user can do with the scripts, once."""

    @classmethod
    def setUpClass(cls):
        cls.keep = os.environ.get("PLOTS_TEST_DIR")  # keeps the pictures, for people to look at
        cls.temporary = None if cls.keep else tempfile.TemporaryDirectory()
        cls.top = Path(cls.keep or cls.temporary.name)
        runs = cls.top / "runs"
        cls.plain = make_run(runs / "gre-5s-4", 5, 4, [(61.2, 121.2)], 180)
        cls.silent = make_run(runs / "no-keepalives", 0, 0, [(61.2, 121.2)], 180, rate=3e6)
        cls.endless = make_run(runs / "never-ends", 10, 3, [(33.3, np.inf)], 120)
        cls.healthy = make_run(runs / "no-failure", 10, 3, [], 120)
        cls.late = make_run(runs / "late", 1, 2, [(170.5, 174.5)], 180)
        flaps = [(begin, begin + 30) for begin in range(30, 580, 55)]
        cls.flapping = make_run(runs / "flapping", 5, 4, flaps, 600, kind="flapping")
        cls.studies = [
            make_study(cls.top / "studies" / "a-5s-4", 5, 4, 400, 1),
            make_study(cls.top / "studies" / "b-10s-3", 10, 3, 400, 2),
            make_study(cls.top / "studies" / "c-1s-2", 1, 2, 60, 3),
        ]

    @classmethod
    def tearDownClass(cls):
        if cls.temporary:
            cls.temporary.cleanup()

    def run_script(self, script, *arguments, status=0):
        """Run a script; check its exit status, and that bad input is told in one line."""
        done = subprocess.run(
            [sys.executable, PLOTS / script, *arguments],
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1 if status == 2 else 0, done.stderr)
        return done.stderr if status == 2 else done.stdout

    def check_picture(self, basename):
        """PNG and PDF exist, are of a sensible size and not blank."""
        png, pdf = Path(f"{basename}.png"), Path(f"{basename}.pdf")
        width, height = png_size(png)
        self.assertGreater(width, 1200)
        self.assertGreater(height, 400)
        pixels = image.imread(png)[:, :, :3]
        inked = (pixels < 0.95).any(axis=2).mean()
        self.assertGreater(inked, 0.03)
        self.assertLess(inked, 0.9)
        colours = np.unique((pixels[::3, ::3].reshape(-1, 3) * 15).astype(int), axis=0)
        self.assertGreater(len(colours), 8)
        self.assertTrue(pdf.read_bytes().startswith(b"%PDF"))
        self.assertGreater(pdf.stat().st_size, 5000)

    def copy_run(self, name, **changes):
        """A fresh copy of the plain run with one text replaced per file."""
        target = self.top / "copies" / name
        target.mkdir(parents=True)
        for path in self.plain.glob("*.csv"):
            (target / path.name).write_bytes(path.read_bytes())
        for file, (old, new) in changes.items():
            edit(target / f"{file}.csv", old, new)
        return target

    def test_timeline_of_every_kind_of_run(self):
        for run in (self.plain, self.silent, self.endless, self.healthy, self.late, self.flapping):
            with self.subTest(run=run.name):
                self.run_script("timeline.py", run)
                self.check_picture(run / "timeline")

    def test_timeline_zooms(self):
        out = self.top / "zoom"
        self.run_script("timeline.py", self.flapping, "--out", out, "--begin", "20", "--end", "90")
        self.check_picture(out)
        message = self.run_script("timeline.py", self.flapping, "--begin", "900", status=2)
        self.assertIn("nothing lies between", message)

    def test_pictures_are_reproducible(self):
        for script in ("timeline.py", "detection.py"):
            for out in ("first", "second"):
                self.run_script(script, self.endless, "--out", self.top / f"{script}-{out}")
            for suffix in ("png", "pdf"):
                first = (self.top / f"{script}-first.{suffix}").read_bytes()
                second = (self.top / f"{script}-second.{suffix}").read_bytes()
                self.assertTrue(first == second, f"{script} {suffix}")

    def test_nothing_is_overwritten(self):
        for suffix in ("png", "pdf"):
            out = self.top / f"precious-{suffix}"
            Path(f"{out}.{suffix}").write_text("precious", encoding="utf-8")
            for script in ("timeline.py", "detection.py"):
                message = self.run_script(script, self.plain, "--out", out, status=2)
                self.assertIn(f"precious-{suffix}.{suffix}", message)
            self.assertEqual(Path(f"{out}.{suffix}").read_text(encoding="utf-8"), "precious")
            self.assertEqual(len(list(self.top.glob(f"precious-{suffix}.*"))), 1)

    def test_detection(self):
        heights = []
        for name, runs in (("three", self.studies), ("two", [self.plain, self.silent])):
            out = self.top / f"detection-{name}"
            self.run_script("detection.py", *runs, "--out", out)
            self.check_picture(out)
            heights.append(png_size(Path(f"{out}.png"))[1])
        self.assertGreater(*heights, "one row per run")

    def test_detection_tells_uniform_from_not(self):
        import detection

        good = detection.Row(self.studies[0])
        for end in ENDS:
            self.assertGreater(good.tests[end].pvalue, 0.001)
        for row in good.noticed:
            row["detection_time_s"] += 0.2 * (row["law_upper_s"] - row["detection_time_s"])
            self.assertLessEqual(row["detection_time_s"], row["law_upper_s"])
        for end in ENDS:
            test = detection.goodness(results.of_end(good.noticed, end), "uniform")
            self.assertLess(test.pvalue, 1e-6)
        self.assertAlmostEqual(detection.holm([0.5, 0.02, 0.3]), 0.06)

    def reshape(self, name, shape):
        """A copy of a study whose closed form has another shape; triangular times follow it."""
        target = self.top / "shapes" / name
        shutil.copytree(self.studies[0], target)
        summary = target / "summary.csv"
        text = summary.read_text(encoding="utf-8")
        summary.write_text(text.replace(",uniform,", f",{shape},"), encoding="utf-8")
        with open(target / "failures.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if shape == "triangular":
            rng = np.random.default_rng(6)
            for row in rows:
                lower, upper = float(row["law_lower_s"]), float(row["law_upper_s"])
                row["detection_time_s"] = rng.triangular(lower, (lower + upper) / 2, upper)
        write(target, "failures", rows)
        return target

    def test_detection_draws_every_shape(self):
        import detection

        triangular = self.reshape("triangular", "triangular")
        other = self.reshape("other", "other")
        self.run_script(
            "detection.py", self.studies[0], triangular, other, "--out", self.top / "shapes-picture"
        )
        self.check_picture(self.top / "shapes-picture")
        self.run_script("table.py", triangular.parent)
        row = detection.Row(triangular)
        self.assertTrue(row.predicted())
        for end in ENDS:
            own = results.of_end(row.noticed, end)
            self.assertGreater(row.tests[end].pvalue, 0.001)
            self.assertLess(detection.goodness(own, "uniform").pvalue, 1e-6)
        lower, upper = row.lower.min(), row.upper.max()
        points = lower + (upper - lower) * np.array([-0.1, 0, 0.25, 0.5, 0.75, 1, 1.1])
        cumulative = detection.law_curve(row, points, True)
        np.testing.assert_allclose(cumulative, [0, 0, 0.125, 0.5, 0.875, 1, 1], atol=1e-9)
        density = detection.law_curve(row, points, False) * (upper - lower)
        np.testing.assert_allclose(density, [0, 0, 1, 2, 1, 0, 0], atol=1e-9)
        row = detection.Row(other)
        self.assertFalse(row.predicted())
        self.assertEqual(row.tests, dict.fromkeys(ENDS))
        self.assertIn("outside the law: 0", "\n".join(detection.figures(row, row.summary[0])))

    def test_detection_with_outliers(self):
        run = make_study(self.top / "outliers", 5, 4, 100, 4)
        rows = results.load(run, "failures")
        for number, time in ((3, 27.5), (4, 14.0)):
            old = f",{rows[number]['detection_time_s']!r},keepalive-unanswered,"
            edit(run / "failures.csv", old, f",{time},keepalive-unanswered,")
            lines = (run / "failures.csv").read_text(encoding="utf-8").splitlines()
            old = next(line for line in lines if f",{time}," in line)
            edit(run / "failures.csv", old + "\n", old.removesuffix("1") + "0\n")
        self.assertEqual(len(results.outside_law(results.load(run, "failures"))), 2)
        self.run_script("detection.py", run, self.plain, "--out", self.top / "outliers-picture")
        self.check_picture(self.top / "outliers-picture")

    def test_table(self):
        output = self.run_script("table.py", self.top / "runs")
        lines = output.splitlines()
        self.assertEqual(len(lines), 3 + 2 * 6)
        names = [line.split()[0] for line in lines[3:]]
        self.assertEqual(names, sorted(names))
        table = {tuple(line.split()[:2]): line for line in lines[3:]}
        row = results.load(self.plain, "summary")[1]
        line = table["gre-5s-4", "R2"]
        self.assertIn(f"{row['detection_time_mean_s']:.3f}", line)
        self.assertIn("19.980..24.980", line)
        self.assertIn("22.480", line)
        self.assertIn("5 s/4", line)
        self.assertIn(" ok ", line)
        self.assertIn("never noticed", table["no-keepalives", "R1"])
        self.assertIn("no failure", table["no-failure", "R1"])
        self.assertNotIn("OUTSIDE", output)

    def test_table_flags_what_lies_outside_the_law(self):
        run = self.copy_run("outside")
        rows = results.load(run, "failures")
        self.assertEqual([row["within_law"] for row in rows], [True, True])
        edit(run / "failures.csv", ",1\n", ",0\n")
        output = self.run_script("table.py", run, status=1)
        self.assertIn("OUTSIDE", next(line for line in output.splitlines() if " R1 " in line))
        self.assertNotIn("OUTSIDE", next(line for line in output.splitlines() if " R2 " in line))

    def test_bad_files_are_refused(self):
        cases = {
            "missing-column": ({"failures": ("censored,", "")}, "missing column: 'censored'"),
            "unknown-column": ({"summary": ("run,", "run,colour,")}, "unknown column: 'colour'"),
            "repeated-column": ({"failures": ("run,", "run,run,")}, "repeated column: 'run'"),
            "short-row": ({"failures": ("R1-C,61.2,", "R1-C,")}, "18 cells under 19 columns"),
            "no-number": ({"failures": ("61.2", "soon")}, "failures.csv:2: began_s = 'soon'"),
            "not-finite": ({"failures": ("61.2", "nan")}, "is not a finite number"),
            "no-flag": ({"failures": (",1\n", ",yes\n")}, "within_law = 'yes'"),
            "no-shape": ({"summary": (",uniform,", ",round,")}, "law_shape = 'round' is none of"),
            "empty-cell": ({"failures": (",R1,", ",,")}, "end = '' must not be empty"),
        }
        for name, (changes, message) in cases.items():
            with self.subTest(name):
                run = self.copy_run(name, **changes)
                self.assertIn(message, self.run_script("table.py", run, status=2))
        run = self.top / "copies" / "unknown-column"
        self.assertIn("'colour'", self.run_script("timeline.py", run, status=2))
        out = run / "picture"
        self.assertIn("'colour'", self.run_script("detection.py", run, "--out", out, status=2))
        self.assertFalse(list(run.glob("*.p??")))
        run = self.copy_run("no-event", events=("keepalive-tx", "keepalive-sent"))
        self.assertIn("'keepalive-sent' is none of", self.run_script("timeline.py", run, status=2))
        run = self.copy_run("not-utf-8")
        (run / "failures.csv").write_bytes(b"\xff\xfe")
        self.assertIn("UTF-8", self.run_script("table.py", run, status=2))

    def test_every_schema_is_the_one_agreed(self):
        for name, header in HEADERS.items():
            self.assertEqual(set(results.SCHEMA[name]), set(header.split(",")), name)
            results.load(self.plain, name)

    def test_missing_input_is_refused(self):
        for name in ("events", "traffic", "failures", "summary"):
            run = self.copy_run(f"without-{name}")
            (run / f"{name}.csv").unlink()
            message = self.run_script("timeline.py", run, status=2)
            self.assertIn(f"{name}.csv: No such file", message)
        nowhere = self.top / "nowhere"
        self.run_script("timeline.py", nowhere, status=2)
        self.run_script("detection.py", nowhere, "--out", self.top / "x", status=2)
        self.run_script("table.py", nowhere, status=2)
        nowhere.mkdir()
        self.assertIn("no run directory", self.run_script("table.py", nowhere, status=2))
        self.run_script("detection.py", self.plain, status=2)
        self.run_script("detection.py", self.plain, "--out", nowhere / "a" / "b", status=2)

    def test_help(self):
        for script in ("timeline.py", "detection.py", "table.py"):
            self.assertTrue(os.access(PLOTS / script, os.X_OK), script)
            self.assertIn("usage:", self.run_script(script, "--help"))

    def test_keepalives_are_told_apart(self):
        story = "tx rx tx tx rx rx tx tx"
        events = [
            {"time_s": float(time), "event": f"keepalive-{what}"}
            for time, what in enumerate(story.split())
        ]
        fates = timeline.classify_keepalives(events)
        self.assertEqual(fates[timeline.RETURNED], [0, 3])
        self.assertEqual(fates[timeline.LOST], [2, 6])
        self.assertEqual(fates[timeline.PENDING], [7])

    def test_line_states_cover_the_run(self):
        run = timeline.Run(self.plain, None, None)
        states = timeline.line_states(run, "R1")
        self.assertEqual([up for _, _, up in states], [True, False, True])
        self.assertEqual(states[0][0], 0)
        self.assertEqual(states[-1][1], run.end)
        row = results.of_end(results.load(self.plain, "failures"), "R1")[0]
        self.assertEqual(states[1][0], row["detected_at_s"])


FRAMES = "sent_s,arrived_s,from,to,protocol,kind,identifier,acknowledged,bytes,fate"
MISMATCH = (
    "rule,local_interval_s,peer_interval_s,retries,ticks,ticks_down,share_of_ticks_down,"
    "share_of_time_down,flaps_per_hour,resets_per_hour,law_share_of_ticks_down,"
    "law_share_of_time_down"
)


def write_lines(directory, name, header, lines):
    """Write a CSV file, of a directory that need not exist yet."""
    directory.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{line}\n" for line in (header, *lines))
    (directory / f"{name}.csv").write_text(text, encoding="utf-8")
    return directory


def make_ladder(directory, interval, failure, duration):
    """Two ends that number their keepalives; while a failure is on, R1's frames are lost."""
    began, ended = failure
    numbers, heard, frames = dict.fromkeys(ENDS, 0), dict.fromkeys(ENDS, 0), []
    events = [(began, "R1-R2,failure-begin,one-way,0"), (ended, "R1-R2,failure-end,one-way,0")]
    ticks = [
        (tick + phase * interval, end)
        for end, phase in zip(ENDS, (0.3, 0.7))
        for tick in np.arange(0, duration, interval)
    ]
    for tick, end in sorted(ticks):
        other = ENDS[end == "R1"]
        numbers[end] += 1
        lost = end == "R1" and began <= tick < ended
        arrived = "" if lost else tick + 0.01
        frames.append(
            f"{tick},{arrived},{end},{other},hdlc,keepalive,{numbers[end]},{heard[end]},24,"
            + ("wire-cut" if lost else "arrived")
        )
        heard[other] = heard[other] if lost else numbers[end]
    down = began + 3.4 * interval
    events += [(down, "R2,line-down,sequence-gap,"), (ended + 2, "R2,line-up,acknowledged,")]
    write_lines(directory, "frames", FRAMES, frames)
    events = [f"{when},{event}" for when, event in sorted(events)]
    return write_lines(directory, "events", HEADERS["events"], events)


def make_mismatch(directory, rule, intervals, peers, factor):
    """A table in which the simulation is the law, but for 0.2 percentage points."""
    rows = []
    for local in intervals:
        for peer in peers:
            window = max(0, peer - factor * local)
            down = window**2 / 2 / local if window < local else window - local / 2
            ticks, time = window / peer, down / peer
            rows.append(
                f"{rule},{local},{peer},3,1000,{round(1000 * ticks)},{min(ticks + 0.002, 1)},"
                f"{time},1.5,0,{ticks},{time}"
            )
    return write_lines(directory, "mismatch", MISMATCH, rows)


class LinkPlotsTest(unittest.TestCase):
    """The plots of serial lines: ladder and mismatch."""

    run_script = PlotsTest.run_script
    check_picture = PlotsTest.check_picture

    @classmethod
    def setUpClass(cls):
        cls.keep = os.environ.get("PLOTS_TEST_DIR")  # keeps the pictures, for people to look at
        cls.temporary = None if cls.keep else tempfile.TemporaryDirectory()
        cls.top = Path(cls.keep or cls.temporary.name) / "links"
        cls.ladder = make_ladder(cls.top / "ladder", 10, (33.0, 80.0), 150)
        cls.one = make_mismatch(cls.top / "one", "ios", [10], [10, 25, 30, 40, 60], 3)
        cls.grid = make_mismatch(cls.top / "grid", "nokia", [5, 10, 20], [10, 20, 60], 2)

    @classmethod
    def tearDownClass(cls):
        if cls.temporary:
            cls.temporary.cleanup()

    def changed(self, run, name, file, old, new):
        """A copy of a directory with one text replaced."""
        target = self.top / "changed" / name
        target.mkdir(parents=True)
        for path in run.glob("*.csv"):
            (target / path.name).write_bytes(path.read_bytes())
        edit(target / f"{file}.csv", old, new)
        return target

    def test_ladder(self):
        self.run_script("ladder.py", self.ladder)
        self.check_picture(self.ladder / "ladder")
        out = self.top / "ladder-zoom"
        self.run_script("ladder.py", self.ladder, "--out", out, "--from", "0", "--to", "45")
        self.check_picture(out)

    def test_ladder_of_every_kind_of_frame(self):
        frames = ["1,1.2,R1,R2,ppp,configure-request,1,,24,arrived"]
        frames += ["2,2.2,R2,R1,ppp,echo-request,7,,16,bad-fcs", "3,,R1,R2,ppp,ipv4,,,44,underway"]
        frames += ["2.5,2.6,R1,R1,ppp,echo-reply,8,,16,arrived"]
        run = write_lines(self.top / "kinds", "frames", FRAMES, frames)
        write_lines(run, "events", HEADERS["events"], [])
        self.run_script("ladder.py", run)
        self.check_picture(run / "ladder")

    def test_ladder_chooses_its_window(self):
        import ladder

        chosen = ladder.Ladder(self.ladder, None, None, None)
        self.assertEqual(chosen.ends, list(ENDS))
        self.assertEqual(chosen.failures, [(33.0, 80.0)])
        self.assertAlmostEqual(chosen.begin, 33 - 26)
        self.assertAlmostEqual(chosen.end, 82 + 16)
        self.assertEqual(
            chosen.states("R2"), [(chosen.begin, 67, True), (67, 82, False), (82, chosen.end, True)]
        )
        self.assertEqual(chosen.states("R1"), [(chosen.begin, chosen.end, True)])
        early = ladder.Ladder(self.ladder, None, 5, 60)
        self.assertEqual(early.states("R2"), [(5, 60, True)])
        sent = {row["sent_s"] for row in early.shown if row["from"] == "R1"}
        self.assertEqual(sent, {13, 23, 33, 43, 53})

    def test_ladder_leaves_out_a_crowd_of_user_packets(self):
        import ladder

        user = [f"{i / 100},{i / 100 + 0.001},R1,R2,hdlc,ipv4,,,232,arrived" for i in range(1000)]
        own = ["1,1.1,R1,R2,hdlc,keepalive,1,0,24,arrived", "2,2.1,R2,R1,hdlc,keepalive,1,1,24,arrived"]
        run = write_lines(self.top / "crowd", "frames", FRAMES, user + own)
        write_lines(run, "events", HEADERS["events"], [])
        crowd = ladder.Ladder(run, None, 0, 10)
        self.assertEqual([row["kind"] for row in crowd.shown], ["keepalive"] * 2)
        self.assertEqual(crowd.left_out, 1000)
        self.assertEqual(ladder.Ladder(run, None, 0.5, 1.5).left_out, 0)
        self.run_script("ladder.py", run, "--from", "0", "--to", "10")
        self.check_picture(run / "ladder")

    def test_ladder_names_frames(self):
        import ladder

        for kind, numbers, expected in (
            ("keepalive", (7, 6), "7 / 6"),
            ("echo-request", (12, None), "req 12"),
            ("echo-reply", (12, None), "rep 12"),
            ("slarp-request", (None, None), "slarp req"),
            ("ipcp-configure-ack", (3, None), "ipcp conf ack 3"),
            ("ipv4", (None, None), ""),
        ):
            row = {"kind": kind, "identifier": numbers[0], "acknowledged": numbers[1]}
            self.assertEqual(ladder.label_of(row), expected)

    def test_ladder_refuses_bad_input(self):
        cases = (
            ("no-frames", "frames", "24,wire-cut", "many,wire-cut", "bytes = 'many'"),
            ("back-in-time", "frames", "3.01,R1", "2.01,R1", "arrived before"),
            ("third", "frames", "3.01,R1,R2", "3.01,R3,R2", "(R1, R2, R3); a ladder has two"),
            ("protocol", "frames", "hdlc", "atm", "protocol = 'atm' is none of"),
            ("column", "frames", "fate", "fortune", "missing column: 'fate'"),
        )
        for name, file, old, new, message in cases:
            with self.subTest(name):
                run = self.changed(self.ladder, name, file, old, new)
                self.assertIn(message, self.run_script("ladder.py", run, status=2))
                self.assertFalse(list(run.glob("*.p??")))
        third = self.top / "changed" / "third"
        self.run_script("ladder.py", third, "--ends", "R2,R1")
        self.check_picture(third / "ladder")
        message = self.run_script("ladder.py", third, "--ends", "R1,R9", status=2)
        self.assertIn("must be two of R1, R2, R3", message)
        message = self.run_script("ladder.py", self.ladder, "--from", "9", "--to", "8", status=2)
        self.assertIn("nothing lies between", message)
        many = make_ladder(self.top / "many", 0.1, (33.0, 35.0), 60)
        message = self.run_script("ladder.py", many, "--from", "0", "--to", "60", status=2)
        self.assertIn("1200 frames", message)
        (many / "events.csv").unlink()
        self.assertIn("events.csv", self.run_script("ladder.py", many, status=2))

    def test_mismatch(self):
        self.run_script("mismatch.py", self.one)
        self.run_script("mismatch.py", self.grid)
        self.run_script("mismatch.py", self.grid, "--share", "ticks", "--out", self.top / "ticks")
        self.run_script("mismatch.py", self.grid, self.one, "--out", self.top / "both")
        for out in ("one/mismatch", "grid/mismatch", "ticks", "both"):
            self.check_picture(self.top / out)
        pictures = [self.grid / "mismatch.png", self.top / "ticks.png"]
        self.assertNotEqual(*[path.read_bytes() for path in pictures])

    def test_mismatch_law(self):
        import mismatch

        for run in (self.one, self.grid):
            (panel,) = mismatch.read([run])
            for row in panel.rows:
                for share in mismatch.SHARES:
                    peer = np.array([row["peer_interval_s"]])
                    law = panel.law(share, row["local_interval_s"], peer)[0]
                    self.assertAlmostEqual(law, mismatch.predicted(row, share))
                    self.assertFalse(mismatch.is_off(row, share))
                    row[f"share_of_{share}_down"] = law + 0.011
                    self.assertTrue(mismatch.is_off(row, share))

    def test_mismatch_limit_passes_through_cells(self):
        import mismatch

        lengths = [1, 2, 5, 30]
        places = np.array([-0.5, 0, 0.3, 1, 2.9, 3, 3.5])
        there = mismatch.place_of(lengths, mismatch.length_at(lengths, places))
        np.testing.assert_allclose(there, places, atol=1e-9)
        cells = mismatch.place_of(lengths, np.array(lengths))
        np.testing.assert_allclose(cells, range(4), atol=1e-9)

    def test_mismatch_refuses_bad_input(self):
        cases = (
            ("share", "0.25", "1.25", "is not between 0 and 1"),
            ("rule", "ios", "ccie", "rule 'ccie' is none of"),
            ("interval", "ios,10", "ios,0", "is not above 0"),
            ("twice", "ios,10,25", "ios,10,30", "ios with 10 s against 30 s is there twice"),
        )
        for name, old, new, message in cases:
            with self.subTest(name):
                run = self.changed(self.one, name, "mismatch", old, new)
                self.assertIn(message, self.run_script("mismatch.py", run, status=2))
                self.assertFalse(list(run.glob("*.p??")))
        message = self.run_script("mismatch.py", self.one, self.grid, status=2)
        self.assertIn("need --out", message)
        empty = write_lines(self.top / "empty", "mismatch", MISMATCH, [])
        self.assertIn("has no row", self.run_script("mismatch.py", empty, status=2))
        self.run_script("mismatch.py", self.top / "nowhere", status=2)

    def test_mismatch_is_no_run(self):
        self.assertIn(self.ladder, results.find_runs(self.top))
        self.assertNotIn(self.one, results.find_runs(self.top))
        with self.assertRaises(results.InputError):
            results.find_runs(self.one)

    def test_link_plots_are_reproducible_and_helpful(self):
        for script, run in (("ladder.py", self.ladder), ("mismatch.py", self.one)):
            for out in ("first", "second"):
                self.run_script(script, run, "--out", self.top / f"{script}-{out}")
            for suffix in ("png", "pdf"):
                first = (self.top / f"{script}-first.{suffix}").read_bytes()
                second = (self.top / f"{script}-second.{suffix}").read_bytes()
                self.assertTrue(first == second, f"{script} {suffix}")
            message = self.run_script(script, run, "--out", self.top / f"{script}-first", status=2)
            self.assertIn("exists already", message)
            self.assertTrue(os.access(PLOTS / script, os.X_OK), script)
            self.assertIn("usage:", self.run_script(script, "--help"))


def make_config(directory, text="# profile=cisco\n# profile-b=cisco"):
    """Write config.ini as the programs do: what was given, and defaults as comments."""
    (directory / "config.ini").write_text(f"{text}\n", encoding="utf-8")
    return directory


def change_rows(directory, name, change):
    """Write a file of a run again, after change() has been at every row."""
    with open(directory / f"{name}.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        change(row)
    write(directory, name, rows)


class MechanismsTest(unittest.TestCase):
    """The picture that compares mechanisms.

    1. One row per mechanism and kind of end, the fastest first, what never notices last.
    2. Labels tell mechanism, timers and family; those that are the same get something more.
    3. The figures in the CSV file are those of the runs.
    4. The timers that profiles bring are those of the C++ sources.
    5. Censored failures, those outside the closed form and ends that failed themselves are told.
    6. What cannot be drawn is refused, and nothing is overwritten.
    """

    run_script = PlotsTest.run_script
    check_picture = PlotsTest.check_picture

    @classmethod
    def setUpClass(cls):
        cls.keep = os.environ.get("PLOTS_TEST_DIR")  # keeps the pictures, for people to look at
        cls.temporary = None if cls.keep else tempfile.TemporaryDirectory()
        cls.top = Path(cls.keep or cls.temporary.name) / "mechanisms"
        cls.slow = make_config(make_study(cls.top / "slow", 10, 3, 150, 1))
        cls.fast = make_config(make_study(cls.top / "fast", 1, 2, 150, 2))

    @classmethod
    def tearDownClass(cls):
        if cls.temporary:
            cls.temporary.cleanup()

    def changed(self, name, summary=None, failures=None, config=None):
        """A copy of the fast study, changed row by row."""
        target = self.top / "changed" / name
        shutil.copytree(self.fast, target)
        for file, change in (("summary", summary), ("failures", failures)):
            if change:
                change_rows(target, file, change)
        if config is not None:
            make_config(target, config)
        return target

    def draw(self, name, *runs):
        """Draw a picture, as the script does; return the rows of the CSV file beside it."""
        import mechanisms

        out = self.top / name
        mechanisms.save(mechanisms.read(runs), out)
        self.check_picture(out)
        svg = Path(f"{out}.svg").read_text(encoding="utf-8")
        self.assertTrue(svg.startswith("<?xml"))
        self.assertIn("</svg>", svg[-20:])
        with open(f"{out}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def test_rows_and_their_figures(self):
        rows = self.draw("two", self.slow, self.fast)
        labels = ["GRE 1 s × 2 (judge-before-count)", "GRE 10 s × 3 (judge-before-count)"]
        self.assertEqual([row["label"] for row in rows], labels)
        for row, run in zip(rows, (self.fast, self.slow)):
            self.assertEqual((row["run"], row["ends"]), (run.name, "R1 R2"))
            failures, summary = results.load(run, "failures"), results.load(run, "summary")
            times = np.sort([failure["detection_time_s"] for failure in failures])
            self.assertEqual(int(row["detected"]), times.size)
            self.assertEqual((row["censored"], row["outside_law"]), ("0", "0"))
            middle = (times[times.size // 2 - 1] + times[times.size // 2]) / 2
            for name, value in (
                ("mean_s", times.sum() / times.size),
                ("min_s", times[0]),
                ("median_s", middle),
                ("max_s", times[-1]),
                ("law_lower_s", summary[0]["law_lower_s"]),
                ("law_mean_s", summary[0]["law_mean_s"]),
                ("law_upper_s", summary[0]["law_upper_s"]),
            ):
                self.assertAlmostEqual(float(row[name]), value, 6, name)
            for name, share in (("quartile_1_s", 0.25), ("quartile_3_s", 0.75)):
                self.assertAlmostEqual((times < float(row[name])).mean(), share, 2)
        self.run_script("mechanisms.py", self.slow, self.fast, "--out", self.top / "script")
        for suffix in ("png", "pdf", "svg", "csv"):
            drawn = (self.top / f"{name}.{suffix}" for name in ("two", "script"))
            self.assertEqual(*[path.read_bytes() for path in drawn], suffix)
        heights = [png_size(self.top / "two.png")[1]]
        self.draw("one", self.fast)
        heights.append(png_size(self.top / "one.png")[1])
        self.assertGreater(*heights, "one row per run")

    def test_labels(self):
        import mechanisms

        tcp = "# idle=60\n# interval=10\n# probes=3\n"
        bgp = "# hold=180\n# hold-b=180\n"
        linux = tcp + "profile=linux\n"
        cases = (
            ("gre", 5, 4, "cisco", "R1", "", "GRE 5 s × 4 (Cisco)"),
            ("hdlc", 0.5, 3, "ios", "R2", "", "HDLC 0.5 s × 3 (Cisco)"),
            ("hdlc", 10, None, "linux", "R2", "", "HDLC 10 s (Linux)"),
            ("ppp", 10, 5, "sppp", "R1", "", "PPP 10 s × 5 (sppp)"),
            ("ppp", 0, 5, "ios", "R1", "", "PPP without keepalives (Cisco)"),
            ("carrier-pigeon", 60, 2, "", "R1", "", "carrier-pigeon 60 s × 2"),
            ("tcp", 60, 3, "linux", "R1", tcp, "TCP keepalive 60/10/3 (Linux)"),
            ("tcp", 7200, 9, "linux", "R1", linux, "TCP keepalive 7200/75/9 (Linux)"),
            ("tcp", 7200, 9, "linux", "R2", linux, "TCP keepalive 7200/75/9 (Linux)"),
            ("tcp", 7200, 9, "linux", "R2", linux + "interval=7", "TCP keepalive 7200/7/9 (Linux)"),
            ("tcp", 7200, 9, "linux", "R1", linux + "interval-b=7", "TCP keepalive 7200/75/9 (Linux)"),
            ("tcp", 7200, 9, "linux", "R2", linux + "interval-b=7", "TCP keepalive 7200/7/9 (Linux)"),
            (
                *("tcp", 7200, 10, "windows-vista", "R2"),
                linux + "interval=7\nprofile-b=windows-vista",
                "TCP keepalive 7200/1/10 (Windows Vista)",
            ),
            (
                *("tcp", 7200, 0, "solaris", "R1", tcp + "profile=solaris"),
                "TCP keepalive 7200/0.4 (Solaris)",
            ),
            ("bgp", 60, 3, "cisco", "R1", bgp, "BGP 60/180 (Cisco)"),
            ("bgp", 5, 3, "cisco", "R1", bgp + "hold=15", "BGP 5/15 (Cisco)"),
            (
                *("bgp", 3, 3, "frr-datacenter", "R2", bgp + "profile=frr-datacenter"),
                "BGP 3/9 (FRR datacenter)",
            ),
            # The smaller hold time is that of both.
            ("bgp", 30, 3, "cisco", "R1", bgp + "profile-b=juniper", "BGP 30/90 (Cisco)"),
            ("bgp", 30, 3, "bird", "R1", bgp + "profile=bird\nhold-b=90", "BGP 30/90 (BIRD)"),
        )
        for mechanism, interval, retries, rule, end, text, expected in cases:
            with self.subTest(expected, end=end, text=text):
                directory = Path(tempfile.mkdtemp(dir=self.top))
                config = mechanisms.Config(make_config(directory, text.strip() or "quiet=true"))
                summary = {"mechanism": mechanism, "interval_s": interval, "retries": retries}
                summary.update(rule=rule, end=end)
                self.assertEqual(mechanisms.label(summary, config), expected)

    def test_timers_of_profiles_are_those_of_the_module(self):
        import mechanisms

        model = PLOTS.parent / "model"
        units = {"MS": 0.001, "SECOND": 1}
        text = (model / "tcp-keepalive-profile.cc").read_text(encoding="utf-8")
        found = re.findall(r'{"([a-z0-9-]+)",\s+2 \* HOUR,\s+(\d+) \* (\w+),', text)
        intervals = {name: int(number) * units[unit] for name, number, unit in found}
        self.assertEqual(intervals, mechanisms.PROBE_INTERVALS)

        text = (model / "bgp-profile.cc").read_text(encoding="utf-8")
        found = re.findall(r'Make(?:Practice|Frr)\("([a-z0-9-]+)", (\d+)', text)
        (default,) = re.findall(
            r"uint16_t holdTime{(\d+)}", (model / "bgp-profile.h").read_text(encoding="utf-8")
        )
        times = {name: int(number) for name, number in found}
        self.assertEqual({"rfc4271": int(default), **times}, mechanisms.HOLD_TIMES)
        for name in [*intervals, *times]:
            self.assertIn(name, mechanisms.FAMILIES)

    def test_ends_that_differ_have_rows_of_their_own(self):
        def timers(row):
            row.update({"R1": {"retries": 7}}.get(row["end"], {}))

        def law(row):
            row.update({"R1": {"law_mean_s": 2.3}}.get(row["end"], {}))

        def no_law(row):
            row.update({"R1": {"law_lower_s": "", "law_mean_s": "", "law_upper_s": ""}}[row["end"]])

        def slightly(row):
            row.update({"R1": {"law_mean_s": float(row["law_mean_s"]) + 0.02}}.get(row["end"], {}))

        first = "GRE 1 s × 2 (judge-before-count)"
        rows = self.draw("timers", self.changed("timers", summary=timers))
        self.assertEqual({row["label"] for row in rows}, {first, first.replace("2", "7")})
        for name, change in (("law", law), ("no-law", lambda row: row["end"] == "R1" and no_law(row))):
            rows = self.draw(name, self.changed(name, summary=change))
            self.assertEqual({row["label"] for row in rows}, {f"{first}, R1", f"{first}, R2"})
            self.assertEqual([row["detected"] for row in rows], ["150", "150"])
        laws = {row["label"]: row["law_mean_s"] for row in rows}
        self.assertEqual(laws, {f"{first}, R1": "", f"{first}, R2": "2.48"})
        (row,) = self.draw("slightly", self.changed("slightly", summary=slightly))
        self.assertEqual((row["ends"], row["law_mean_s"]), ("R1 R2", "2.49"))

    def test_runs_of_the_same_label_are_told_apart(self):
        again = self.changed("again")
        rows = self.draw("again", self.fast, again)
        label = "GRE 1 s × 2 (judge-before-count)"
        self.assertEqual([row["label"] for row in rows], [f"{label}, again", f"{label}, fast"])

    def test_censored_failures_are_counted(self):
        import mechanisms

        def miss(row):
            if int(row["failure"]) < 5 and row["end"] == "R2":
                row.update(detected=0, detected_at_s="", detection_time_s="", censored=1)

        def less(row):
            row.update({"R2": {"detected": 145, "censored": 5}}.get(row["end"], {}))

        def never(row):
            row.update(detected=0, detected_at_s="", detection_time_s="", censored=1)

        def nothing(row):
            row.update(detected=0, censored=150)

        some = self.changed("some-censored", less, miss)
        all_of_them = self.changed("all-censored", nothing, never)
        rows = self.draw("censored", all_of_them, self.slow, some)
        self.assertEqual([row["run"] for row in rows], ["some-censored", "slow", "all-censored"])
        self.assertEqual([row["censored"] for row in rows], ["5", "0", "300"])
        self.assertEqual([row["detected"] for row in rows], ["295", "300", "0"])
        self.assertEqual((rows[2]["mean_s"], rows[2]["max_s"]), ("", ""))
        notes = [row.note() for row in mechanisms.read([some, self.slow, all_of_them])]
        told = ["150 + 145, 5 censored", "150 + 150", "0 + 0, 300 censored"]
        self.assertEqual(notes, [f"silent; R1, R2: n = {counts}" for counts in told])
        self.draw("nothing-but-censored", all_of_them)

    def test_what_lies_outside_the_law_is_counted(self):
        def stray(row):
            if row["failure"] == "3":
                row.update(detection_time_s=9.9, within_law=0)

        (row,) = self.draw("strays", self.changed("strays", failures=stray))
        self.assertEqual((row["outside_law"], row["max_s"]), ("2", "9.9"))

    def test_a_best_case_of_0_is_where_the_axis_ends(self):
        def at_once(row):
            row.update(law_lower_s=0, law_mean_s=1.4)

        (row,) = self.draw("at-once", self.changed("at-once", summary=at_once))
        self.assertEqual(row["law_lower_s"], "0")

    def test_the_axis_always_has_labels(self):
        import mechanisms

        (row,) = mechanisms.read([self.fast])
        for factor in (0.003, 1, 17, 70, 4000, 80000):
            row.times, row.law = np.array([1.0, 1.1]) * factor, None
            low, high = mechanisms.limits([row])
            self.assertLess(low, row.times[0])
            self.assertGreater(high, row.times[1])
            self.assertGreaterEqual(len(mechanisms.ticks(low, high)), 2, factor)
        row.times = np.array([])
        self.assertGreaterEqual(len(mechanisms.ticks(*mechanisms.limits([row]))), 2)

    def test_an_end_that_failed_itself_has_no_row(self):
        def itself(row):
            if row["end"] == "R1":
                row.update(failures=0, detected=0, censored=0)

        (row,) = self.draw("itself", self.changed("itself", summary=itself))
        self.assertEqual((row["ends"], row["detected"]), ("R2", "150"))

    def test_times_for_people_to_read(self):
        import mechanisms

        for value, expected in (
            (0.0004, "0.4 ms"),
            (0.25, "250 ms"),
            (1, "1 s"),
            (22.38, "22.4 s"),
            (150.97, "151 s"),
            (675, "11.2 min"),
            (4275, "71.2 min"),
            (7875, "2.19 h"),
            (1e6, "11.6 d"),
        ):
            self.assertEqual(mechanisms.duration(value), expected)
        told = [label for _, label in mechanisms.ticks(5, 8000)]
        self.assertEqual(
            told, "5 s,10 s,30 s,1 min,2 min,5 min,10 min,30 min,1 h,2 h".split(",")
        )
        self.assertEqual(mechanisms.ticks(60, 60), [(60, "1 min")])
        self.assertEqual(mechanisms.ticks(61, 62), [])
        many = mechanisms.ticks(1e-3, 1e7)
        self.assertLessEqual(len(many), mechanisms.MOST_TICKS)
        self.assertEqual(many, sorted(many))

    def test_bad_input_is_refused(self):
        import mechanisms

        def to(**changes):
            return lambda row: row.update(changes)

        def refused(message, run):
            with self.assertRaises(results.InputError) as caught:
                mechanisms.read([self.slow, run])
            self.assertIn(message, str(caught.exception))

        tcp, bgp = to(mechanism="tcp"), to(mechanism="bgp")
        cases = (
            ("config", {"config": "quiet"}, "config.ini:1: 'quiet' is not a key=value"),
            ("no-timer", {"summary": tcp, "config": "quiet=true"}, "config.ini: no interval"),
            ("timer", {"summary": tcp, "config": "interval=soon"}, "interval=soon: not a number"),
            ("profile", {"summary": tcp, "config": "profile=os2"}, "profile 'os2' is none of linux,"),
            ("bgp", {"summary": bgp, "config": "# hold=nan"}, "hold=nan: not a number"),
            ("counts", {"summary": to(detected=149)}, "summary.csv and failures.csv contradict"),
            ("censored", {"summary": to(censored=1)}, "summary.csv and failures.csv contradict"),
            ("zero", {"failures": to(detection_time_s=0)}, "no place for 0 s"),
            ("nobody", {"summary": to(failures=0)}, "no end had a failure to notice"),
            ("schema", {"summary": to(failures="few")}, "failures = 'few' is not a count"),
        )
        for name, changes, message in cases:
            with self.subTest(name):
                refused(message, self.changed(f"bad-{name}", **changes))
        for file in ("config.ini", "failures.csv", "summary.csv"):
            run = self.changed(f"without-{file}")
            (run / file).unlink()
            refused(f"{file}: No such file", run)
        run = self.changed("latin")
        (run / "config.ini").write_bytes(b"name=\xff\n")
        refused("not in UTF-8", run)
        out = self.top / "bad"
        told = self.run_script("mechanisms.py", self.fast, run, "--out", out, status=2)
        self.assertIn("not in UTF-8", told)
        self.assertFalse(list(self.top.glob("bad.*")))
        self.run_script("mechanisms.py", self.fast, status=2)

    def test_nothing_is_overwritten(self):
        import mechanisms

        for suffix in ("png", "pdf", "svg", "csv"):
            out = self.top / f"precious-{suffix}"
            Path(f"{out}.{suffix}").write_text("precious", encoding="utf-8")
            with self.assertRaises(results.InputError) as caught:
                mechanisms.save(mechanisms.read([self.fast]), out)
            self.assertIn(f"precious-{suffix}.{suffix}: exists already", str(caught.exception))
            self.assertEqual(Path(f"{out}.{suffix}").read_text(encoding="utf-8"), "precious")
            self.assertEqual(len(list(self.top.glob(f"precious-{suffix}.*"))), 1)

    def test_help(self):
        self.assertTrue(os.access(PLOTS / "mechanisms.py", os.X_OK))
        self.assertIn("usage:", self.run_script("mechanisms.py", "--help"))


if __name__ == "__main__":
    unittest.main()
