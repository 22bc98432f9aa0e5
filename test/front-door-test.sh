#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Checks the front door, ./keepalive: in this tree what needs no build, and in a stand-in tree,
# where the programs are shell scripts and apt-get is a fake, everything else.
#
# usage: front-door-test.sh (takes no longer than a few seconds)

set -uo pipefail

top=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/front door.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
failures=0

complain() {
    printf 'FAIL %s\n' "$*"
    failures=$((failures + 1))
}

# expect STATUS COMMAND...: runs it, with its output in $work/stdout and $work/stderr.
expect() {
    local wanted=$1 status=0
    shift
    "$@" >"$work/stdout" 2>"$work/stderr" </dev/null || status=$?
    if [[ $status != "$wanted" ]]; then
        complain "'$*' ended with status $status, not $wanted"
        sed 's/^/    /' "$work/stdout" "$work/stderr"
    fi
}

# prints FILE TEXT: the last command's stdout or stderr has this text.
prints() {
    if ! grep -qF -- "$2" "$work/$1"; then
        complain "no '$2' on $1:"
        sed 's/^/    /' "$work/$1"
    fi
}

one_line_on_stderr() {
    if [[ $(wc -l <"$work/stderr") != 1 || -s $work/stdout ]]; then
        complain "not exactly one line on stderr: $(<"$work/stderr")$(<"$work/stdout")"
    fi
}

tree_status() {
    git --no-optional-locks -C "$top" status --porcelain 2>&1
}

# --- This tree ----------------------------------------------------------------------------------

test_this_tree() {
    local before
    before=$(tree_status)
    cd "$work" || exit 1

    for arguments in "" help -h --help; do
        # shellcheck disable=SC2086 # no argument at all is one of the cases
        expect 0 "$top/keepalive" $arguments
        prints stdout "usage: ./keepalive"
    done
    expect 2 "$top/keepalive" nosuch
    prints stderr nosuch
    one_line_on_stderr
    expect 2 "$top/keepalive" run nosuch
    prints stderr "available: bfd bfd-peer bgp bgp-peer dpd ethernet gre hdlc matrix mismatch nat \
nat-script ppp ppp-peer tcp tcp-peer"
    one_line_on_stderr
    expect 2 "$top/keepalive" run
    one_line_on_stderr
    expect 2 "$top/keepalive" plot nosuch
    prints stderr "available: timeline ladder detection mechanisms matrix mismatch table"
    one_line_on_stderr
    # A directory is the results of a sweep only if there are any in it.
    expect 2 "$top/keepalive" plot "$work"
    prints stderr "no directory of a sweep"
    one_line_on_stderr
    expect 2 "$top/keepalive" demo --nosuch
    one_line_on_stderr
    mkdir -p "$work/taken" && touch "$work/taken/file"
    expect 2 "$top/keepalive" demo --out taken
    one_line_on_stderr

    # Whoever runs the tests by hand may not have all the packages.
    if [[ $("$top/keepalive" doctor) == *"missing:    nothing"* ]]; then
        expect 0 "$top/keepalive" doctor
    else
        expect 3 "$top/keepalive" doctor
    fi
    for word in packages: ns-3: compiler: cmake: build: python: matplotlib: commit:; do
        prints stdout "$word"
    done

    if [[ $(tree_status) != "$before" ]]; then
        complain "git status changed:"
        diff <(printf '%s\n' "$before") <(tree_status)
    fi
}

# --- A stand-in tree ----------------------------------------------------------------------------

