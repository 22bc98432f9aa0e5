#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Hold the failure matrix, cell by cell, against what the specifications say of it.

The expectation is doc/matrix.csv, which the documentation shows with its reasons. It names for
either end the causes for which it notices, several if what comes first is a matter of chance, or
what becomes of it otherwise. A column of false alarms names how many of them the closed form
expects in an hour, or within which bounds; the number found is one draw of it.

    matrix-test.py PROGRAM
"""

import csv
import pathlib
import subprocess
import sys
import tempfile
import unittest

from scipy.stats import poisson

PROGRAM = None
EXPECTATION = pathlib.Path(__file__).resolve().parent.parent / "doc" / "matrix.csv"
FAILURES = 20
OUTCOMES = ("never", "itself", "not-applicable")
UNLIKELY = 1e-3  # of any of the counts, if all is well; the seed is fixed
OTHERS = {("ethernet", "loopback", "S1"): "err-disabled"}  # who notices besides the ends


def read(path):
    """The rows of a table."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class MatrixTest(unittest.TestCase):
    """One run of the whole matrix."""

    @classmethod
    def setUpClass(cls):
        """Run it."""
        with tempfile.TemporaryDirectory() as directory:
            out = pathlib.Path(directory) / "matrix"
            cls.result = subprocess.run([PROGRAM, f"--failures={FAILURES}", f"--out={out}"],
                                        capture_output=True, text=True, check=False, timeout=500)
            cls.rows = {(row["mechanism"], row["failure"], row["end"]): row
                        for row in read(out / "matrix.csv")}
        cls.expected = {(row["Mechanism"], row["Failure"]): row for row in read(EXPECTATION)}

    def test_agrees_with_closed_forms(self):
        """No detection time lies outside its closed form."""
        self.assertEqual((self.result.returncode, self.result.stderr), (0, ""))
        self.assertEqual([key for key, row in self.rows.items() if row["outside"] != "0"], [])

    def test_whole(self):
        """Every cell is expected, and every expectation is a cell; each has its reason."""
        found = {key[:2] for key in self.rows}
        self.assertEqual(found, set(self.expected))
        mechanisms, kinds = ({key[i] for key in found} for i in (0, 1))
        self.assertEqual(len(found), len(mechanisms) * len(kinds))
        self.assertEqual((len(mechanisms), len(kinds)), (9, 10))
        for key, row in self.expected.items():
            self.assertGreater(len(row["Why"]), 4, key)

    def test_cells(self):
        """Every cell is as expected."""
        for (mechanism, failure), expected in self.expected.items():
            for end in ("R1", "R2"):
                with self.subTest(mechanism=mechanism, failure=failure, end=end):
                    self.check(self.rows[(mechanism, failure, end)], expected[end])

    def check(self, row, expected):
        """One end of one cell."""
        if row["failure"] == "congestion":
            self.check_count(int(row["noticed"]), *map(float, expected.split("-")))
            return
        allowed = expected.split("/")
        if row["verdict"] in OUTCOMES:
            self.assertIn(row["verdict"], allowed)
            return
        self.assertEqual(set(row["causes"].split()) - set(allowed), set())
        self.assertNotEqual(row["causes"], "")
        # To miss some of the failures is expected only where to miss them all would be, too.
        self.assertIn(row["verdict"], ("notices", "sometimes") if "never" in allowed
                      else ("notices",))
        if row["verdict"] == "notices":
            self.assertEqual(row["failures"], str(FAILURES))
            self.assertEqual(row["noticed"], row["failures"])
        if row["law_mean_s"]:
            self.assertLessEqual(float(row["law_lower_s"]), float(row["law_mean_s"]))
            self.assertLessEqual(float(row["law_mean_s"]), float(row["law_upper_s"]))

    def check_count(self, found, least, most=None):
        """A number of false alarms, whose expectation may be known within bounds only."""
        most = least if most is None else most
        if not most:
            self.assertEqual(found, 0)
            return
        self.assertGreater(poisson.cdf(found, least), UNLIKELY)
        self.assertGreater(poisson.sf(found - 1, most), UNLIKELY)

    def test_others(self):
        """Who else notices: the switch its loop, and nothing else."""
        for key, row in self.rows.items():
            if key[2] not in ("R1", "R2"):
                expected = OTHERS.get(key, "")
                self.assertEqual(row["causes"], expected, key)
                self.assertEqual(row["verdict"] == "notices", bool(expected), key)

    def test_refuses_nonsense(self):
        """One line, exit status 2, nothing written."""
        for arguments in (["--failures=0"], ["--mechanisms=rip"], ["--kinds=fire"], ["--x=1"]):
            with self.subTest(arguments), tempfile.TemporaryDirectory() as directory:
                out = pathlib.Path(directory) / "matrix"
                result = subprocess.run([PROGRAM, f"--out={out}", *arguments], check=False,
                                        capture_output=True, text=True, timeout=60)
                self.assertEqual(result.returncode, 2)
                self.assertEqual(len(result.stderr.splitlines()), 1)
                self.assertIn(arguments[0].lstrip("-").split("=")[0], result.stderr)
                self.assertFalse(out.exists())


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
