#!/usr/bin/env python3
"""Times mtcopy beside the other copiers of this machine, in turn: medians, spread, memory, ratios.

    compare.py small                                   one tree, in the system's temporary folder
    compare.py small flat large --on tmpfs ext4 xfs    three trees in three places
    compare.py ~/photos --on /mnt/disk --rounds 3      a folder of yours on a disk of yours
    compare.py --all --json figures.json               everything; README.md says how long that takes

Linux, Python 3.9, a C compiler, what `dotnet publish` of a native program needs; tmpfs and images need root.
"""
import argparse
import os
import signal
import sys
import tempfile

import report
from calls import count_calls
from contenders import all_contenders, compile_c
from machine import machine
from places import Unavailable, place
from race import race
from trees import SDK, SHAPES, tree

EVERYTHING = ([*SHAPES, SDK], ["tmpfs", "ext4", "xfs", "btrfs"])


def main():
    options = read_options()
    end_on_signals()
    stopwatch = compile_c("stopwatch", "stopwatch.c")
    with tempfile.TemporaryDirectory(prefix="mtcopy-bench-") as scratch:
        contenders = chosen(all_contenders(options.mtcopy, options.forms, scratch), options)
        print(machine(), flush=True)
        races, trees = [], [tree(name) for name in options.trees]
        for where in options.on:
            for what in trees:
                try:
                    # A place of its own for each tree: what another one left behind cannot slow it down.
                    with place(where) as there:
                        races.append(run_one(there, what, contenders, options, stopwatch))
                except Unavailable as reason:
                    print(f"\nwithout {what.name} on {where}: {reason}", flush=True)
                    continue
                print(f"\n{report.markdown(races[-1])}", flush=True)
                if options.json:
                    report.write_json(options.json, races)
    return 0 if races else 1


def run_one(there, what, contenders, options, stopwatch):
    result = race(there, what, contenders, stopwatch, options.rounds, options.patience, options.calm)
    if options.calls:
        if there.can_renew:
            there.renew()
        result.calls = count_calls(there, what, contenders)
    return result


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trees", nargs="*", metavar="TREE", help=f"{', '.join([*SHAPES, SDK])}, or a folder")
    parser.add_argument("--all", action="store_true", help="every tree in every place")
    parser.add_argument("--on", nargs="+", default=[tempfile.gettempdir()], metavar="PLACE", help="tmpfs, ext4, xfs, btrfs, or a folder")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--patience", type=float, default=20, metavar="SECONDS", help="who takes longer is measured in one round only (20)")
    parser.add_argument("--calm", type=float, default=5, metavar="SECONDS", help="wait so long at most for other programs to pause before a run (5)")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these contenders")
    parser.add_argument("--without", nargs="+", default=[], metavar="NAME", help="all contenders but these")
    parser.add_argument("--mtcopy", metavar="PATH", help="a binary there is, instead of one that is built")
    parser.add_argument("--forms", action="store_true", help="mtcopy with process workers and under the JIT too")
    parser.add_argument("--calls", action="store_true", help="count system calls too, with strace")
    parser.add_argument("--json", metavar="FILE", help="all raw figures")
    options = parser.parse_args()
    if options.all:
        options.trees, options.on = EVERYTHING
    if not options.trees:
        parser.error("no tree")
    if options.mtcopy:
        options.mtcopy = os.path.abspath(options.mtcopy)
    return options


def chosen(contenders, options):
    names = [one.name for one in contenders]
    for name in [*options.only, *options.without]:
        if name not in names:
            raise SystemExit(f"there is no {name!r}, but {', '.join(names)}")
    return [one for one in contenders if (not options.only or one.name in options.only) and one.name not in options.without]


def end_on_signals():
    """Ends by an exception, so that everything is unmounted and removed; once only, so that a second Ctrl-C does not stop that."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def end(number, _):
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for each in signals:
        signal.signal(each, end)


if __name__ == "__main__":
    sys.exit(main())
