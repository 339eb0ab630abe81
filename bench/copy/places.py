"""Where copies are made: a tmpfs, an image of ext4, xfs or btrfs on a tmpfs, or a folder of the user's.

A place is a context: what it mounts and makes is gone when it is left. Mounts are made in a mount namespace of this program alone,
so that even a killed one leaves none behind.
"""
import contextlib
import ctypes
import os
import shutil
import subprocess
import tempfile
import time

MAKE_FILE_SYSTEM = {
    # No thread that fills inode tables in while copies are timed: see the mount option. An inode for every 2 KiB: a tree of empty files needs them.
    "ext4": ["mkfs.ext4", "-q", "-F", "-i", "2048"],
    "xfs": ["mkfs.xfs", "-q"],
    "btrfs": ["mkfs.btrfs", "-q"],
}
MOUNT_OPTIONS = {"ext4": "loop,noinit_itable"}
IMAGE_BYTES = 8 << 30
# Deleting this many files is remembered by a file system, and slows down who creates files soon after: ext4 walks over recently deleted inodes,
# xfs and btrfs free them in the background.
MANY_FILES = 10_000


class Unavailable(Exception):
    """This machine cannot have the place; the message says why."""


class Place:
    """`folder` is where the source and the copies stand."""
    can_renew = False

    def __init__(self, name):
        self.name, self.folder, self.stack = name, None, contextlib.ExitStack()

    def __enter__(self):
        with contextlib.ExitStack() as undo:
            undo.callback(self.stack.close)
            self.open()
            undo.pop_all()
        return self

    def __exit__(self, *_):
        self.stack.close()

    def keeps_copies(self, files):
        return False

    def has_room(self, size, inodes):
        there = os.statvfs(self.folder)
        # btrfs has no fixed number of inodes and says 0.
        return there.f_bavail * there.f_frsize > size and (there.f_files == 0 or there.f_favail > inodes)

    def used(self):
        self.settle()
        there = os.statvfs(self.folder)
        return (there.f_blocks - there.f_bfree) * there.f_frsize

    def settle(self):
        """Writes out what waits to be written, so that the next copy does not pay for it."""
        subprocess.run(["sync", "-f", self.folder], check=True)

    def remove(self, path):
        subprocess.run(["rm", "-rf", path], check=True)

    def temporary_folder(self, parent=None):
        path = tempfile.mkdtemp(prefix="mtcopy-bench-", dir=parent)
        self.stack.callback(shutil.rmtree, path, ignore_errors=True)
        return path


class Folder(Place):
    """A folder of the user's, on whatever file system that is."""

    def open(self):
        if not os.path.isdir(self.name):
            raise Unavailable(f"there is no folder {self.name}")
        self.folder = self.temporary_folder(self.name)
        kind = subprocess.run(["stat", "-f", "-c", "%T", self.folder], check=True, capture_output=True, text=True).stdout.strip()
        self.name = f"{self.name} ({kind})"
        self.on_disk = kind != "tmpfs"

    def keeps_copies(self, files):
        return self.on_disk and files >= MANY_FILES


class Tmpfs(Place):
    def open(self):
        self.folder = self.temporary_folder()
        mount_tmpfs(self.stack, self.folder, available_memory())


class Image(Place):
    """A file with a file system in it, on a tmpfs of its own: a disk as fast as memory, the same on every machine."""
    can_renew = True

    def open(self):
        make = MAKE_FILE_SYSTEM[self.name][0]
        if not shutil.which(make, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin"):
            raise Unavailable(f"there is no {make} here")
        top = self.temporary_folder()
        self.image, self.folder = f"{top}/memory/image", f"{top}/{self.name}"
        os.mkdir(f"{top}/memory")
        os.mkdir(self.folder)
        self.size = min(IMAGE_BYTES, available_memory() // 2)
        mount_tmpfs(self.stack, f"{top}/memory", self.size + (64 << 20))
        self.mounted = self.stack.enter_context(contextlib.ExitStack())
        self.mount()

    def mount(self):
        with open(self.image, "wb") as file:
            file.truncate(self.size)
        quietly([*MAKE_FILE_SYSTEM[self.name], self.image])
        quietly(["mount", "-o", MOUNT_OPTIONS.get(self.name, "loop"), self.image, self.folder])
        self.mounted.callback(unmount, self.folder)

    def renew(self):
        """A fresh file system, and the memory of the old one free again."""
        self.mounted.close()
        os.unlink(self.image)
        self.mount()

    def keeps_copies(self, files):
        return files >= MANY_FILES

    def remove(self, path):
        super().remove(path)
        # xfs frees in the background until it is asked to settle; then the blocks go back to the memory the image stands in.
        self.settle()
        subprocess.run(["fstrim", self.folder], stderr=subprocess.DEVNULL)


def place(name):
    return Tmpfs(name) if name == "tmpfs" else Image(name) if name in MAKE_FILE_SYSTEM else Folder(name)


def mount_tmpfs(stack, folder, size):
    if os.geteuid() != 0:
        raise Unavailable("mounting needs root; a folder will do without (for instance --on /dev/shm)")
    namespace_of_our_own()
    # nr_inodes=0: as many as memory holds.
    quietly(["mount", "-t", "tmpfs", "-o", f"size={size},nr_inodes=0", "mtcopy-bench", folder])
    stack.callback(unmount, folder)


def namespace_of_our_own(done=[]):
    if done:
        return
    new_mounts = 0x20000
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(new_mounts) != 0:
        raise Unavailable(f"no mount namespace: {os.strerror(ctypes.get_errno())}")
    quietly(["mount", "--make-rprivate", "/"])
    done.append(True)


def unmount(folder):
    """A process that was killed a moment ago may still be there; after two seconds the mount goes when its last user does."""
    for _ in range(20):
        if subprocess.run(["umount", folder], stderr=subprocess.DEVNULL).returncode == 0:
            return
        time.sleep(0.1)
    subprocess.run(["umount", "-l", folder])


def quietly(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Unavailable(f"{' '.join(command)}: {done.stderr.strip()}")


def available_memory():
    with open("/proc/meminfo") as lines:
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:"))

