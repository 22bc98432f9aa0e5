#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The gre program as a user meets it: what it writes, what it refuses, what tshark says of it.

Usage: gre-program-test.py PROGRAM

1. Every kind of failure and every rule runs, agrees with its closed form and exits 0.
2. What it writes is complete; the same command gives the same bytes; config.ini reproduces a run.
3. tshark finds no malformed frame in any capture, in every GRE variant, and the right link types;
   it sees the keepalives that the tables speak of.
4. Bad input gives one line, exit status 2, and leaves nothing behind.
5. A run that contradicts its closed form exits 1.
"""

import subprocess
import sys

sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
from lab_program import FILES, LabCase, main, program, rows, run


class RunTest(LabCase):
    """1, 2, 5: runs and what they write."""

    def test_every_failure_and_rule_agrees_with_its_law(self):
        kinds = ["none", "silent", "one-way-to-r1", "one-way-to-r2", "carrier", "shutdown", "crash",
                 "stall", "delay-step"]
        profiles = ["cisco", "huawei-send", "huawei-expiry", "h3c", "junos", "free"]
        commands = [["--failure=" + kind, "--link=" + link]
                    for kind in kinds for link in ("r1-core", "core-r2")]
        commands += [["--profile=" + profile, "--failures=20"] for profile in profiles]
        commands += [["--routing=rip"], ["--sequence", "--checksum", "--key=1,2,3"],
                     ["--in-flight=delivered", "--failures=20"], ["--keepalive=r2"],
                     ["--interval-b=7", "--retries-b=2", "--failures=20"],
                     ["--schedule=flapping", "--failures=3"], ["--schedule=process"],
                     ["--profile=free", "--interval=0.25", "--retries=2", "--failures=20"]]
        for number, options in enumerate(commands):
            with self.subTest(options=options):
                out = self.directory / str(number)
                done = run("--out", str(out), "--traffic-rate=20kb/s", "--quiet", *options)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertEqual({file.name for file in out.iterdir()}, FILES)

    def test_same_command_same_bytes_and_config_reproduces(self):
        options = ["--failures=5", "--loss=0.1", "--profile=junos", "--priority", "--load=0.9",
                   "--queue=5", "--link-rate=1Mb/s", "--interval=2", "--hold-time=5"]
        self.check_reproducible(options, FILES, {"events.csv", "failures.csv"})

    def test_command_line_wins(self):
        (self.directory / "a.ini").write_text("RngRun=5\nkey=7\ninterval=9\nquiet=yes\n",
                                              encoding="utf-8")
        done = run("--out", "a", "--config=a.ini", "--RngRun=3", "--key=8", cwd=self.directory)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        summary = rows(self.directory / "a" / "summary.csv")[0]
        self.assertEqual((summary["run"], summary["interval_s"]), ("3", "9"))
        transcript = (self.directory / "a" / "transcript.txt").read_text(encoding="utf-8")
        self.assertIn("key 0x8,", transcript)

    def test_who_fails_does_not_notice(self):
        for kind, cause in (("crash", "node-crashed"), ("shutdown", "admin-shutdown")):
            done = run("--out", kind, "--failure=" + kind, "--quiet", cwd=self.directory)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            own = rows(self.directory / kind / "failures.csv")[1]
            self.assertEqual((own["end"], own["detected"], own["censored"], own["cause"]),
                             ("R2", "0", "0", cause))
            summary = rows(self.directory / kind / "summary.csv")
            self.assertEqual([row["failures"] for row in summary], ["1", "0"])

    def test_numbered_tunnel_survives_crash_and_shutdown(self):
        for kind in ("crash", "shutdown"):
            done = run("--out", kind, "--failure=" + kind, "--sequence", "--quiet", "--fail-at=300",
                       "--stop=600", cwd=self.directory)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            events = rows(self.directory / kind / "events.csv")
            late = [row for row in events if row["detail"] == "out-of-order"
                    and float(row["time_s"]) > 380]
            self.assertEqual(late, [])

    def test_unwritable_directory(self):
        (self.directory / "full").mkdir()
        done = subprocess.run(["bash", "-c", f"ulimit -f 1; exec '{program()}' --out=full --quiet"],
                              capture_output=True, text=True, cwd=self.directory, check=False)
        self.assertNotEqual(done.returncode, 0)

    def test_transcript_is_what_is_printed(self):
        done = run("--out", "a", cwd=self.directory)
        transcript = (self.directory / "a" / "transcript.txt").read_text(encoding="utf-8")
        self.assertTrue(done.stdout.startswith(transcript))
        self.assertIn("%LINEPROTO-5-UPDOWN", transcript)
        self.assertEqual(run("--out", "b", "--quiet", cwd=self.directory).stdout, "")

    def test_contradiction_exits_1(self):
        # A jitter of which the closed form knows nothing.
        jitter = "--ns3::keepalive::GreTunnelDevice::KeepaliveJitter=" \
                 "ns3::ConstantRandomVariable[Constant=1.5]"
        done = run("--out", "a", "--quiet", "--failures=10", jitter, cwd=self.directory)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("contradict", done.stderr)

    def test_script(self):
        (self.directory / "script").write_text("100,R1-C,down\n150,R1-C,up\n", encoding="utf-8")
        done = run("--out", "a", "--quiet", "--script=script", cwd=self.directory)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        found = rows(self.directory / "a" / "failures.csv")
        self.assertEqual([(row["began_s"], row["ended_s"], row["detected"]) for row in found],
                         [("100", "150", "1")] * 2)

    def test_help(self):
        done = run("--help", cwd=self.directory)
        self.assertEqual(done.returncode, 0)
        for option in ("--interval", "--retries", "--profile", "--failure", "--config"):
            self.assertIn(option, done.stdout)
        self.assertEqual(list(self.directory.iterdir()), [])


class CaptureTest(LabCase):
    """3: tshark as an independent judge."""

    def test_captures_are_clean(self):
        variants = [[], ["--key=40"], ["--checksum"], ["--key=40", "--checksum", "--sequence"],
                    ["--failure=crash"], ["--tos=15", "--ttl=128"], ["--routing=rip"]]
        for number, options in enumerate(variants):
            with self.subTest(options=options):
                out = self.directory / str(number)
                done = run("--out", str(out), "--pcap", "--quiet", *options)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.check(out / "gre-r1-core.pcap", "PPP", out)
                self.check(out / "gre-r1-tunnel0.pcap", "Raw IP", out)

    def check(self, pcap, encapsulation, out):
        """Have one capture judged."""
        info = subprocess.run(["capinfos", "-E", str(pcap)], capture_output=True, text=True,
                              check=True).stdout
        self.assertIn(encapsulation, info)
        fields = subprocess.run(
            ["tshark", "-r", str(pcap), "-o", "ip.check_checksum:TRUE", "-T", "fields",
             "-e", "_ws.malformed", "-e", "_ws.expert.severity", "-e", "ip.checksum.status",
             "-e", "gre.checksum.status", "-e", "gre.proto"],
            capture_output=True, text=True, check=True).stdout.splitlines()
        self.assertGreater(len(fields), 20, "frames")
        requests = 0
        for line in fields:
            malformed, severity, checksums, gre_checksums, protocols = line.split("\t")
            self.assertEqual(malformed, "")
            levels = [int(level) for level in severity.split(",") if level]
            self.assertLess(max(levels, default=0), 6291456, line)  # no warning, no error
            self.assertNotIn("0", checksums.split(","), line)  # 1 is good, 0 is bad
            self.assertNotIn("0", gre_checksums.split(","), line)
            requests += protocols == "0x0800,0x0000"
        if encapsulation == "PPP":
            sent = sum(int(row["keepalives_sent"]) for row in rows(out / "summary.csv")
                       if row["end"] == "R1")
            self.assertGreaterEqual(requests, sent, "every keepalive of R1 is on its wire")


class BadInputTest(LabCase):
    """4: one clear line, exit status 2, nothing written."""

    CASES = {
        "interval out of range": (["--interval=40000"], ["--interval", "40000", "32767"]),
        "interval not whole": (["--interval=2.5"], ["--interval", "2.5", "32767"]),
        "interval negative": (["--interval=-1"], ["--interval", "-1", "32767"]),
        "interval no number": (["--interval=ten"], ["interval", "ten"]),
        "interval not a number": (["--interval=nan"], ["interval", "nan"]),
        "retries 0": (["--retries=0"], ["--retries", "0", "1 to 255"]),
        "retries 256": (["--retries=256"], ["--retries", "256", "255"]),
        "unknown option": (["--intervall=5"], ["--intervall=5"]),
        "abbreviated option": (["--interv=5"], ["--interv=5"]),
        "stray word": (["five"], ["five"]),
        "unknown word": (["--failure=fire"], ["--failure", "fire", "silent"]),
        "unreadable INI": (["--config=nosuch.ini"], ["nosuch.ini"]),
        "directory as INI": (["--config=."], ["--config"]),
        "tunnel to itself": (["--address-2=128.8.8.8"], ["itself", "128.8.8.8"]),
        "same tunnel twice": (["--key=40,41,40"], ["key 40", "128.8.8.8"]),
        "key out of range": (["--key=4294967296"], ["--key", "4294967295"]),
        "no address": (["--address-1=128.8.8"], ["--address-1", "128.8.8"]),
        "probability above 1": (["--loss=1.5"], ["--loss", "1.5"]),
        "rate 0": (["--link-rate=0"], ["--link-rate"]),
        "no rate": (["--traffic-rate=fast"], ["--traffic-rate", "fast"]),
        "ns-3 attribute unknown": (["--ns3::keepalive::GreTunnelDevice::Nosuch=1"], ["Nosuch"]),
        "ns-3 attribute out of range": (["--ns3::keepalive::GreTunnelDevice::Mtu=1"], ["Mtu"]),
        "ns-3 global bad": (["--RngRun=x"], ["RngRun"]),
        "ns-3 attribute no number": (["--ns3::keepalive::GreTunnelDevice::Mtu=x"], ["Mtu"]),
        "script missing": (["--script=nosuch"], ["--script", "nosuch"]),
        "script without file": (["--schedule=script"], ["--script"]),
        "group as tunnel address": (["--address-2=224.0.0.5"], ["224.0.0.5"]),
        "everybody as tunnel address": (["--address-2=255.255.255.255"], ["255.255.255.255"]),
        "nobody as tunnel address": (["--address-1=0.0.0.0"], ["0.0.0.0"]),
        "address of the scenario": (["--address-1=10.1.0.1"], ["10.1.0.1", "10.0.0.0/8"]),
        "octal address": (["--address-1=010.0.0.1"], ["--address-1"]),
        "ns-3 pointer to nothing": (["--ns3::keepalive::GreTunnelDevice::KeepaliveStartPhase=foo"],
                                    ["KeepaliveStartPhase"]),
        "ns-3 pointer to nonsense": (
            ["--ns3::keepalive::GreTunnelDevice::KeepaliveStartPhase="
             "ns3::UniformRandomVariable[Min=x]"], ["KeepaliveStartPhase"]),
        "ns-3 time that is none": (["--ns3::keepalive::ProbingNetDevice::KeepaliveInterval=abc"],
                                   ["KeepaliveInterval"]),
        "ns-3 simulator that is none": (["--SimulatorImplementationType=foo"],
                                        ["SimulatorImplementationType"]),
        "ns-3 seed 0": (["--RngSeed=0"], ["RngSeed"]),
        "run too long": (["--profile=free", "--interval=1e9", "--interval-b=999999999",
                          "--failures=2"], ["longer than ns-3 can count"]),
        "flapping too long": (["--schedule=flapping", "--failures=20", "--fail-for=1e9"],
                              ["longer than ns-3 can count"]),
        "process too long": (["--schedule=process", "--mtbf=1e9"], ["longer than ns-3 can count"]),
        "junos out of range": (["--profile=junos", "--interval=51"], ["--interval", "1 to 50"]),
        "junos hold out of range": (["--profile=junos", "--hold-time=4"], ["--hold-time", "250"]),
        "given twice": (["--interval=5", "--interval=6"], ["interval"]),
    }

    def test_options(self):
        for name, (options, words) in self.CASES.items():
            with self.subTest(name):
                self.refuse(options, words)

    def test_ini(self):
        for text, word in (("interval=40000\n", "32767"), ("nosuch=1\n", "nosuch"),
                           ("interval\n", "bad.ini"), ("interval=x\n", "interval")):
            with self.subTest(text):
                (self.directory / "bad.ini").write_text(text, encoding="utf-8")
                self.refuse(["--config=bad.ini"], [word])

    def test_script(self):
        for text, word in (("10,R9,down\n", "R9"), ("10,R1-C,sideways\n", "sideways"),
                           ("x,R1-C,down\n", "line 1"), ("#\n\n-1,R1-C,down\n", "line 3"),
                           ("1e300,R1-C,down\n", "line 1")):
            with self.subTest(text):
                (self.directory / "script").write_text(text, encoding="utf-8")
                self.refuse(["--script=script"], [word])

    def test_nothing_is_overwritten(self):
        self.check_nothing_is_overwritten()


if __name__ == "__main__":
    main()
