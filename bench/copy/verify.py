"""Whether a copy is one: the same names everywhere, and the same content; modes and times are not every contender's business."""
import filecmp
import os
import subprocess

# Above this only a part of the files is opened: reading a million twice would take longer than all the copying.
ALL = 200_000
SAMPLE = 100


def difference(source, copy, files):
    """The first thing that is wrong with a copy, or None."""
    if files <= ALL:
        done = subprocess.run(["diff", "-rq", "--no-dereference", source, copy], capture_output=True, text=True, errors="replace")
        return None if done.returncode == 0 else (done.stdout + done.stderr).splitlines()[0]
    return sampled(source, copy)


def sampled(source, copy):
    """Every name, and the content of one file in SAMPLE."""
    seen = 0
    for path, folders, names in os.walk(source):
        there = copy + path[len(source):]
        if not os.path.isdir(there) or set(os.listdir(there)) != {*folders, *names}:
            return f"other names in {there}"
        for name in names:
            seen += 1
            if seen % SAMPLE == 0 and not filecmp.cmp(os.path.join(path, name), os.path.join(there, name), shallow=False):
                return f"{there}/{name} differs"
    return None
