"""Puts the network out of this process's reach: the kernel refuses the sockets, whoever asks for one.

By seccomp and not by Landlock, which knows TCP alone: names could still be looked up. The filter holds
for every thread and for all programs that are started from here, and nothing can take it off again.
"""

from __future__ import annotations

import errno
import socket

_OUTSIDE = {"IPv4": (socket.AF_INET, "192.0.2.1"), "IPv6": (socket.AF_INET6, "2001:db8::1")}
"""Addresses that are for documentation alone (RFC 5737, RFC 3849): nobody has them."""


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
    """Try to find a way out, and send nothing; return the families for which the kernel knows one."""
    return tuple(name for name, (family, address) in _OUTSIDE.items() if _leads_out(family, address))


def _leads_out(family: int, address: str) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))  # of a datagram socket: asks for a route, and no more
    except OSError:
        return False
    return True
