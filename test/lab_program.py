# SPDX-License-Identifier: GPL-2.0-only
"""What the tests of the lab programs share: they run the program that the command line names, read
the tables that it writes, and see how it refuses bad input."""

import csv
import filecmp
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

# The tables that every lab writes, with their columns.
HEADERS = {
    "events.csv": "time_s,source,event,detail,value",
    "failures.csv": "run,failure,kind,target,began_s,ended_s,end,detected,detected_at_s,"
                    "detection_time_s,cause,censored,recovered_at_s,recovery_time_s,black_hole_s,"
                    "packets_lost,law_lower_s,law_upper_s,within_law",
    "mistakes.csv": "run,end,suspected_at_s,trusted_at_s,duration_s,since_previous_s,cause",
    "summary.csv": "run,end,mechanism,interval_s,retries,rule,observed_s,failures,detected,"
                   "censored,causes,detection_time_mean_s,detection_time_ci95_s,"
                   "detection_time_min_s,detection_time_max_s,law_lower_s,law_mean_s,law_upper_s,"
                   "law_shape,mistakes,mistake_recurrence_mean_s,mistake_duration_mean_s,"
                   "mistake_rate_per_s,query_accuracy,keepalives_sent,keepalives_returned,"
                   "overhead_packets_per_s,overhead_bit_per_s,black_hole_s,packets_lost",
    "traffic.csv": "time_s,flow,sent_bit_per_s,received_bit_per_s",
}
FILES = {"config.ini", "transcript.txt", *HEADERS}
PROGRAM = ""


def program():
    """The program: the first argument of the test."""
    return PROGRAM


def run(*options, cwd=None):
    """Run the program; return its completed process."""
    return subprocess.run([program(), *options], capture_output=True, text=True, cwd=cwd,
                          timeout=120, check=False)


def rows(path):
    """Read a CSV file as a list of dictionaries."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class LabCase(unittest.TestCase):
    """A test with a directory of its own."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.directory = pathlib.Path(temporary.name)
        self.addCleanup(temporary.cleanup)

    def succeed(self, out, *options):
        """Run the program; return the directory that it wrote."""
        done = run("--out", out, "--quiet", *options, cwd=self.directory)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""), options)
        return self.directory / out

    def check_tables(self, out, headers):
        """There are these tables, with the columns that they should have, and no other files but
        those without columns.
        """
        self.assertEqual({file.name for file in out.iterdir()}, FILES | set(headers))
        for file, header in headers.items():
            with open(out / file, encoding="utf-8") as table:
                self.assertEqual(table.readline(), header + "\n", file)
            for row in rows(out / file):
                self.assertNotIn(None, row, file)  # too many cells
                self.assertNotIn(None, row.values(), file)  # too few

    def check_reproducible(self, options, files, different):
        """The same command gives the same bytes, and so does the config.ini that it writes.

        files: all that the program writes. different: those that are others in another run.
        """
        self.succeed("a", *options, "--RngRun=7")
        self.succeed("b", *options, "--RngRun=7")
        self.succeed("c", "--config=a/config.ini")
        self.succeed("d", *options, "--RngRun=8")
        for other in ("b", "c"):
            # config.ini of c has "quiet" from the file, as a has from the command line.
            self.assertEqual(self._compare(other, files), (files, set(), []), other)
        self.assertLessEqual(different, self._compare("d", files)[1])

    def _compare(self, other, files):
        """Which files of a and another directory are equal, and which are not."""
        equal, different, errors = filecmp.cmpfiles(self.directory / "a", self.directory / other,
                                                    files, False)
        return set(equal), set(different), errors

    def refuse(self, options, words):
        """Bad input: one clear line, which has these words, exit status 2, nothing written."""
        before = sorted(self.directory.rglob("*"))
        done = run("--out", "out", *options, cwd=self.directory)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        name = pathlib.Path(program()).name.replace("keepalive-", "")
        self.assertTrue(done.stderr.startswith(name + ": "), done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertEqual(sorted(self.directory.rglob("*")), before, "nothing written")

    def check_nothing_is_overwritten(self):
        """Bad input: a directory that holds something, and a file."""
        out = self.directory / "out"
        out.mkdir()
        (out / "mine").write_text("mine", encoding="utf-8")
        self.refuse([], ["--out=out", "overwritten"])
        shutil.rmtree(out)
        out.write_text("a file", encoding="utf-8")
        self.refuse([], ["--out=out"])
        self.assertEqual(out.read_text(encoding="utf-8"), "a file")


def main():
    """Run the tests of the script, without its first argument."""
    global PROGRAM  # pylint: disable=global-statement
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
