#!/usr/bin/env python3
"""Times what pools do, beside CPython's multiprocessing and concurrent.futures.

usage: compare.py [--rounds N] [--only FIGURE,...] [--python PATH] [--no-native] [--markdown]

Every round asks each contender once for each figure, in turn, so that a change in the machine's load meets them all; two rounds before them are not
counted. At the end fresh contenders that have worked are left alone for two seconds, to see what an idle pool costs.
A native program needs clang or gcc to link (--no-native leaves it out). Linux.
"""
import argparse
import glob
import os
import platform
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILDS = os.path.join(ROOT, "artifacts", "bench", "pool")
PEER = os.path.join(ROOT, "bench", "peers", "python_pool.py")
JOBLIB_PEER = os.path.join(ROOT, "bench", "peers", "joblib_pool.py")
PYTHON = "CPython"
JOBLIB = "joblib"
WARM_UP = 2
IDLE_SECONDS = 2

# What is asked, which of its numbers, what it is called, its unit, whether more is better, and how many times as good as CPython it must be.
FIGURES = [
    ("round-trip", 0, "round trip, median", "us", False, 30),
    ("round-trip", 1, "round trip, mean", "us", False, None),
    ("round-trip", 2, "round trip, 99 %", "us", False, None),
    ("record", 0, "the same with a record as result, median", "us", False, None),
    ("record", 1, "the same with a record as result, mean", "us", False, None),
    ("list", 0, "a list of 100 records as result, median", "us", False, None),
    ("list", 1, "a list of 100 records as result, mean", "us", False, None),
    ("map-single", 0, "map, chunks of one, an item", "us", False, 20),
    ("burst", 0, "10,000 calls at once, a call", "us", False, 50),
    ("map-million", 0, "map of a million ints, an item", "us", False, 10),
    ("map-captured", 0, "map of 2,000 items, 1 MB captured", "ms", False, None),
    ("argument", 0, "64 MiB as argument", "GB/s", True, 10),
    ("start", 0, "spare, to first statement", "ms", False, 1),
    ("replacement", 0, "the same, worker just killed", "ms", False, None),
    ("cold", 0, "new pool, first answer", "ms", False, None),
    ("threads", 0, "round trip, thread pool", "us", False, None),
]


class Contender:
    """A program that measures a figure for each line it reads, and prints its numbers."""

    def __init__(self, command):
        self.command = command
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, figure):
        self.process.stdin.write(figure + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.command} ended at {figure}")
        return None if answer == "-\n" else [float(number) for number in answer.split()]

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def workers(self):
        pid = self.process.pid
        found = []
        for task in glob.glob(f"/proc/{pid}/task/*/children"):
            with open(task, encoding="ascii") as children:
                found += [int(child) for child in children.read().split()]
        return found


def processor_time(pid):
    """In nanoseconds, ended threads included: the clock of clock_getcpuclockid(3). /proc/PID/stat counts in hundredths of a second."""
    return time.clock_gettime_ns(~pid << 3 | 2)


