#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The labs, examples/labs/*.ini: what their comments tell a student is what happens.

Usage: labs-test.py LABS PROGRAM..., one for each of MECHANISMS, in their order

1. Every lab runs, exits 0, and gives what its comment claims, to the digits that it prints.
2. Every lab has a claim here and a comment that names its command; every number here with a unit or
   a noun stands in the comment, so that the two cannot drift apart.
"""

import csv
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

MECHANISMS = ("hdlc", "ppp", "tcp", "bgp", "ethernet", "dpd", "nat", "bfd")
LABS = pathlib.Path()
PROGRAMS = {}


class Results:
    """What a run has written."""

    def __init__(self, directory):
        self.directory = directory
        self.events = self.table("events")
        serial = (directory / "frames.csv").exists()
        self.frames = self.table("frames") if serial else []
        self.mistakes = self.table("mistakes")
        self.traffic = self.table("traffic")
        self.failure = {row["end"]: row for row in self.table("failures")}
        self.summary = {row["end"]: row for row in self.table("summary")}
        self.transcript = (directory / "transcript.txt").read_text(encoding="utf-8").splitlines()

    def table(self, name):
        """Read a CSV file as a list of dictionaries."""
        with open(self.directory / f"{name}.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def detection(self, end):
        """Detection time, as comments print it; None if it never noticed."""
        time = self.failure[end]["detection_time_s"]
        return f"{float(time):.1f} s" if time else None

    def exactly(self, end):
        """Detection time to the millisecond."""
        return f"{float(self.failure[end]['detection_time_s']):.3f} s"

    def cause(self, end):
        """Why it noticed."""
        return self.failure[end]["cause"]

    def lost(self, end):
        """Packets of users that the failure swallowed, from that end on."""
        return self.failure[end]["packets_lost"]

    def mistaken(self, end):
        """How often it went down although nothing had failed."""
        return len([row for row in self.mistakes if row["end"] == end])

    def lines(self, router, text):
        """How many lines of a router contain a text."""
        return len([line for line in self.transcript
                    if line.startswith(router + ": ") and text in line])

    def count(self, end, event, detail=""):
        """How often an event happened."""
        return len([row for row in self.events
                    if (row["source"], row["event"], row["detail"]) == (end, event, detail)])

    def received(self, flow, since):
        """Bits per second of a flow that arrived, one number for each second since a time."""
        return [float(row["received_bit_per_s"]) for row in self.traffic
                if row["flow"] == flow and float(row["time_s"]) >= since]


# ---- the claims: each yields what is true, and what of it the comment prints ----

def hdlc_seed(run):
    yield run.detection("R2") == "32.9 s", "32.9 s"
    yield run.lines("R2", "myseq 11, mineseen 10, yourseen 10, line up") == 1, "11/10"
    yield run.lines("R2", "myseq 13, mineseen 10, yourseen 10, line down") == 1, "13/10"
    yield run.lines("R2", "HD(0): Reset") == 2, "resets"
    yield "R1: 17:22:42.225: %LINK-5-CHANGED" in "\n".join(run.transcript), "17:22:42.225"


def hdlc_mismatch_10_25(run):
    yield run.lines("R1", "HD(0): Reset") == 20, "20 times"
    yield run.lines("R1", "line down") == 0, "line down"
    yield run.lines("R1", " HDLC myseq ") == 100, "1000 s"
    yield not run.mistakes, "mistakes.csv"
    yield run.lines("R2", "HD(0): Reset") == 0, "R2 sees nothing"


def hdlc_mismatch_10_35(run):
    yield run.mistaken("R1") == 19, "19 times"
    yield run.mistaken("R2") == 0, "R2 never goes down"
    yield {row["since_previous_s"] for row in run.mistakes[1:]} == {"70"}, "70 s apart"
    yield all(4.9 < float(row["duration_s"]) < 5 for row in run.mistakes), "4.9 s"


def hdlc_one_side_off(run):
    yield [row["end"] for row in run.mistakes] == ["R1"], "R1"
    yield 33.7 < float(run.mistakes[0]["suspected_at_s"]) < 33.8, "33.8 s"
    yield run.mistakes[0]["trusted_at_s"] == "", "never up again"
    yield run.lines("R1", "mineseen 0") == 30, "mineseen stays 0"
    yield set(run.received("R2->R1", 34)) == {0}, "nothing from R2"
    yield min(run.received("R1->R2", 34)) > 0, "take the backup"
    yield run.count("R1", "drop", "line-down") > 2600, "line-down"


def hdlc_one_way(run):
    yield run.detection("R1") == "33.8 s", "33.8 s"
    yield run.detection("R2") == "25.3 s", "25.3 s"
    yield (run.lost("R1"), run.lost("R2")) == ("338", "0"), "not at all"
    frozen = [line for line in run.transcript if line.startswith("R1: 00:02") and "*" in line]
    yield len(frozen) == 6, "the star stays"
    yield len({re.search("mineseen ([0-9]+)", line)[1] for line in frozen}) == 1, "stands still"
    yield len({re.search("yourseen ([0-9]+)", line)[1] for line in frozen}) == 6, "yourseen goes on"


def hdlc_loopback(run):
    yield run.detection("R1") == "33.8 s", "33.8 s"
    yield run.detection("R2") is None, "its line stays up"
    yield run.lines("R2", "line up (looped)") == 11, "line up (looped)"
    yield run.lost("R2") == "1254", "1254 packets"
    yield [row["end"] for row in run.mistakes] == ["R2"], "one mistake of R2"
    yield 185.3 < float(run.mistakes[0]["suspected_at_s"]) < 185.4, "5.3 s"
    yield 8.4 < float(run.mistakes[0]["duration_s"]) < 8.45, "8.4 s"


def hdlc_noisy(run):
    yield run.mistaken("R1") == 68, "68 mistakes"
    yield run.mistaken("R2") == 66, "66 of R2"
    yield {row["bytes"] for row in run.frames} == {"24"}, "216 bits"  # and FCS, and a flag
    bad = sum(row["fate"] == "bad-fcs" for row in run.frames) / len(run.frames)
    yield abs(bad - 0.194) < 4 * (0.194 * 0.806 / len(run.frames)) ** 0.5, "19.4 %"


def hdlc_saturated(run):
    yield (run.mistaken("R1"), run.mistaken("R2")) == (9, 9), "9 mistakes of each"
    yield run.count("R1", "keepalive-tx") == 1800, "1800"
    yield run.count("R1", "drop", "queue-full") == 290, "290"
    yield run.summary["R1"]["keepalives_sent"] == "1510", "of 1800 of R1, 290"
    yield run.summary["R2"]["keepalives_sent"] == "1800", "1800"
    sent = sum(row["from"] == "R1" and row["kind"] == "keepalive" for row in run.frames)
    yield sent == 1510, "of 1800 of R1, 290"


def hdlc_saturated_priority(run):
    yield not run.mistakes, "empty"
    for end in ("R1", "R2"):
        yield run.summary[end]["keepalives_sent"] == "1800", "1800"
        yield run.summary[end]["keepalives_returned"] == "1800", "1800"
    bits = sum((int(row["bytes"]) + 3) * 8 for row in run.frames if row["from"] == "R1")
    yield 0.99 < bits / 64000 / 3600 <= 1, "busy all the time"


def ppp_silent(run):
    yield (run.detection("R1"), run.detection("R2")) == ("53.8 s", "55.0 s"), "53.8 s"
    yield (run.lost("R1"), run.lost("R2")) == ("538", "550"), "538 and 550"
    yield float(run.failure["R1"]["recovery_time_s"]) < 1.8, "1.8 s"
    yield not [row for row in run.frames
               if row["kind"] == "echo-reply" and row["fate"] == "arrived"
               and 60.1 < float(row["sent_s"]) < 180], "no"


def ppp_one_side_off(run):
    yield run.detection("R1") == "53.8 s", "53.8 s"
    yield (run.detection("R2"), run.failure["R2"]["censored"]) == (None, "1"), "censored"
    yield (run.lost("R1"), run.lost("R2")) == ("538", "1219"), "1219 packets"
    yield [(row["end"], row["cause"]) for row in run.mistakes] == [("R2", "lcp-closed")], "R2's only"
    yield float(run.mistakes[0]["suspected_at_s"]) > 180, "after the repair"
    yield run.lines("R2", "O ECHOREQ") == 0 and run.lines("R2", "O ECHOREP") > 5, "answers"


def ppp_one_way(run):
    yield (run.detection("R1"), run.detection("R2")) == ("53.8 s", "55.0 s"), "53.8 s"
    yield (run.lost("R1"), run.lost("R2")) == ("538", "0"), "538 of them"


def ppp_loopback(run):
    yield (run.detection("R1"), run.detection("R2")) == ("53.8 s", "5.0 s"), "5.0 s"
    yield run.cause("R2") == "loop-detected", "loop-detected"
    yield run.cause("R1") == "keepalive-unanswered", "R1"
    yield run.lines("R2", "O CONFNAK") > 5, "Naks its own"
    yield run.lines("R2", "O CONFREQ") > 55, "every 2 s"


def ppp_noisy(run):
    yield (run.mistaken("R1"), run.mistaken("R2")) == (103, 104), "103 mistakes"
    yield run.summary["R1"]["keepalives_sent"] == "3512", "3512"
    yield run.summary["R1"]["keepalives_returned"] == "2577", "2577"
    yield {row["cause"] for row in run.mistakes} == {"keepalive-unanswered", "lcp-closed"}, "lcp-closed"
    short = sum(float(row["duration_s"] or 0) < 1 for row in run.mistakes)
    yield short > len(run.mistakes) / 2, "shorter than a second"
    echoes = [row for row in run.frames if row["kind"] in ("echo-request", "echo-reply")]
    yield {row["bytes"] for row in echoes} == {"16"}, "152 bits"
    bad = sum(row["fate"] == "bad-fcs" for row in echoes) / len(echoes)
    yield abs(bad - 0.141) < 4 * (0.141 * 0.859 / len(echoes)) ** 0.5, "14 %"


def ppp_saturated(run):
    yield (run.mistaken("R1"), run.mistaken("R2")) == (11, 10), "11 mistakes"
    yield run.count("R1", "keepalive-tx") == 1792, "1792"
    yield run.summary["R1"]["keepalives_sent"] == "1498", "1498"


def ppp_adaptive(run):
    yield (run.detection("R1"), run.detection("R2")) == ("43.8 s", "45.0 s"), "43.8 s"
    yield run.summary["R1"]["keepalives_sent"] == "3", "3"
    yield run.summary["R2"]["keepalives_sent"] == "3", "3"
    first = min(float(row["time_s"]) for row in run.events if row["event"] == "keepalive-tx")
    yield first > 70, "only the next one"


def ppp_linux(run):
    yield (run.detection("R1"), run.detection("R2")) == ("63.8 s", "65.0 s"), "63.8 s"
    yield {run.cause("R1"), run.cause("R2")} == {"hold-time-expired"}, "hold-time-expired"


def tcp_silent(run):
    yield run.detection("R1") == "48.3 s", "48.3 s"
    yield run.lines("R1", "seq 0:0, ack 1, win 32768, length 0 [keep-alive]") >= 4, "seq 0:0"


def tcp_linux(run):
    yield run.detection("R1") == "5075.0 s", "5075.0 s"
    yield run.summary["R1"]["law_mean_s"].startswith("4274.99"), "4275 s"


def tcp_windows(run):
    yield run.detection("R1") == "28.3 s", "28.3 s"
    yield run.lines("R1", "seq 0:1") > 10, "seq 0:1"


def tcp_reboot(run):
    yield [(row["end"], row["cause"]) for row in run.mistakes] == [("R1", "tcp-reset")], "tcp-reset"
    yield round(float(run.mistakes[0]["suspected_at_s"]) - 70, 1) == 50.0, "50.0 s"


def tcp_half_open(run):
    shown = "\n".join(run.transcript).split("$ ss -to")
    yield (shown[1].count("ESTAB"), shown[2].count("ESTAB")) == (1, 4), "4 at R2"
    yield "timer" not in shown[2], "no timer"


def tcp_data(run):
    yield (run.detection("R1"), run.cause("R1")) == ("1048.1 s", "tcp-retransmissions"), "1048.1 s"
    yield (run.detection("R2"), run.cause("R2")) == ("88.3 s", "tcp-keepalive"), "88.3 s"


def tcp_user_timeout(run):
    yield (run.detection("R1"), run.cause("R1")) == ("34.1 s", "tcp-user-timeout"), "34.1 s"


def tcp_stall(run):
    yield {run.failure[end]["censored"] for end in ("R1", "R2")} == {"1"}, "censored"
    yield not run.mistakes, "nobody"


def tcp_one_way(run):
    yield (run.detection("R1"), run.cause("R1")) == ("48.3 s", "tcp-keepalive"), "48.3 s"
    yield run.cause("R2") == "tcp-reset", "tcp-reset"


def tcp_saturated(run):
    yield len(run.mistakes) == 71, "71 mistakes"


def bgp_silent(run):
    yield {run.detection(end) for end in ("R1", "R2")} == {"160.2 s"}, "160.2 s"
    yield {run.cause(end) for end in ("R1", "R2")} == {"hold-time-expired"}, "hold-time-expired"
    yield {run.lost(end) for end in ("R1", "R2")} == {"3204"}, "3204 packets"


def bgp_datacenter(run):
    yield {run.detection(end) for end in ("R1", "R2")} == {"8.1 s"}, "8.1 s"
    yield {run.lost(end) for end in ("R1", "R2")} == {"163"}, "163 packets"


def bgp_mismatch(run):
    yield {run.detection(end) for end in ("R1", "R2")} == {"8.1 s"}, "8.1 s"
    shown = "\n".join(run.transcript)
    yield "hold time is 9, keepalive interval is 3 seconds" in shown, "hold time is 9"


def bgp_congestion(run):
    yield {run.mistaken(end) for end in ("R1", "R2")} == {25}, "25 mistakes"
    yield {row["cause"] for row in run.mistakes if row["end"] == "R1"} == {
        "notification-received"}, "takes R1 along"


def bgp_congestion_priority(run):
    yield not run.mistakes, "0 mistakes"
    for end in ("R1", "R2"):
        counters = run.summary[end]
        yield counters["keepalives_sent"] == counters["keepalives_returned"] == "400", "400 KEEPALIVEs"


def bgp_stall(run):
    yield (run.detection("R1"), run.detection("R2")) == ("160.2 s", None), "160.2 s"
    yield [row["end"] for row in run.mistakes] == ["R2"], "1 mistake"
    yield {run.lost(end) for end in ("R1", "R2")} == {"0"}, "no packet lost"


def bgp_hold_zero(run):
    yield {run.detection(end) for end in ("R1", "R2")} == {None}, "nobody"
    yield {run.lost(end) for end in ("R1", "R2")} == {"12000"}, "12000 packets"


def bgp_crash(run):
    reset = [row for row in run.mistakes if row["cause"] == "tcp-reset"]
    yield [row["end"] for row in reset] == ["R1"], "reset"
    yield f"{float(reset[0]['suspected_at_s']) - 62:.1f} s" == "71.9 s", "71.9 s"
    yield run.lost("R1") == "1200", "1200 from R1"
    yield run.lost("R2") == "1459", "1459"


def ethernet_silent(run):
    yield (run.detection("R1"), run.detection("R2")) == (None, "53.6 s"), "53.6 s"
    yield run.failure["R1"]["censored"] == "1", "censored"
    yield run.cause("R2") == "keepalive-unanswered", "no longer hears itself"
    yield run.lost("R2") == "268", "268 of its packets"
    yield run.lost("R1") == "468", "468 packets"


def ethernet_crash(run):
    yield run.detection("R1") is None, "stay up"
    yield run.summary["R1"]["keepalives_sent"] == "23", "23 keepalives"
    yield run.summary["R1"]["keepalives_returned"] == "23", "23 keepalives"
    yield run.lines("R1", "no reply") == 9, "9 pings"
    yield run.lines("R1", ": reply") == 14, "the others"
    yield run.lost("R1") == "450", "450 packets"


def ethernet_full_duplex(run):
    yield {run.detection(end) for end in ("R1", "R2")} == {None}, "nobody"
    yield {run.lost(end) for end in ("R1", "R2")} == {"450"}, "450 packets"
    yield run.summary["R2"]["keepalives_returned"] == "0", "none is heard"
    yield run.summary["R2"]["keepalives_sent"] == "23", "sent"


def ethernet_one_way(run):
    yield {run.detection(end) for end in ("R1", "R2")} == {None}, "nobody"
    yield (run.lost("R1"), run.lost("R2")) == ("0", "450"), "450 packets"
    yield run.lines("R1", "no reply") == 9, "9 layer-2 pings"
    yield run.summary["R2"]["keepalives_returned"] == "23", "it hears itself still"


def ethernet_loop(run):
    yield (run.detection("S1"), run.cause("S1")) == ("5.8 s", "err-disabled"), "5.8 s"
    yield {run.detection(end) for end in ("R1", "R2")} == {None}, "never notice"
    yield run.lines("S1", "%PM-4-ERR_DISABLE") == 1, "stays shut"
    yield run.summary["S1"]["keepalives_returned"] == "1", "1 keepalive"
    yield run.failure["S1"]["recovered_at_s"] == "", "the port stays shut"


def ethernet_loop_recovery(run):
    yield run.lines("S1", "%PM-4-ERR_DISABLE") == 6, "6 times"
    yield run.lines("S1", "%PM-4-ERR_RECOVER") == 6, "alternate"
    yield f"{float(run.failure['S1']['recovery_time_s']):.1f} s" == "10.0 s", "10.0 s"
    yield run.failure["S1"]["law_lower_s"] == "", "no closed form"


def bfd_silent(run):
    yield run.exactly("R1") == "0.816 s", "0.816 s"
    yield run.exactly("R2") == "0.742 s", "0.742 s"
    yield {run.cause(end) for end in ("R1", "R2")} == {"detection-time-expired"}, "for itself"


def bfd_one_way(run):
    yield (run.exactly("R1"), run.cause("R1")) == ("0.816 s", "detection-time-expired"), "0.816 s"
    later = float(run.failure["R2"]["detected_at_s"]) - float(run.failure["R1"]["detected_at_s"])
    yield (f"{later * 1000:.0f} ms", run.cause("R2")) == ("1 ms", "peer-signaled-down"), "1 ms"
    yield run.lines("R2", "RX DOWN") == 1, "RX DOWN"
    states = [row["detail"] for row in run.table("states")
              if (row["source"], row["event"]) == ("R2", "state") and float(row["time_s"]) < 90]
    yield states == ["Init", "Up", "Down", "Init"], "says Init"


def bfd_passive(run):
    yield run.exactly("R1") == "0.809 s", "0.809 s"
    yield (run.exactly("R2"), run.cause("R2")) == ("1.581 s", "detection-time-expired"), "1.581 s"


def bfd_stall(run):
    yield (run.exactly("R1"), run.detection("R2")) == ("0.816 s", None), "0.816 s"
    yield {run.lost(end) for end in ("R1", "R2")} == {"0"}, "0 packets lost"
    yield [row["end"] for row in run.mistakes] == ["R2"], "1 mistake"
    yield float(run.mistakes[0]["suspected_at_s"]) == 91, "at the repair"


def bfd_offloaded(run):
    yield {run.failure[end]["censored"] for end in ("R1", "R2")} == {"1"}, "censored"
    yield {run.lost(end) for end in ("R1", "R2")} == {"0"}, "0 packets lost"
    yield not run.mistakes, "nobody"


def bfd_renegotiate(run):
    yield run.exactly("R2") == "2.829 s", "2.829 s"
    yield run.exactly("R1") == "5.165 s", "5.165 s"
    yield not run.mistakes, "stays up"
    polls = [row for row in run.table("states") if (row["source"], row["event"]) == ("R1", "poll-tx")]
    yield float(polls[1]["time_s"]) == 20, "20 s"
    yield polls[1]["value"] == "1000000", "in microseconds"


def bfd_noisy(run):
    yield {run.mistaken(end) for end in ("R1", "R2")} == {161}, "161 mistakes"
    yield f"{3600 / 161:.1f} s" == "22.4 s", "22.4 s"
    short = sum(float(row["duration_s"] or 0) < 0.005 for row in run.mistakes)
    yield short > len(run.mistakes) / 2, "5 ms"


def bfd_congestion(run):
    yield {run.mistaken(end) for end in ("R1", "R2")} == {108}, "108 mistakes"
    yield {row["cause"] for row in run.mistakes if row["end"] == "R1"} == {
        "peer-signaled-down"}, "takes R1 down"


def bfd_congestion_priority(run):
    yield not run.mistakes, "0 mistakes"


def dpd_cisco(run):
    yield {run.detection(end) for end in ("R1", "R2")} == {"20.3 s"}, "20.3 s"
    yield run.summary["R1"]["law_lower_s"].startswith("11.98"), "12 to 22 s"
    yield run.summary["R1"]["law_upper_s"].startswith("21.98"), "12 to 22 s"


def dpd_on_demand(run):
    yield (run.detection("R1"), run.detection("R2")) == ("18.3 s", None), "18.3 s"
    yield run.count("R2", "keepalive-tx") == 0, "no request"
    asked = [float(row["time_s"]) for row in run.events
             if (row["source"], row["event"]) == ("R1", "keepalive-tx")]
    yield asked[:4] == [12, 24, 36, 48], "every fourth packet"


def dpd_strongswan(run):
    yield {run.detection(end) for end in ("R1", "R2")} == {"183.4 s"}, "183.4 s"
    yield run.lines("R1", "retransmit 1 of request with message ID 5") == 1, "message ID 5"
    yield run.lines("R1", "giving up after 5 retransmits") == 1, "giving up after 5 retransmits"


def dpd_libreswan(run):
    yield run.detection("R1") == "64.3 s", "64.3 s"
    yield run.lines("R1", "60 second timeout exceeded after 7 retransmits") == 1, (
        "60 second timeout exceeded after 7 retransmits")


def dpd_reboot(run):
    yield run.detection("R1") is None and not run.mistakes, "notice nothing"
    shown = "\n".join(run.transcript)
    yield "74 data packets sent" in shown, "74 data packets"
    yield "69 received" in shown, "5 never arrived"


def dpd_stall(run):
    yield {run.detection(end) for end in ("R1", "R2")} == {None}, "nobody"
    yield not run.mistakes, "no mistake"


def dpd_lossy(run):
    yield run.mistaken("R1") == 2, "2 mistakes of R1"
    yield run.mistaken("R2") == 4, "4 of R2"


def nat_loss(run):
    yield run.mistaken("binding") == 99, "99 times"
    yield {row["cause"] for row in run.mistakes} == {"binding-expired"}, "binding-expired"
    yield run.lines("N", "[DESTROY]") == 99, "[DESTROY]"
    law = "! closed form: after 210.0 s on average, for 12.2 s, every 222.2 s"
    yield law in run.transcript, "210.0 s on average"
    yield law in run.transcript, "every 222.2 s"


def nat_stream(run):
    yield run.mistaken("binding") == 22, "22 times"
    yield run.summary["binding"]["retries"] == "6", "6 packets in a row"
    yield any("after 8104.7 s on average" in line for line in run.transcript), "8104.7 s on average"


def unanswered_calls(run):
    """When the calls of R2 were made that did not arrive."""
    return [float(row["sent_s"]) for row in run.table("calls")
            if row["from"] == "R2" and not row["arrived_s"]]


def nat_silent(run):
    yield unanswered_calls(run) == [70, 77], "2 calls"
    yield not run.mistakes, "neither notices"


def nat_rebind(run):
    yield unanswered_calls(run) == list(range(70, 180, 7)), "16 calls"
    yield run.lines("N", "sport=4500 dport=1025") == 2, "1025 from 80 s on"
    yield run.lines("R2", "the peer moved") == 2, "the peer moved"
    yield run.count("R1", "nat-keepalive-tx") >= 11, "every 20 s"


def nat_inbound(run):
    yield len(run.table("calls")) - len(unanswered_calls(run)) == 2, "2 calls arrive"
    yield len(unanswered_calls(run)) == 9, "9 not"
    yield 30.0 <= float(run.mistakes[0]["suspected_at_s"]) < 30.1, "30 s after"


def nat_dpd(run):
    yield not run.mistakes, "no mistake"
    yield run.count("R2", "keepalive-rx") >= 58, "every 10 s"
    yield run.count("R1", "keepalive-tx") == 0, "of R2 only"


def nat_tcp_two_hours(run):
    yield not run.mistakes, "no mistake"
    yield (run.lines("N", "[UPDATE]"), run.lines("N", "[DESTROY]")) == (2, 0), "[DESTROY]"
    yield run.count("R1", "keepalive-tx") >= 5, "two hours"


def nat_tcp_gateway(run):
    yield run.mistaken("R1") == 5, "5 connections"
    yield 300 <= float(run.mistakes[0]["suspected_at_s"]) < 300.1, "300 s after"
    dead = float(run.mistakes[1]["suspected_at_s"]) - float(run.mistakes[0]["suspected_at_s"])
    yield round(dead) == 7575, "7575 s"


CLAIMS = {name.replace("_", "-"): claim
          for name, claim in list(globals().items()) if name.split("_")[0] in MECHANISMS}


class LabsTest(unittest.TestCase):
    """1, 2."""

    def test_every_lab_has_a_claim(self):
        self.assertEqual({file.stem for file in LABS.glob("*.ini")}, set(CLAIMS))

    def test_claims(self):
        for name, claim in CLAIMS.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as temporary:
                file = LABS / f"{name}.ini"
                text = file.read_text(encoding="utf-8")
                program = name.split("-")[0]
                self.assertIn(f"# ./keepalive run {program} --config examples/labs/{name}.ini\n",
                              text)
                self.assertTrue(text.startswith("# SPDX-License-Identifier: GPL-2.0-only\n"))
                comment = " ".join(line[2:] for line in text.splitlines() if line.startswith("#"))
                out = pathlib.Path(temporary) / "out"
                done = subprocess.run([PROGRAMS[program], "--config", str(file), "--out", str(out),
                                       "--quiet"], capture_output=True, text=True, timeout=120,
                                      check=False)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                for number, (holds, printed) in enumerate(claim(Results(out))):
                    self.assertTrue(holds, f"claim {number}: {printed}")
                    if any(letter.isdigit() for letter in printed):
                        self.assertIn(printed, comment, f"claim {number}")


if __name__ == "__main__":
    LABS = pathlib.Path(sys.argv.pop(1)).resolve()
    for which in MECHANISMS:
        PROGRAMS[which] = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
