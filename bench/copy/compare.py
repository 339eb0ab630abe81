#!/usr/bin/env python3
"""Times mtcopy beside the other copiers of this machine, in turn, and prints medians, spread and ratios.

usage: compare.py TREE [--rounds N] [--folder FOLDER] [--only NAME;...]

TREE is small (50,000 files of 0.5 to 16 KiB in 500 folders), flat (100,000 in one folder), large (three of 1 GiB),
or a folder of yours. Copies go into FOLDER (the system's temporary one by default); its file system is what is measured.
On ext4 copies of many files stay until the end: there, creating files soon after deleting many others is slow for reasons of its own.

Needs a C compiler and what `dotnet publish` of a native program needs.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
MAKE = [sys.executable, os.path.join(HERE, "make_tree.py")]
TREES = {
    "small": ["50000", "500", "512", "16384"],
    "flat": ["100000", "1", "512", "4096"],
    "large": ["3", "1", str(1 << 30), str(1 << 30)],
}


def build(into):
    """The programs to compare: name and the words in front of source and destination."""
    for name, flags in (("floor", []), ("floor_rw", ["-DREAD_WRITE"])):
        subprocess.run(["cc", "-O2", "-pthread", *flags, "-o", f"{into}/{name}", f"{HERE}/floor.c"], check=True)
    project = f"{ROOT}/src/mtcopy"
    for out, more in (("native", ["-r", "linux-x64"]), ("jit", ["-p:PublishAot=false"])):
        subprocess.run(["dotnet", "publish", project, "-c", "Release", "-o", f"{into}/{out}", *more],
                       check=True, stdout=subprocess.DEVNULL)
    programs = {
        "floor": [f"{into}/floor"],
        "floor (read, write)": [f"{into}/floor_rw"],
        "mtcopy": [f"{into}/native/mtcopy"],
        "mtcopy (processes)": [f"{into}/native/mtcopy", "--isolation", "processes"],
        "mtcopy JIT": [f"{into}/jit/mtcopy"],
        "mtcopy JIT (processes)": [f"{into}/jit/mtcopy", "--isolation", "processes"],
        "cp -r": ["cp", "-r"],
        "cp -a": ["cp", "-a"],
    }
    if shutil.which("rsync"):
        programs["rsync -a -W"] = ["rsync", "-a", "-W"]
    return programs


def run(command, source, destination):
    if command[0] == "rsync":
        source += "/"
    os.sync()
    start = time.perf_counter()
    subprocess.run([*command, source, destination], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("tree")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", default=tempfile.gettempdir())
    parser.add_argument("--only", default="")
    options = parser.parse_args()

    work = tempfile.mkdtemp(prefix="mtcopy-bench-", dir=options.folder)
    try:
        programs = build(work)
        if options.only:
            programs = {name: programs[name] for name in options.only.split(";")}
        source = options.tree
        if source in TREES:
            source = f"{work}/source"
            subprocess.run([*MAKE, source, *TREES[options.tree]], check=True)
        kind = subprocess.run(["stat", "-f", "-c", "%T", work], check=True, capture_output=True, text=True).stdout.strip()
        keep = kind.startswith("ext") and options.tree != "large"
        times = {name: [] for name in programs}
        for i in range(options.rounds + 1):
            for name, command in programs.items():
                copy = f"{work}/copy-{i}-{len(name)}-{abs(hash(name))}"
                took = run(command, source, copy)
                # The first round warms the caches up, and shows that the copies are copies.
                if i > 0:
                    times[name].append(took)
                elif subprocess.run(["diff", "-rq", "--no-dereference", source, copy]).returncode != 0:
                    sys.exit(f"{name} did not copy everything")
                if not keep:
                    shutil.rmtree(copy)
        print(f"{options.tree}, {kind}, {os.cpu_count()} cores, {options.rounds} rounds, load {os.getloadavg()[0]:.1f}")
        report(times)
    finally:
        shutil.rmtree(work)


def report(times):
    base = statistics.median(times.get("mtcopy") or next(iter(times.values())))
    print(f"| {'':24} | {'median':>8} | {'min':>8} | {'max':>8} | {'x mtcopy':>8} |")
    print(f"|{'-' * 26}|{'-' * 9}:|{'-' * 9}:|{'-' * 9}:|{'-' * 9}:|")
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"| {name:24} | {median * 1000:5.0f} ms | {min(taken) * 1000:5.0f} ms | {max(taken) * 1000:5.0f} ms | {median / base:8.2f} |")


if __name__ == "__main__":
    main()
