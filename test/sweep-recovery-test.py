#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Nothing is lost, whatever happens to a sweep.

Usage: sweep-recovery-test.py PROGRAM

1. SIGKILL of the sweep at 20 instants: its workers die with it, the database is sound, what it
   holds is not run again, and the next sweep completes it.
2. SIGKILL of a worker at 20 instants: the sweep goes on with another one, and completes.
3. Ctrl-C and SIGTERM: the sweep ends at once, says how to go on, and can be gone on with.
4. Disk full, when it begins and later: one line, exit status 1, and the same.
5. A run that kills its worker again and again: it is told, all others are done, exit status 1.
6. Two sweeps in one directory: the second is refused.

Each time the rows are those of a sweep that nothing happened to.
"""

import os
import pathlib
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from sweep_rows import SweepCase, costs, query, result_rows  # pylint: disable=wrong-import-position

PLAN = ("--mechanism=hdlc,gre", "--interval=1,3", "--retries=2,4", "--loss=0.1", "--healthy=200",
        "--replications=50", "--jobs=2")
RUNS = 400
KILLS = 20
PATIENCE = 20  # seconds for what ought to take none


def processes_of(group):
    """The processes of a group that have not ended."""
    found = []
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(fields[2]) == group and fields[0] not in "ZX":
            found.append(int(path.parent.name))
    return found


def wait_until(condition):
    """Wait until something is so; return whether it was so in time."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return True


def count(directory):
    """How many runs there are; 0 if there is no database yet, or none that is made."""
    if not (directory / "results.sqlite").exists():
        return 0
    if not query(directory, "SELECT 1 FROM sqlite_master WHERE name='run'"):
        return 0
    return query(directory, "SELECT count(*) FROM run")[0][0]


def progress(directory):
    """The same, while a sweep is at work there."""
    try:
        return count(directory)
    except sqlite3.Error:
        return 0  # it is just making it


