"""A race as a table in Markdown, and all races as JSON."""
import dataclasses
import json
import statistics

from contenders import FLOORS, MTCOPY
from machine import machine
from targets import verdicts

COLUMNS = ("", "median", "min", "max", "processor", "others", "peak MB", "x mtcopy", "x floor", "rounds")


def markdown(race):
    """Milliseconds; `processor` is what all threads and processes used; `others` the
    part of all processors that went to other programs and to the kernel's own threads; `peak MB` the largest process of each contender."""
    median = {name: statistics.median(one.seconds for one in taken) for name, taken in race.samples.items() if taken}
    peak = {name: max(one.peak_bytes for one in race.samples[name]) for name in median}
    floor = min((median[name] for name in FLOORS if name in median), default=None)
    calls = race.calls and ("calls a file",)
    lines = [f"{race.files:,} files ({race.tree}), {race.bytes / (1 << 20):,.0f} MiB, on {race.place}; {race.rounds} rounds, load {race.load:.1f}:", ""]
    lines.append(row([*COLUMNS, *(calls or ())]))
    lines.append(f"|---|{'---:|' * (len(COLUMNS) - 1 + len(calls or ()))}")
    for name, middle in median.items():
        taken = race.samples[name]
        lines.append(row([
            name, *map(milliseconds, (middle, min(one.seconds for one in taken), max(one.seconds for one in taken))),
            milliseconds(statistics.median(one.cpu_seconds for one in taken)), f"{statistics.median(one.others_share for one in taken):.0%}", f"{peak[name] / 1e6:.1f}",
            times(middle, median.get(MTCOPY)), times(middle, floor), str(len(taken)),
            *([f"{sum(race.calls.get(name, {}).values()):.1f}"] if calls else []),
        ]))
    lines.append("")
    lines += [*verdicts(race, median, peak), *(f"- left out: {name}: {why}" for name, why in race.left_out.items())]
    lines += [f"- {name}: {most_called(counted)}" for name, counted in race.calls.items()]
    return "\n".join(lines) + "\n"


def row(cells):
    return "| " + " | ".join(cells) + " |"


def milliseconds(seconds):
    return f"{seconds * 1000:.{1 if seconds < 0.05 else 0}f}"


def times(value, base):
    return f"{value / base:.2f}" if base else ""


def most_called(counted):
    """The calls that a file costs, not those that a start or a folder does."""
    return ", ".join(f"{name} {calls:.2f}" for name, calls in sorted(counted.items(), key=lambda one: -one[1]) if calls >= 0.05)


def write_json(path, races):
    with open(path, "w") as file:
        json.dump({"machine": machine(), "races": [dataclasses.asdict(race) for race in races]}, file, indent=1)
        file.write("\n")
