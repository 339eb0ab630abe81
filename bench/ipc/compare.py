#!/usr/bin/env python3
"""Times what processes say to each other, beside CPython's multiprocessing and beside the floor in C.

usage: compare.py [--rounds N] [--only FIGURE,...] [--python PATH] [--no-native] [--markdown]

Every round asks each contender once for each figure, in turn, so that a change in the machine's load meets them all; two rounds before them are not
counted. After them come the long ones, three times: four processes that want one lock for two seconds, and fresh contenders that wait for a message for
two seconds, to see what that costs.
Needs a C compiler; a native program needs clang or gcc to link (--no-native leaves it out). Linux.
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
BUILDS = os.path.join(ROOT, "artifacts", "bench", "ipc")
PEER = os.path.join(ROOT, "bench", "peers", "python_ipc.py")
PYTHON, FLOOR, ITSELF = "CPython", "C", "itself"
WARM_UP = 2
LONG_ROUNDS = 3
IDLE_SECONDS = 2

# What is asked, which of its numbers, what it is called, its unit, whether more is better, and the target: beside whom, and how many times as good as
# CPython it must be; at most how many times the floor's time, at least which part of its rate; or itself at most how much.
FIGURES = [
    ("items-bounded", 0, "an int, 1024 at most", "ns", False, (PYTHON, 20)),
    ("items-unbounded", 0, "an int, without bound", "ns", False, (PYTHON, 20)),
    ("items-bounded-async", 0, "an int, 1024 at most, await", "ns", False, (PYTHON, 20)),
    ("items-unbounded-async", 0, "an int, without bound, await", "ns", False, (PYTHON, 20)),
    ("trip", 0, "64 bytes, there and back, median", "us", False, (FLOOR, 1.5)),
    ("trip", 1, "the same, mean", "us", False, (FLOOR, 1.5)),
    ("trip", 2, "the same, 99 %", "us", False, None),
    ("trip-pipe", 0, "by pipe, median", "us", False, (FLOOR, 1.5)),
    ("trip-pipe", 1, "by pipe, mean", "us", False, (FLOOR, 1.5)),
    ("trip-async", 0, "await, median", "us", False, None),
    ("trip-async", 1, "await, mean", "us", False, None),
    ("trip-no-spin", 0, "without spinning, median", "us", False, (FLOOR, 1.3)),
    ("trip-no-spin", 1, "without spinning, mean", "us", False, (FLOOR, 1.3)),
    ("trip-no-spin-async", 0, "without spinning, await, median", "us", False, None),
    ("trip-no-spin-async", 1, "without spinning, await, mean", "us", False, None),
    ("trip-asleep", 0, "both asleep, median", "us", False, (FLOOR, 1.3)),
    ("trip-asleep", 1, "both asleep, mean", "us", False, (FLOOR, 1.3)),
    ("trip-asleep-async", 0, "both asleep, await, median", "us", False, None),
    ("trip-asleep-async", 1, "both asleep, await, mean", "us", False, None),
    ("trip-one-core", 0, "both on one processor, median", "us", False, (FLOOR, 1.3)),
    ("trip-one-core", 1, "both on one processor, mean", "us", False, (FLOOR, 1.3)),
    ("trip-socket", 0, "by socket, median", "us", False, None),
    ("trip-socket", 1, "by socket, mean", "us", False, None),
    ("message-64k", 0, "64 KiB; C: memcpy", "GB/s", True, None),
    ("message-1m", 0, "1 MiB; C: memcpy", "GB/s", True, (FLOOR, 0.5)),
    ("message-1m-pipe", 0, "1 MiB by pipe; C: memcpy", "GB/s", True, (FLOOR, 0.5)),
    ("message-64m", 0, "64 MiB; C: memcpy", "GB/s", True, None),
    ("message-64k", 1, "64 KiB, copied in and out", "GB/s", True, None),
    ("message-1m", 1, "1 MiB, copied in and out", "GB/s", True, None),
    ("message-64m", 1, "64 MiB, copied in and out", "GB/s", True, None),
    ("mutex", 0, "lock and unlock", "ns", False, (ITSELF, 100)),
    ("hand-over-shared", 0, "SharedArray of 64 MiB to a pool", "us", False, None),
    ("hand-over-bytes", 0, "byte[] of 64 MiB to a pool", "us", False, None),
    ("contended", 0, "four want a lock, turns a second", "1/s", True, None),
    ("contended", 1, "fewest by most turns of a process", "", True, None),
    ("contended", 2, "wait, median", "us", False, None),
    ("contended", 3, "wait, 99 %", "us", False, None),
    ("contended", 4, "wait, longest", "us", False, None),
]
LONG = ["contended"]
KNOWN = [*dict.fromkeys(row[0] for row in FIGURES), "idle"]
PROCESSORS = sorted(os.sched_getaffinity(0))[:2]
# Where a figure's processes run, where that is not left to the system: what a wake-up takes depends on nothing so much. APART is the calling process
# on one processor and its children on another; UNSPUN the same while they believe that there is one, so that they look once before they sleep.
APART, UNSPUN, TOGETHER = "apart", "unspun", "together"
PLACES = {
    "trip-no-spin": UNSPUN, "trip-no-spin-async": UNSPUN, "trip-asleep": APART, "trip-asleep-async": APART, "trip-one-core": TOGETHER,
}


class Contender:
    """A program that measures a figure for each line it reads, and prints its numbers."""

    def __init__(self, command, place=None):
        self.command = command
        self.place = place
        environment = {**os.environ, "DOTNET_PROCESSOR_COUNT": "1"} if place == UNSPUN else None
        pin = (lambda: os.sched_setaffinity(0, PROCESSORS[:1])) if place == TOGETHER else None
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, preexec_fn=pin)

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

    def pin(self):
        """Threads to come take after those that make them; the floor's short-lived children pin themselves."""
        if self.place not in (APART, UNSPUN):
            return
        for processor, pids in ((PROCESSORS[0], [self.process.pid]), (PROCESSORS[-1], self.children())):
            for pid in pids:
                for thread in os.listdir(f"/proc/{pid}/task"):
                    os.sched_setaffinity(int(thread), [processor])

    def children(self):
        pid = self.process.pid
        found = []
        for task in glob.glob(f"/proc/{pid}/task/*/children"):
            with open(task, encoding="ascii") as children:
                found += [int(child) for child in children.read().split()]
        return found


