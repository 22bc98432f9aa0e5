# SPDX-License-Identifier: GPL-2.0-only
"""What goes into which panel, in which colour, and under which name.

A picture of a sweep has a factor on its axis and one that the colours stand for; every combination
of the others that vary has a panel of its own. Where there would be too many panels, factors are
held at their first level, and a note says so: nothing is drawn upon each other.
"""

import math

import mechanisms
import sweep_results

MOST_PANELS = 24
MOST_COLOURS = 6
MOST_WIDTH = 13  # inches of all panels in a row

# How a level is told: around the level, for factors of one name with every mechanism.
WORDS = {
    "interval": "{} s",
    "interval-b": "peer {} s",
    "retries": "{} retries",
    "timers": "{}",
    "loss": "loss {}",
    "load": "load {}",
    "burst": "bursts of {}",
    "delay": "delay {} s",
    "mechanism": "{}",
    "profile": "{}",
    "queue": "{}",
    "fault": "{}",
}
NONE = {"burst": "independent loss", "loss": "no loss"}  # how a level of 0 is told
AXES = {
    "interval": "interval (s)",
    "interval-b": "interval of the peer (s)",
    "loss": "share of packets lost",
    "load": "offered load over link rate",
    "burst": "mean burst of losses (packets)",
    "retries": "retries",
}


def told(name, level):
    """A level for people to read, with what it is a level of."""
    if not level:
        return f"no {name}"
    if name == "mechanism":
        return mechanisms.NAMES.get(level, level if level != "nat" else "NAT keepalive")
    if name == "profile":
        return mechanisms.FAMILIES.get(level, level)
    if name in NONE and number(level) == 0:
        return NONE[name]
    return WORDS.get(name, name + " {}").format(level)


def number(level):
    """A level as a number, or NaN."""
    try:
        return float(level)
    except ValueError:
        return math.nan


def numbers(levels):
    """Whether all levels are finite numbers, so that they have a place on an axis."""
    return all(math.isfinite(number(level)) for level in levels)


def levels_of(cases, name):
    """The levels of a factor among these cases, in order."""
    levels = sweep_results.order(case.levels.get(name, "") for case in cases)
    if name == "timers":
        levels.sort(key=lambda level: number(level.split(" s × ")[0]))
    return levels


def varies(cases, name):
    """Whether a factor has several levels, not counting its absence."""
    return sum(bool(level) for level in levels_of(cases, name)) > 1


def dimensions(cases):
    """What varies, in the order of the plan; interval and retries as one if they come in pairs."""
    names = list(cases[0].levels)
    if "timers" in names:
        names = ["timers" if name == "interval" else name for name in names if name != "retries"]
    return [name for name in dict.fromkeys(names) if len(levels_of(cases, name)) > 1]


class Panel:
    """Cases of one panel, all the same but for what is on its axis and in its colours."""

    def __init__(self, levels, cases):
        self.levels = levels
        self.cases = cases

    def title(self):
        """What is the same in it."""
        return ", ".join(told(name, level) for name, level in self.levels.items())

    def of(self, name, level):
        """Its cases of one level; all of them without a name."""
        return [case for case in self.cases if name is None or case.levels.get(name, "") == level]


class Arrangement:
    """Panels of a picture, and what its colours stand for."""

    def __init__(self, cases, inside=(), colours=(), most=MOST_PANELS):
        self.notes = []
        names = [name for name in dimensions(cases) if name not in inside]
        self.colour = next((name for name in colours if self._suits(cases, name, names)), None)
        names = [name for name in names if name != self.colour]
        cases, names = self._select(cases, names, most)
        self.cases = cases
        self.colours = levels_of(cases, self.colour) if self.colour else [""]
        groups = {}
        for case in cases:
            key = tuple(case.levels.get(name, "") for name in names)
            groups.setdefault(key, []).append(case)
        ranks = [levels_of(cases, name) for name in names]
        keys = sorted(groups, key=lambda key: [rank.index(at) for rank, at in zip(ranks, key)])
        self.panels = [Panel(dict(zip(names, key)), groups[key]) for key in keys]

    @staticmethod
    def _suits(cases, name, names):
        return name in names and len(levels_of(cases, name)) <= MOST_COLOURS

    def _select(self, cases, names, most):
        """Hold factors at a level until the panels are few enough."""
        names = list(names)
        while names:
            combinations = {tuple(case.levels.get(name, "") for name in names) for case in cases}
            if len(combinations) <= most:
                break
            name = max(reversed(names), key=lambda name: len(levels_of(cases, name)))
            cases = self._hold(cases, name)
            names.remove(name)
        return cases, names

    def _hold(self, cases, name):
        """The cases with the first level of a factor: of the ones that each mechanism has."""
        if name == "mechanism":
            level = cases[0].levels[name]
            self.notes.append(f"{told(name, level)} only")
            return [case for case in cases if case.levels[name] == level]
        first = {}
        for case in cases:
            first.setdefault(case.levels["mechanism"], []).append(case)
        first = {mechanism: levels_of(own, name)[0] for mechanism, own in first.items()}
        said = list(dict.fromkeys(told(name, level) for level in first.values()))
        self.notes.append(f"{' or '.join(said)} only")
        return [case for case in cases if case.levels[name] == first[case.levels["mechanism"]]]

    def columns(self, width):
        """How many panels of so many inches are in a row: a whole number of the levels of the last
        factor, if every combination is there, so that the same levels are below each other."""
        most = max(1, int(MOST_WIDTH / width))
        last = self.panels[-1].levels if self.panels else {}
        name = next(reversed(last), None)
        levels = len(levels_of(self.cases, name)) if name else 1
        whole = math.prod(len(levels_of(self.cases, name)) for name in last)
        if whole == len(self.panels) and 1 < levels <= most and levels < whole:
            return min(whole, most // levels * levels)
        lines = -(-len(self.panels) // most)
        return -(-len(self.panels) // lines)

    def note(self):
        """What is not in the picture."""
        return f"Drawn: {'; '.join(self.notes)}." if self.notes else ""
