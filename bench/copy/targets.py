"""How fast mtcopy must be beside the others, and how much memory it may take."""
from contenders import FLOORS, MTCOPY

# By tree: whom mtcopy is compared with, and at most how many times their time it may take.
TIMES = {
    "small": ((FLOORS, 1.25), (("cp -r",), 1 / 2), (("rsync -a -W",), 1 / 3), (("rclone copy",), 1 / 6)),
    "flat": ((FLOORS, 1), (("cp -r",), 1 / 1.4)),
    "large": ((("cp -r",), 1.05),),
}
MEMORY = {"empty": 100e6, "empty-flat": 100e6}


def verdicts(race, median, peak):
    """A line for each target of this tree; beside two floors the faster one counts. `median` and `peak` are by contender."""
    if MTCOPY not in median:
        return
    for names, most in TIMES.get(race.tree, ()):
        there = [name for name in names if name in median]
        if there:
            other = min(there, key=median.get)
            yield speed(median[MTCOPY] / median[other], other, most)
    if race.tree in MEMORY:
        most = MEMORY[race.tree]
        yield line(f"mtcopy takes {peak[MTCOPY] / 1e6:.0f} MB", f"at most {most / 1e6:.0f} MB", peak[MTCOPY] <= most)


def speed(took, other, most):
    if most < 1:
        return line(f"mtcopy is {1 / took:.2f} times as fast as {other}", f"at least {1 / most:.1f}", took <= most)
    return line(f"mtcopy takes {took:.2f} of the time of {other}", f"at most {most:.2f}", took <= most)


def line(what, limit, met):
    return f"- {what}; wanted {limit}: {'met' if met else 'missed'}"
