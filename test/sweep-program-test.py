#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The plan of a sweep as a user meets it: what makes it, what it refuses, what it means.

Usage: sweep-program-test.py PROGRAM     (the lab programs are found beside it)

1. Bad input gives one line, exit status 2, and leaves nothing behind.
2. Points come in the order given, the last factor fastest; runs are replication by replication;
   more replications keep every index, and what has run.
3. An INI file means what the same options mean on the command line; the configuration that a sweep
   writes makes the same plan.
4. A CSV file of points is taken row by row.
5. A factor that a mechanism does not have does not vary there; what a mechanism refuses is an
   error, or left out.
6. A common name is what each mechanism calls it, exactly: 4.6 s times 25 is the whole 115 s that BGP
   takes.
7. What is set reaches the simulation: a run of the sweep has the rows of the lab program that is
   given the same.
8. A dry run says what would be run, and writes nothing.
"""

import csv
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from contextlib import closing

PROGRAM = ""
MECHANISMS = ["gre", "hdlc", "ppp", "tcp", "bgp", "ethernet", "dpd", "nat", "bfd"]
NANOSECONDS = 1e9


def run(*options, cwd):
    """Run the program; return its completed process."""
    return subprocess.run([PROGRAM, *options], capture_output=True, text=True, cwd=cwd, timeout=120,
                          check=False)


def query(directory, sql):
    """Rows of the results in a directory."""
    with closing(sqlite3.connect(f"file:{directory}/results.sqlite?mode=ro", uri=True)) as database:
        return database.execute(sql).fetchall()


def plan_of(directory):
    """The plan in a directory."""
    return json.loads(query(directory, "SELECT value FROM meta WHERE key = 'plan'")[0][0])


class SweepCase(unittest.TestCase):
    """A test with a directory of its own."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.directory = pathlib.Path(temporary.name)
        self.addCleanup(temporary.cleanup)

    def sweep(self, out, *options):
        """Run a sweep of one replication, unless told otherwise; return its directory."""
        named = ("--replications", "--config")
        if not any(option.startswith(named) for option in options):
            options = ("--replications=1", *options)
        done = run("--out", out, "--jobs=1", "--quiet", *options, cwd=self.directory)
        self.assertEqual((done.returncode, done.stdout), (0, ""), (options, done.stderr))
        return self.directory / out

    def resolve(self, *options):
        """What the lab program of every point would be given, by a dry run."""
        done = run("--dry-run", "--verbose", *options, cwd=self.directory)
        self.assertEqual((done.returncode, done.stderr), (0, ""), options)
        points = re.findall(r"^point \d+ \((.*)\):(.*)$", done.stdout, re.MULTILINE)
        return [(name, dict(re.findall(r"--([^ =]+)=(\S+)", given))) for name, given in points]

    def refuse(self, options, *words):
        """Check that options are refused, with these words."""
        before = {path: path.read_bytes() for path in self.directory.rglob("*") if path.is_file()}
        done = run("--out", "new", *options, cwd=self.directory)
        self.assertEqual((done.returncode, done.stdout), (2, ""), (options, done.stderr))
        self.assertRegex(done.stderr, r"\Akeepalive-sweep: [^\n]+\n\Z", options)
        for word in words:
            self.assertIn(word, done.stderr, options)
        after = {path: path.read_bytes() for path in self.directory.rglob("*") if path.is_file()}
        self.assertEqual(before, after, options)
        self.assertFalse((self.directory / "new").exists(), options)


