#!/usr/bin/env python3
"""CPython's multiprocessing beside bench/pool: for each line that comes in, the name of a figure, measures it once and prints its numbers on a
line; `-` where there is nothing to measure. Workers come by fork, the quickest way that CPython has.
"""
import array
import dataclasses
import functools
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor

CONTEXT = multiprocessing.get_context("fork")
ROUND_TRIPS, SINGLES, BURST, MILLION, ANSWERS, BIG_ARGUMENTS, BIG_SIZE = 2_000, 20_000, 10_000, 1_000_000, 100, 4, 64 << 20
CAPTURING = 2_000


@dataclasses.dataclass
class Answer:
    number: int
    name: str
    square: int


def square(x):
    return x * x


def one_answer(x):
    return Answer(x, "square", x * x)


def many_answers(x):
    return [Answer(x, "square", x * x) for _ in range(ANSWERS)]


def stamp(connection):
    connection.send(time.monotonic_ns())


@functools.cache
def pool():
    return CONTEXT.Pool(2)


@functools.cache
def executor():
    return ProcessPoolExecutor(2, mp_context=CONTEXT)


@functools.cache
def big():
    return bytes(BIG_SIZE)


def seconds(begin):
    return (time.monotonic_ns() - begin) / 1e9


def round_trip(target=square):
    took, workers = [], pool()
    for i in range(ROUND_TRIPS):
        begin = time.monotonic_ns()
        workers.apply(target, (i,))
        took.append(seconds(begin) * 1e6)
    mean = sum(took) / len(took)
    took.sort()
    return took[len(took) // 2], mean, took[len(took) * 99 // 100]


def map_single():
    workers, begin = pool(), time.monotonic_ns()
    workers.map(square, range(SINGLES), chunksize=1)
    return [seconds(begin) / SINGLES * 1e6]


def burst():
    workers, begin = executor(), time.monotonic_ns()
    for call in [workers.submit(square, i) for i in range(BURST)]:
        call.result()
    return [seconds(begin) / BURST * 1e6]


def map_million():
    workers, begin = pool(), time.monotonic_ns()
    workers.map(square, range(MILLION))
    return [seconds(begin) / MILLION * 1e6]


def longer(data, number):
    return number + len(data)


def map_captured(data=array.array("d", bytes(1 << 20))):
    """A bound argument is CPython's captured variable: it travels with each chunk."""
    workers, begin = pool(), time.monotonic_ns()
    lengths = workers.map(functools.partial(longer, data), range(CAPTURING))
    assert lengths[-1] == CAPTURING - 1 + len(data)
    return [seconds(begin) * 1e3]


def argument():
    workers, block, begin = pool(), big(), time.monotonic_ns()
    for _ in range(BIG_ARGUMENTS):
        workers.apply(len, (block,))
    return [BIG_ARGUMENTS * BIG_SIZE / 1e9 / seconds(begin)]


def start():
    """A process has no spare to wait for it: a new one."""
    reader, writer = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=stamp, args=(writer,))
    begin = time.monotonic_ns()
    process.start()
    writer.close()
    took = (reader.recv() - begin) / 1e6
    process.join()
    reader.close()
    return [took]


def cold():
    begin = time.monotonic_ns()
    with CONTEXT.Pool(2) as workers:
        workers.apply(square, (3,))
        return [seconds(begin) * 1e3]


FIGURES = {
    "round-trip": round_trip, "record": functools.partial(round_trip, one_answer), "list": functools.partial(round_trip, many_answers),
    "map-single": map_single, "burst": burst, "map-million": map_million,
    "map-captured": map_captured, "argument": argument, "start": start, "replacement": start, "cold": cold,
}


def main():
    while name := sys.stdin.readline().strip():
        figure = FIGURES.get(name)
        print(*figure() if figure else "-", flush=True)
    # Pools that are left to the end of the interpreter may hang there.
    pool().terminate()
    executor().shutdown()


if __name__ == "__main__":
    main()
