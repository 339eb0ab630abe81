#!/usr/bin/env python3
"""CPython's multiprocessing beside bench/ipc: for each line that comes in, the name of a figure, measures it once and prints its numbers on a
line; `-` where there is nothing to measure. Processes come by fork, the quickest way that CPython has.
"""
import functools
import multiprocessing
import sys
import threading
import time
from multiprocessing import shared_memory

CONTEXT = multiprocessing.get_context("fork")
ITEMS, CAPACITY, TRIPS, RESTED_TRIPS, MESSAGE = 50_000, 1024, 2_000, 200, bytes(64)
MUTEX_TURNS, CONTENDERS, CONTENDED_SECONDS, REST = 200_000, 4, 2, 0.001
SHARED_CALLS, BLOCK_CALLS, BLOCK = 200, 4, 64 << 20


def daemon(target, *arguments):
    CONTEXT.Process(target=target, args=arguments, daemon=True).start()


def summary(took):
    """Median, mean and 99th percentile, in microseconds, of nanoseconds."""
    took.sort()
    return [took[len(took) // 2] / 1e3, sum(took) / len(took) / 1e3, took[len(took) * 99 // 100] / 1e3]


def put(orders, queue):
    while True:
        for i in range(orders.recv()):
            queue.put(i)


@functools.cache
def items_queue(capacity):
    """A child that puts as many numbers into a queue as it is told."""
    queue, (theirs, orders) = CONTEXT.Queue(capacity), CONTEXT.Pipe(duplex=False)
    daemon(put, theirs, queue)
    return queue, orders


def items(capacity):
    queue, orders = items_queue(capacity)
    total, begin = 0, time.monotonic_ns()
    orders.send(ITEMS)
    for _ in range(ITEMS):
        total += queue.get()
    took = time.monotonic_ns() - begin
    assert total == ITEMS * (ITEMS - 1) // 2
    return [took / ITEMS]


def echo(connection):
    while True:
        connection.send_bytes(connection.recv_bytes())


def echo_after_rest(connection):
    while True:
        message, arrived = connection.recv_bytes(), time.monotonic_ns()
        time.sleep(REST)
        connection.send_bytes(message + (time.monotonic_ns() - arrived).to_bytes(8, "little"))


@functools.cache
def echoing(target):
    near, far = CONTEXT.Pipe()
    daemon(target, far)
    return near


def trip():
    near, took = echoing(echo), []
    for _ in range(TRIPS):
        begin = time.monotonic_ns()
        near.send_bytes(MESSAGE)
        near.recv_bytes()
        took.append(time.monotonic_ns() - begin)
    return summary(took)


def trip_asleep():
    """Both rest before they speak, so that the other sleeps; the rests are left out."""
    near, took = echoing(echo_after_rest), []
    for _ in range(RESTED_TRIPS):
        time.sleep(REST)
        begin = time.monotonic_ns()
        near.send_bytes(MESSAGE)
        answer = near.recv_bytes()
        took.append(time.monotonic_ns() - begin - int.from_bytes(answer[-8:], "little"))
    return summary(took)


def put_blocks(orders, queue):
    while True:
        size, count = orders.recv()
        block = bytes(size)
        for _ in range(count):
            queue.put(block)


def send_blocks(orders, connection):
    while True:
        size, count = orders.recv()
        block = bytes(size)
        for _ in range(count):
            connection.send_bytes(block)


@functools.cache
def blocks_source(target, ends):
    """A child that sends as many blocks as it is told; how they are read, and where it is told."""
    (read, theirs), (their_orders, orders) = ends(), CONTEXT.Pipe(duplex=False)
    daemon(target, their_orders, theirs)
    return read, orders


def queue_ends():
    queue = CONTEXT.Queue(4)
    return queue.get, queue


def pipe_ends():
    reader, writer = CONTEXT.Pipe(duplex=False)
    return reader.recv_bytes, writer


def blocks(target, ends, size, count):
    read, orders = blocks_source(target, ends)
    begin = time.monotonic_ns()
    orders.send((size, count))
    for _ in range(count):
        assert len(read()) == size
    return [size * count / (time.monotonic_ns() - begin)]


def mutex():
    lock = CONTEXT.Lock()
    begin = time.monotonic_ns()
    for _ in range(MUTEX_TURNS):
        with lock:
            pass
    return [(time.monotonic_ns() - begin) / MUTEX_TURNS]


def contend(lock, shared, start, results):
    waits = []
    time.sleep(max(0, (start - time.monotonic_ns()) / 1e9))
    end = start + CONTENDED_SECONDS * 1_000_000_000
    while (begin := time.monotonic_ns()) < end:
        with lock:
            waits.append(time.monotonic_ns() - begin)
            shared.value += 1
    results.put(waits)


def contended():
    """Turns a second, those of the process with the fewest as a part of those with the most; median, 99th percentile and longest wait, in microseconds."""
    lock, shared, results = CONTEXT.Lock(), CONTEXT.RawValue("q"), CONTEXT.Queue()
    start = time.monotonic_ns() + 300_000_000
    for _ in range(CONTENDERS):
        daemon(contend, lock, shared, start, results)
    each = [results.get() for _ in range(CONTENDERS)]
    every = sorted(wait for waits in each for wait in waits)
    assert len(every) == shared.value
    turns = [len(waits) for waits in each]
    return [len(every) / CONTENDED_SECONDS, min(turns) / max(turns), every[len(every) // 2] / 1e3, every[len(every) * 99 // 100] / 1e3, every[-1] / 1e3]


def last(block):
    return block[-1]


def last_shared(memory):
    return memory.buf[-1]


@functools.cache
def pool():
    return CONTEXT.Pool(1)


@functools.cache
def block():
    return bytes(BLOCK - 1) + b"\7"


@functools.cache
def memory():
    created = shared_memory.SharedMemory(create=True, size=BLOCK)
    created.buf[-1] = 7
    return created


def hand_over(function, argument, calls):
    """Microseconds a call, the median."""
    worker, took = pool(), []
    for _ in range(calls):
        begin = time.monotonic_ns()
        assert worker.apply(function, (argument,)) == 7
        took.append(time.monotonic_ns() - begin)
    return summary(took)[:1]


def wait():
    """Leaves this process and a child waiting for what never comes."""
    queue = CONTEXT.Queue()
    daemon(queue.get)
    threading.Thread(target=queue.get, daemon=True).start()
    return [0]


FIGURES = {
    "items-bounded": lambda: items(CAPACITY), "items-unbounded": lambda: items(0),
    "items-bounded-async": lambda: items(CAPACITY), "items-unbounded-async": lambda: items(0),
    "trip": trip, "trip-pipe": trip, "trip-async": trip, "trip-no-spin": trip, "trip-no-spin-async": trip, "trip-one-core": trip,
    "trip-asleep": trip_asleep, "trip-asleep-async": trip_asleep,
    "message-64k": lambda: blocks(put_blocks, queue_ends, 64 << 10, 1_000),
    "message-1m": lambda: blocks(put_blocks, queue_ends, 1 << 20, 100),
    "message-1m-pipe": lambda: blocks(send_blocks, pipe_ends, 1 << 20, 100),
    "message-64m": lambda: blocks(put_blocks, queue_ends, 64 << 20, 2),
    "mutex": mutex, "contended": contended,
    "hand-over-shared": lambda: hand_over(last_shared, memory(), SHARED_CALLS),
    "hand-over-bytes": lambda: hand_over(last, block(), BLOCK_CALLS),
    "wait": wait,
}


def main():
    while name := sys.stdin.readline().strip():
        figure = FIGURES.get(name)
        print(*figure() if figure else "-", flush=True)
    if memory.cache_info().currsize:
        memory().close()
        memory().unlink()
    # Pools that are left to the end of the interpreter may hang there.
    if pool.cache_info().currsize:
        pool().terminate()


if __name__ == "__main__":
    main()
