#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Test of plots/matrix.py: what is in a cell, for every verdict, and what is refused."""

import csv
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plots"))

import matrix

from matplotlib.colors import LogNorm, to_rgb

HEADER = ("mechanism,timers,failure,end,verdict,failures,noticed,shortest_s,mean_s,longest_s,"
          "law_lower_s,law_mean_s,law_upper_s,outside,causes,reason").split(",")


def row(end, verdict, **more):
    """A row of matrix.csv."""
    return {"mechanism": "gre", "timers": "10 s, 3 retries", "failure": "silent", "end": end,
            "verdict": verdict, "failures": 20, "noticed": 0, "outside": 0, **more}


class MatrixPlotTest(unittest.TestCase):
    """Each in a directory of its own."""

    def setUp(self):
        # pylint: disable-next=consider-using-with
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.directory = Path(self.temporary.name)

    def write(self, *rows, header=None):
        """Write matrix.csv."""
        with open(self.directory / "matrix.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header or HEADER, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def draw(self, status=0, out="m"):
        """Run the script; its errors."""
        result = subprocess.run([sys.executable, ROOT / "plots" / "matrix.py", self.directory,
                                 "--out", self.directory / out], capture_output=True, text=True,
                                check=False, timeout=120)
        self.assertEqual(result.returncode, status, result.stderr)
        return result.stderr

    def texts(self):
        """The words of the SVG, which has them as comments."""
        parser = xml.etree.ElementTree.XMLParser(
            target=xml.etree.ElementTree.TreeBuilder(insert_comments=True))
        tree = xml.etree.ElementTree.parse(self.directory / "m.svg", parser)
        return [element.text.strip() for element in tree.iter()
                if element.tag is xml.etree.ElementTree.Comment]

    def test_every_verdict_is_drawn(self):
        """Each with its words; a column of its own for each failure, in the order of the file."""
        self.write(row("R1", "notices", noticed=20, mean_s=35.2, law_mean_s=34.99),
                   row("R2", "itself"),
                   row("R1", "never", failure="stall"),
                   row("R2", "sometimes", failure="stall", noticed=3, mean_s=0.0051),
                   row("R1", "mistakes", failure="congestion", noticed=26),
                   row("R2", "trusts", failure="congestion"),
                   row("R1", "not-applicable", failure="binding-loss", reason="no NAT"),
                   row("R2", "not-applicable", failure="binding-loss", reason="no NAT"))
        self.draw()
        texts = self.texts()
        for expected in ("GRE keepalive", "10 s, 3 retries", "35 s", "law 35 s", "itself", "never",
                         "5.1 ms?", "26", "false", "trusts", "–"):
            self.assertIn(expected, texts)
        self.assertEqual(texts.count("R1"), 4)
        for suffix in ("png", "pdf"):
            self.assertGreater((self.directory / f"m.{suffix}").stat().st_size, 5000)

    def test_others_and_strays(self):
        """The switch that notices a loop is named; a time outside the closed form has a cross."""
        self.write(row("R1", "never"), row("R2", "notices", noticed=20, mean_s=50, outside=1),
                   row("S1", "notices", noticed=20, mean_s=6.41))
        self.draw()
        self.assertIn("S1: 6.4 s", self.texts())
        self.assertIn("✕", self.texts())

    def test_durations(self):
        """In two or three digits, in the unit that people use."""
        for seconds, expected in ((0, "at once"), (0.001, "1 ms"), (0.77, "0.77 s"), (35.2, "35 s"),
                                  (99.4, "99 s"), (150, "2.5 min"), (4275, "71 min"),
                                  (7200, "2 h")):
            self.assertEqual(matrix.duration(seconds), expected)

    def test_later_is_darker_and_legible(self):
        """The scale of times goes one way, and the ink follows it."""
        norm = LogNorm(matrix.FASTEST, matrix.SLOWEST)
        shades = [sum(to_rgb(matrix.fill(row("R1", "notices", mean_s=10 ** exponent), norm)))
                  for exponent in (-2, -1, 0, 1, 2, 3, 4, 5)]
        self.assertEqual(shades, sorted(shades, reverse=True))
        self.assertGreater(shades[1], shades[-1] + 1)
        self.assertEqual((matrix.ink("#FFFFFF"), matrix.ink("#001D33")), ("black", "white"))

    def test_same_data_same_picture(self):
        """To the byte, in every format."""
        self.write(row("R1", "never"), row("R2", "never"))
        self.draw()
        self.draw(out="n")
        for suffix in ("png", "pdf", "svg"):
            self.assertEqual(*((self.directory / f"{name}.{suffix}").read_bytes() for name in "mn"))

    def test_refusals(self):
        """One line, exit status 2, nothing written or overwritten."""
        sound = (row("R1", "never"), row("R2", "never"))
        for rows, word in (((), "no rows"),
                           (sound[:1], "lacks"),
                           ((*sound, sound[0]), "twice"),
                           ((row("R1", "perhaps"), sound[1]), "verdict"),
                           ((row("R1", "notices"), sound[1]), "mean_s")):
            with self.subTest(word):
                self.write(*rows)
                error = self.draw(status=2)
                self.assertIn(word, error)
                self.assertEqual(len(error.splitlines()), 1)
                self.assertFalse((self.directory / "m.png").exists())
        self.write(*sound, header=[*HEADER, "more"])
        self.assertIn("more", self.draw(status=2))
        self.write(*sound)
        (self.directory / "m.svg").write_text("mine")
        self.assertIn("m.svg", self.draw(status=2))
        self.assertEqual((self.directory / "m.svg").read_text(), "mine")
        self.assertFalse((self.directory / "m.png").exists())


if __name__ == "__main__":
    unittest.main()