def memory(pid, kind):
    """Rss, or Pss, where a page that several processes share counts in parts. In MiB."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith(kind + ":"))


def idle(commands):
    """Rows of what pools cost that have worked and are left alone: percents of a processor, and MiB."""
    contenders = {name: Contender(command) for name, command in commands.items()}
    for contender in contenders.values():
        for _ in range(WARM_UP):
            contender.ask("round-trip")
    time.sleep(1.5)
    workers = {name: contender.workers() for name, contender in contenders.items()}

    def spent():
        return {name: [processor_time(pid) for pid in (contender.process.pid, *workers[name])] for name, contender in contenders.items()}

    before, begin = spent(), time.monotonic_ns()
    time.sleep(IDLE_SECONDS)
    after, took = spent(), time.monotonic_ns() - begin
    rows = {"idle, calling process": {}, "idle, all its workers": {}, "idle worker, resident": {}, "idle worker, its share of it": {}}
    for name, contender in contenders.items():
        percents = [100 * (late - early) / took for early, late in zip(before[name], after[name])]
        rows["idle, calling process"][name] = [percents[0]]
        rows["idle, all its workers"][name] = [sum(percents[1:])]
        rows["idle worker, resident"][name] = [memory(pid, "Rss") for pid in workers[name]]
        rows["idle worker, its share of it"][name] = [memory(pid, "Pss") for pid in workers[name]]
        contender.end()
    return rows


def publish(name, *options):
    folder = os.path.join(BUILDS, name)
    subprocess.run(["dotnet", "publish", HERE, "-c", "Release", "-o", folder, "-nodeReuse:false", "-v", "quiet", "--nologo", *options],
                   check=True, stdout=sys.stderr)
    return os.path.join(folder, "pool")


def commands(python, native):
    found = {"JIT": [publish("jit")]}
    if native:
        rid = "linux-arm64" if platform.machine() == "aarch64" else "linux-x64"
        found["NativeAOT"] = [publish("native", "-r", rid, "-p:PublishAot=true")]
    found[PYTHON] = [python, PEER]
    if subprocess.run([python, "-c", "import joblib"], stderr=subprocess.DEVNULL).returncode == 0:
        found[JOBLIB] = [python, JOBLIB_PEER]
    return found


class Table:
    HEADS = ["figure", "", "median", "min", "max", "x " + PYTHON, "target", "met"]

    def __init__(self):
        self.rows = []

    def add(self, label, unit, name, values, ratio=None, target="", met=None):
        numbers = [f"{value:.4g}" if value < 1000 else f"{value:.0f}" for value in (statistics.median(values), min(values), max(values))]
        self.rows.append([f"{label}, {unit}", name, *numbers, "" if ratio is None else f"{ratio:.1f}", target, "" if met is None else "yes" if met else "NO"])

    def show(self, markdown):
        widths = [0 if markdown else max(len(row[i]) for row in [self.HEADS, *self.rows]) for i in range(len(self.HEADS))]

        def line(cells):
            return "| " + " | ".join(cell.ljust(width) if i < 2 else cell.rjust(width) for i, (cell, width) in enumerate(zip(cells, widths))) + " |"

        print(line(self.HEADS))
        print("|" + "|".join("-" * (width + 2) if i < 2 else "-" * (width + 1) + ":" for i, width in enumerate(3 if markdown else w for w in widths)) + "|")
        for row in self.rows:
            print(line(row))


def tabulate(measured, at_rest):
    table = Table()
    for figure, index, label, unit, more, times in FIGURES:
        answers = {name: [answer[index] for answer in asked] for name, asked in measured.get(figure, {}).items() if asked}
        theirs = statistics.median(answers[PYTHON]) if PYTHON in answers else None
        for name, values in answers.items():
            if name in (PYTHON, JOBLIB) or theirs is None:
                table.add(label, unit, name, values)
                continue
            ours = statistics.median(values)
            ratio = ours / theirs if more else theirs / ours
            table.add(label, unit, name, values, ratio, f"{times} x" if times else "", ratio >= times if times else None)
    for label, contenders in at_rest.items():
        for name, values in contenders.items():
            percent = label.startswith("idle,")
            held = percent and name != PYTHON
            # A timer of the system's that fires now and then is no spinning.
            table.add(label, "%" if percent else "MiB", name, values, None, "0 %" if held else "", statistics.median(values) < 0.1 if held else None)
    return table


def describe(python, rounds, load):
    runtimes = subprocess.run(["dotnet", "--list-runtimes"], check=True, capture_output=True, text=True).stdout
    core = [line.split()[1] for line in runtimes.splitlines() if line.startswith("Microsoft.NETCore.App 10.")][-1]
    version = subprocess.run([python, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "processor unknown")
    print(f"{os.cpu_count()} cores ({model}), {platform.machine()}, Linux {platform.release()}, .NET {core}, {version}, "
          f"{rounds} rounds, load {load:.1f} before and {os.getloadavg()[0]:.1f} after\n")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--only", help="figures with a comma between them: " + ", ".join(dict.fromkeys(row[0] for row in FIGURES)) + ", idle")
    options.add_argument("--python", default=sys.executable, help="the interpreter to compare with")
    options.add_argument("--no-native", action="store_true")
    options.add_argument("--markdown", action="store_true", help="without padding, for a document")
    given = options.parse_args()
    known = [*dict.fromkeys(row[0] for row in FIGURES), "idle"]
    wanted = given.only.split(",") if given.only else known
    if unknown := set(wanted) - set(known):
        options.error(f"no such figure: {', '.join(sorted(unknown))}")

    programs = commands(given.python, not given.no_native)
    load = os.getloadavg()[0]
    asked = [figure for figure in known[:-1] if figure in wanted]
    measured = {figure: {name: [] for name in programs} for figure in asked}
    contenders = {name: Contender(command) for name, command in programs.items()}
    for turn in range(-WARM_UP, given.rounds):
        for figure in asked:
            for name, contender in contenders.items():
                answer = contender.ask(figure)
                if turn >= 0 and answer is not None:
                    measured[figure][name].append(answer)
    for contender in contenders.values():
        contender.end()
    resting = {name: command for name, command in programs.items() if name != JOBLIB}
    table = tabulate(measured, idle(resting) if "idle" in wanted else {})
    describe(given.python, given.rounds, load)
    table.show(given.markdown)


if __name__ == "__main__":
    main()
