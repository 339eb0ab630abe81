#!/usr/bin/env python3
"""joblib beside bench/pool: for each line that comes in, the name of a figure, measures it once and prints its numbers on a line; `-` where
there is nothing to measure. Workers are loky's, joblib's default; they stay from one call to the next.
"""
import array
import sys
import time

from joblib import Parallel, delayed

ITEMS, SIZE = 2_000, 1 << 20


def longer(number, data):
    return number + len(data)


def map_captured(data=array.array("d", bytes(SIZE))):
    begin = time.monotonic_ns()
    lengths = Parallel(n_jobs=2)(delayed(longer)(number, data) for number in range(ITEMS))
    assert lengths[-1] == ITEMS - 1 + len(data)
    return [(time.monotonic_ns() - begin) / 1e6]


def main():
    while name := sys.stdin.readline().strip():
        print(*map_captured() if name == "map-captured" else "-", flush=True)


if __name__ == "__main__":
    main()
