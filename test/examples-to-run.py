#! /usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
#
# What test.py runs inside an ns-3 tree besides the suites: (program with arguments, do run, do
# valgrind-run). An example exits non-zero when a detection time leaves its bound.

cpp_examples = [
    ("keepalive-first-scenario", "True", "True"),
    ("keepalive-serial-first-scenario", "True", "True"),
]

python_examples = []
