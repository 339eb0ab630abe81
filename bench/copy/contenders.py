"""Who copies: mtcopy in its forms, the floor in C, what .NET has itself, and the copiers of this machine."""
import dataclasses
import os
import shutil
import subprocess
import typing

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILDS = os.path.join(ROOT, "artifacts", "bench", "copy")
MTCOPY, FLOORS = "mtcopy", ("floor", "floor (read, write)")
FILE_COPY = "Parallel.ForEach, File.Copy"


@dataclasses.dataclass
class Contender:
    name: str
    command: typing.Callable[[str, str], list[str]]


def all_contenders(mtcopy, forms, scratch):
    """`mtcopy` is a binary there is, or None to build it; `forms`: with its other forms. Lines about who is missing go first."""
    floors = [compile_c(name, "floor.c", *flags) for name, flags in (("floor", []), ("floor_rw", ["-DREAD_WRITE"]))]
    native = mtcopy or publish("src/mtcopy", "native", "-r", "linux-x64")
    found = [plain(name, program) for name, program in zip(FLOORS, floors)]
    found.append(plain(MTCOPY, native))
    if forms:
        found.append(plain("mtcopy (processes)", native, "--isolation", "processes"))
        if not mtcopy:
            jit = publish("src/mtcopy", "jit", "-p:PublishAot=false")
            found.append(plain("mtcopy JIT", jit))
            found.append(plain("mtcopy JIT (processes)", jit, "--isolation", "processes"))
    found.append(plain(FILE_COPY, publish("bench/copy/filecopy", "filecopy", "-r", "linux-x64")))
    found.append(plain("cp -r", "cp", "-r"))
    found.append(plain("cp -a", "cp", "-a"))
    for package, program, contender in (
        ("rsync", "rsync", Contender("rsync -a -W", lambda source, copy: ["rsync", "-a", "-W", f"{source}/", copy])),
        ("rclone", "rclone", plain("rclone copy", "rclone", "copy")),
        ("fpart", "fpsync", Contender("fpsync -n 2", lambda source, copy: ["fpsync", "-n", "2", "-t", scratch, f"{source}/", f"{copy}/"])),
    ):
        if shutil.which(program):
            found.append(contender)
        else:
            print(f"without {contender.name}: there is no {program} here (Debian's package is {package})", flush=True)
    return found


def plain(name, *words):
    return Contender(name, lambda source, copy: [*words, source, copy])


def compile_c(name, source, *flags):
    os.makedirs(BUILDS, exist_ok=True)
    program = os.path.join(BUILDS, name)
    subprocess.run(["cc", "-O2", "-pthread", *flags, "-o", program, os.path.join(HERE, source)], check=True)
    return program


def publish(project, name, *options):
    into = os.path.join(BUILDS, name)
    done = subprocess.run(["dotnet", "publish", os.path.join(ROOT, project), "-c", "Release", "-o", into, "-nodeReuse:false", *options],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{project} does not build:\n{done.stdout}{done.stderr}")
    return os.path.join(into, os.path.basename(project))
