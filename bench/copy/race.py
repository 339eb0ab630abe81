"""The contenders in turn, round after round, on one tree in one place, so that a busy moment meets them all."""
import dataclasses
import os
import sys

from machine import wait_until_calm
from places import available_memory
from runs import Failed, Sample, timed
from verify import difference


@dataclasses.dataclass
class Race:
    tree: str
    place: str
    files: int
    bytes: int
    rounds: int
    samples: dict[str, list[Sample]]
    left_out: dict[str, str] = dataclasses.field(default_factory=dict)
    calls: dict[str, dict[str, float]] = dataclasses.field(default_factory=dict)
    load: float = 0


def race(place, tree, contenders, stopwatch, rounds, patience, calm):
    """The first round is not counted: it warms the caches up and shows that the copies are copies. Who takes longer than `patience`
    seconds in it is measured once only. Before each run the machine has `calm` seconds to become so."""
    track = Track(place, tree)
    result = Race(tree.name, place.name, tree.files, tree.bytes, rounds, {one.name: [] for one in contenders})
    slow = set()
    for number in range(rounds + 1):
        for one in contenders:
            if one.name in result.left_out or (number > 1 and one.name in slow):
                continue
            copy = track.fresh_folder()
            wait_until_calm(calm)
            try:
                sample = timed(stopwatch, track.memory(), one.command(track.source, copy))
            except Failed as failure:
                result.left_out[one.name] = str(failure)
                continue
            if number > 0:
                result.samples[one.name].append(sample)
            else:
                if sample.seconds > patience:
                    slow.add(one.name)
                wrong = difference(track.source, copy, tree.files)
                if wrong:
                    result.left_out[one.name] = f"its copy is not one: {wrong}"
            track.finished(copy)
            print(f"{tree.name}, {place.name}, round {number}: {one.name} {sample.seconds:.2f} s", file=sys.stderr, flush=True)
    result.load = os.getloadavg()[0]
    for name in result.left_out:
        del result.samples[name]
    return result


class Track:
    """The source, and room for one more copy beside it."""

    def __init__(self, place, tree):
        self.place, self.tree, self.copies = place, tree, 0
        self.keeps = place.keeps_copies(tree.files)
        self.lay_out()

    def lay_out(self):
        before = self.place.used()
        self.source = os.path.join(self.place.folder, "source")
        self.tree.make(self.source)
        self.size = self.place.used() - before

    def fresh_folder(self):
        # A fifth more than the source took, for what is laid out less densely.
        if not self.place.has_room(self.size * 6 // 5, self.tree.entries * 6 // 5):
            if not self.place.can_renew:
                raise SystemExit(f"{self.place.name} has no room for another copy of {self.tree.name} ({self.size >> 20} MiB); fewer rounds need less")
            self.place.renew()
            self.lay_out()
        self.place.settle()
        self.copies += 1
        return os.path.join(self.place.folder, f"copy-{self.copies}")

    def memory(self):
        """What a copy takes in the page cache, and an inode, its name and its bookkeeping in the kernel."""
        return min(self.size * 5 // 4 + self.tree.entries * 4096, available_memory() // 3)

    def finished(self, copy):
        if not self.keeps:
            self.place.remove(copy)