def processor_time(pid):
    """In nanoseconds, ended threads included: the clock of clock_getcpuclockid(3). /proc/PID/stat counts in hundredths of a second."""
    return time.clock_gettime_ns(~pid << 3 | 2)


def measure(programs, asked, rounds):
    """What each contender answered for each figure."""
    measured = {figure: {name: [] for name in programs} for figure in asked}
    contenders = {place: {name: Contender(command, place) for name, command in programs.items()} for place in dict.fromkeys(map(PLACES.get, asked))}

    def ask(figure, counts):
        for name, contender in contenders[PLACES.get(figure)].items():
            answer = contender.ask(figure)
            if counts and answer is not None:
                measured[figure][name].append(answer)
            elif not counts:
                contender.pin()

    for turn in range(-WARM_UP, rounds):
        for figure in asked:
            if figure not in LONG:
                ask(figure, turn >= 0)
    for _ in range(LONG_ROUNDS):
        for figure in asked:
            if figure in LONG:
                ask(figure, True)
    for placed in contenders.values():
        for contender in placed.values():
            contender.end()
    return measured


def idle(commands):
    """Rows of what waiting for a message costs: percents of a processor."""
    contenders = {name: Contender(command) for name, command in commands.items() if name != FLOOR}
    for contender in contenders.values():
        contender.ask("trip")
        contender.ask("wait")
    time.sleep(1.5)
    rows = {"idle, waiting process": {}, "idle, its waiting children": {}}
    processes = {name: (contender.process.pid, *contender.children()) for name, contender in contenders.items()}
    for _ in range(LONG_ROUNDS):
        before, begin = {name: [processor_time(pid) for pid in pids] for name, pids in processes.items()}, time.monotonic_ns()
        time.sleep(IDLE_SECONDS)
        took = time.monotonic_ns() - begin
        for name, pids in processes.items():
            percents = [100 * (processor_time(pid) - early) / took for pid, early in zip(pids, before[name])]
            rows["idle, waiting process"].setdefault(name, []).append(percents[0])
            rows["idle, its waiting children"].setdefault(name, []).append(sum(percents[1:]))
    for contender in contenders.values():
        contender.end()
    return rows


def publish(name, *options):
    folder = os.path.join(BUILDS, name)
    subprocess.run(["dotnet", "publish", HERE, "-c", "Release", "-o", folder, "-nodeReuse:false", "-v", "quiet", "--nologo", *options],
                   check=True, stdout=sys.stderr)
    return os.path.join(folder, "ipc")


