"""How many system calls a file costs each contender: a pass of its own under strace, untimed, on a tenth of the files."""
import os
import tempfile

from runs import Failed, run


def count_calls(place, tree, contenders):
    """By contender and call; what a program needs to start is in it."""
    tree = tree.smaller()
    source, counted = os.path.join(place.folder, "calls"), {}
    tree.make(source)
    for number, one in enumerate(contenders):
        with tempfile.NamedTemporaryFile("r") as summary:
            copy = os.path.join(place.folder, f"calls-{number}")
            try:
                run(["strace", "-f", "-c", "-o", summary.name, *one.command(source, copy)])
            except Failed:
                continue
            counted[one.name] = {name: calls / tree.files for name, calls in rows(summary)}
            place.remove(copy)
    place.remove(source)
    return counted


def rows(summary):
    """strace's table: share, seconds, microseconds a call, calls, errors if there were any, name; lines of dashes and a total around it."""
    for line in summary:
        words = line.split()
        if len(words) >= 5 and words[0][0].isdigit() and words[-1] != "total":
            yield words[-1], int(words[3])
