#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The ready studies in examples/studies: usage studies-test.py DIRECTORY KEEPALIVE-SWEEP.

 1. every study is a plan that keepalive-sweep accepts, from any directory
 2. interval-retries compares points of equal worst case and of equal mean loss
 3. every study has a page beside it, which names the command, and a short version of it runs
 4. what the page of interval-retries says in its table is what the closed forms say
"""

import csv
import pathlib
import subprocess
import sys
import tempfile
import unittest

STUDIES = ("congestion", "interval-retries", "promises")
WORST = 60  # seconds, of interval-retries


class StudiesTest(unittest.TestCase):
    """The studies."""

    directory = None
    program = None

    def run_study(self, name, *options):
        """Run a study in a directory of its own; return where its results are."""
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        done = subprocess.run(
            [self.program, f"--config={self.directory / name}.ini", "--out=out", *options],
            cwd=temporary.name, capture_output=True, text=True, check=False, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return pathlib.Path(temporary.name) / "out", done.stdout

    def points(self, results):
        """points.csv of a study, by row."""
        tables = results / "tables"
        subprocess.run([self.program, "export", results, f"--out={tables}"], check=True,
                       capture_output=True)
        with open(tables / "points.csv", encoding="utf-8") as file:
            names, *rows = csv.reader(file)
        # The factor retries and the end's own share a name: the first is the factor.
        return [{name: value for name, value in reversed(list(zip(names, row)))} for row in rows]

    def test_all_there(self):
        found = {path.stem for path in self.directory.glob("*.ini")}
        self.assertEqual(found, set(STUDIES))
        self.assertEqual({path.stem for path in self.directory.glob("*.md")}, set(STUDIES))

    def test_pages(self):
        for name in STUDIES:
            with self.subTest(name):
                page = (self.directory / f"{name}.md").read_text(encoding="utf-8")
                self.assertIn(f"--config=examples/studies/{name}.ini", page)

    def test_plans(self):
        for name in STUDIES:
            with self.subTest(name):
                _, told = self.run_study(name, "--dry-run")
                self.assertIn("estimate", told)
                self.assertIn("left out      0 points", told)

    def test_short(self):
        for name in STUDIES:
            with self.subTest(name):
                results, _ = self.run_study(name, "--replications=1", "--healthy=60")
                flags = {(row["law_flag"], row["mistakes_flag"]) for row in self.points(results)}
                self.assertFalse([pair for pair in flags if "outside" in pair], flags)

    def test_interval_retries(self):
        results, _ = self.run_study("interval-retries", "--replications=1", "--healthy=60")
        page = (self.directory / "interval-retries.md").read_text(encoding="utf-8")
        table = [[cell.strip() for cell in line.strip("| \n").split("|")]
                 for line in page.splitlines() if line.startswith("| ") and " s × " in line]
        laws = {}
        for row in self.points(results):
            interval, retries = float(row["interval"]), int(row["retries"])
            self.assertEqual(interval * (retries + 1), WORST)
            if float(row["bad-time"]):
                good, bad = float(row["good-time"]), float(row["bad-time"])
                self.assertEqual(bad / (good + bad), 0.2)
            else:
                self.assertEqual(float(row["loss"]), 0.2)
            if row["end_name"] == "R1":
                lasting = float(row["bad-time"]) > 0
                laws[interval, retries, lasting] = float(row["law_mistakes_per_day"])
        self.assertEqual(len(table), len(laws) // 2)
        for cells in table:
            interval, retries = (float(part.strip(" s")) for part in cells[0].split("×"))
            for lasting, cell in ((False, cells[2]), (True, cells[4])):
                law = laws[interval, int(retries), lasting]
                self.assertAlmostEqual(float(cell), law, delta=0.006 * law + 1e-12, msg=cells)


if __name__ == "__main__":
    StudiesTest.directory = pathlib.Path(sys.argv[1]).resolve()
    StudiesTest.program = pathlib.Path(sys.argv[2]).resolve()
    unittest.main(argv=sys.argv[:1])
