#!/bin/sh
# Install the program from this folder. Nothing is fetched: all that is needed but Python lies here.
#
#   sh install [--to DIR] [--seal DIGEST]
#
#   --to DIR        where to install (~/rewriter); an earlier version there stays until all of this one is in place
#   --seal DIGEST   the seal that scripts/bundle printed, got by another way than this folder
#
#   PYTHON          the Python to use
#
# Run it as often as you like: what is in place already is checked and kept, what was interrupted is done again.
set -eu
unset CDPATH PYTHONHOME PYTHONPATH # with CDPATH, cd prints

version=@VERSION@ wanted_python=@PYTHON@ wanted_machine=@MACHINE@ wanted_glibc=@GLIBC@

say() { printf '%s\n' "$1" >&2; }

die() { # MESSAGE TIP
    printf 'install: %s\n  %s\n' "$1" "$2" >&2
    exit 1
}

read_options() {
    to=${HOME:-}/rewriter seal=
    while [ $# -gt 0 ]; do
        case $1 in
        --to | --seal)
            [ -n "${2:-}" ] || die "$1 needs a value" "Usage: sh install [--to DIR] [--seal DIGEST]"
            if [ "$1" = --to ]; then to=$2; else seal=$2; fi
            shift
            ;;
        *) die "unknown option $1" "Usage: sh install [--to DIR] [--seal DIGEST]" ;;
        esac
        shift
    done
    [ "$to" != /rewriter ] || [ -n "${HOME:-}" ] || die "no HOME to install into" "Say where: sh install --to DIR"
    case $to in /*) ;; *) to=$PWD/$to ;; esac
}

check_machine() {
    machine="$(uname -s) $(uname -m)"
    [ "$machine" = "Linux $wanted_machine" ] || die "this bundle is for Linux $wanted_machine, and this is $machine" \
        "Make one for this machine: scripts/bundle on a connected machine of the same kind."
}

# In each call of Python, -I keeps the working folder and the environment out.
find_python() {
    found=
    for python in ${PYTHON:+"$PYTHON"} "python$wanted_python" python3 python; do
        its=$("$python" -I -c 'import platform as p
print(p.python_implementation(), ".".join(p.python_version_tuple()[:2]))' 2>/dev/null) || continue
        if [ "$its" = "CPython $wanted_python" ]; then return; fi
        found="$found${found:+, }$python is $its"
    done
    die "this bundle is for Python $wanted_python, and none is here (${found:-there is no Python at all})" \
        "Install it, name one that is elsewhere (PYTHON=/path/to/python3 sh install), or make a bundle for yours: scripts/bundle --python X.Y"
}

check_system() { # the C library that the wheels were compiled against
    "$python" -I - "$wanted_glibc" <<'PY' || exit 1
import os
import sys

wanted = sys.argv[1]
try:
    name, version = os.confstr("CS_GNU_LIBC_VERSION").split()
except (AttributeError, OSError, ValueError):
    name, version = "another C library", ""
as_numbers = lambda text: [int(part) for part in text.split(".")]
if name != "glibc" or as_numbers(version) < as_numbers(wanted):
    sys.exit(
        f"install: this bundle needs glibc {wanted} or later, and this system has {name} {version}\n"
        "  Make the bundle on a system as old as this one: scripts/bundle compiles for the one it runs on."
    )
PY
}

verify() { # every file has its digest, and there is no other; prints the seal
    "$python" -I - "$seal" <<'PY'
import hashlib
import os
import sys

def digest(path):
    hasher = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            hasher.update(chunk)
    return hasher.hexdigest()

def refuse(what, tip="Copy the bundle again. If that does not help, somebody changed it: do not install it."):
    sys.exit(f"install: {what}\n  {tip}")

try:
    seal = digest("SHA256SUMS")
    with open("SHA256SUMS", encoding="utf-8") as file:
        wanted = {name: sha256 for sha256, _, name in (line.rstrip("\n").partition("  ") for line in file)}
except (OSError, ValueError) as error:
    refuse(f"SHA256SUMS cannot be read: {error}")
if sys.argv[1] and sys.argv[1].lower() != seal:
    refuse(f"the seal of this bundle is {seal}, not {sys.argv[1]}")
here = {
    os.path.relpath(os.path.join(folder, name), ".") for folder, _, names in os.walk(".") for name in names
} - {"SHA256SUMS"}
if missing := sorted(set(wanted) - here):
    refuse(f"{missing[0]} is missing")
if foreign := sorted(here - set(wanted)):
    refuse(f"{foreign[0]} does not belong to this bundle", "Take it away, if you know what it is, and run this again.")
for name in sorted(wanted):
    try:
        right = digest(name) == wanted[name]
    except OSError as error:
        refuse(f"{name} cannot be read: {error.strerror}")
    if not right:
        refuse(f"{name} is not what was packed: its digest is wrong")
print(seal)
PY
}

check_place() { # unpacked, the wheels take four times their size
    mkdir -p -- "$to" 2>/dev/null || die "$to cannot be made" "Choose another folder: sh install --to DIR"
    for name in .venv scripts docs; do
        [ -L "$to/$name" ] || [ ! -e "$to/$name" ] ||
            die "$to/$name is there, and is not from a bundle" "Choose another folder: sh install --to DIR"
    done
    [ -w "$to" ] || die "$to cannot be written to" "Choose another folder: sh install --to DIR"
    "$python" -I - "$to" <<'PY' || exit 1
import os
import shutil
import sys

to = sys.argv[1]
needed = 4 * sum(entry.stat().st_size for entry in os.scandir("wheels"))
for entry in os.scandir("models"):
    if not os.path.exists(os.path.join(to, "models", entry.name)):
        needed += entry.stat().st_size
free = shutil.disk_usage(to).free
if free < needed:
    sys.exit(
        f"install: no room in {to}: {needed // 1_000_000} MB needed, {free // 1_000_000} MB free\n"
        "  Make room there, or choose another folder: sh install --to DIR"
    )
PY
}

install_program() { # whole, in a folder of its own: what is at work stays as it is
    release=$to/releases/$version-$(printf %.12s "$seal")
    if [ -e "$release/complete" ]; then
        say "install: rewriter $version is there already"
        return
    fi
    say "install: installing rewriter $version into $release"
    rm -rf -- "$release"
    mkdir -p -- "$to/releases"
    "$python" -I -m venv --without-pip "$release/.venv" ||
        die "$python could not make a virtual environment" "On Debian and Ubuntu: the package python3-venv"
    set -- wheels/pip-*.whl # Python runs it from its wheel; with this PATH it looks at no other program
    PATH=$release/.venv/bin PIP_CONFIG_FILE=/dev/null "$release/.venv/bin/python" -I "$1/pip" --isolated --quiet \
        --disable-pip-version-check --no-input --no-cache-dir install --no-index --find-links wheels \
        --no-deps --only-binary :all: --require-hashes --requirement requirements.txt ||
        die "the packages could not be installed" "pip says why, above. Run this again once it is put right."
    "$release/.venv/bin/python" -I -c 'import llama_cpp' || die "llama.cpp cannot be loaded on this system" \
        "Python says why, above. A missing libstdc++ or libgcc comes with the system's packages."
    "$release/.venv/bin/rewrite" --version >/dev/null || die "the program does not start" "It says why, above."
    cp -R scripts docs "$release" || die "$release cannot be written to" "Put that right, and run this again."
    : >"$release/complete"
}

place_models() { # copied beside, their digests held again, then renamed
    mkdir -p -- "$to/models"
    "$python" -I - "$to/models" <<'PY' || exit 1
import hashlib
import os
import sys

to = sys.argv[1]
with open("SHA256SUMS", encoding="utf-8") as file:
    lines = [line.rstrip("\n").partition("  ") for line in file]
brought = {os.path.basename(name): wanted for wanted, _, name in lines if name.startswith("models/")}

def place(name, wanted):
    target = os.path.join(to, name)
    there = os.path.exists(target)
    copy = None if there else open(target + ".part", "wb")
    hasher = hashlib.sha256()
    try:
        with open(target if there else os.path.join("models", name), "rb") as file:
            while chunk := file.read(1 << 20):
                hasher.update(chunk)
                if copy:
                    copy.write(chunk)
        if copy:
            copy.flush()
            os.fsync(copy.fileno())
    finally:
        if copy:
            copy.close()
    if hasher.hexdigest() != wanted:
        what = "is there already, with other content" if there else "was not copied right"
        sys.exit(f"install: {target} {what}\n  Take it away, and run this again.")
    if copy:
        os.replace(target + ".part", target)

def note(): # beside the models, for `rewrite models verify`; lines about other models stay
    sums, known = os.path.join(to, "SHA256SUMS"), []
    if os.path.exists(sums):
        with open(sums, encoding="utf-8") as file:
            known = [line for line in file if line.split(maxsplit=1)[-1].strip() not in brought]
    with open(sums + ".part", "w", encoding="utf-8") as file:
        file.writelines(known + [f"{wanted}  {name}\n" for name, wanted in sorted(brought.items())])
    os.replace(sums + ".part", sums)

try:
    for name in sorted(brought):
        place(name, brought[name])
    note()
except OSError as error:
    sys.exit(f"install: {error.filename or to} cannot be written: {error.strerror}\n  Put that right, and run this again.")
PY
}

switch() { # from one moment to the next, the new version is the one that is used
    "$python" -I - "$to" "$release" <<'PY' || exit 1
import os
import sys

to, release = sys.argv[1:]
for name in (".venv", "scripts", "docs"):
    beside = os.path.join(to, name + ".new")
    if os.path.islink(beside):
        os.remove(beside)
    os.symlink(os.path.relpath(os.path.join(release, name), to), beside)
    os.replace(beside, os.path.join(to, name))
PY
}

tell() { # what the machine makes of it
    say "install: done. Use it with: $to/.venv/bin/rewrite --model $to/models/MODEL.gguf FILE"
    if "$to/.venv/bin/rewrite" --help | grep -q '^  doctor'; then
        set -- doctor
        for model in "$to"/models/*.gguf; do
            if [ -e "$model" ]; then set -- "$@" --model "$model" && break; fi
        done
        "$to/.venv/bin/rewrite" "$@" || {
            code=$?
            say "install: the program is in place; what failed above keeps it from its work here"
            exit "$code"
        }
    else
        "$to/.venv/bin/rewrite" --version
    fi
}

read_options "$@"
cd -P -- "$(dirname -- "$0")"
trap 'say "install: stopped; run it again, and it goes on"; exit 130' INT TERM HUP
check_machine
find_python
check_system
say "install: checking every file"
seal=$(verify) || exit 1
say "install: all as it was packed; the seal is $seal"
check_place
install_program
place_models
switch
tell
