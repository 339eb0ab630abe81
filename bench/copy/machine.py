"""The machine: what it is, and whether somebody else is using it."""
import os
import platform
import time

CALM = 0.1
GLANCE = 0.3


def machine():
    return f"{os.cpu_count()} processors, {platform.machine()}, Linux {platform.release()}"


def wait_until_calm(seconds):
    """Waits until others leave nine tenths of the processors alone, or for so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        busy, before = busy_seconds(), time.monotonic()
        time.sleep(GLANCE)
        if busy_seconds() - busy <= CALM * (time.monotonic() - before) * os.cpu_count():
            return


def busy_seconds():
    with open("/proc/stat") as stat:
        user, nice, system, _, _, irq, softirq, steal = map(int, stat.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
