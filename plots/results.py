# SPDX-License-Identifier: GPL-2.0-only
"""Strict loader of the CSV files that one run leaves in its directory.

Every file has a fixed schema. A missing file, an unknown or missing column or a cell of the wrong
type is an InputError that says where; entry() turns it into one line on stderr and exit status 2.
Needs nothing but the standard library.
"""

import argparse
import csv
import importlib.util
import math
import sys
from pathlib import Path


class InputError(Exception):
    """What the user gave cannot be used; the message is one line."""


class _Parser(argparse.ArgumentParser):
    """Argument parser whose errors are one line, too."""

    def error(self, message):
        raise InputError(message)


def parser(description):
    """A parser that prints the description, the docstring of a script, as it stands."""
    return _Parser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)


def require(*modules):
    """End with one clear line, not a traceback, if this interpreter lacks a module."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        _complain(f"{sys.executable} has no module {', '.join(missing)}")
        sys.exit(2)


def entry(main):
    """Run main() of a script and end with its exit status, or with one line and 2."""
    try:
        sys.exit(main())
    except (InputError, OSError) as error:
        _complain(error)
        sys.exit(2)


def _complain(message):
    print(f"{Path(sys.argv[0]).name}: {message}", file=sys.stderr)


def _text(cell):
    if not cell:
        raise ValueError("must not be empty")
    return cell


def _number(cell):
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError("is not a finite number")
    return value


def _count(cell):
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError("is not a count")
    return int(cell)


def _flag(cell):
    if cell not in ("0", "1"):
        raise ValueError("is neither 0 nor 1")
    return cell == "1"


def _optional(convert):
    return lambda cell: convert(cell) if cell else None


EVENTS = (
    "keepalive-tx",
    "keepalive-rx",
    "line-down",
    "line-up",
    "failure-begin",
    "failure-end",
    "drop",
)


def _event(cell):
    if cell not in EVENTS:
        raise ValueError(f"is none of {', '.join(EVENTS)}")
    return cell


# How detection times are distributed between the bounds of their closed form.
SHAPES = ("uniform", "triangular", "other")


def _shape(cell):
    if cell not in SHAPES:
        raise ValueError(f"is none of {', '.join(SHAPES)}")
    return cell


def _share(cell):
    value = _number(cell)
    if not 0 <= value <= 1:
        raise ValueError("is not between 0 and 1")
    return value


def _interval(cell):
    value = _number(cell)
    if not value > 0:
        raise ValueError("is not above 0")
    return value


# What becomes of an end in a failure matrix.
VERDICTS = ("not-applicable", "never", "notices", "sometimes", "itself", "mistakes", "trusts")


def _verdict(cell):
    if cell not in VERDICTS:
        raise ValueError(f"is none of {', '.join(VERDICTS)}")
    return cell


PROTOCOLS = ("hdlc", "ppp")


def _protocol(cell):
    if cell not in PROTOCOLS:
        raise ValueError(f"is none of {', '.join(PROTOCOLS)}")
    return cell


def _columns(convert, names):
    return dict.fromkeys(names.split(), convert)


# Column -> conversion of its cells, for every file that programs write.
SCHEMA = {
    "events": {
        **_columns(_number, "time_s"),
        **_columns(_text, "source"),
        **_columns(_event, "event"),
        **_columns(str, "detail"),
        **_columns(_optional(_number), "value"),
    },
    "frames": {
        **_columns(_number, "sent_s"),
        **_columns(_optional(_number), "arrived_s"),
        **_columns(_text, "from to kind fate"),
        **_columns(_protocol, "protocol"),
        **_columns(_optional(_count), "identifier acknowledged"),
        **_columns(_count, "bytes"),
    },
    "mismatch": {
        **_columns(_text, "rule"),
        **_columns(_interval, "local_interval_s peer_interval_s"),
        **_columns(_count, "retries ticks ticks_down"),
        **_columns(_share, "share_of_ticks_down share_of_time_down"),
        **_columns(_number, "flaps_per_hour resets_per_hour"),
        **_columns(_optional(_share), "law_share_of_ticks_down law_share_of_time_down"),
    },
    "matrix": {
        **_columns(_text, "mechanism timers failure end"),
        **_columns(_verdict, "verdict"),
        **_columns(_count, "failures noticed outside"),
        **_columns(
            _optional(_number),
            "shortest_s mean_s longest_s law_lower_s law_mean_s law_upper_s",
        ),
        **_columns(str, "causes reason"),
    },
    "traffic": {
        **_columns(_number, "time_s sent_bit_per_s received_bit_per_s"),
        **_columns(_text, "flow"),
    },
    "failures": {
        **_columns(_text, "run failure end"),
        **_columns(str, "kind target cause"),
        **_columns(_number, "began_s"),
        **_columns(_optional(_flag), "detected censored within_law"),
        **_columns(
            _optional(_number),
            "ended_s detected_at_s detection_time_s recovered_at_s recovery_time_s"
            " black_hole_s packets_lost law_lower_s law_upper_s",
        ),
    },
    "mistakes": {
        **_columns(_text, "run end"),
        **_columns(_number, "suspected_at_s"),
        **_columns(_optional(_number), "trusted_at_s duration_s since_previous_s"),
        **_columns(str, "cause"),
    },
    "summary": {
        **_columns(_text, "run end"),
        **_columns(str, "mechanism rule causes"),
        **_columns(_count, "failures detected censored mistakes"),
        **_columns(_optional(_count), "retries keepalives_sent keepalives_returned"),
        **_columns(_optional(_shape), "law_shape"),
        **_columns(
            _optional(_number),
            "interval_s observed_s detection_time_mean_s detection_time_ci95_s"
            " detection_time_min_s detection_time_max_s law_lower_s law_mean_s law_upper_s"
            " mistake_recurrence_mean_s mistake_duration_mean_s mistake_rate_per_s query_accuracy"
            " overhead_packets_per_s overhead_bit_per_s black_hole_s packets_lost",
        ),
    },
}


def load(run_dir, name):
    """The rows of one file as dictionaries; an empty cell of a number or flag is None."""
    path = Path(run_dir) / f"{name}.csv"
    schema = SCHEMA[name]
    try:
        with open(path, encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            _check_header(path, header, schema)
            return [_row(f"{path}:{reader.line_num}", header, cells, schema) for cells in reader]
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not a CSV file in UTF-8: {error}") from error


def _check_header(path, header, schema):
    for problem, names in (
        ("missing", [name for name in schema if name not in header]),
        ("unknown", [name for name in header if name not in schema]),
        ("repeated", sorted({name for name in header if header.count(name) > 1})),
    ):
        if names:
            raise InputError(f"{path}: {problem} column: {', '.join(map(repr, names))}")


def _row(where, header, cells, schema):
    if len(cells) != len(header):
        raise InputError(f"{where}: {len(cells)} cells under {len(header)} columns")
    row = {}
    for name, cell in zip(header, cells):
        try:
            row[name] = schema[name](cell)
        except ValueError as error:
            raise InputError(f"{where}: {name} = {cell!r} {error}") from error
    return row


def find_runs(directory):
    """The run directories at or below a directory: those that hold any file of a run, sorted."""
    directory = Path(directory)
    if not directory.is_dir():
        raise InputError(f"{directory}: no such directory")
    of_run = [name for name in SCHEMA if name not in ("matrix", "mismatch")]
    runs = sorted({path.parent for name in of_run for path in directory.rglob(f"{name}.csv")})
    if not runs:
        raise InputError(f"{directory}: no run directory at or below it")
    return runs


def of_end(rows, end, column="end"):
    """The rows of one end of the tunnel."""
    return [row for row in rows if row[column] == end]


def outside_law(rows):
    """The rows of failures.csv whose detection time lies outside its closed form."""
    return [row for row in rows if row["within_law"] is False]


def timers(row):
    """Interval and retries of a row of summary.csv, such as "5 s/4"."""
    if not row["interval_s"]:
        return "no keepalives"
    return f"{row['interval_s']:g} s/{'-' if row['retries'] is None else row['retries']}"