def compile_floor():
    os.makedirs(BUILDS, exist_ok=True)
    floor = os.path.join(BUILDS, "floor")
    subprocess.run(["cc", "-O2", "-pthread", "-o", floor, os.path.join(HERE, "floor.c")], check=True)
    return floor


def commands(python, native):
    found = {"JIT": [publish("jit")]}
    if native:
        rid = "linux-arm64" if platform.machine() == "aarch64" else "linux-x64"
        found["NativeAOT"] = [publish("native", "-r", rid, "-p:PublishAot=true")]
    found[PYTHON] = [python, PEER]
    found[FLOOR] = [compile_floor(), str(PROCESSORS[-1])]
    return found


def short(number):
    return f"{number:.3g}" if number < 1000 else f"{number:.0f}"


class Table:
    HEADS = ["figure", "", "median", "min", "max", "x " + PYTHON, "x " + FLOOR, "target", "met"]

    def __init__(self):
        self.rows = []

    def add(self, label, unit, name, values, ratios=("", ""), target="", met=None):
        numbers = [short(value) for value in (statistics.median(values), min(values), max(values))]
        self.rows.append([f"{label}, {unit}" if unit else label, name, *numbers, *ratios, target, "" if met is None else "yes" if met else "NO"])

    def show(self, markdown):
        widths = [0 if markdown else max(len(row[i]) for row in [self.HEADS, *self.rows]) for i in range(len(self.HEADS))]

        def line(cells):
            return "| " + " | ".join(cell.ljust(width) if i < 2 else cell.rjust(width) for i, (cell, width) in enumerate(zip(cells, widths))) + " |"

        print(line(self.HEADS))
        print("|" + "|".join("-" * (width + 2) if i < 2 else "-" * (width + 1) + ":" for i, width in enumerate(3 if markdown else w for w in widths)) + "|")
        for row in self.rows:
            print(line(row))


def tabulate(measured, at_rest):
    """CPython's column says how many times as good as CPython; the floor's, how many times its time or its rate."""
    table = Table()
    for figure, index, label, unit, more, target in FIGURES:
        answers = {name: [answer[index] for answer in asked if index < len(answer)] for name, asked in measured.get(figure, {}).items()}
        medians = {name: statistics.median(values) for name, values in answers.items() if values}
        for name, ours in medians.items():
            is_ours = name not in (PYTHON, FLOOR)
            theirs, floor = medians.get(PYTHON), medians.get(FLOOR)
            times = {PYTHON: (ours / theirs if more else theirs / ours) if is_ours and theirs and ours else None,
                     FLOOR: ours / floor if name != FLOOR and floor else None, ITSELF: ours}
            ratios = ["" if times[beside] is None else short(times[beside]) for beside in (PYTHON, FLOOR)]
            wanted, met = "", None
            if is_ours and target and times[target[0]] is not None:
                beside, limit = target
                least = beside == PYTHON or more
                wanted = f"{'>=' if least else '<='} {limit}{'' if beside == ITSELF else ' x ' + beside}"
                met = times[beside] >= limit if least else times[beside] <= limit
            table.add(label, unit, name, answers[name], ratios, wanted, met)
    for label, contenders in at_rest.items():
        for name, values in contenders.items():
            held = name != PYTHON
            # A timer of the system's that fires now and then is no spinning.
            table.add(label, "%", name, values, ("", ""), "0 %" if held else "", statistics.median(values) < 0.1 if held else None)
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
    options.add_argument("--only", help="figures with a comma between them: " + ", ".join(KNOWN))
    options.add_argument("--python", default="/usr/bin/python3.11", help="the interpreter to compare with")
    options.add_argument("--no-native", action="store_true")
    options.add_argument("--markdown", action="store_true", help="without padding, for a document")
    given = options.parse_args()
    wanted = given.only.split(",") if given.only else KNOWN
    if unknown := set(wanted) - set(KNOWN):
        options.error(f"no such figure: {', '.join(sorted(unknown))}")

    programs = commands(given.python, not given.no_native)
    load = os.getloadavg()[0]
    measured = measure(programs, [figure for figure in KNOWN[:-1] if figure in wanted], given.rounds)
    table = tabulate(measured, idle(programs) if "idle" in wanted else {})
    describe(given.python, given.rounds, load)
    table.show(given.markdown)


if __name__ == "__main__":
    main()
