"""The wheel of llama-cpp-python for a fleet: a back end for every kind of processor, and nothing of this system's."""

from __future__ import annotations

import hashlib
import re
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from packaging.utils import parse_wheel_filename

from supply.locks import Pin
from supply.wheels import BundleError, build, name_of, pip, run

FLAGS = (
    "-DLLAVA_BUILD=OFF",  # the vision tools are never used
    "-DGGML_NATIVE=OFF",
    "-DGGML_BACKEND_DL=ON",  # back ends are files of their own, loaded by rewriter/engine/backends.py ...
    "-DGGML_CPU_ALL_VARIANTS=ON",  # ... of which ggml takes the best that a processor can run
    "-DCMAKE_INSTALL_BINDIR=llama_cpp/lib",  # where the package looks for them
    "-DGGML_OPENMP=OFF",  # ggml has threads of its own: no libgomp has to be there
)
UNWANTED = re.compile(
    r"(?!llama_cpp[/_])"  # headers and second copies, which would land beside the packages
    r"|llama_cpp/lib/.*\.so\.\d+\.\d+"  # copies under names that nothing asks for
    r"|llama_cpp/lib/libggml-(?!base\.).*\.so\.\d+$"
    # ggml-org/llama.cpp#20824: AMX crashes at the first prompt. The next best variant serves such a processor.
    r"|llama_cpp/lib/libggml-cpu-sapphirerapids\."
)
_GLIBC = re.compile(rb"\bGLIBC_2\.(\d+)\b")


def wheel_for_a_fleet(pin: Pin, more_flags: str, kept: Path, folder: Path) -> Path:
    """Put the wheel into the folder, built with more flags where wanted. Raises BundleError.

    A build takes minutes: its wheel is kept in `kept`, under a name that tells version and flags apart.
    """
    flags = " ".join([*FLAGS, more_flags]).strip()
    key = hashlib.sha256(f"{pin.line}\n{flags}\n{UNWANTED.pattern}".encode()).hexdigest()[:12]
    place = kept / f"llama-{key}"
    if not any(place.glob("*.whl")):
        place.mkdir(parents=True, exist_ok=True)
        print("bundle: compiling llama.cpp for every kind of processor: some minutes", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as temporary:
            source = _source(pin, Path(temporary))
            trimmed(build(source, Path(temporary) / "built", flags=flags), _licence(source), place)
    return _copied(next(place.glob("*.whl")), folder)


def _source(pin: Pin, work: Path) -> Path:
    """Fetch the source, its digest held against the lock."""
    wanted = work / "requirements.txt"
    wanted.write_text(pin.line + "\n", encoding="ascii")
    pip("download", "--no-deps", "--no-binary", ":all:", "--require-hashes", "-r", str(wanted), "-d", str(work))
    return next(work.glob("*.tar.gz"))


def _licence(source: Path) -> bytes:
    """Return the licence of llama.cpp itself, which the bindings' wheel leaves out."""
    with tarfile.open(source) as archive:
        member = next(name for name in archive.getnames() if name.endswith("/vendor/llama.cpp/LICENSE"))
        file = archive.extractfile(member)
        return file.read() if file else b""


def trimmed(wheel: Path, licence: bytes, folder: Path) -> Path:
    """Write a wheel again: without what is not wanted, with llama.cpp's licence, named by the C library it needs."""
    _, version = name_of(wheel)
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / f"{wheel.name.split('-')[0]}-{version}"
        run("wheel", "unpack", str(wheel), "-d", temporary)
        for file in sorted(root.rglob("*")):
            if file.is_file() and UNWANTED.match(str(file.relative_to(root))):
                file.unlink()
        licences = next(root.glob("*.dist-info")) / "licenses"
        licences.mkdir(exist_ok=True)
        (licences / "LICENSE-llama.cpp").write_bytes(licence)
        run("wheel", "pack", str(root), "-d", temporary)
        packed = next(Path(temporary).glob("*.whl"))
        machine = packed.stem.rpartition("linux_")[2]
        tag = f"manylinux_2_{glibc(packed)}_{machine}"
        run("wheel", "tags", "--remove", "--platform-tag", tag, str(packed))
        return _copied(next(Path(temporary).glob("*.whl")), folder)


def glibc(wheel: Path) -> int:
    """Return the least C library that a wheel's libraries need: the n of 2.n."""
    with zipfile.ZipFile(wheel) as archive:
        libraries = (archive.read(name) for name in archive.namelist() if ".so" in name)
        return max((int(n) for library in libraries for n in _GLIBC.findall(library)), default=17)


def machine_of(wheel: Path) -> str:
    """Return the machine that a wheel is for, as `uname -m` tells it. Raises BundleError."""
    for tag in parse_wheel_filename(wheel.name)[3]:
        if found := re.fullmatch(r"(?:many)?linux(?:\d+|_\d+_\d+)?_(\w+)", tag.platform):
            return found[1]
    raise BundleError(f"{wheel.name} is not a wheel for Linux", "A bundle is for Linux; see docs/air-gap.md.")


def _copied(wheel: Path, folder: Path) -> Path:
    copy = folder / wheel.name
    copy.write_bytes(wheel.read_bytes())
    return copy
