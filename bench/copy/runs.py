"""One run of a command: what it took, or why it failed. Whatever it started ends with it, also when this program is interrupted."""
import dataclasses
import os
import signal
import subprocess
import tempfile


@dataclasses.dataclass
class Sample:
    seconds: float
    user_seconds: float
    system_seconds: float
    peak_bytes: int
    switches: int
    # Of all processors: what others used meanwhile, the kernel's own threads among them, which write out what was copied.
    others_share: float

    @property
    def cpu_seconds(self):
        return self.user_seconds + self.system_seconds


class Failed(Exception):
    """The command did not end well; the message is its own."""


def timed(stopwatch, memory, command):
    """`memory` is how many bytes the command may touch, so that they are warm; see stopwatch.c."""
    with tempfile.NamedTemporaryFile("r") as result:
        run([stopwatch, result.name, str(memory >> 20), *command])
        code, took, user, system, peak, switches, busy = map(int, result.read().split())
    if code != 0:
        raise Failed(f"{command[0]} ended with {code}")
    others = max(0, busy / 1e3 - (user + system) / 1e6) / (took / 1e9) / os.cpu_count()
    return Sample(took / 1e9, user / 1e6, system / 1e6, peak << 10, switches, others)


def run(command):
    """A session of its own, so that all of it can be ended."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True)
        try:
            code = process.wait()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        if code != 0:
            errors.seek(0)
            raise Failed(f"{command[0]} ended with {code}: {errors.read(1000).decode(errors='replace').strip()}")
