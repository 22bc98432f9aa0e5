#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""A sweep on a cluster: what `--slurm N` writes and refuses, and what Slurm makes of it.

Usage: sweep-slurm-test.py PROGRAM

1. A real slurmctld and slurmd (and munged, with which they trust each other) take the array of four
   tasks and the merger that waits for it. Every job completes, every task has run its share of the
   runs, and the result rows are those of the same sweep run by itself on this machine. The name of
   the directory is one that shells and sbatch could stumble over.
2. A task that is started a second time, as Slurm does after a node has failed, runs nothing again,
   and the merger can be run again by hand.
3. If a task fails, the merger is not run, and does not wait for ever either; once the task has
   been run by hand, so can the merger be.
4. Without sbatch the scripts are written all the same, and the two commands are told that would
   submit them. With an sbatch that fails, that is one line and exit status 1.
5. Bad input gives one line, exit status 2, and leaves everything as it was.

The daemons run in namespaces of their own. Where there can be none, where Slurm is not installed,
or where its daemons do not start, the exit status is 77: skipped.
"""

import contextlib
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
from network_namespace import Cable, command, enter, skip
from slurm_cluster import DAEMONS, SlurmCluster

PROGRAM = ""
CLUSTER = None
PATIENCE = 30  # seconds for an array of short tasks
TASKS = 4
# Two ends, some mistakes, and a number of runs that is no multiple of the number of tasks.
SWEEP = ["--mechanism=gre,hdlc", "--interval=1", "--retries=2..4", "--loss=0.05", "--healthy=60",
         "--replications=5"]
RUNS = 30
TABLES = ["point", "end", "run", "observation", "detection", "mistake"]
WRITTEN = {"config.ini", "logs", "merge.sbatch", "plan.json", "shards", "sweep.sbatch"}


def run(*options, path=None, **more):
    """Run the program; return its completed process. path: PATH, if another one."""
    environment = dict(os.environ, **({"PATH": path} if path is not None else {}))
    return subprocess.run([PROGRAM, *map(str, options)], capture_output=True, text=True,
                          timeout=60, check=False, env=environment, **more)


def rows(directory):
    """The result rows of a sweep, by table, in order."""
    with contextlib.closing(sqlite3.connect(directory / "results.sqlite")) as database:
        return {table: sorted(database.execute(f'SELECT * FROM "{table}"'), key=repr)
                for table in TABLES}


def content(directory):
    """Every file below a directory, with what is in it; directories, with nothing."""
    return {path.relative_to(directory): path.read_bytes() if path.is_file() else None
            for path in directory.rglob("*")}


class TemporaryDirectoryCase(unittest.TestCase):
    """A test with a directory of its own."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.directory = pathlib.Path(temporary.name)

    def succeed(self, *options, **more):
        """Run the program, which must succeed; return what it prints."""
        done = run(*options, **more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def sh(self, script, **variables):
        """Run a script by hand; return its exit status."""
        return subprocess.run(["sh", str(script)], env=dict(os.environ, **variables), timeout=60,
                              capture_output=True, check=False).returncode


class ClusterTest(TemporaryDirectoryCase):
    """1 to 3: what Slurm makes of it."""

    def submit(self, out):
        """Start the sweep; return the numbers of the array and the merger."""
        printed = self.succeed(*SWEEP, "--slurm", TASKS, "--out", out)
        self.assertIn(str(out / "results.sqlite"), printed)
        return re.search(rf"array of {TASKS} tasks, job (\d+), and job (\d+),", printed).groups()

    def wait(self, array, merger):
        """Wait for all jobs; return the states of the tasks, in order, and that of the merger."""
        self.assertTrue(CLUSTER.wait_for_jobs(PATIENCE), CLUSTER.jobs())
        jobs = CLUSTER.jobs()
        states = {int(job["ArrayTaskId"]): job["JobState"] for job in jobs
                  if job.get("ArrayJobId") == array}
        return ([states[task] for task in sorted(states)],
                next(job["JobState"] for job in jobs if job["JobId"] == merger))

    def test_array_yields_the_rows_of_a_local_sweep(self):
        out = self.directory / "it's a #1 \"sweep\" \\ %a $HOME"
        states = self.wait(*self.submit(out))
        told = {path.name: path.read_text(errors="replace") for path in (out / "logs").iterdir()}
        self.assertEqual(states, (TASKS * ["COMPLETED"], "COMPLETED"), told)
        self.assertEqual(set(told), {"merge.log", *(f"sweep-{task}.log" for task in range(1, 5))})
        self.assertTrue(all(told.values()), told)

        local = self.directory / "local"
        self.succeed(*SWEEP, "--out", local, "--jobs=1")
        expected = rows(local)
        self.assertEqual(len(expected["run"]), RUNS)
        self.assertTrue(expected["mistake"] and expected["detection"])
        self.assertEqual(rows(out), expected)

        # Each task ran its share, and nothing but it.
        shares = [rows(out / "shards" / str(task + 1))["run"] for task in range(TASKS)]
        for task, share in enumerate(shares):
            self.assertEqual([row[0] for row in sorted(share)],
                             list(range(task, RUNS, TASKS)))

        # 2. Again.
        again = out / "shards" / "2" / "results.sqlite"
        before = rows(again.parent)
        with contextlib.closing(sqlite3.connect(again)) as database:
            cost = database.execute("SELECT * FROM cost ORDER BY run").fetchall()
        self.assertEqual(self.sh(out / "sweep.sbatch", SLURM_ARRAY_TASK_ID="2"), 0)
        self.assertEqual(rows(again.parent), before)
        with contextlib.closing(sqlite3.connect(again)) as database:
            self.assertEqual(database.execute("SELECT * FROM cost ORDER BY run").fetchall(), cost)
        self.assertEqual(self.sh(out / "merge.sbatch"), 0)
        self.assertEqual(rows(out), expected)

    def test_failed_task(self):
        out = self.directory / "failing"
        # Held until there is something in the way of task 3.
        os.environ["SBATCH_HOLD"] = "1"
        try:
            array, merger = self.submit(out)
        finally:
            del os.environ["SBATCH_HOLD"]
        obstacle = out / "shards" / "3"
        obstacle.write_text("no directory")
        command("scontrol", "release", array, merger)
        self.assertEqual(self.wait(array, merger),
                         (["COMPLETED", "COMPLETED", "FAILED", "COMPLETED"], "CANCELLED"))
        self.assertFalse((out / "results.sqlite").exists())

        obstacle.unlink()
        self.assertEqual(self.sh(out / "sweep.sbatch", SLURM_ARRAY_TASK_ID="3"), 0)
        self.assertEqual(self.sh(out / "merge.sbatch"), 0)
        self.assertEqual(len(rows(out)["run"]), RUNS)


class ScriptTest(TemporaryDirectoryCase):
    """4 and 5: what is written and refused."""

    def test_without_sbatch(self):
        out = self.directory / "no sbatch"
        printed = self.succeed(*SWEEP, "--slurm", TASKS, "--out", out, path="")
        self.assertEqual({path.name for path in out.iterdir()}, WRITTEN)
        self.assertEqual([*(out / "shards").iterdir(), *(out / "logs").iterdir()], [])
        self.assertIn(f"  job=$(sbatch --parsable '{out}/sweep.sbatch')\n", printed)
        self.assertIn("--dependency=afterok:\"$job\" '" + f"{out}/merge.sbatch'\n", printed)
        script = (out / "sweep.sbatch").read_text()
        self.assertIn(f"#SBATCH --array=1-{TASKS}\n", script)
        self.assertIn(str(pathlib.Path(PROGRAM).resolve()), script)

        # What is told is what works: here with an sbatch that does as Slurm would.
        (self.directory / "sbatch").write_text(
            "#!/bin/sh\nfor script; do :; done\ncase $script in *sweep.sbatch)\n"
            f"for SLURM_ARRAY_TASK_ID in 1 2 3 {TASKS}; do export SLURM_ARRAY_TASK_ID; "
            'sh "$script" >&2 || exit; done; echo 9;; *) sh "$script" >&2;; esac\n')
        (self.directory / "sbatch").chmod(0o755)
        commands = "".join(line for line in printed.splitlines(True) if line.startswith("  "))
        subprocess.run(["sh", "-ec", commands], check=True, capture_output=True, timeout=60,
                       env=dict(os.environ, PATH=f"{self.directory}:{os.environ['PATH']}"))
        self.assertEqual(len(rows(out)["run"]), RUNS)

    def test_failing_sbatch(self):
        for name, script, submitted in (("neither", "exit 1", "nothing was submitted"),
                                        ("no number", "echo fine", "nothing was submitted"),
                                        ("merger", "[ $# = 2 ] && echo 12", "job 12")):
            with self.subTest(name):
                folder = self.directory / name
                folder.mkdir()
                (folder / "sbatch").write_text(f"#!/bin/sh\n{script}\n")
                (folder / "sbatch").chmod(0o755)
                done = run(*SWEEP, "--slurm", TASKS, "--out", folder / "out",
                           path=f"{folder}:/usr/bin:/bin")
                self.assertEqual((done.returncode, done.stdout), (1, ""))
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertIn(submitted, done.stderr)
                self.assertEqual({path.name for path in (folder / "out").iterdir()}, WRITTEN)

    def test_bad_input(self):
        taken = self.directory / "taken"
        taken.mkdir()
        (taken / "file").write_text("mine")
        (self.directory / "file").write_text("mine")
        until_narrow = ["--mechanism=gre", "--retries=2,3", "--until-ci=5%"]
        for options in ([*SWEEP, "--slurm=-1"], [*SWEEP, "--slurm=two"], [*SWEEP, "--slurm=1.5"],
                        [*SWEEP, "--slurm"], [*SWEEP, f"--slurm={RUNS + 1}"],
                        [*until_narrow, "--slurm=3"], [*SWEEP, "--slurm=4", "--shard=1/2"],
                        [*SWEEP, "--slurm=4", "--out", taken],
                        [*SWEEP, "--slurm=4", "--out", self.directory / "file"],
                        [*SWEEP, "--slurm=4", "--out", self.directory / "file" / "below"],
                        [*SWEEP, "--slurm=4", "--out", self.directory / "new\nline"]):
            with self.subTest(options=options):
                if "--out" not in options:
                    options = [*options, "--out", self.directory / "new"]
                before = content(self.directory)
                done = run(*options, path="")
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertEqual(content(self.directory), before)


def main():
    """Run the tests in a cluster; return the exit status."""
    global PROGRAM, CLUSTER  # pylint: disable=global-statement
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    enter(**DAEMONS, sbatch="slurm-wlm")
    Cable()
    PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as directory:
        try:
            CLUSTER = SlurmCluster(pathlib.Path(directory) / "cluster")
        except RuntimeError as error:
            skip(str(error))
        try:
            done = unittest.main(argv=[sys.argv[0], *sys.argv[2:]], exit=False)
        finally:
            CLUSTER.stop()
    return 0 if done.result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
