#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The dpd program as a user meets it: what it writes and refuses, what tshark says.

Usage: dpd-program-test.py PROGRAM

1. Every kind of failure, profile and impairment runs, agrees with its closed form and exits 0.
2. What it writes is complete, with the columns that its readers know; the same command gives the
   same bytes; config.ini reproduces a run.
3. tshark finds no malformed frame in any capture, of any profile and cipher suite, and every
   checksum correct; where nothing is encrypted it names R-U-THERE and R-U-THERE-ACK, and as many as
   the gateways tell of.
4. Bad input gives one line, exit status 2, and leaves nothing behind.
5. The transcript is what is printed, in the words of each gateway.
"""

import subprocess
import sys

sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
from lab_program import FILES, HEADERS, LabCase, main, rows, run

PROFILES = ["cisco-periodic", "cisco-on-demand", "strongswan-ikev1", "strongswan-ikev2",
            "libreswan", "libreswan-ikev2", "racoon"]
CIPHERS = {"strongswan-ikev1": ["none", "3des-md5", "3des-sha1", "aes-md5", "aes-sha1",
                                "aes-sha256"],
           "strongswan-ikev2": ["none", "aes-cbc-sha1-96", "aes-cbc-sha256-128",
                                "aes-cbc-sha512-256", "aes-gcm-16"]}


class RunTest(LabCase):
    """1, 2: runs and what they write."""

    def test_everything_agrees_with_its_law(self):
        kinds = ["none", "silent", "one-way-to-r1", "one-way-to-r2", "carrier", "crash", "stall",
                 "loopback", "delay-step"]
        commands = [["--failure=" + kind, "--at=" + at, "--traffic-rate=8kb/s"]
                    for kind in kinds for at in ("r1", "r2")]
        commands += [["--profile=" + profile, "--failures=20", "--failure=" + kind, data]
                     for profile in PROFILES for kind in ("silent", "crash", "stall")
                     for data in ("--data=0", "--data=7", "--data-b=7")]
        commands += [["--profile=cisco-periodic", "--profile-b=" + other, "--cipher=none",
                      "--failures=5", "--data=7", "--data-b=7"]
                     for other in PROFILES if not other.endswith("ikev2")]
        commands += [["--dpd=" + ends, "--failures=3"] for ends in ("r1", "r2", "none")]
        commands += [["--dpd=r1", "--failure=one-way-to-r2", "--failures=20"],
                     ["--delay=60", "--retry=10", "--retries=2", "--failures=20"],
                     ["--delay-b=25", "--retry-b=7", "--retries-b=2", "--failures=20"],
                     ["--final-wait=no", "--failures=20"], ["--mode=on-demand", "--data=4"],
                     ["--mode-b=on-demand", "--data-b=4", "--failures=20"],
                     ["--profile=strongswan-ikev2", "--retry=1", "--base=2", "--retries=3"],
                     ["--profile=strongswan-ikev2", "--delay-b=45", "--failures=20"],
                     ["--profile=strongswan-ikev1", "--delay=4", "--timeout=10", "--failures=20"],
                     ["--profile=libreswan-ikev2", "--retransmit-timeout=5", "--failures=20"],
                     ["--encapsulation=4500", "--failures=20", "--data=3", "--data-b=5"],
                     ["--in-flight=delivered", "--link-delay=0.5", "--failures=20"],
                     ["--link-rate=9600b/s", "--failures=20"], ["--failure=crash", "--fail-for=5"],
                     ["--schedule=flapping", "--failures=3"], ["--schedule=process"],
                     ["--loss=0.2"], ["--burst-start=0.1", "--burst-end=0.5"],
                     ["--load=2", "--link-rate=200kb/s", "--queue=5"]]
        for number, options in enumerate(commands):
            with self.subTest(options=options):
                out = self.succeed(str(number), *options)
                self.check_tables(out, HEADERS)

    def test_same_command_same_bytes_and_config_reproduces(self):
        options = ["--failures=5", "--loss=0.1", "--profile=strongswan-ikev1", "--load=0.9",
                   "--queue=5", "--link-rate=300kb/s", "--delay=20", "--data-b=50",
                   "--data-size=700", "--encapsulation=4500"]
        self.check_reproducible(options, FILES, {"events.csv", "failures.csv"})

    def test_timers_of_a_profile_or_other_ones(self):
        cisco = ("10", "6", "cisco-periodic")
        for options, timers in (([], [cisco] * 2),
                                (["--delay=30"], [("30", "6", "cisco-periodic")] * 2),
                                (["--final-wait=no"], [("10", "5", "cisco-periodic")] * 2),
                                (["--profile-b=racoon", "--cipher=none"],
                                 [cisco, ("20", "5", "racoon")]),
                                (["--retries=3", "--delay-b=90", "--dpd=r2"],
                                 [("0", "4", "cisco-periodic"), ("90", "4", "cisco-periodic")]),
                                (["--delay=60", "--profile=strongswan-ikev2"],
                                 [("60", "6", "strongswan-ikev2")] * 2)):
            with self.subTest(options=options):
                out = self.succeed("".join(options) or "none", *options)
                self.assertEqual([(row["interval_s"], row["retries"], row["rule"])
                                  for row in rows(out / "summary.csv")], timers)
                self.assertEqual({row["mechanism"] for row in rows(out / "summary.csv")}, {"dpd"})

    def test_command_line_wins(self):
        (self.directory / "a.ini").write_text("# a comment\nRngRun=5\ndelay=19\nquiet=yes\n",
                                              encoding="utf-8")
        out = self.succeed("a", "--config=a.ini", "--RngRun=3")
        summary = rows(out / "summary.csv")[0]
        self.assertEqual((summary["run"], summary["interval_s"]), ("3", "19"))

    def test_tables_tell_the_same(self):
        out = self.succeed("a", "--failures=10", "--loss=0.1")
        events = rows(out / "events.csv")
        for row in rows(out / "summary.csv"):
            told = [event for event in events if event["source"] == row["end"]]
            sent = [event for event in told if event["event"] == "keepalive-tx"]
            heard = [event for event in told if event["event"] == "keepalive-rx"]
            self.assertEqual(int(row["keepalives_sent"]), len(sent))
            self.assertEqual(int(row["keepalives_returned"]), len(heard))
            self.assertGreater(len(sent), 30)

    def test_script(self):
        (self.directory / "script").write_text("100,A-B,down\n250,A-B,up\n", encoding="utf-8")
        out = self.succeed("a", "--script=script")
        found = rows(out / "failures.csv")
        self.assertEqual([(row["began_s"], row["ended_s"], row["detected"]) for row in found],
                         [("100", "250", "1")] * 2)

    def test_help(self):
        done = run("--help", cwd=self.directory)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for option in ("--delay", "--retry", "--retries", "--final-wait", "--timeout", "--mode",
                       "--profile", "--data", "--failure", "--config", "--cipher", "4500",
                       *PROFILES):
            self.assertIn(option, " ".join(done.stdout.split()))
        self.assertEqual(list(self.directory.iterdir()), [])


class CaptureTest(LabCase):
    """3: tshark as an independent judge."""

    def test_captures_are_clean(self):
        variants = [["--profile=" + profile, "--cipher=" + cipher, "--encapsulation=" + port,
                     "--data=7", "--data-b=11"]
                    for profile, ciphers in CIPHERS.items() for cipher in ciphers
                    for port in ("500", "4500")]
        variants += [["--cipher=none", *options] for options in
                     ([], ["--failure=crash", "--fail-for=5"], ["--failure=stall"], ["--dpd=r1"],
                      ["--loss=0.3"], ["--failure=one-way-to-r1"], ["--traffic-rate=8kb/s"],
                      ["--encapsulation=4500", "--data=3"], ["--profile=racoon"],
                      ["--load=2", "--link-rate=200kb/s", "--queue=5"])]
        variants += [["--profile=" + profile, "--data=7"] for profile in PROFILES]
        for number, options in enumerate(variants):
            with self.subTest(options=options):
                out = self.succeed(str(number), "--pcap", "--fail-at=100", *options)
                self.assertEqual({file.name for file in out.iterdir()},
                                 FILES | {"dpd-r1.pcap", "dpd-r2.pcap"})
                for end in ("r1", "r2"):
                    self.check(out, end, options)

    def check(self, out, end, options):
        """Have one capture judged."""
        pcap = out / f"dpd-{end}.pcap"
        self.assertEqual(int.from_bytes(pcap.read_bytes()[20:24], "little"), 9)  # PPP
        lines = subprocess.run(
            ["tshark", "-r", str(pcap), "-o", "ip.check_checksum:TRUE", "-T", "fields", "-e",
             "_ws.malformed", "-e", "ip.checksum.status", "-e", "_ws.col.Protocol", "-e", "ip.src",
             "-e", "isakmp.exchangetype", "-e", "isakmp.notify.msgtype", "-e", "isakmp.flags"],
            capture_output=True, text=True, check=True).stdout.splitlines()
        own = {"r1": "10.1.0.1", "r2": "10.2.0.2"}[end]
        asked = 0
        named = {"36136": 0, "36137": 0}
        for line in lines:
            malformed, checksum, protocol, source, exchange, notify, flags = line.split("\t")
            self.assertEqual(malformed, "", line)
            self.assertNotIn("0", checksum.split(","), line)  # 1 is good, 0 is bad
            self.assertIn(protocol, ("ISAKMP", "ESP", "UDP", "ICMP"), line)
            if source == own and notify:
                named[notify] += 1
            asked += exchange == "37" and source == own and not int(flags, 0) & 0x20
        if "--cipher=none" not in options:
            self.assertEqual(named, {"36136": 0, "36137": 0})  # nobody can look inside
            return
        told = [row for row in rows(out / "events.csv") if row["source"] == end.upper()]
        sent = sum(row["event"] == "keepalive-tx" for row in told)
        if "--profile=strongswan-ikev2" in options:
            self.assertEqual(asked, sent)
            return
        self.assertEqual(named["36136"], sent)
        other = [row for row in rows(out / "events.csv") if row["source"] != end.upper()]
        heard = sum(row["event"] == "keepalive-rx" for row in other)
        self.assertGreaterEqual(named["36137"], heard)  # some answers are lost on the way


class TranscriptTest(LabCase):
    """5: what an operator sees."""

    def test_transcript_is_what_is_printed(self):
        done = run("--out", "a", "--fail-at=70", cwd=self.directory)
        transcript = (self.directory / "a" / "transcript.txt").read_text(encoding="utf-8")
        self.assertTrue(done.stdout.startswith(transcript))
        for word in ("R1: 00:00:10.000: DPD: sent R-U-THERE to 10.2.0.2, sequence number ",
                     "R2: 00:00:10.007: DPD: sent R-U-THERE-ACK to 10.1.0.1, sequence number ",
                     "R1: 00:01:22.000: IKE SA with 10.2.0.2 is down: keepalive-unanswered",
                     "tries to set up another IKE SA"):
            self.assertIn(word, transcript)
        self.assertIn("closed form", done.stdout[len(transcript):])

    def test_words_of_each_gateway(self):
        for profile, words in (
                ("strongswan-ikev1", ["N(DPD_ACK) ]", "DPD check timed out, enforcing DPD action"]),
                ("strongswan-ikev2", ["[ENC] parsed INFORMATIONAL response 2 [ ]",
                                      "giving up after 5 retransmits"]),
                ("libreswan-ikev2", ["60 second timeout exceeded after 7 retransmits"])):
            with self.subTest(profile):
                out = self.succeed(profile, "--profile=" + profile)
                transcript = (out / "transcript.txt").read_text(encoding="utf-8")
                for word in words:
                    self.assertIn(word, transcript)


class BadInputTest(LabCase):
    """4: one clear line, exit status 2, nothing written."""

    AGENT = "ns3::keepalive::DpdAgent"
    CASES = {
        "delay of Cisco": (["--delay=9"], ["--delay", "9", "10 to 3600"]),
        "delay of Cisco, long": (["--delay=3601"], ["--delay", "3601", "10 to 3600"]),
        "retry of Cisco": (["--retry=1"], ["option --retry=1: out of range", "2 to 60"]),
        "retry of Cisco, long": (["--profile=cisco-on-demand", "--retry=61"], ["61", "2 to 60"]),
        "delay of R2, Cisco": (["--delay-b=1"], ["--delay-b", "1", "10 to 3600"]),
        "delay 0": (["--profile=racoon", "--delay=0"], ["--delay", "0", "0.001 to"]),
        "delay negative": (["--profile=racoon", "--delay=-1"], ["--delay", "-1", "0.001 to"]),
        "delay no number": (["--delay=ten"], ["delay", "ten"]),
        "delay not a number": (["--delay=nan"], ["delay", "nan"]),
        "retry 0": (["--profile=racoon", "--retry=0"], ["--retry", "0", "0.001 to"]),
        "retry too long": (["--profile-b=racoon", "--retry-b=1e10"], ["--retry-b", "1000000000"]),
        "retries 0": (["--retries=0"], ["--retries", "0", "1 to 255"]),
        "retries 256": (["--retries=256"], ["--retries", "256", "1 to 255"]),
        "retries not whole": (["--retries-b=1.5"], ["--retries-b", "1.5", "whole number"]),
        "base below 1": (["--profile=strongswan-ikev2", "--base=0.9"], ["--base", "0.9", "1 to"]),
        "timeout 0": (["--timeout=0"], ["--timeout", "0", "0.001 to"]),
        "timeout as short as the delay": (["--profile=strongswan-ikev1", "--timeout=30"],
                                          ["strongswan-ikev1", "timeout", "delay"]),
        "retransmit timeout 0": (["--retransmit-timeout=0"], ["--retransmit-timeout", "0.001"]),
        "final wait": (["--final-wait=maybe"], ["--final-wait", "maybe", "yes, no"]),
        "mode": (["--mode=sometimes"], ["--mode", "sometimes", "periodic"]),
        "unknown profile": (["--profile=beos"], ["--profile", "beos", "racoon"]),
        "unknown profile of R2": (["--profile-b=beos"], ["--profile-b", "beos", "libreswan"]),
        "two versions": (["--profile=libreswan", "--profile-b=libreswan-ikev2"],
                         ["libreswan-ikev2", "IKEv1", "IKEv2"]),
        "unknown cipher": (["--cipher=rot13"], ["--cipher", "rot13", "aes-sha1"]),
        "cipher of IKEv2": (["--cipher=aes-gcm-16"], ["--cipher", "aes-gcm-16", "3des-sha1"]),
        "encapsulation": (["--encapsulation=501"], ["--encapsulation", "501", "500, 4500"]),
        "unknown end": (["--dpd=yes"], ["--dpd", "yes", "both"]),
        "data period negative": (["--data=-1"], ["--data", "-1", "0 to"]),
        "data of 0 octets": (["--data=1", "--data-size=0"], ["--data-size", "1 to"]),
        "data too large": (["--data=1", "--data-size=1401"], ["--data-size", "1 to 1400"]),
        "size of no data": (["--data-size=50"], ["--data-size", "50", "--data="]),
        "reestablish delay 0": (["--reestablish-delay=0"], ["--reestablish-delay", "0.001 to"]),
        "no rate": (["--link-rate=fast"], ["--link-rate", "fast"]),
        "rate 0": (["--link-rate=0"], ["--link-rate"]),
        "link delay negative": (["--link-delay=-1"], ["--link-delay", "-1", "0 to 1000"]),
        "lan delay negative": (["--lan-delay=-1"], ["--lan-delay", "-1", "0 to 1000"]),
        "queue 0": (["--queue=0"], ["--queue", "0", "1 to"]),
        "probability above 1": (["--loss=1.5"], ["--loss", "1.5", "0 to 1"]),
        "load negative": (["--load=-1"], ["--load", "-1", "0 to 100"]),
        "failure of an interface": (["--failure=shutdown"], ["--failure", "shutdown", "silent"]),
        "bindings": (["--failure=binding-loss"], ["--failure", "binding-loss", "silent"]),
        "unknown place": (["--at=r3"], ["--at", "r3", "r1"]),
        "failures 0": (["--failures=0"], ["--failures", "0", "1 to"]),
        "unknown option": (["--dealy=5"], ["--dealy=5"]),
        "abbreviated option": (["--retr=5"], ["--retr=5"]),
        "stray word": (["five"], ["five"]),
        "given twice": (["--delay=15", "--delay=16"], ["delay"]),
        "unreadable INI": (["--config=nosuch.ini"], ["nosuch.ini"]),
        "script missing": (["--script=nosuch"], ["--script", "nosuch"]),
        "script without file": (["--schedule=script"], ["--script"]),
        "flapping for ever": (["--schedule=flapping", "--fail-for=0"], ["--fail-for=0"]),
        "run too long": (["--profile=racoon", "--delay=1e9", "--failures=20"],
                         ["longer than ns-3 can count"]),
        "ns-3 attribute unknown": ([f"--{AGENT}::Nosuch=1"], ["Nosuch"]),
        "ns-3 attribute no number": ([f"--{AGENT}::SaId=x"], ["SaId"]),
        "ns-3 global bad": (["--RngRun=x"], ["RngRun"]),
    }

    def test_options(self):
        for name, (options, words) in self.CASES.items():
            with self.subTest(name):
                self.refuse(options, words)

    def test_ini(self):
        for text, word in (("delay=0\n", "--delay"), ("nosuch=1\n", "nosuch"),
                           ("delay\n", "bad.ini"), ("retries=300\n", "255")):
            with self.subTest(text):
                (self.directory / "bad.ini").write_text(text, encoding="utf-8")
                self.refuse(["--config=bad.ini"], [word])

    def test_script(self):
        for text, word in (("10,R9,down\n", "R9"), ("10,A-B,sideways\n", "sideways"),
                           ("x,A-B,down\n", "line 1")):
            with self.subTest(text):
                (self.directory / "script").write_text(text, encoding="utf-8")
                self.refuse(["--script=script"], [word])

    def test_nothing_is_overwritten(self):
        self.check_nothing_is_overwritten()


if __name__ == "__main__":
    main()