class DisturbedSweepCase(SweepCase):
    """A sweep that things happen to, and one that nothing happens to."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        directory = pathlib.Path(temporary.name) / "expected"
        subprocess.run([cls.program, *PLAN, f"--out={directory}"], check=True, capture_output=True)
        cls.expected = result_rows(directory)

    def setUp(self):
        super().setUp()
        self.random = random.Random(20)
        self.out = self.directory / "out"

    def start(self, *plan, **options):
        """Start a sweep in a process group of its own."""
        sweep = subprocess.Popen(  # pylint: disable=consider-using-with
            [self.program, *(plan or PLAN), f"--out={self.out}"], stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, start_new_session=True, **options)
        self.addCleanup(self.finish, sweep)
        return sweep

    def finish(self, sweep):
        """See that nothing of a sweep is left running; return its exit status and what it said."""
        try:
            said = sweep.communicate(timeout=PATIENCE * 5)[1]
        except ValueError:
            return sweep.returncode, ""  # it was finished before
        gone = wait_until(lambda: not processes_of(sweep.pid))
        if not gone:
            os.killpg(sweep.pid, signal.SIGKILL)
        self.assertTrue(gone, "orphans")
        return sweep.returncode, said

    def complete(self, before):
        """Complete the sweep; what was there is not run again, and the rows are as they ought."""
        self.sweep(*PLAN, f"--out={self.out}")
        after = costs(self.out)
        self.assertEqual({run: after.get(run) for run in before}, before)
        self.assertEqual(len(after), RUNS)
        self.check_whole(self.out)
        self.check_same(self.out, self.expected)
        self.assertEqual(sorted(path.name for path in self.out.iterdir()),
                         ["config.ini", "results.sqlite"])


class KillTest(DisturbedSweepCase):
    """1 to 3, 5, 6: signals."""

    def kill_after(self, runs, instant):
        """Kill a sweep that has done so many runs more, an instant later, whatever the speed of the
        machine; return the costs of what it leaves.
        """
        before = count(self.out)
        sweep = self.start()
        if runs > 0:
            self.assertTrue(wait_until(lambda: sweep.poll() is not None
                                       or progress(self.out) >= before + runs))
        time.sleep(instant)
        sweep.kill()
        status, _ = self.finish(sweep)
        self.assertIn(status, (-signal.SIGKILL, 0))
        if count(self.out) == 0:
            return {}
        self.check_whole(self.out)
        self.assertGreaterEqual(count(self.out), before)
        return costs(self.out)

    def test_kill_sweep(self):
        """The first instants of a sweep matter most: a quarter of them lies there."""
        found = set()
        for number in range(KILLS):
            if number % 5 == 0:
                self.out = self.directory / f"out{number}"
                known = {}
            early = number % 5 == 0
            left = self.kill_after(0 if early else self.random.randint(1, 30),
                                   self.random.uniform(0, 0.03 if early else 0.01))
            self.assertEqual({run: left.get(run) for run in known}, known)
            known = left
            found.add(len(left))
            if number % 5 == 4:
                self.complete(known)
        self.assertGreater(len(found - {0, RUNS}), KILLS // 4, found)

    def test_kill_sweep_in_long_runs(self):
        """Workers die at once, not when their run ends; and they have hold of nothing."""
        sweep = self.start("--mechanism=hdlc", "--interval=1", "--healthy=3e6", "--jobs=2",
                           "--replications=4")
        self.assertTrue(wait_until(lambda: len(processes_of(sweep.pid)) == 3))
        time.sleep(0.2)
        for worker in processes_of(sweep.pid):
            if worker != sweep.pid:
                files = [os.readlink(path) for path in pathlib.Path(f"/proc/{worker}/fd").iterdir()]
                self.assertEqual(len(files), 4, files)
                self.assertFalse([file for file in files if str(self.out) in file], files)
        began = time.monotonic()
        sweep.kill()
        self.finish(sweep)
        self.assertLess(time.monotonic() - began, 2)
        self.assertEqual(count(self.out), 0)

    def test_kill_workers(self):
        """Between two kills there are some runs, lest one run is hit three times by chance."""
        killed = 0
        for number in range(KILLS):
            self.out = self.directory / f"out{number}"
            sweep = self.start()
            done = 0
            while killed < KILLS and wait_until(
                    lambda: sweep.poll() is not None or count(self.out) > done):  # pylint: disable=cell-var-from-loop
                time.sleep(self.random.uniform(0, 0.1))
                workers = [process for process in processes_of(sweep.pid) if process != sweep.pid]
                if not workers:
                    break
                os.kill(self.random.choice(workers), signal.SIGKILL)
                killed += 1
                done = count(self.out) + 10
            status, said = self.finish(sweep)
            self.assertEqual(status, 0, said)
            self.check_whole(self.out)
            self.check_same(self.out, self.expected)
            if killed == KILLS:
                return
        self.fail(f"only {killed} workers killed")

    def test_signals(self):
        """As a terminal sends them, to all processes; and to the sweep alone."""
        for number, send in ((signal.SIGINT, os.killpg), (signal.SIGTERM, os.kill)):
            self.out = self.directory / number.name
            sweep = self.start()
            self.assertTrue(wait_until(lambda: count(self.out) > 0))
            send(sweep.pid, number)
            began = time.monotonic()
            status, said = self.finish(sweep)
            self.assertEqual(status, 128 + number, said)
            self.assertLess(time.monotonic() - began, 5)
            self.assertIn(f"resume {self.out}", said.splitlines()[-1])
            left = costs(self.out)
            self.assertTrue(0 < len(left) < RUNS, len(left))
            self.check_whole(self.out)
            # The database is one file, for the time being.
            self.assertEqual(sorted(path.name for path in self.out.iterdir()),
                             ["config.ini", "results.sqlite"])
            self.complete(left)

    def test_killed_run(self):
        """Processor time is limited, so that a long run can never end."""
        said = self.start("--mechanism=hdlc", "--interval=1", "--healthy=20,30,3e6", "--jobs=2",
                          "--replications=2", preexec_fn=lambda: resource.setrlimit(
                              resource.RLIMIT_CPU, (1, 2)))
        status, said = self.finish(said)
        self.assertEqual(status, 1, said)
        lines = said.splitlines()
        for run in (2, 5):
            self.assertEqual(sum(f" run {run}, point" in line and "ended its worker 3 times" in line
                                 for line in lines), 1, said)
        self.assertEqual(lines[-1], "keepalive-sweep: 2 runs failed, all others are done")
        self.assertEqual([row[0] for row in query(self.out, "SELECT run FROM run ORDER BY 1")],
                         [0, 1, 3, 4])

    def test_two_sweeps(self):
        sweep = self.start()
        self.assertTrue(wait_until(lambda: count(self.out) > 0))
        sweep.send_signal(signal.SIGSTOP)  # lest it ends meanwhile
        for command in ((*PLAN, f"--out={self.out}"), ("resume", self.out)):
            self.assertIn("another process", self.check_refused(*command))
        told = subprocess.run([self.program, "status", self.out], capture_output=True, text=True,
                              check=True).stdout
        self.assertIn("; running", told)
        sweep.send_signal(signal.SIGCONT)
        self.assertEqual(self.finish(sweep)[0], 0)
        self.check_same(self.out, self.expected)


class DiskFullTest(DisturbedSweepCase):
    """4: a sweep on a small tmpfs."""

    def setUp(self):
        super().setUp()
        self.mount = self.directory / "small"
        self.mount.mkdir()
        self.out = self.mount / "out"

    def size(self, size, remount=False):
        """Give the file system a size."""
        option = f"size={size}" + (",remount" if remount else "")
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", option, "tmpfs", str(self.mount)],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            self.skipTest(f"cannot mount a small file system here: {done.stderr.strip()}")
        if not remount:
            self.addCleanup(subprocess.run, ["umount", "-l", str(self.mount)], check=False)

    def check_full(self, size):
        """A sweep meets the end of the disk; return what it leaves."""
        self.size(size)
        status, said = self.finish(self.start())
        self.assertEqual(status, 1, said)
        self.assertRegex(said, "results.sqlite: .*(is full|No space left on device)")
        self.assertEqual(len(said.splitlines()), 1, said)
        left = {}
        self.size("64M", remount=True)
        if count(self.out) > 0:
            self.check_whole(self.out)
            left = costs(self.out)
        return left

    def test_at_once(self):
        """Not even the tables have room."""
        left = self.check_full("16k")
        self.assertEqual(left, {})
        self.complete(left)

    def test_later(self):
        left = self.check_full("256k")
        self.assertTrue(0 < len(left) < RUNS, len(left))
        self.complete(left)


if __name__ == "__main__":
    SweepCase.program = sys.argv.pop(1)
    unittest.main(verbosity=2)
