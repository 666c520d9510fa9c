"""The machine, without a model: versions, processor, memory, back ends, network."""

from __future__ import annotations

import platform
from pathlib import Path

from rewriter import __version__
from rewriter.catalogue import giga
from rewriter.doctor.findings import Finding
from rewriter.engine import build
from rewriter.engine.memory import available_memory
from rewriter.errors import ModelError

_KERNEL_NAMES = {
    "AVX": "avx", "AVX2": "avx2", "FMA": "fma", "F16C": "f16c", "BMI2": "bmi2", "AVX_VNNI": "avx_vnni",
    "AVX512": "avx512f", "AVX512_VBMI": "avx512vbmi", "AVX512_VNNI": "avx512_vnni", "AVX512_BF16": "avx512_bf16",
    "AMX_INT8": "amx_int8",
}  # fmt: skip
"""Features that llama.cpp can be built for, as Linux calls them; where they lack, it dies of an illegal instruction."""
_LEAST = 2_000_000_000
"""Bytes of free memory below which not even the demo model is at ease."""


def examine_host() -> tuple[Finding, ...]:
    """Look at all of it."""
    try:
        built = build.describe()
    except (ImportError, OSError, RuntimeError, ModelError) as error:
        cause = f"llama-cpp-python cannot be loaded: {error}"
        findings = [Finding("llama.cpp", "failed", cause, "run scripts/setup, which builds it for this machine")]
    else:
        findings = [_versions(built), _processor(built, cpu_flags()), _back_ends(built)]
    return (*findings, _memory(available_memory()), _network())


def _versions(built: build.Build) -> Finding:
    program = f"rewriter {__version__}, Python {platform.python_version()}, llama-cpp-python {built.version}"
    return Finding("versions", "ok", f"{program}, {platform.system()} {platform.release()} {platform.machine()}")


def cpu_flags(info: Path = Path("/proc/cpuinfo")) -> frozenset[str]:
    """What Linux says that the processor can do; nothing on other systems and processors."""
    try:
        lines = info.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return frozenset()
    return frozenset(next((line.partition(":")[2].split() for line in lines if line.startswith("flags")), ()))


def _processor(built: build.Build, flags: frozenset[str]) -> Finding:
    used = ", ".join(built.features) or "nothing special"
    told = f"cores to use: {built.cores}, threads: {built.threads}; llama.cpp uses {used}"
    again = "CMAKE_ARGS= scripts/setup in a fresh copy builds llama.cpp for this processor"
    known = {name: flag for name, flag in _KERNEL_NAMES.items() if flags}
    lacking = [name for name in built.features if name in known and known[name] not in flags]
    if lacking:
        return Finding("processor", "failed", f"{told}, but the processor lacks {', '.join(lacking)}", again)
    if built.has_amx:
        told += "; repacked weights are refused, for llama.cpp crashes with them on AMX"
    unused = [name for name in ("AVX2", "AVX512") if known.get(name) in flags and name not in built.features]
    if unused:
        return Finding("processor", "warning", f"{told}, not {', '.join(unused)}, which the processor has", again)
    return Finding("processor", "ok", told)


def _back_ends(built: build.Build) -> Finding:
    devices = ", ".join(f"{device.name} ({giga(device.free)} free)" for device in built.devices) or "the processor"
    cards = "layers can be put on a card: --gpu-layers -1" if built.offloads else "built for the processor alone"
    return Finding("back ends", "ok", f"{devices}; {cards}")


def _memory(free: int) -> Finding:
    import psutil

    told = f"{giga(free)} free of {giga(int(psutil.virtual_memory().total))}"
    if free < _LEAST:
        return Finding("memory", "warning", told, "close other programs, or take a machine with more")
    return Finding("memory", "ok", told)


def _network() -> Finding:
    from rewriter.offline import deny_network, families_within_reach

    reason = deny_network()
    if reach := families_within_reach():
        told = f"within reach ({', '.join(reach)})" + (f": {reason}" if reason else "")
        tip = "install libseccomp (Debian, Ubuntu: libseccomp2), or run it as: unshare -rn rewrite …"
        return Finding("network", "warning", told, tip)
    if reason:
        return Finding(
            "network", "ok", f"out of reach: no route leads out, though the kernel denies nothing ({reason})"
        )
    return Finding("network", "ok", "out of reach: the kernel refuses it, as was just tried")