class BadInputTest(SweepCase):
    """1: what is refused."""

    # Options, and words that the error must have.
    CASES = [
        ([], ["--mechanism", "gre"]),
        (["--mechanism="], ["--mechanism"]),
        (["--mechanism=gre,"], ["--mechanism=gre,", "empty member"]),
        (["--mechanism=gre,gre"], ["--mechanism=gre,gre", "twice"]),
        (["--mechanism=gri"], ["--mechanism=gri", "expected one or several of", "bfd"]),
        (["--mechanism=gre", "--interval="], ["--interval"]),
        (["--mechanism=gre", "--interval", ""], ["--interval=", "empty list"]),
        (["--mechanism=gre", "--interval=,1"], ["--interval=,1", "empty member"]),
        (["--mechanism=gre", "--interval=1,,2"], ["--interval=1,,2", "empty member"]),
        (["--mechanism=gre", "--interval=1, 2"], ["--interval=1, 2", "space"]),
        (["--mechanism=gre", "--interval=6..2"], ["--interval=6..2", "descending"]),
        (["--mechanism=gre", "--interval=2..6:0"], ["--interval=2..6:0", "step above 0"]),
        (["--mechanism=gre", "--interval=2..6:-1"], ["--interval=2..6:-1", "step above 0"]),
        (["--mechanism=gre", "--interval=2.."], ["--interval=2..", "FIRST..LAST:STEP"]),
        (["--mechanism=gre", "--interval=a..b"], ["--interval=a..b", "FIRST..LAST:STEP"]),
        (["--mechanism=gre", "--interval=1..2:x"], ["--interval=1..2:x", "FIRST..LAST:STEP"]),
        (["--mechanism=gre", "--interval=0.1..0.5"], ["--interval=0.1..0.5", "one level, 0.1"]),
        (["--mechanism=gre", "--interval=1,1.0"], ["--interval=1,1.0", "1.0 twice"]),
        (["--mechanism=gre", "--interval=1..3,2"], ["--interval=1..3,2", "2 twice"]),
        (["--mechanism=gre", "--interval=1..200000"], ["--interval=1..200000", "100000 levels"]),
        (["--mechanism=gre", "--interval=1..1000", "--retries=1..1000"], ["100000 points"]),
        (["--mechanism=gre", "--intervall=1"], ["--intervall=1", "--help"]),
        (["--mechanism=gre", "--fish"], ["--fish", "--help"]),
        (["--mechanism=gre", "--interval=x"], ["mechanism=gre", "--gre.interval", "x"]),
        (["--mechanism=gre", "--interval=1,-1"], ["interval=-1", "--gre.interval=-1", "0 (off)"]),
        (["--mechanism=gre", "--retries=0..2"], ["retries=0", "--gre.retries=0", "1 to"]),
        (["--mechanism=gre", "--retries=2.5"], ["--gre.retries=2.5", "whole number"]),
        (["--mechanism=hdlc", "--profile=cisco"], ["--hdlc.profile=cisco", "ios"]),
        (["--mechanism=gre", "--loss=0,1.5"], ["loss=1.5", "--gre.loss=1.5", "0 to 1"]),
        (["--mechanism=gre", "--burst=4"], ["--burst=4", "--loss"]),
        (["--mechanism=gre", "--burst=0.5", "--loss=0.1"], ["--burst=0.5", "1 or more"]),
        (["--mechanism=gre", "--burst=2", "--loss=0.8"], ["--burst=2", "or more at a loss of 0.8"]),
        (["--mechanism=gre", "--burst=2", "--loss=1"], ["--loss=1", "less than 1"]),
        (["--mechanism=gre", "--burst=x", "--loss=0.1"], ["--burst=x", "number"]),
        (["--mechanism=gre", "--burst=2", "--loss=0.1", "--burst-end=0.5"],
         ["--burst-end", "--burst", "contradict"]),
        (["--mechanism=gre", "--delay=0.1", "--link-delay=0.2"],
         ["--delay", "--link-delay", "contradict"]),
        (["--mechanism=gre", "--fault=silent", "--failure=crash"],
         ["--fault", "--failure", "contradict"]),
        (["--mechanism=gre", "--fault=fire"], ["--gre.failure=fire", "silent"]),
        (["--mechanism=gre", "--fault=none", "--healthy=0"], ["--healthy=0", "above 0"]),
        (["--mechanism=gre", "--schedule=script"], ["--schedule=script", "files"]),
        (["--mechanism=gre", "--script=x"], ["--script=x", "unknown"]),
        (["--mechanism=gre", "--rate=fast"], ["--gre.link-rate=fast", "10Mb/s"]),
        (["--mechanism=ethernet", "--delay=0.1"], ["--ethernet.delay=0.1", "0.001"]),
        (["--mechanism=bgp", "--interval=0.5", "--retries=3"], ["--bgp.hold=1.5", "3 to 65535"]),
        (["--mechanism=bgp", "--interval=1", "--retries=2.5"], ["--retries=2.5", "whole number"]),
        (["--mechanism=bgp", "--hold=90", "--retries=3"], ["--hold", "--retries", "contradict"]),
        (["--mechanism=bgp", "--keepalive=9", "--interval=3"],
         ["--keepalive", "--interval", "contradict"]),
        (["--mechanism=dpd", "--interval=1"], ["--dpd.delay=1", "10 to 3600"]),
        (["--mechanism=nat", "--interval=1"], ["--nat.nat-keepalive=1", "5 to 3600"]),
        (["--mechanism=nat", "--interval=10", "--nat-mechanism=tcp"], ["--nat.nat-keepalive"]),
        (["--mechanism=nat", "--retries=2,3"], ["--retries=2,3", "does not apply to nat"]),
        (["--mechanism=nat,dpd", "--priority=yes"], ["does not apply to nat, dpd"]),
        (["--mechanism=gre", "--bgp.hold=90"], ["--bgp.hold=90", "does not apply to gre"]),
        (["--mechanism=gre", "--interval=1,2", "--gre.interval=5"], ["the same experiment"]),
        (["--mechanism=gre", "--skip-invalid", "--loss=2,3"], ["no point is left", "loss=2"]),
        (["--mechanism=gre", "--replications=0"], ["--replications=0", "1 to"]),
        (["--mechanism=gre", "--replications=1.5"], ["--replications=1.5", "whole number"]),
        (["--mechanism=gre", "--replications=many"], ["--replications", "many"]),
        (["--mechanism=gre", "--first-run=0"], ["--first-run=0", "1 to"]),
        (["--mechanism=gre", "--RngRun=3"], ["--RngRun=3", "--first-run"]),
        (["--mechanism=gre", "--ns3::keepalive::GreTunnelDevice::Mtu=x"], ["Mtu=x", "ns-3"]),
        (["--mechanism=gre", "--ns3::NoSuch::Thing=1"], ["NoSuch", "ns-3"]),
        (["--mechanism=gre", "--until-ci=5"], ["--until-ci=5", "5%"]),
        (["--mechanism=gre", "--until-ci=0%"], ["--until-ci=0%", "above 0%"]),
        (["--mechanism=gre", "--until-ci=101%"], ["--until-ci=101%", "100%"]),
        (["--mechanism=gre", "--until-ci=5%", "--replications=9"], ["--replications", "--most"]),
        (["--mechanism=gre", "--until-ci=5%", "--most=10"], ["--most=10", "--least of 30"]),
        (["--mechanism=gre", "--until-ci=5%", "--least=1"], ["--least=1", "2 to"]),
        (["--mechanism=gre", "--until-metric=x"], ["--until-metric=x", "mistakes"]),
        (["--mechanism=gre", "--least=40"], ["--least", "needs --until-ci"]),
        (["--mechanism=gre", "--jobs=0"], ["--jobs=0", "1 to"]),
        (["--mechanism=gre", "--shard=3/2"], ["--shard=3/2", "K/N"]),
        (["--mechanism=gre", "--shard=0/2"], ["--shard=0/2", "K/N"]),
        (["--mechanism=gre", "--shard=1"], ["--shard=1", "K/N"]),
        (["--mechanism=gre", "--shard=1/2", "--slurm=2"], ["--shard", "--slurm"]),
        (["--mechanism=gre", "--order=random"], ["--order=random", "shuffled"]),
        (["--mechanism=gre", "--verbose"], ["--verbose", "--dry-run"]),
        (["--mechanism=gre", "--promise-detect=-1"], ["--promise-detect=-1"]),
        (["--mechanism=gre", "--config=none.ini"], ["none.ini", "cannot read"]),
        (["--mechanism=gre", "--interval=1", "--interval=2"], ["--interval", "more than once"]),
        (["--points=none.csv"], ["none.csv", "cannot read"]),
        (["--points=."], ["--points=.", "cannot read"]),
        (["nonsense"], ["keepalive-sweep"]),
    ]

    # Text of a file of points, further options, and words that the error must have.
    FILES = [
        ("", [], ["empty file"]),
        ("mechanism,interval\n", [], ["no points"]),
        ("interval\n1\n", [], ["line 1", "no column mechanism"]),
        ("mechanism,interval\ngre,1\n", ["--mechanism=gre"], ["column mechanism"]),
        ("mechanism,fish\ngre,1\n", [], ["has a factor fish"]),
        ("mechanism,script\ngre,1\n", [], ["has a factor script"]),
        ("mechanism,interval,interval\ngre,1,1\n", [], ["interval is there twice"]),
        ("mechanism,interval,\ngre,1,1\n", [], ["column without a name"]),
        ("mechanism,interval\ngre,1\n\ngre\n", [], ["line 4", "1 cells", "2"]),
        ("mechanism,interval\ngri,1\n", [], ["line 2", "mechanism gri", "bfd"]),
        ("mechanism,retries\nnat,3\n", [], ["line 2", "nat has no factor retries"]),
        ("mechanism,interval\ngre,-1\n", [], ["mechanism=gre, interval=-1", "--gre.interval=-1"]),
        ("mechanism,interval\ngre,1\ngre,1\n", [], ["the same experiment"]),
        ("mechanism,interval\ngre,\"1\n", [], ["line 2", "quotation mark"]),
        ("mechanism,interval\ngre,1\n", ["--loss=0,0.1"], ["--loss=0,0.1", "only one value"]),
        ("mechanism,interval\ngre,1\n", ["--interval=2"], ["--interval=2", "column"]),
        ("mechanism,interval\ngre,1\n", ["--hold=90"], ["--hold=90", "does not apply to gre"]),
        ("interval\n1\n", ["--mechanism=gre,ppp"], ["--mechanism=gre,ppp", "only one"]),
    ]

    def test_options(self):
        for options, words in self.CASES:
            with self.subTest(options=options):
                self.refuse(options, *words)

    def test_points(self):
        for text, options, words in self.FILES:
            with self.subTest(text=text, options=options):
                (self.directory / "points.csv").write_text(text, encoding="utf-8")
                self.refuse(["--points=points.csv", *options], *words)

    def test_configuration_file(self):
        for text, words in [("fish=1\n", ["fish"]), ("interval\n", ["interval"]),
                            ("mechanism=gre\ninterval=\n", ["--interval=", "empty list"]),
                            ("mechanism=gre\ninterval=5..1\n", ["--interval=5..1", "descending"]),
                            ("mechanism=gre\ninterval=1\ninterval=2\n", ["more than once"])]:
            with self.subTest(text=text):
                (self.directory / "bad.ini").write_text(text, encoding="utf-8")
                self.refuse(["--config=bad.ini"], *words)

    def test_directory(self):
        (self.directory / "file").write_text("mine\n", encoding="utf-8")
        (self.directory / "full").mkdir()
        (self.directory / "full" / "mine").write_text("mine\n", encoding="utf-8")
        self.sweep("other", "--mechanism=hdlc", "--healthy=10")
        for out in ("file", "full", "other", "/proc/nowhere", "file/below"):
            with self.subTest(out=out):
                before = {path: path.read_bytes() for path in self.directory.rglob("*")
                          if path.is_file()}
                done = run("--mechanism=gre", "--replications=1", "--out", out, cwd=self.directory)
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                self.assertRegex(done.stderr, r"\Akeepalive-sweep: [^\n]+\n\Z")
                after = {path: path.read_bytes() for path in self.directory.rglob("*")
                         if path.is_file()}
                self.assertEqual(before, after)


