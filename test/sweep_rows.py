# SPDX-License-Identifier: GPL-2.0-only
"""What the tests of keepalive-sweep share: running it, and reading its results."""

import contextlib
import pathlib
import sqlite3
import subprocess
import tempfile
import unittest

RESULT_TABLES = ("point", "end", "run", "observation", "detection", "mistake")


def run(program, *arguments, **options):
    """Run the program; return its completed process."""
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True,
                          check=False, timeout=120, **options)


def query(directory, sql):
    """Rows of the database of a sweep."""
    with contextlib.closing(sqlite3.connect(pathlib.Path(directory) / "results.sqlite")) as base:
        return base.execute(sql).fetchall()


def result_rows(directory):
    """All rows that are results, by table, in the order of their keys: all of their columns."""
    return {table: query(directory, f'SELECT * FROM "{table}" ORDER BY 1, 2, 3')
            for table in RESULT_TABLES}


def costs(directory):
    """What every run cost: it differs if a run is run again."""
    return dict(query(directory, "SELECT run, wall_ns FROM cost"))


class SweepCase(unittest.TestCase):
    """A test with a directory of its own."""

    program = None

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.directory = pathlib.Path(temporary.name)

    def sweep(self, *arguments, status=0):
        """Run the program, which must end as expected; return what it said on stderr."""
        done = run(self.program, *arguments)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stderr

    def check_refused(self, *arguments):
        """The program must refuse this in one line; return it."""
        said = self.sweep(*arguments, status=2)
        self.assertEqual(len(said.splitlines()), 1, said)
        return said

    def check_whole(self, directory):
        """The database must be sound: no run half there, none without its point."""
        self.assertEqual(query(directory, "PRAGMA integrity_check"), [("ok",)])
        for table in ("observation", "detection", "mistake", "cost"):
            self.assertEqual(query(directory, f"SELECT count(*) FROM {table} "
                                              "WHERE run NOT IN (SELECT run FROM run)"), [(0,)])
        self.assertEqual(query(directory, "SELECT count(*) FROM run JOIN \"end\" USING(point) "
                                          "LEFT JOIN observation USING(run, \"end\") "
                                          "WHERE observed_ns IS NULL"), [(0,)])
        self.assertEqual(query(directory, "SELECT count(*) FROM run LEFT JOIN cost USING(run) "
                                          "WHERE wall_ns IS NULL"), [(0,)])

    def check_same(self, directory, expected):
        """The rows must be those expected."""
        found = result_rows(directory)
        for table in RESULT_TABLES:
            self.assertEqual(len(found[table]), len(expected[table]), table)
            self.assertEqual(found[table], expected[table], table)
