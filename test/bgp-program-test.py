#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The bgp program as a user meets it: what it writes, what it refuses, what tshark says of it.

Usage: bgp-program-test.py PROGRAM

1. Every kind of failure, profile and schedule runs, agrees with its closed form and exits 0.
2. What it writes is complete; the same command gives the same bytes; config.ini reproduces a run.
3. tshark finds no malformed frame in any capture; it sees the KEEPALIVEs that the tables speak of,
   the same hold time in both OPENs as configured, and the NOTIFICATION that the transcript shows.
4. Bad input gives one line, exit status 2, and leaves nothing behind.
5. A run that contradicts its closed form exits 1.
"""

import subprocess
import sys

sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
from lab_program import FILES, LabCase, main, rows, run

ALL_FILES = FILES | {"messages.csv"}
PROFILES = ("rfc4271", "cisco", "juniper", "huawei", "frr", "frr-datacenter", "bird", "gobgp",
            "exabgp")
QUICK = "--profile=frr-datacenter"


class RunTest(LabCase):
    """1, 2, 5: runs and what they write."""

    def test_everything_agrees_with_its_law(self):
        kinds = ["none", "silent", "one-way-to-r1", "one-way-to-r2", "carrier", "shutdown", "crash",
                 "stall", "delay-step"]
        commands = [[QUICK, "--failure=" + kind] for kind in kinds]
        commands += [["--profile=" + profile, "--traffic-rate=0"] for profile in PROFILES]
        commands += [[QUICK, "--failure=carrier", "--fallover=no"],
                     [QUICK, "--failures=10", "--in-flight=delivered"],
                     [QUICK, "--failures=10", "--failure=crash", "--passive=r1"],
                     [QUICK, "--passive=r2", "--phase=zero"],
                     ["--hold-b=30", "--profile=bird", "--profile-b=rfc4271", "--failures=5"],
                     ["--hold=9", "--keepalive=2", "--keepalive-b=1.5", "--failures=5"],
                     [QUICK, "--schedule=flapping", "--failures=3", "--flap-up=30"],
                     [QUICK, "--schedule=process", "--stop=600"],
                     ["--hold=0"], [QUICK, "--prefixes=1000", "--advertisement-interval=5"],
                     [QUICK, "--user-timeout=2"], [QUICK, "--tcp-keepalive=1,1,2"],
                     [QUICK, "--tcp-profile=windows-xp", "--min-rto=0.5"],
                     [QUICK, "--load=0.9", "--queue=10", "--link-rate=1Mb/s", "--priority"],
                     [QUICK, "--burst-start=0.05", "--burst-end=0.3"]]
        for number, options in enumerate(commands):
            with self.subTest(options=options):
                out = self.directory / str(number)
                done = run("--out", str(out), "--traffic-rate=20kb/s", "--quiet",
                           *[option for option in options if "traffic" not in option])
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertEqual({file.name for file in out.iterdir()}, ALL_FILES)

    def test_same_command_same_bytes_and_config_reproduces(self):
        options = ["--failures=3", "--loss=0.1", "--profile=bird", "--hold=9", "--priority",
                   "--load=0.9", "--queue=5", "--link-rate=1Mb/s", "--prefixes=50"]
        self.check_reproducible(options, ALL_FILES, {"events.csv", "failures.csv"})

    def test_tables(self):
        done = run("--out", "a", "--hold-b=30", "--traffic-rate=0", cwd=self.directory)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        summary = rows(self.directory / "a" / "summary.csv")
        self.assertEqual([(row["mechanism"], row["interval_s"], row["retries"], row["rule"],
                           row["law_lower_s"], row["law_mean_s"], row["law_upper_s"],
                           row["law_shape"]) for row in summary],
                         [("bgp", "10", "3", "cisco", "20", "25", "30", "uniform")] * 2)
        events = rows(self.directory / "a" / "events.csv")
        for end, row in zip(("R1", "R2"), summary):
            mine = [event for event in events if event["source"] == end]
            self.assertEqual(row["keepalives_sent"],
                             str(sum(event["event"] == "keepalive-tx" for event in mine)))
            self.assertEqual([event["detail"] for event in mine if event["event"] == "line-down"],
                             ["hold-time-expired"])
            messages = [row for row in rows(self.directory / "a" / "messages.csv")
                        if row["source"] == end]
            self.assertIn("Established",
                          [row["detail"] for row in messages if row["event"] == "state"])
            self.assertIn(("message-tx", "NOTIFICATION", "21"),
                          [(row["event"], row["detail"], row["value"]) for row in messages])

    def test_who_fails_does_not_notice(self):
        for kind, cause in (("crash", "node-crashed"), ("shutdown", "admin-shutdown")):
            done = run("--out", kind, "--failure=" + kind, "--quiet", QUICK, cwd=self.directory)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            own = rows(self.directory / kind / "failures.csv")[1]
            self.assertEqual((own["end"], own["detected"], own["censored"], own["cause"]),
                             ("R2", "0", "0", cause))

    def test_transcript_is_what_is_printed(self):
        done = run("--out", "a", QUICK, cwd=self.directory)
        transcript = (self.directory / "a" / "transcript.txt").read_text(encoding="utf-8")
        self.assertTrue(done.stdout.startswith(transcript))
        for text in ("%BGP-5-ADJCHANGE: neighbor 10.0.0.2 Up",
                     "%BGP-5-ADJCHANGE: neighbor 10.0.0.2 Down BGP Notification sent",
                     "%BGP-3-NOTIFICATION: sent to neighbor 10.0.0.2 4/0 (hold time expired) 0 "
                     "bytes", "hold time is 9, keepalive interval is 3 seconds"):
            self.assertIn(text, transcript)
        self.assertEqual(run("--out", "b", "--quiet", QUICK, cwd=self.directory).stdout, "")

    def test_contradiction_exits_1(self):
        # TCP that gives up at once, of which the closed form knows nothing.
        done = run("--out", "a", "--quiet", "--ns3::TcpSocket::DataRetries=1", cwd=self.directory)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("contradict", done.stderr)

    def test_script(self):
        (self.directory / "script").write_text("100,R1-R2,down\n150,R1-R2,up\n", encoding="utf-8")
        done = run("--out", "a", "--quiet", QUICK, "--script=script", cwd=self.directory)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        found = rows(self.directory / "a" / "failures.csv")
        self.assertEqual([(row["began_s"], row["ended_s"], row["detected"]) for row in found],
                         [("100", "150", "1")] * 2)

    def test_help(self):
        done = run("--help", cwd=self.directory)
        self.assertEqual(done.returncode, 0)
        for option in ("--profile", "--hold", "--keepalive", "--passive", "--tcp-keepalive",
                       "--user-timeout", "--prefixes", "--min-rto", "--failure", "--config"):
            self.assertIn(option, done.stdout)
        self.assertEqual(list(self.directory.iterdir()), [])


class CaptureTest(LabCase):
    """3: tshark as an independent judge."""

    VARIANTS = ([QUICK], [QUICK, "--failure=crash"], [QUICK, "--failure=one-way-to-r1"],
                [QUICK, "--failure=shutdown"], [QUICK, "--failure=stall"],
                [QUICK, "--prefixes=3000"], [QUICK, "--loss=0.2", "--failure=none"],
                ["--profile=bird", "--hold=9", "--tcp-keepalive=1,1,3"])

    def test_captures_are_clean(self):
        for number, options in enumerate(self.VARIANTS):
            with self.subTest(options=options):
                out = self.directory / str(number)
                done = run("--out", str(out), "--pcap", "--quiet", *options)
                self.assertEqual(done.returncode, 0, done.stderr)
                for link in ("r1-r2", "r1-b"):
                    self.check(out / f"bgp-{link}.pcap", "--loss=0.2" in options)

    def check(self, pcap, lossy):
        """Have one capture judged."""
        fields = self.dissect(pcap, "_ws.malformed", "_ws.expert.severity", "ip.checksum.status",
                              "tcp.checksum.status", "bgp.type", "tcp.analysis.lost_segment")
        self.assertGreater(len(fields), 20, "frames")
        types = set()
        for malformed, severity, ip_status, tcp_status, kinds, lost in fields:
            self.assertEqual(malformed, "")
            # Warnings are those of TCP about resets and of what was lost; errors there are none.
            levels = [int(level) for level in severity.split(",") if level]
            self.assertLess(max(levels, default=0), 8388608, "error")
            self.assertNotIn("0", ip_status.split(","))  # 1 is good, 0 is bad
            self.assertNotIn("0", tcp_status.split(","))
            self.assertTrue(lossy or not lost or pcap.name == "bgp-r1-r2.pcap")
            types.update(kind for kind in kinds.split(",") if kind)
        self.assertLessEqual({"1", "2", "4"}, types, "OPEN, UPDATE and KEEPALIVE")

    def test_captures_say_what_tables_say(self):
        out = self.directory / "a"
        done = run("--out", str(out), "--pcap", "--quiet", "--hold=30", "--hold-b=9",
                   "--failure=one-way-to-r1", "--passive=r2", "--traffic-rate=0")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        seen = self.dissect(out / "bgp-r1-r2.pcap", "ip.src", "bgp.type", "bgp.open.holdtime",
                            "bgp.notify.major_error", "ip.dsfield", "ip.ttl",
                            "tcp.analysis.retransmission")
        holds = {source: hold for source, _, hold, *_ in seen if hold}
        self.assertEqual(holds, {"10.0.0.1": "30", "10.0.0.2": "9"})
        errors = {(source, error) for source, _, _, error, *_ in seen if error}
        self.assertIn(("10.0.0.1", "4"), errors)  # hold time expired, says who no longer hears
        for source, kinds, _, _, tos, ttl, _ in seen:
            if kinds:
                self.assertEqual((tos, ttl), ("0xc0", "1"), source)
        sent = sum(kinds.split(",").count("4") for source, kinds, *_, again in seen
                   if source == "10.0.0.1" and not again)
        table = rows(out / "summary.csv")[0]["keepalives_sent"]
        # At R1 the capture has what R1 sent, but for what waits behind lost segments.
        self.assertLessEqual(abs(sent - int(table)), 2)

    def dissect(self, pcap, *fields):
        """Fields of every frame, in which a frame may have several, separated by commas."""
        command = ["tshark", "-r", str(pcap), "-o", "ip.check_checksum:TRUE",
                   "-o", "tcp.check_checksum:TRUE", "-T", "fields"]
        for field in fields:
            command += ["-e", field]
        lines = subprocess.run(command, capture_output=True, text=True,
                               check=True).stdout.splitlines()
        return [line.split("\t") for line in lines]


class BadInputTest(LabCase):
    """4: one clear line, exit status 2, nothing written."""

    CASES = {
        "hold 1": (["--hold=1"], ["--hold", "must be 0 or 3 to 65535"]),
        "hold 2": (["--hold=2"], ["--hold", "must be 0 or 3 to 65535"]),
        "hold 1 of R2": (["--hold-b=1"], ["--hold-b", "must be 0 or 3 to 65535"]),
        "keepalive not below hold": (["--profile=gobgp", "--hold=9", "--keepalive=60"],
                                     ["--keepalive", "--hold", "60 s", "9 s"]),
        "hold too long": (["--hold=65536"], ["--hold", "65535"]),
        "hold negative": (["--hold=-1"], ["--hold", "-1"]),
        "hold not whole": (["--hold=9.5"], ["--hold", "9.5", "whole"]),
        "hold no number": (["--hold=long"], ["hold", "long"]),
        "hold not a number": (["--hold=nan"], ["hold", "nan"]),
        "keepalive too short": (["--keepalive=0.5"], ["--keepalive", "0.5", "1 to 65535"]),
        "keepalive of R2 negative": (["--keepalive-b=-3"], ["--keepalive-b", "-3"]),
        "profile unknown": (["--profile=quagga"], ["--profile", "quagga", "frr"]),
        "profile of R2 unknown": (["--profile-b=x"], ["--profile-b", "x"]),
        "both passive": (["--passive=both"], ["--passive", "both"]),
        "TCP profile unknown": (["--tcp-profile=vms"], ["--tcp-profile", "vms"]),
        "TCP keepalive too few": (["--tcp-keepalive=60,10"], ["--tcp-keepalive", "60,10,3"]),
        "TCP keepalive zero": (["--tcp-keepalive=60,0,3"], ["--tcp-keepalive", "1 to 32767"]),
        "TCP keepalive no number": (["--tcp-keepalive=a,b,c"], ["tcp-keepalive", "a"]),
        "user timeout negative": (["--user-timeout=-1"], ["--user-timeout", "-1"]),
        "RTO 0": (["--min-rto=0"], ["--min-rto", "0.001"]),
        "RTO beyond the profile's": (["--min-rto=121"], ["--min-rto", "120"]),
        "too many prefixes": (["--prefixes=2000001"], ["--prefixes", "2000000"]),
        "half a prefix": (["--prefixes=0.5"], ["--prefixes", "0.5"]),
        "advertisement interval": (["--advertisement-interval=-1"], ["--advertisement-interval"]),
        "too early": (["--fail-at=61"], ["61", "at 62 s"]),
        "too early with a table": ([QUICK, "--prefixes=1000000", "--fail-at=60"], ["60", "up"]),
        "unknown word": (["--failure=fire"], ["--failure", "fire", "silent"]),
        "no NAT": (["--failure=binding-loss"], ["--failure", "binding-loss"]),
        "phase": (["--phase=full"], ["--phase", "full"]),
        "fallover": (["--fallover=maybe"], ["--fallover", "maybe"]),
        "unknown option": (["--holdtime=5"], ["--holdtime=5"]),
        "abbreviated option": (["--profil=frr"], ["--profil=frr"]),
        "stray word": (["five"], ["five"]),
        "unreadable INI": (["--config=nosuch.ini"], ["nosuch.ini"]),
        "probability above 1": (["--loss=1.5"], ["--loss", "1.5"]),
        "load negative": (["--load=-1"], ["--load", "-1"]),
        "queue of 0": (["--queue=0"], ["--queue", "0"]),
        "rate 0": (["--link-rate=0"], ["--link-rate"]),
        "no rate": (["--traffic-rate=fast"], ["--traffic-rate", "fast"]),
        "delay too long": (["--link-delay=11"], ["--link-delay", "10"]),
        "ns-3 attribute unknown": (["--ns3::keepalive::BgpSpeaker::Nosuch=1"], ["Nosuch"]),
        "ns-3 attribute out of range": (["--ns3::keepalive::BgpSpeaker::Port=0"], ["Port"]),
        "ns-3 global bad": (["--RngRun=x"], ["RngRun"]),
        "script missing": (["--script=nosuch"], ["--script", "nosuch"]),
        "script without file": (["--schedule=script"], ["--script"]),
        "process too long": (["--schedule=process", "--mtbf=1e9"], ["longer than ns-3 can count"]),
        "given twice": (["--hold=9", "--hold=90"], ["hold"]),
    }

    def test_options(self):
        for name, (options, words) in self.CASES.items():
            with self.subTest(name):
                self.refuse(options, words)

    def test_ini(self):
        for text, word in (("hold=2\n", "65535"), ("nosuch=1\n", "nosuch"), ("hold\n", "bad.ini"),
                           ("hold=x\n", "hold")):
            with self.subTest(text):
                (self.directory / "bad.ini").write_text(text, encoding="utf-8")
                self.refuse(["--config=bad.ini"], [word])

    def test_script(self):
        for text, word in (("10,R9,down\n", "R9"), ("10,R1-R2,sideways\n", "sideways"),
                           ("x,R1-R2,down\n", "line 1"), ("#\n\n-1,R1-R2,down\n", "line 3")):
            with self.subTest(text):
                (self.directory / "script").write_text(text, encoding="utf-8")
                self.refuse(["--script=script"], [word])

    def test_nothing_is_overwritten(self):
        self.check_nothing_is_overwritten()


if __name__ == "__main__":
    main()
