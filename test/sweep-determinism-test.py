#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The same plan gives the same rows, however it is run.

Usage: sweep-determinism-test.py PROGRAM

1. With 1 and with 2 workers, forward, in reverse and shuffled: for every mechanism.
2. As the first run of a process, or after many others.
3. As one sweep, or as eight shards, merged; in any order, some of them twice, some missing.
4. Resumed, or asked for more replications: nothing is run again.
5. Until an interval is narrow: whoever runs it, the same replications are run.
6. What cannot be merged is refused: another plan, a run with different rows.
"""

import contextlib
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from sweep_rows import SweepCase, costs, query, result_rows  # pylint: disable=wrong-import-position

MECHANISMS = ("gre", "hdlc", "ppp", "tcp", "bgp", "ethernet", "dpd", "nat", "bfd")
PLAN = ("--mechanism=" + ",".join(MECHANISMS), "--interval=10,20", "--loss=0.2", "--healthy=400",
        "--fault=silent")
REPLICATIONS = 6
SMALL = ("--mechanism=hdlc,gre", "--interval=2", "--loss=0,0.2", "--healthy=30")
PRECISE = ("--mechanism=hdlc", "--interval=1,4", "--retries=2,3", "--healthy=10", "--until-ci=5%",
           "--least=8", "--most=60")


class OrderTest(SweepCase):
    """1 to 3: every mechanism, in one sweep that all of these are compared with."""

    @classmethod
    def setUpClass(cls):
        cls.once = SweepCase()
        cls.once.setUp()
        cls.addClassCleanup(cls.once.doCleanups)
        cls.expected_directory = cls.once.directory / "expected"
        cls.once.program = cls.program
        cls.once.sweep(*PLAN, f"--replications={REPLICATIONS}", "--jobs=1",
                       f"--out={cls.expected_directory}")
        cls.expected = result_rows(cls.expected_directory)

    def test_plan_is_worth_it(self):
        """Every mechanism yields observations; those with mistakes and detections yield both."""
        found = dict(query(self.expected_directory,
                           "SELECT mechanism, count(*) FROM point JOIN run USING(point) "
                           "GROUP BY mechanism"))
        self.assertEqual(found, {mechanism: 2 * REPLICATIONS for mechanism in MECHANISMS})
        for table in ("detection", "mistake"):
            self.assertGreaterEqual(
                query(self.expected_directory,
                      f"SELECT count(DISTINCT mechanism) FROM {table} JOIN run USING(run) "
                      "JOIN point USING(point)")[0][0], 5, table)
        differing = query(self.expected_directory,
                          "SELECT count(*) FROM (SELECT point FROM run JOIN detection USING(run) "
                          f"GROUP BY point HAVING count(DISTINCT began_ns) = {REPLICATIONS})")
        self.assertEqual(differing, [(2 * len(MECHANISMS),)])

    def test_rows_agree(self):
        """What the tables say of one another is so: nothing got lost on the way into them."""
        self.check_whole(self.expected_directory)
        for wrong in (
                'SELECT run FROM observation LEFT JOIN (SELECT run, "end", '
                "sum(trusted_ns - suspected_ns) AS mistaken FROM mistake GROUP BY run, 2) "
                'USING(run, "end") WHERE mistaken_ns <> coalesce(mistaken, 0)',
                "SELECT run FROM mistake JOIN mistake AS earlier USING(run, \"end\") "
                "WHERE mistake.number = earlier.number + 1 AND mistake.since_previous_ns <> "
                "mistake.suspected_ns - earlier.suspected_ns",
                "SELECT run FROM detection WHERE ended_ns <= began_ns OR recovered_ns <= ended_ns "
                "OR recovered_ns <= detected_ns OR (detected_ns IS NULL) <> (cause = '')",
                "SELECT run FROM run JOIN observation USING(run) WHERE observed_ns > duration_ns "
                "OR mistaken_ns > observed_ns OR keepalive_bytes < keepalives",
                f"SELECT run FROM run WHERE run <> replication * {2 * len(MECHANISMS)} + point "
                "OR rng_run <> replication + 1"):
            self.assertEqual(query(self.expected_directory, wrong), [], wrong)
        for column, table in (("since_previous_ns", "mistake"), ("trusted_ns", "mistake"),
                              ("recovered_ns", "detection"), ("ended_ns", "detection")):
            self.assertGreater(query(self.expected_directory,
                                     f"SELECT count({column}) FROM {table}")[0][0], 30, column)

    def test_workers_and_order(self):
        for jobs, order in ((2, "forward"), (1, "reverse"), (2, "shuffled")):
            with self.subTest(jobs=jobs, order=order):
                out = self.directory / f"{jobs}-{order}"
                self.sweep(*PLAN, f"--replications={REPLICATIONS}", f"--jobs={jobs}",
                           f"--order={order}", f"--out={out}")
                self.check_same(out, self.expected)

    def test_first_of_a_process(self):
        """Replication 5 by itself, one process for each mechanism."""
        for mechanism in MECHANISMS:
            with self.subTest(mechanism=mechanism):
                out = self.directory / mechanism
                self.sweep(f"--mechanism={mechanism}", *PLAN[1:], "--replications=1",
                           "--first-run=5", "--jobs=2", f"--out={out}")
                for table, columns in (("observation", "observed_ns, mistaken_ns, keepalives"),
                                       ("detection", "number, began_ns, detected_ns, cause"),
                                       ("mistake", "number, suspected_ns, trusted_ns")):
                    rows = (f'SELECT factors, "end", duration_ns, events, {columns} FROM {table} '
                            f"JOIN run USING(run) JOIN point USING(point) WHERE rng_run=5 "
                            f"AND mechanism='{mechanism}' ORDER BY run, 2, 5")
                    self.assertEqual(query(out, rows), query(self.expected_directory, rows))

    def test_shards(self):
        shards = [self.directory / f"shard{i}" for i in range(1, 9)]
        for number, shard in enumerate(shards, start=1):
            self.sweep(*PLAN, f"--replications={REPLICATIONS}", f"--shard={number}/8",
                       f"--out={shard}")
        self.assertEqual(sum(len(costs(shard)) for shard in shards), len(self.expected["run"]))
        # Some missing: they can come later.
        merged = self.directory / "merged"
        self.sweep("merge", merged, *shards[5:])
        self.assertIn("not running", subprocess.run(
            [self.program, "status", merged], capture_output=True, text=True, check=True).stdout)
        self.sweep("merge", merged, *reversed(shards[:6]), shards[0])
        self.check_same(merged, self.expected)
        self.check_whole(merged)
        self.assertIn("; complete", subprocess.run(
            [self.program, "status", merged], capture_output=True, text=True, check=True).stdout)
        self.assertEqual((merged / "config.ini").read_text(encoding="utf-8"),
                         (self.expected_directory / "config.ini").read_text(encoding="utf-8"))
        # What was merged is a sweep like any other.
        before = costs(merged)
        self.sweep("resume", merged)
        self.assertEqual(costs(merged), before)


class ResumeTest(SweepCase):
    """4: nothing is run again."""

    def test_more_replications(self):
        out, expected = self.directory / "more", self.directory / "expected"
        self.sweep(*SMALL, "--replications=5", f"--out={expected}")
        for replications in (1, 3, 3, 5, 2):
            before = costs(out) if out.exists() else {}
            self.sweep(*SMALL, f"--replications={replications}", f"--out={out}")
            after = costs(out)
            self.assertEqual({index: after[index] for index in before}, before)
        self.check_same(out, result_rows(expected))
        self.assertEqual(query(out, "SELECT value FROM meta WHERE key='plan'"),
                         query(expected, "SELECT value FROM meta WHERE key='plan'"))

    def test_missing_runs(self):
        """Whatever is missing is run, wherever it is in the plan."""
        out = self.directory / "gaps"
        self.sweep(*SMALL, "--replications=5", f"--out={out}")
        expected, before = result_rows(out), costs(out)
        with contextlib.closing(sqlite3.connect(out / "results.sqlite")) as base:
            for table in ("run", "observation", "detection", "mistake", "cost"):
                base.execute(f"DELETE FROM {table} WHERE run % 3 = 1 OR run = 0")
            base.commit()
        kept = costs(out)
        self.assertEqual(len(kept), 12)
        self.sweep("resume", out, "--jobs", "2")
        self.check_same(out, expected)
        after = costs(out)
        self.assertEqual({index: after[index] for index in kept}, kept)
        self.assertEqual(set(after), set(before))

    def test_needs_no_command_line(self):
        """A copy of the database alone is enough to go on."""
        out, copy = self.directory / "out", self.directory / "copy"
        self.sweep(*SMALL, "--replications=2", "--ns3::keepalive::GreTunnelDevice::Mtu=1300",
                   f"--out={out}")
        copy.mkdir()
        (copy / "results.sqlite").write_bytes((out / "results.sqlite").read_bytes())
        with contextlib.closing(sqlite3.connect(copy / "results.sqlite")) as base:
            for table in ("run", "observation", "detection", "mistake", "cost"):
                base.execute(f"DELETE FROM {table}")
            base.commit()
        self.sweep("resume", copy)
        self.check_same(copy, result_rows(out))
        self.assertEqual((copy / "config.ini").read_bytes(), (out / "config.ini").read_bytes())

    def test_refuses_others(self):
        out = self.directory / "out"
        self.sweep(*SMALL, "--replications=2", f"--out={out}")
        before = (out / "results.sqlite").read_bytes()
        said = self.check_refused(*SMALL[:-1], "--healthy=31", f"--out={out}")
        self.assertIn("another plan", said)
        said = self.check_refused(*SMALL, "--replications=2", "--shard=1/2", f"--out={out}")
        self.assertIn("holds shard 1/1", said)
        other = self.directory / "other"
        other.mkdir()
        (other / "notes.txt").write_text("mine", encoding="utf-8")
        self.check_refused(*SMALL, f"--out={other}")
        self.assertEqual([path.name for path in other.iterdir()], ["notes.txt"])
        (other / "results.sqlite").write_text("no database at all, but long enough to be read as "
                                              "the header of one, if anybody cared to", "utf-8")
        self.check_refused(*SMALL, f"--out={other}")
        self.check_refused("resume", self.directory / "nothing")
        self.check_refused("status", other)
        self.assertEqual((out / "results.sqlite").read_bytes(), before)


class PrecisionTest(SweepCase):
    """5: --until-ci."""

    def test_same_replications(self):
        expected = self.directory / "expected"
        self.sweep(*PRECISE, "--jobs=1", f"--out={expected}")
        rows = result_rows(expected)
        counts = dict(query(expected, "SELECT point, count(*) FROM run GROUP BY point"))
        # Not all alike, and each a number at which it looks.
        self.assertGreater(len(set(counts.values())), 1, counts)
        self.assertTrue(all(count % 8 == 0 or count == 60 for count in counts.values()), counts)
        for point, count in counts.items():
            self.check_rule(expected, point, count)
        for jobs, order in ((2, "reverse"), (2, "shuffled")):
            out = self.directory / order
            self.sweep(*PRECISE, f"--jobs={jobs}", f"--order={order}", f"--out={out}")
            self.check_same(out, rows)
        shards = [self.directory / f"shard{i}" for i in (1, 2, 3)]
        for number, shard in enumerate(shards, start=1):
            self.sweep(*PRECISE, f"--shard={number}/3", f"--out={shard}")
        merged = self.directory / "merged"
        self.sweep("merge", merged, *shards)
        self.check_same(merged, rows)
        # Interrupted several times.
        out = self.directory / "interrupted"
        statuses = []
        for _ in range(40):
            with subprocess.Popen([self.program, *PRECISE, "--jobs=2", f"--out={out}"],
                                  stderr=subprocess.DEVNULL) as sweep:
                time.sleep(0.15)
                sweep.send_signal(signal.SIGINT)
                statuses.append(sweep.wait())
            if statuses[-1] == 0:
                break
        self.sweep(*PRECISE, f"--out={out}")
        self.assertIn(130, [abs(status) for status in statuses] + [130] * (os.cpu_count() > 8))
        self.check_same(out, rows)

    def check_rule(self, directory, point, count):
        """It stopped at the first look at which all intervals were narrow enough."""
        # pylint: disable=import-outside-toplevel
        from scipy.stats import t as student
        import numpy
        times = query(directory,
                      'SELECT replication, "end", max(0, detected_ns - began_ns) * 1e-9 '
                      "FROM detection JOIN run USING(run) "
                      f"WHERE point={point} AND own=0 AND outage=1 AND detected_ns IS NOT NULL")
        for looked in range(8, count + 1, 8):
            narrow = True
            for end in {row[1] for row in times}:
                sample = [row[2] for row in times if row[1] == end and row[0] < looked]
                half = (student.ppf(0.975, len(sample) - 1) * numpy.std(sample, ddof=1)
                        / len(sample) ** 0.5)
                narrow = narrow and half / numpy.mean(sample) <= 0.05
            self.assertEqual(narrow, looked == count, (point, looked, count))

    def test_mistakes(self):
        """The rate of mistakes, by its exact interval; 120 of them make it 18 % wide."""
        out = self.directory / "out"
        self.sweep("--mechanism=hdlc", "--interval=1", "--retries=2", "--loss=0.3", "--fault=none",
                   "--healthy=100", "--until-ci=20%", "--until-metric=mistakes", "--least=2",
                   f"--out={out}")
        from scipy.stats import chi2  # pylint: disable=import-outside-toplevel
        ends = query(out, 'SELECT "end", count(*) FROM mistake GROUP BY "end"')
        last = query(out, "SELECT max(replication) FROM run")[0][0]
        earlier = query(out, f'SELECT "end", count(*) FROM mistake JOIN run USING(run) '
                             f'WHERE replication < {last - 1} GROUP BY "end"')

        def widths(counts):
            return [(chi2.ppf(0.975, 2 * n + 2) - chi2.ppf(0.025, 2 * n)) / 4 / n
                    for _, n in counts]
        self.assertLessEqual(max(widths(ends)), 0.2)
        self.assertGreater(max(widths(earlier)), 0.2)


class MergeTest(SweepCase):
    """6: what cannot be merged."""

    def setUp(self):
        super().setUp()
        self.shards = [self.directory / "one", self.directory / "two"]
        for shard in self.shards:
            self.sweep(*SMALL, "--replications=2", f"--out={shard}")

    def test_contradiction(self):
        self.change("UPDATE detection SET detected_ns = detected_ns + 1 WHERE run = 5 AND number=0")
        said = self.sweep("merge", self.directory / "out", *self.shards, status=1)
        self.assertIn("run 5 (point 1, replication 1)", said.splitlines()[-1])
        self.assertFalse((self.directory / "out" / "results.sqlite").exists())

    def test_missing_row(self):
        self.change("DELETE FROM observation WHERE run = 3 AND \"end\" = 1")
        said = self.sweep("merge", self.directory / "out", *self.shards, status=1)
        self.assertIn("run 3 (point 3, replication 0)", said.splitlines()[-1])

    def test_row_too_many(self):
        self.change("DELETE FROM observation WHERE run = 3 AND \"end\" = 1")
        said = self.sweep("merge", self.directory / "out", *reversed(self.shards), status=1)
        self.assertIn("run 3 (point 3, replication 0)", said.splitlines()[-1])

    def test_shard_that_has_not_begun(self):
        """It is left out; one that does not exist is a mistake."""
        late = self.directory / "late"
        late.mkdir()
        said = self.sweep("merge", self.directory / "out", late, *self.shards)
        self.assertIn("late: no results yet", said)
        self.check_same(self.directory / "out", result_rows(self.shards[0]))
        self.sweep("merge", self.directory / "nothing", late, status=2)

    def test_into_results_that_are_there(self):
        """They stay as they are if it fails."""
        self.change("UPDATE run SET events = events + 1 WHERE run = 7")
        before = result_rows(self.shards[0])
        said = self.sweep("merge", *self.shards, status=1)
        self.assertIn("run 7 ", said.splitlines()[-1])
        self.check_same(self.shards[0], before)

    def test_other_plan(self):
        other = self.directory / "other"
        self.sweep(*SMALL[:-1], "--healthy=31", f"--out={other}")
        said = self.check_refused("merge", self.directory / "out", self.shards[0], other)
        self.assertIn("another plan", said)
        self.assertFalse((self.directory / "out").exists())
        self.check_refused("merge", self.shards[0], self.shards[0])
        self.check_refused("merge", self.directory / "out", self.directory / "nothing")
        self.check_refused("merge", self.directory / "out")

    def test_mixed_versions(self):
        """Said, not refused."""
        self.change("UPDATE meta SET value='0.1' WHERE key='module_version'")
        said = self.sweep("merge", self.directory / "out", *self.shards)
        self.assertIn("module_version '0.1'", said)
        self.check_same(self.directory / "out", result_rows(self.shards[0]))

    def change(self, sql):
        """Change a shard."""
        with contextlib.closing(sqlite3.connect(self.shards[1] / "results.sqlite")) as base:
            self.assertEqual(base.execute(sql).rowcount > 0, True)
            base.commit()


if __name__ == "__main__":
    SweepCase.program = sys.argv.pop(1)
    unittest.main(verbosity=2)