# Makes $stand_in, with the real front door and programs that record how they were called.
make_stand_in() {
    stand_in="$work/stand in"
    mkdir -p "$stand_in/plots"
    cp "$top/keepalive" "$stand_in/"

    # Creates its directory as the real programs do; --status=N makes it fail.
    cat >"$stand_in/program" <<'PROGRAM'
#!/usr/bin/env bash
printf '%s ' "${0##*/}" "$@"
printf '\n'
all=$*
while (($#)); do
    case $1 in
        --out) mkdir -p "$2" && printf '%s\n' "$all" >"$2/args" ;;
        --status=*) exit "${1#--status=}" ;;
    esac
    shift
done
PROGRAM
    chmod +x "$stand_in/program"
    cat >"$stand_in/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.16)
project(stand-in NONE)
set(source ${CMAKE_SOURCE_DIR}/program)
foreach(name bfd bfd-peer bgp bgp-peer dpd ethernet gre hdlc matrix mismatch nat nat-script ppp
             ppp-peer tcp tcp-peer bench sweep)
  set(program ${CMAKE_BINARY_DIR}/examples/keepalive-${name})
  add_custom_command(OUTPUT ${program} DEPENDS ${source}
    COMMAND ${CMAKE_COMMAND} -E copy ${source} ${program})
  add_custom_target(keepalive-${name} ALL DEPENDS ${program})
endforeach()
add_custom_target(keepalive-test-runner COMMAND ${CMAKE_COMMAND} -E touch ran)
add_custom_target(keepalive-fuzz COMMAND ${CMAKE_COMMAND} -E touch ran)
enable_testing()
add_test(NAME good COMMAND test -e ${KEEPALIVE_ASAN_DIR}/ran -a -e ${KEEPALIVE_FUZZ_DIR}/ran)
add_test(NAME bad COMMAND false)
CMAKE
    for plot in timeline ladder detection mechanisms matrix mismatch table sweep; do
        cat >"$stand_in/plots/$plot.py" <<'PLOT'
import pathlib
import sys

print(pathlib.Path(sys.argv[0]).stem, *sys.argv[1:])
if pathlib.Path(sys.argv[0]).stem == "sweep":
    print(*pathlib.Path(sys.argv[1]).joinpath("args").read_text().split("\n"))
if "timeline" in sys.argv[0] or "ladder" in sys.argv[0]:
    plot = pathlib.Path(sys.argv[0]).stem
    pathlib.Path(sys.argv[1], plot).with_suffix(".png").touch()
PLOT
    done
    make_fakes
    # The stand-in has a build directory of its own.
    unset KEEPALIVE_BUILD_DIR
}

