"""What is copied: trees that make_tree.py makes, the .NET SDK's folder, or a folder of the user's.

A source always stands on the file system that is measured, beside its copies; folders of others are copied there first.
"""
import os
import subprocess

from make_tree import make

# Files, folders, least and most bytes of a file.
SHAPES = {
    "small": (50_000, 500, 512, 16_384),
    "flat": (100_000, 1, 512, 4_096),
    "large": (3, 1, 1 << 30, 1 << 30),
    "empty": (1_000_000, 1_000, 0, 0),
    "empty-flat": (1_000_000, 1, 0, 0),
}
SDK = "sdk"


class Tree:
    """A tree to be made, or a folder there is; `files` and `bytes` are known before anything is made."""

    def __init__(self, name, shape=None, folder=None):
        self.name, self.shape, self.folder = name, shape, folder
        if shape:
            files, folders, low, high = shape
            self.files, self.entries, self.bytes = files, files + folders + 20, files * (low + high) // 2
        else:
            self.files, self.entries, self.bytes = count(folder)

    def make(self, path):
        if self.shape:
            make(path, *self.shape)
        else:
            subprocess.run(["cp", "-a", self.folder, path], check=True)

    def smaller(self):
        """The same with a tenth of the files, for what takes long and depends on their number alone."""
        if not self.shape or self.files < 10_000:
            return self
        files, folders, low, high = self.shape
        return Tree(self.name, (files // 10, max(1, folders // 10), low, high))


def tree(name):
    if name in SHAPES:
        return Tree(name, SHAPES[name])
    folder = sdk() if name == SDK else os.path.abspath(name)
    if not os.path.isdir(folder):
        raise SystemExit(f"{name} is neither a folder nor one of {', '.join([*SHAPES, SDK])}")
    return Tree(name if name == SDK else os.path.basename(folder), folder=folder)


def sdk():
    """The newest SDK's folder: `dotnet --list-sdks` says `10.0.401 [/usr/share/dotnet/sdk]`."""
    lines = subprocess.run(["dotnet", "--list-sdks"], check=True, capture_output=True, text=True).stdout.splitlines()
    version, place = lines[-1].split(" ", 1)
    return os.path.join(place.strip("[]"), version)


def count(folder):
    files = entries = size = 0
    for path, folders, names in os.walk(folder):
        entries += 1 + len(names)
        for name in names:
            status = os.lstat(os.path.join(path, name))
            files, size = files + 1, size + status.st_size
    return files, entries, size
