"""Puts the network out of this process's reach: the kernel refuses the sockets, whoever asks for one.

By seccomp and not by Landlock, which knows TCP alone: names could still be looked up. The filter holds
for every thread and for all programs that are started from here, and nothing can take it off again.
"""

from __future__ import annotations

import errno
import socket

_FAMILIES = {"IPv4": socket.AF_INET, "IPv6": socket.AF_INET6}
_KINDS = (socket.SOCK_STREAM, socket.SOCK_DGRAM)


def deny_network() -> str:
    """Have the kernel refuse every socket that is not a local one (AF_UNIX); return why it cannot, "" where it does.

    For the whole process and for good: for a program to call at its start, not for a library.
    """
    try:
        import pyseccomp as seccomp  # where it is installed: it runs libseccomp through ctypes
    except ImportError:
        return "pyseccomp, which is for Linux alone, is not installed"
    except (RuntimeError, OSError, AttributeError):
        return "libseccomp is not installed, or too old"
    try:
        barrier = seccomp.SyscallFilter(seccomp.ALLOW)
        barrier.set_attr(seccomp.Attr.CTL_TSYNC, 1)  # threads that run already, too
        refusal = seccomp.ERRNO(errno.EACCES)
        barrier.add_rule(refusal, "socket", seccomp.Arg(0, seccomp.NE, socket.AF_UNIX))
        barrier.add_rule(seccomp.ERRNO(errno.ENOSYS), "io_uring_setup")  # a second way to a socket
        barrier.load()
    except OSError as error:
        return f"the kernel takes no filter: {error.strerror}"
    return ""


def families_within_reach() -> tuple[str, ...]:
    """Try to open sockets, and send nothing; return the families of which the kernel gave one."""
    return tuple(name for name, family in _FAMILIES.items() if any(_opens(family, kind) for kind in _KINDS))


def _opens(family: int, kind: int) -> bool:
    try:
        socket.socket(family, kind).close()
    except OSError:
        return False
    return True