# Makes commands that hide this machine's packages and user: $fake/missing names a package that is
# missing until apt-get has "installed" it.
make_fakes() {
    fake=$work/fake
    mkdir "$fake"
    cat >"$fake/dpkg-query" <<'FAKE'
#!/usr/bin/env bash
shift 2
for package; do
    [[ -e $fake/missing && $package == $(<"$fake/missing") ]] || printf '%s installed\n' "$package"
done
FAKE
    cat >"$fake/apt-get" <<'FAKE'
#!/usr/bin/env bash
printf 'apt-get %s\n' "$*"
[[ " $* " != *" install "* || -e $fake/broken ]] || rm "$fake/missing"
FAKE
    cat >"$fake/id" <<'FAKE'
#!/bin/sh
cat "$fake/user"
FAKE
    cat >"$fake/sudo" <<'FAKE'
#!/bin/sh
exit 1
FAKE
    chmod +x "$fake"/*
    export fake PATH="$fake:$PATH"
}

test_run() {
    cd "$stand_in" || exit 1
    expect 0 ./keepalive run gre --interval=5
    prints stdout "keepalive-gre --out results/gre-001 --interval=5"
    prints stderr "building keepalive-gre"

    # From here on there is nothing to build, hence nothing to say. Elsewhere than in the tree, the
    # path is absolute; a symlink leads to the same tree.
    cd "$work" || exit 1
    ln -sf "$stand_in/keepalive" "$work/link"
    expect 0 ./link run gre "--name=two words"
    prints stdout "--out $stand_in/results/gre-002 --name=two words"
    if [[ -s $work/stderr ]]; then
        complain "run says something on stderr: $(<"$work/stderr")"
    fi
    expect 0 ./link run gre --out mine
    prints stdout "keepalive-gre --out mine"
    expect 0 ./link run gre --help
    if grep -q -- --out "$work/stdout"; then
        complain "run NAME --help adds --out"
    fi
    expect 7 ./link run gre --status=7
    for name in bfd bfd-peer bgp bgp-peer dpd ethernet hdlc matrix mismatch nat nat-script ppp \
        ppp-peer tcp tcp-peer; do
        expect 0 ./link run "$name" --quiet
        prints stdout "keepalive-$name --out $stand_in/results/$name-001 --quiet"
    done
    expect 0 ./link bench --quick
    prints stdout "keepalive-bench --quick"
    expect 0 ./link plot table "a dir"
    prints stdout "table a dir"
    expect 0 ./link plot mismatch "a dir"
    prints stdout "mismatch a dir"
}

test_sweep() {
    cd "$stand_in" || exit 1
    expect 0 ./keepalive sweep --mechanism=gre "--interval=1, 2"
    prints stdout "keepalive-sweep run --out results/sweep-001 --mechanism=gre --interval=1, 2"
    cd "$work" || exit 1
    expect 0 ./link sweep run --mechanism=gre
    prints stdout "keepalive-sweep run --out $stand_in/results/sweep-002 --mechanism=gre"
    # These write nowhere, or say where.
    for arguments in --help --dry-run "--dry-run=yes --loss=0" "--out mine" "--out=mine --quiet"; do
        # shellcheck disable=SC2086 # several arguments
        expect 0 ./link sweep $arguments
        prints stdout "keepalive-sweep run $arguments "
    done
    for arguments in "resume dir --jobs 2" "status dir" "merge out in-1 in-2" "export dir"; do
        # shellcheck disable=SC2086 # several arguments
        expect 0 ./link sweep $arguments
        prints stdout "keepalive-sweep $arguments "
    done
    expect 7 ./link sweep --status=7
    expect 7 ./link sweep status --status=7
}

test_plot_of_sweep() {
    local sweep="$work/my sweep"
    cd "$work" || exit 1
    mkdir -p "$sweep/report-001" && touch "$sweep/results.sqlite"
    TMPDIR=$work expect 0 ./link plot "$sweep/"
    # The tables that the program exports are gone afterwards; plots/sweep.py has read them.
    prints stdout "/csv --out $sweep/report-002"
    prints stdout "export $sweep/ --out "
    prints stdout "sweep $work/keepalive-plot."
    if compgen -G "$work/keepalive-plot.*" >/dev/null; then
        complain "plot leaves something in $work"
    fi
    expect 0 ./link plot "$sweep" --out "$work/elsewhere"
    prints stdout "/csv --out $work/elsewhere"
    mkdir -- "$work/-dash" && touch -- "$work/-dash/results.sqlite"
    expect 0 ./link plot -dash
    prints stdout "/csv --out ./-dash/report-001"

    # What either of both fails with is the status.
    printf 'import sys\nsys.exit(9)\n' >"$stand_in/plots/sweep.py"
    expect 9 ./link plot "$sweep"
}

test_demo() {
    cd "$stand_in" || exit 1
    expect 0 ./keepalive demo --quick
    for words in "--keepalive=none" "--fail-for=60" "results/demo-001/c-10-3" "--failures=100 " \
        "--at=r1 --timing=measured" "results/demo-001/e-ppp" "results/demo-001/f-hdlc-10-3" \
        "detection results/demo-001/f-hdlc-10-3 results/demo-001/f-ppp-10-5 " \
        "mismatch results/demo-001/g-mismatch --out results/demo-001/mismatch" \
        "table results/demo-001" "results/demo-001/b-keepalive-5-4/timeline.png" \
        "results/demo-001/d-hdlc/ladder.png" "keepalive-tcp --failure=silent --fail-at=100 " \
        "keepalive-bgp --profile=frr-datacenter " \
        "--profile=linux --longest-reconnect-delay=600 --out results/demo-001/n-tcp-linux" \
        "mechanisms results/demo-001/n-bfd " \
        "results/demo-001/n-tcp-linux --out results/demo-001/mechanisms" \
        "keepalive-ethernet --failure=loopback " "keepalive-dpd --failure=silent --fail-at=61.7 " \
        "keepalive-nat --mechanism=none " "keepalive-bfd --failure=silent --fail-at=31.7 " \
        "keepalive-matrix --failures=5 --out results/demo-001/o-matrix" \
        "matrix results/demo-001/o-matrix --out results/demo-001/matrix"; do
        prints stdout "$words"
    done
    if [[ $(grep -c -- "--failures=100 " "$work/stdout") != 5 ]]; then
        complain "demo --quick does not take 100 failures everywhere"
    fi
    if [[ $(grep -c -- "--failures=200 " "$work/stdout") != 11 ]]; then
        complain "demo does not compare eleven mechanisms"
    fi
    expect 0 ./keepalive demo --out "$work/my demo"
    prints stdout "--failures=1000 "
    expect 2 ./keepalive demo --out "$work/my demo"
    one_line_on_stderr

    printf 'import sys\nsys.exit(9)\n' >plots/detection.py
    expect 1 ./keepalive demo
    prints stderr "'detection' failed with status 9"
}

test_test() {
    cd "$work" || exit 1
    expect 0 ./link test -R good
    prints stdout "100% tests passed, 0 tests failed out of 1"
    expect 8 ./link test
    prints stdout "50% tests passed"
    # `run` shares its build directory with `test`, and must not configure it again.
    expect 0 ./link run gre
    if [[ -s $work/stderr ]]; then
        complain "run after test says something: $(<"$work/stderr")"
    fi
}

# Whoever names a build directory chose its options too.
test_own_build_directory() {
    cmake -S "$stand_in" -B "$work/own" -G Ninja -DCMAKE_BUILD_TYPE=Debug >/dev/null
    cd "$work" || exit 1
    KEEPALIVE_BUILD_DIR=own expect 0 ./link run gre
    KEEPALIVE_BUILD_DIR=own expect 0 ./link doctor
    prints stdout "$work/own (Debug), built: keepalive-gre"
}

test_moved_tree() {
    mv "$stand_in" "$work/moved"
    stand_in=$work/moved
    expect 0 "$stand_in/keepalive" run gre
    prints stderr "configuring"
}

test_failed_build() {
    printf 'message(FATAL_ERROR "broken on purpose")\n' >>"$stand_in/CMakeLists.txt"
    expect 1 "$stand_in/keepalive" run gre
    prints stderr "broken on purpose"
    rm -rf "$stand_in/results"
    expect 1 "$stand_in/keepalive" run gre
    prints stderr "broken on purpose"
}

test_missing_packages() {
    echo ns3 >"$fake/missing"
    # Broken build or not: packages come first.
    echo 1000 >"$fake/user"
    expect 3 "$stand_in/keepalive" run gre
    prints stderr "apt-get update && apt-get install -y --no-install-recommends ns3"
    expect 3 "$stand_in/keepalive" doctor
    prints stdout "missing:    ns3"

    echo 0 >"$fake/user"
    touch "$fake/broken"
    expect 3 "$stand_in/keepalive" setup
    prints stderr "could not install ns3"
    rm "$fake/broken"
    expect 0 "$stand_in/keepalive" plot table
    prints stderr "installing 1 Debian packages"
    expect 0 "$stand_in/keepalive" plot table
    if [[ -s $work/stderr ]]; then
        complain "plot says something though nothing is missing: $(<"$work/stderr")"
    fi
}

test_this_tree
make_stand_in
test_run
test_sweep
test_plot_of_sweep
test_demo
test_test
test_own_build_directory
test_moved_tree
test_failed_build
test_missing_packages

if ((failures)); then
    printf '%s failed\n' "$failures"
    exit 1
fi
echo "all passed"
