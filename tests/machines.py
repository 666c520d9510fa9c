"""What happens to machines, for tests: disks that are full, gone, read-only or without power, and permissions lost.

Each is forced in a child process with mounts of its own, so that nothing outside sees it.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

_NEW_MOUNTS, _NEW_USER = 0x00020000, 0x10000000
_READ_ONLY, _REMOUNT, _BIND, _REC, _PRIVATE, _DETACH = 1, 32, 4096, 16384, 1 << 18, 2
_CAPABILITIES = 0x20080522
"""_LINUX_CAPABILITY_VERSION_3"""
_OVERRIDES = ~0b1110
"""All but CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH and CAP_FOWNER."""
_SHUTDOWN, _LOSE_ALL = 0x8004587D, (2).to_bytes(4, sys.byteorder)
"""EXT4_IOC_SHUTDOWN, and its flag for a disk that stops without a last word of the file system's journal."""


class Cannot(Exception):
    """This machine does not let a test force that."""


def apart(work: Callable[[], None]) -> None:
    """Do this in a child process that may mount what it wants; what fails there fails here.

    Skips where neither root nor user namespaces are to be had.
    """
    if not sys.platform.startswith("linux"):
        pytest.skip("mounts of one's own are Linux's")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(writing, "w") as pipe:
            try:
                _leave()
                work()
            except Cannot as error:
                pipe.write(f"skip: {error}")
            except BaseException:
                pipe.write(traceback.format_exc())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if said.startswith("skip: "):
        pytest.skip(said.removeprefix("skip: "))
    assert (said, status) == ("", 0), said


def _libc(name: str, *arguments: object) -> None:
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments):
        raise Cannot(f"{name} is not allowed here: {os.strerror(ctypes.get_errno())}")


def _leave() -> None:
    uid, gid = os.getuid(), os.getgid()
    _libc("unshare", _NEW_MOUNTS | (_NEW_USER if uid else 0))
    if uid:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {uid} 1")
        Path("/proc/self/gid_map").write_text(f"0 {gid} 1")
    _libc("mount", b"none", b"/", None, _REC | _PRIVATE, None)


def mount_memory(folder: Path, size: int) -> None:
    """Put a disk of that many bytes in a folder's place."""
    _libc("mount", b"none", bytes(folder), b"tmpfs", 0, f"size={size}".encode())


def mount_folder(folder: Path, at: Path) -> None:
    """Let a folder appear at another place, as a disk does that is mounted."""
    _libc("mount", bytes(folder), bytes(at), None, _BIND, None)


def make_read_only(folder: Path) -> None:
    """Let the disk that is mounted there take no more."""
    _libc("mount", b"none", bytes(folder), None, _REMOUNT | _BIND | _READ_ONLY, None)


def unmount(folder: Path) -> None:
    """Take a disk away, also while it is used."""
    _libc("umount2", bytes(folder), _DETACH)


def obey_permissions() -> None:
    """Let the mode of files and folders bind this process, also where it is root's."""
    if os.geteuid():
        return
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0)
    sets = (ctypes.c_uint32 * 6)()
    _libc("capget", header, sets)
    sets[0] &= _OVERRIDES & 0xFFFFFFFF  # effective, the first 32
    _libc("capset", header, sets)


class Disk:
    """A file system in a file, ext4 with all that it may put off put off, whose power can be cut."""

    def __init__(self, image: Path, at: Path, size: int = 8 << 20) -> None:
        self._image, self._at, self._size = image, at, size

    def format(self) -> None:
        """Begin anew."""
        with self._image.open("wb") as stream:
            stream.truncate(self._size)
        self._do("mkfs.ext4", "-q", str(self._image))

    def mount(self) -> None:
        """What was cut off is repaired by the file system's own journal."""
        options = "loop,data=writeback,noauto_da_alloc,commit=300"
        self._do("mount", "-t", "ext4", "-o", options, str(self._image), str(self._at))

    def unmount(self) -> None:
        """Orderly, unless the power is off."""
        self._do("umount", str(self._at))

    def cut(self) -> None:
        """From now on nothing reaches the disk, and what was only in memory is lost."""
        handle = os.open(self._at, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, _SHUTDOWN, _LOSE_ALL)
        finally:
            os.close(handle)

    def _do(self, *command: str) -> None:
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            raise Cannot(f"there is no {command[0]} here") from None
        if done.returncode:
            raise Cannot(f"{' '.join(command)}: {done.stderr.strip()}")
