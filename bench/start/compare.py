#!/usr/bin/env python3
"""Times a child's start, up to its target's first statement, beside a console program and CPython's multiprocessing.

usage: compare.py [--rounds N] [--python PATH] [--no-native]

Every round measures each contender once, so that a change in the machine's load meets them all. "first" is the first child of
a fresh parent, which pays for what the parent does once; the other columns are of children that follow in one parent.
A native program needs clang or gcc to link (--no-native leaves it out). Linux.
"""
import argparse
import os
import platform
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILDS = os.path.join(ROOT, "artifacts", "bench", "start")
PEER = os.path.join(ROOT, "bench", "peers", "python_start.py")


class Parent:
    """A program that starts a process for each line it reads, and prints how many nanoseconds that took."""

    def __init__(self, command):
        self.command = command
        self.process = self.open()
        for _ in range(3):
            self.ask(self.process)

    def open(self):
        return subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    @staticmethod
    def ask(process):
        process.stdin.write("\n")
        process.stdin.flush()
        return int(process.stdout.readline()) / 1e6

    @staticmethod
    def close(process):
        process.stdin.close()
        process.stdout.close()
        process.wait()

    def next(self):
        return self.ask(self.process)

    def first(self):
        process = self.open()
        took = self.ask(process)
        self.close(process)
        return took

    def end(self):
        self.close(self.process)


class Program:
    """A program that is run from its start to its end."""

    def __init__(self, command):
        self.command = command
        self.next()

    def next(self):
        begin = time.monotonic_ns()
        child = os.posix_spawn(self.command[0], self.command, os.environ,
                               file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
        os.waitpid(child, 0)
        return (time.monotonic_ns() - begin) / 1e6

    def first(self):
        return None

    def end(self):
        pass


def publish(name, *options):
    folder = os.path.join(BUILDS, name)
    subprocess.run(["dotnet", "publish", HERE, "-c", "Release", "-o", folder, "-nodeReuse:false", "-v", "quiet", "--nologo", *options],
                   check=True, stdout=sys.stderr)
    return os.path.join(folder, "start")


def contenders(python, native):
    jit = publish("jit")
    yield "child, JIT", Parent([jit])
    if native:
        rid = "linux-arm64" if platform.machine() == "aarch64" else "linux-x64"
        compiled = publish("native", "-r", rid, "-p:PublishAot=true")
        yield "child, NativeAOT", Parent([compiled])
    yield "console program, JIT", Program([jit, "print"])
    if native:
        yield "console program, NativeAOT", Program([compiled, "print"])
    for method in ("fork", "forkserver", "spawn"):
        yield f"CPython {method}", Parent([python, PEER, method])


def show(rows):
    """The last columns say how many times as long as ours each took, by their medians."""
    ours = [name for name in rows if name.startswith("child")]
    print(f"| {'ms':26} | {'median':>6} | {'min':>6} | {'max':>6} | {'first':>6} |" + "".join(f" {'x ' + name:>18} |" for name in ours))
    print(f"|{'-' * 28}|{('-' * 7 + ':|') * 4}" + ("-" * 19 + ":|") * len(ours))
    for name, (times, firsts) in rows.items():
        median = statistics.median(times)
        first = f"{statistics.median(firsts):6.1f}" if firsts else " " * 6
        ratios = "".join(f" {median / statistics.median(rows[one][0]):18.2f} |" for one in ours)
        print(f"| {name:26} | {median:6.1f} | {min(times):6.1f} | {max(times):6.1f} | {first} |{ratios}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=25)
    options.add_argument("--python", default=sys.executable, help="the interpreter to compare with")
    options.add_argument("--no-native", action="store_true")
    given = options.parse_args()

    parents = dict(contenders(given.python, not given.no_native))
    rows = {name: ([], []) for name in parents}
    load = os.getloadavg()[0]
    for _ in range(given.rounds):
        for name, parent in parents.items():
            rows[name][0].append(parent.next())
            if (first := parent.first()) is not None:
                rows[name][1].append(first)
    for parent in parents.values():
        parent.end()
    runtime = subprocess.run(["dotnet", "--list-runtimes"], check=True, capture_output=True, text=True).stdout
    core = [line.split()[1] for line in runtime.splitlines() if line.startswith("Microsoft.NETCore.App 10.")][-1]
    python = subprocess.run([given.python, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    print(f"{os.cpu_count()} cores, {platform.machine()}, Linux {platform.release()}, .NET {core}, {python}, "
          f"{given.rounds} rounds, load {load:.1f} before and {os.getloadavg()[0]:.1f} after")
    show(rows)


if __name__ == "__main__":
    main()