class OrderTest(SweepCase):
    """2 to 4: which points and runs there are, and in which order."""

    OPTIONS = ["--mechanism=hdlc,gre", "--retries=4,2", "--interval=1..2:0.5", "--healthy=10",
               "--fault=none", "--queue=9"]

    def test_points_and_runs(self):
        out = self.sweep("out", *self.OPTIONS, "--replications=2", "--first-run=5")
        points = query(out, "SELECT point, mechanism, factors FROM point ORDER BY point")
        expected = [(mechanism, {"retries": retries, "interval": interval})
                    for mechanism in ("hdlc", "gre") for retries in ("4", "2")
                    for interval in ("1", "1.5", "2")]
        self.assertEqual([(point[0], point[1], json.loads(point[2])) for point in points],
                         [(number, *point) for number, point in enumerate(expected)])
        runs = query(out, "SELECT run, point, replication, rng_run FROM run ORDER BY run")
        self.assertEqual(runs, [(12 * replication + point, point, replication, 5 + replication)
                                for replication in (0, 1) for point in range(12)])
        plan = plan_of(out)
        self.assertEqual(plan["factors"], ["retries", "interval"])
        self.assertEqual(plan["common"], [["healthy", "10"], ["fault", "none"], ["queue", "9"]])

    def test_replications_are_added(self):
        out = self.sweep("out", "--mechanism=ppp,tcp", "--healthy=30", "--replications=2")
        tables = [f"SELECT * FROM {table} WHERE run < 4 ORDER BY run, 2, 3" for table in
                  ("run", "observation", "detection", "cost")]
        before = [query(out, table) for table in tables]
        self.assertEqual(len(before[0]), 4)
        self.sweep("out", "--mechanism=ppp,tcp", "--healthy=30", "--replications=4")
        self.assertEqual([query(out, table) for table in tables], before)
        self.assertEqual(query(out, "SELECT run, point, replication FROM run ORDER BY run"),
                         [(run, run % 2, run // 2) for run in range(8)])

    def test_file_is_command_line(self):
        plain = plan_of(self.sweep("plain", *self.OPTIONS, "--gre.ttl=7,8", "--RngSeed=3"))
        lines = [option[2:] for option in self.OPTIONS]
        text = "\n".join(["# a comment", *lines, "replications=1", "RngSeed=3",
                          "[gre]", "ttl=7,8", ""])
        (self.directory / "plan.ini").write_text(text, encoding="utf-8")
        self.assertEqual(plan_of(self.sweep("file", "--config=plan.ini")), plain)
        self.assertEqual(plain["ns3"], ["RngSeed=3"])
        # The command line wins, and its factors come first.
        both = plan_of(self.sweep("both", "--config=plan.ini", "--interval=3,4"))
        self.assertEqual(both["factors"], ["interval", "retries", "gre.ttl"])
        self.assertEqual([point["factors"][0] for point in both["points"][:3]],
                         [["interval", "3"]] * 2 + [["interval", "4"]])
        # What a sweep writes makes the same plan.
        for name, plan in (("plain", plain), ("both", both)):
            again = plan_of(self.sweep(name + "-again", f"--config={name}/config.ini"))
            self.assertEqual(again, plan)

    def test_points_of_a_file(self):
        (self.directory / "points.csv").write_text(
            "\ufeffmechanism , retries,\"tcp-keepalive\",interval\r\n"
            "gre,3,,1\r\n\r\nbgp,,\"60,10,3\",20\r\ngre,2,,\r\n", encoding="utf-8", newline="")
        out = self.sweep("out", "--points=points.csv", "--healthy=60")
        points = query(out, "SELECT mechanism, factors FROM point ORDER BY point")
        self.assertEqual([(mechanism, json.loads(factors)) for mechanism, factors in points],
                         [("gre", {"retries": "3", "interval": "1"}),
                          ("bgp", {"tcp-keepalive": "60,10,3", "interval": "20"}),
                          ("gre", {"retries": "2"})])
        self.assertEqual(plan_of(out)["factors"], ["retries", "tcp-keepalive", "interval"])
        (self.directory / "points.csv").write_text("interval\n5\n4\n", encoding="utf-8")
        (self.directory / "study").mkdir()
        (self.directory / "points.csv").rename(self.directory / "study" / "some.csv")
        (self.directory / "study" / "some.ini").write_text("points=some.csv\nmechanism=gre\n",
                                                           encoding="utf-8")
        beside = plan_of(self.sweep("beside", "--config=study/some.ini", "--replications=1"))
        self.assertEqual([point["factors"] for point in beside["points"]],
                         [[["interval", "5"]], [["interval", "4"]]])
        again = plan_of(self.sweep("again", "--config=beside/config.ini"))
        self.assertEqual(again, beside)
        (self.directory / "study" / "some.csv").rename(self.directory / "points.csv")
        named = self.resolve("--points=points.csv", "--mechanism=ppp", "--retries=3")
        self.assertEqual([name for name, _ in named],
                         ["mechanism=ppp, interval=5", "mechanism=ppp, interval=4"])
        self.assertEqual({given["retries"] for _, given in named}, {"3"})


class MechanismTest(SweepCase):
    """5, 6: what a setting is to a mechanism."""

    # Common settings, mechanism, and what its lab program must be given for them.
    TRANSLATIONS = [
        (["interval=3", "retries=4", "interval-b=5", "retries-b=6"], {
            "gre hdlc ppp ethernet": "interval=3 retries=4 interval-b=5 retries-b=6",
            "tcp": "interval=3 idle=3 probes=4 interval-b=5 idle-b=5 probes-b=6",
            "bgp": "keepalive=3 hold=12 keepalive-b=5 hold-b=30",
            "bfd": "min-tx=3 min-rx=3 multiplier=4 min-tx-b=5 min-rx-b=5 multiplier-b=6"}),
        (["interval=20", "retries=4"], {
            "dpd": "delay=20 retries=4", "bgp": "keepalive=20 hold=80"}),
        (["interval=20"], {"nat": "nat-keepalive=20", "bgp": "keepalive=20 hold=60"}),
        (["retries=4"], {"bgp": "keepalive=60 hold=240"}),
        (["interval=4.6", "retries=25"], {"bgp": "keepalive=4.6 hold=115"}),
        (["interval=0"], {"bgp": "keepalive=0 hold=0"}),
        (["interval=5", "retries-b=4"], {"bgp": "keepalive=5 hold=15 keepalive-b=5 hold-b=20"}),
        (["interval=5", "retries=4", "interval-b=7"], {
            "bgp": "keepalive=5 hold=20 keepalive-b=7 hold-b=28"}),
        (["interval=5", "hold=90"], {"bgp": "keepalive=5 hold=90"}),
        (["interval=5", "idle=7"], {"tcp": "interval=5 idle=7"}),
        (["tcp.interval=5"], {"tcp": "interval=5"}),
        (["interval=5", "bgp.hold=90"], {"bgp": "keepalive=5 hold=90"}),
        (["loss=0.1", "gre.loss=0.2"], {"gre": "loss=0.2"}),
        (["delay=0.0001", "rate=1Mb/s"], {
            "gre tcp bgp dpd nat bfd": "link-delay=0.0001 link-rate=1Mb/s",
            "hdlc ppp": "line-delay=0.0001 clock-rate=1Mb/s",
            "ethernet": "delay=0.0001 rate=1Mb/s"}),
        (["fault=crash", "healthy=300"], {" ".join(MECHANISMS): "failure=crash fail-at=300"}),
        (["fault=none", "healthy=300"], {
            " ".join(MECHANISMS): "failure=none fail-at=300 stop=300"}),
        (["fault=none", "stop=100"], {"gre": "failure=none fail-at=600 stop=100"}),
        (["loss=0.2", "burst=4"], {
            " ".join(MECHANISMS): "loss=0 burst-start=0.0625 burst-end=0.25"}),
        (["loss=0.2", "burst=0"], {" ".join(MECHANISMS): "loss=0.2"}),
        (["loss=0.2", "burst=4", "gre.loss=0.5"], {
            "gre": "loss=0 burst-start=0.25 burst-end=0.25"}),
        (["load=0.5", "queue=7"], {
            "gre hdlc ppp tcp bgp ethernet dpd bfd": "load=0.5 queue=7"}),
        (["load=0.5"], {"nat": "load=0.5"}),
        (["priority"], {"gre hdlc ppp tcp bgp bfd": "priority=yes"}),
        (["profile=free"], {"gre hdlc ppp": "profile=free"}),
        (["profile=linux"], {"hdlc ppp tcp": "profile=linux"}),
        (["nat-mechanism=dpd"], {"nat": "mechanism=dpd"}),
        (["nat-mechanism=dpd", "nat.delay=20", "nat.retries=2", "delay=0.1"], {
            "nat": "mechanism=dpd delay=20 retries=2 link-delay=0.1"}),
        (["nat-mechanism=tcp", "nat.interval=7"], {"nat": "mechanism=tcp interval=7"}),
        (["traffic-rate=1kb/s", "schedule=once", "fail-for=99"], {
            "gre": "traffic-rate=1kb/s schedule=once fail-for=99"}),
    ]

    def test_translations(self):
        free = {name: {"profile": "free"} for name in ("gre", "hdlc", "ppp")}
        for settings, expectations in self.TRANSLATIONS:
            for names, text in expectations.items():
                with self.subTest(settings=settings, mechanisms=names):
                    points = self.resolve("--mechanism=" + names.replace(" ", ","),
                                          *("--" + setting for setting in settings))
                    self.assertEqual(len(points), len(names.split()))
                    for mechanism, (_, given) in zip(names.split(), points):
                        default = {"fail-at": "600", "schedule": "random", "traffic-rate": "0",
                                   **free.get(mechanism, {})}
                        if mechanism == "nat":
                            del default["traffic-rate"]
                            default["mechanism"] = "none"
                        expected = dict(part.split("=") for part in text.split())
                        self.assertEqual(given, {**default, **expected}, mechanism)

    def test_levels_are_exact(self):
        """No 0.30000000000000004, nor 1e-05; what was typed stays."""
        for text, levels in [("0.1..0.5:0.1", "0.1 0.2 0.3 0.4 0.5"),
                             ("1..2:0.25", "1 1.25 1.5 1.75 2"),
                             ("2..10:3", "2 5 8"),
                             ("0.00001..0.00003:0.00001", "0.00001 0.00002 0.00003"),
                             ("1e-3,2.50,+4,1..2", "1e-3 2.50 +4 1 2"),
                             ("9..11", "9 10 11"),
                             ("7..7,8", "7 8")]:
            points = self.resolve("--mechanism=gre", "--interval=" + text, "--stop=0.01")
            self.assertEqual([name for name, _ in points],
                             ["mechanism=gre, interval=" + level for level in levels.split()])

    def test_one_mechanism_alone(self):
        points = self.resolve("--mechanism=gre,ppp,bgp", "--loss=0.1", "--gre.loss=0.2",
                              "--retries=4", "--ppp.retries=5", "--bgp.interval=20")
        self.assertEqual([given["loss"] for _, given in points], ["0.2", "0.1", "0.1"])
        self.assertEqual([given.get("retries") for _, given in points], ["4", "5", None])
        self.assertEqual([given.get("hold") for _, given in points], [None, None, "80"])
        self.assertEqual([given.get("interval") for _, given in points], [None, None, None])

    def test_factor_of_some(self):
        points = self.resolve("--mechanism=nat,gre", "--retries=2,3", "--interval=10,20",
                              "--gre.tos=3,4")
        self.assertEqual([name for name, _ in points],
                         ["mechanism=nat, interval=10", "mechanism=nat, interval=20"] +
                         [f"mechanism=gre, retries={retries}, interval={interval}, gre.tos={tos}"
                          for retries in (2, 3) for interval in (10, 20) for tos in (3, 4)])
        done = run("--mechanism=nat,gre", "--retries=2,3", "--dry-run", cwd=self.directory)
        self.assertRegex(done.stdout, r"retries +2 levels: 2, 3 \(not nat\)\n")

    def test_refused_points_are_left_out(self):
        options = ["--mechanism=bgp", "--interval=0.4,1", "--retries=2,3", "--healthy=60"]
        self.refuse(options, "interval=0.4, retries=2", "--bgp.hold=0.8", "--skip-invalid")
        points = self.resolve(*options, "--skip-invalid")
        self.assertEqual([name for name, _ in points], ["mechanism=bgp, interval=1, retries=3"])
        done = run(*options, "--skip-invalid", "--dry-run", cwd=self.directory)
        self.assertRegex(done.stdout, r"\nleft out +3 points:\n  \(mechanism=bgp, interval=0.4, "
                                      r"retries=2\): option --bgp.hold=0.8: [^\n]+\n")
        done = run(*options, "--skip-invalid=yes", "--replications=1", "--out", "out", "--quiet",
                   cwd=self.directory)
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r"\Aleft out 3 points, such as \(mechanism=bgp, interval=0.4")
        self.assertEqual(query(self.directory / "out", "SELECT count(*) FROM run"), [(1,)])


class LabTest(SweepCase):
    """7: a run of the sweep is a run of the lab."""

    # Common settings, and what the labs are given, by mechanism.
    CASES = {
        "timers": (["interval=11", "retries=2", "interval-b=13", "retries-b=4"], {
            "gre hdlc ppp ethernet": "interval=11 retries=2 interval-b=13 retries-b=4",
            "tcp": "interval=11 idle=11 probes=2 interval-b=13 idle-b=13 probes-b=4",
            "bgp": "keepalive=11 hold=22 keepalive-b=13 hold-b=52",
            "dpd": "delay=11 retries=2 delay-b=13 retries-b=4",
            "nat": "nat-keepalive=11",
            "bfd": "min-tx=11 min-rx=11 multiplier=2 min-tx-b=13 min-rx-b=13 multiplier-b=4"}),
        "losses": (["loss=0.3", "burst=2", "fault=none", "healthy=900"], {
            " ".join(MECHANISMS): "burst-start=0.21428571428571427 burst-end=0.5 failure=none "
                                  "fail-at=900 stop=900"}),
        "link": (["delay=0.0004", "rate=64kb/s", "load=1.1", "queue=6", "priority", "fault=stall",
                  "healthy=100"], {
            "gre bgp tcp bfd": "link-delay=0.0004 link-rate=64kb/s load=1.1 queue=6 priority=yes "
                               "failure=stall fail-at=100",
            "hdlc ppp": "line-delay=0.0004 clock-rate=64kb/s load=1.1 queue=6 priority=yes "
                        "failure=stall fail-at=100",
            "dpd": "link-delay=0.0004 link-rate=64kb/s load=1.1 queue=6 failure=stall fail-at=100",
            "nat": "link-delay=0.0004 link-rate=64kb/s load=1.1 failure=stall fail-at=100"}),
        "cables": (["delay=0.0004", "rate=1Mb/s", "load=1.1", "queue=6", "healthy=10"], {
            "ethernet": "delay=0.0004 rate=1Mb/s load=1.1 queue=6 fail-at=10"}),
        "others": (["profile=linux", "fault=crash", "nat-mechanism=tcp", "failures=3"], {
            "hdlc ppp tcp": "profile=linux failure=crash failures=3",
            "nat": "profile=linux mechanism=tcp failure=crash failures=3"}),
    }

    def test_rows(self):
        rows = 0
        for name, (settings, expectations) in self.CASES.items():
            names = " ".join(expectations)
            out = self.sweep(name, "--mechanism=" + names.replace(" ", ","), "--first-run=7",
                             *("--" + setting for setting in settings))
            given = {mechanism: text for group, text in expectations.items()
                     for mechanism in group.split()}
            for point, mechanism in enumerate(names.split()):
                with self.subTest(case=name, mechanism=mechanism):
                    lab = self.run_lab(mechanism, name + "-" + mechanism, given[mechanism])
                    found = self.read_sweep(out, point)
                    self.assertEqual(found, lab)
                    rows += len(found)
        # Two ends with a failure or mistakes, nearly everywhere.
        self.assertGreater(rows, 60)

    def run_lab(self, mechanism, out, given):
        """Detections and mistakes of a run of the lab program."""
        default = {"fail-at": "600", "schedule": "random", "traffic-rate": "0"}
        if mechanism in ("gre", "hdlc", "ppp"):
            default["profile"] = "free"
        if mechanism == "nat":
            default = {**default, "mechanism": "none"}
            del default["traffic-rate"]
        options = {**default, **dict(part.split("=", 1) for part in given.split())}
        program = pathlib.Path(PROGRAM).parent / ("keepalive-" + mechanism)
        done = subprocess.run([program, "--out", out, "--quiet", "--RngRun=7",
                               *(f"--{name}={value}" for name, value in options.items())],
                              capture_output=True, text=True, cwd=self.directory, timeout=120,
                              check=False)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
        with open(self.directory / out / "failures.csv", newline="", encoding="utf-8") as file:
            detections = [("detection", row["end"], row["kind"], row["began_s"], row["ended_s"],
                           row["detected_at_s"], row["cause"], row["recovered_at_s"])
                          for row in csv.DictReader(file)]
        with open(self.directory / out / "mistakes.csv", newline="", encoding="utf-8") as file:
            mistakes = [("mistake", row["end"], "", row["suspected_at_s"], row["trusted_at_s"],
                         row["since_previous_s"], row["cause"], "")
                        for row in csv.DictReader(file)]
        return self.round(detections + mistakes)

    def read_sweep(self, out, point):
        """The same of the sweep."""
        detections = query(out, f"""
            SELECT 'detection', name, kind, began_ns, ended_ns, detected_ns, cause, recovered_ns
            FROM detection NATURAL JOIN run NATURAL JOIN end WHERE point = {point}""")
        mistakes = query(out, f"""
            SELECT 'mistake', name, '', suspected_ns, trusted_ns, since_previous_ns, cause, ''
            FROM mistake NATURAL JOIN run NATURAL JOIN end WHERE point = {point}""")
        return self.round([(*row[:3], *(self.to_seconds(value) for value in row[3:6]), row[6],
                            self.to_seconds(row[7])) for row in detections + mistakes])

    @staticmethod
    def to_seconds(value):
        """Nanoseconds as the labs write them."""
        return "" if value in (None, "") else value / NANOSECONDS

    @staticmethod
    def round(rows):
        """Rows in an order, and times that compare although one is written with fewer digits."""
        def to_time(value):
            return "" if value == "" else round(float(value), 6)
        return sorted([(*row[:3], *(to_time(value) for value in row[3:6]), row[6], to_time(row[7]))
                       for row in rows], key=str)


class DryRunTest(SweepCase):
    """8: what a dry run says."""

    def test_table(self):
        done = run("--mechanism=gre,nat", "--interval=5..30:5", "--retries=2..20", "--loss=0.01",
                   "--replications=40", "--first-run=9", "--jobs=3", "--dry-run",
                   "--out=new", cwd=self.directory)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        lines = [re.sub(" +", " ", line).strip() for line in done.stdout.splitlines()]
        self.assertEqual(lines[:9], [
            "mechanisms gre, nat", "factors 2:", "interval 6 levels: 5, 10, 15, 20, 25, 30",
            "retries 19 levels: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, ..., 20 (not nat)",
            "everywhere --loss=0.01", "points 120", "replications 40 of each point",
            "runs 4800, RngRun from 9 on", "left out 0 points"])
        self.assertRegex(lines[9], r"^timed [1-9]\d* runs in [0-3]\.\d+ s$")
        self.assertRegex(lines[10], r"^estimate \S.* on one core, \S.* with 3 jobs$")
        self.assertEqual(len(lines), 11)
        self.assertEqual(list(self.directory.iterdir()), [])

    def test_sequential(self):
        done = run("--mechanism=hdlc", "--healthy=10", "--until-ci=2.5%", "--least=20",
                   "--most=500", "--until-metric=mistakes", "--dry-run", cwd=self.directory)
        self.assertIn("20 to 500 of each point, until the 95 % interval around the mean of the "
                      "mistakes per time is within 2.5 % of it\n", done.stdout)
        self.assertRegex(done.stdout, r"\nruns +20 to 500, RngRun from 1 on\n")

    def test_run_that_is_too_long(self):
        done = run("--mechanism=hdlc", "--interval=0.00001", "--healthy=1e8", "--replications=7",
                   "--dry-run", cwd=self.directory)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"\ntimed +0 runs in 3\.\d s\nestimate +none: no run ended in "
                                      r"that time; 7 runs take more than 21 s on one core\n\Z")

    def test_time_is_about_right(self):
        """Within a factor of 10 of what the workers measure."""
        options = ["--mechanism=hdlc,gre", "--interval=1,10", "--replications=20"]
        done = run(*options, "--dry-run", cwd=self.directory)
        estimate = re.search(r"\nestimate +([0-9.]+) s on one core", done.stdout)
        self.assertIsNotNone(estimate, done.stdout)
        out = self.sweep("out", *options)
        spent = query(out, "SELECT sum(wall_ns) FROM cost")[0][0] / NANOSECONDS
        self.assertLess(float(estimate.group(1)), 10 * spent)
        self.assertGreater(10 * float(estimate.group(1)), spent)

    def test_help(self):
        done = run("--help", cwd=self.directory)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        captions = [line for line in done.stdout.splitlines()
                    if line.endswith(":") and not line.startswith(" ")]
        self.assertEqual(sum("Factors of" in caption for caption in captions), 10)
        for option in ("--mechanism", "--interval", "--nat-mechanism", "--hold ", "--slurm"):
            self.assertIn("\n  " + option, done.stdout)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
