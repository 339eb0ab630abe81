#!/usr/bin/env python3
"""CPython's multiprocessing beside bench/start: for each line that comes in, starts one process and prints the nanoseconds from start()
to its target's first statement.

usage: python_start.py fork|forkserver|spawn
"""
import multiprocessing
import sys
import time


def stamp(connection):
    connection.send(time.monotonic_ns())


def one(context):
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=stamp, args=(writer,))
    begin = time.monotonic_ns()
    process.start()
    writer.close()
    took = reader.recv() - begin
    process.join()
    reader.close()
    return took


def main():
    context = multiprocessing.get_context(sys.argv[1])
    while sys.stdin.readline():
        print(one(context), flush=True)


if __name__ == "__main__":
    main()
