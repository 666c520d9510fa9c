"""Machines of a cluster for tests, as processes of this one: Dask schedulers and workers with a scripted engine.

All are forked from one process that has imported everything once. Run as a program it reads a JSON list a line,
`["scheduler", FAILURES]` or `["worker", ADDRESS, FOLDER]`, forks, and answers with the new process's id and address.
A worker writes as `tests.nights.same_words` does. A file `FOLDER/hold` makes the next one that is shown the words in
it say so, with its process id in `FOLDER/held`, and wait until the file is gone. Who is told to end says so in
`FOLDER/told`, and who loads a model in `FOLDER/loads`.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).parent.parent


class Machines:
    """A scheduler and its workers; all end with the block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loads, self.held, self.told, self._hold = (folder / n for n in ("loads", "held", "told", "hold"))
        self._forge = subprocess.Popen(
            [sys.executable, "-m", "tests.workers"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self.living: set[int] = set()

    def __enter__(self) -> Machines:
        return self

    def __exit__(self, *error: object) -> None:
        for pid in list(self.living):
            self.kill(pid)
        assert self._forge.stdin and self._forge.stdout
        self._forge.stdin.close()
        self._forge.wait(10)
        self._forge.stdout.close()

    def start_scheduler(self, allowed_failures: int = 3) -> tuple[int, str]:
        """Start one; return its process id and address. Workers may die so often under a task."""
        return self._fork("scheduler", allowed_failures)

    def start_worker(self, address: str) -> int:
        """Start one; return its process id."""
        return self._fork("worker", address, str(self.folder))[0]

    def kill(self, pid: int) -> None:
        """Kill one, SIGKILL."""
        self.living.discard(pid)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def hold(self, words: str) -> None:
        """Let the next worker that is shown these words wait."""
        self.held.unlink(missing_ok=True)
        self.told.unlink(missing_ok=True)
        self._hold.write_text(words, encoding="utf-8")

    def release(self) -> None:
        """Let it go on."""
        self._hold.unlink()

    def wait_until_told(self, pid: str) -> None:
        """Wait until this worker was told to end; others may hear it sooner."""
        wait_for(self.told, pid)

    def _fork(self, *command: object) -> tuple[int, str]:
        assert self._forge.stdin and self._forge.stdout
        self._forge.stdin.write(json.dumps(command) + "\n")
        self._forge.stdin.flush()
        pid, address = json.loads(self._forge.stdout.readline())
        self.living.add(pid)
        return pid, address


def wait_for(file: Path, line: str = "") -> str:
    """What is in a file, once there is something, and this line where one is asked for."""
    for _ in range(6000):  # minutes: only a test that fails waits so long
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        if text and (not line or line in text.splitlines()):
            return text
        time.sleep(0.02)
    raise AssertionError(f"{file.name} never came")


# --- in the processes --------------------------------------------------------------------------------------


async def _scheduler(told: Any, allowed_failures: int) -> None:
    from distributed import Scheduler

    async with Scheduler(host="127.0.0.1", port=0, dashboard=False, allowed_failures=allowed_failures) as scheduler:
        told(scheduler.address)
        await scheduler.finished()


async def _worker(told: Any, address: str, folder: str) -> None:
    from distributed import Worker

    async with Worker(
        address, nthreads=1, host="127.0.0.1", dashboard=False, local_directory=folder, memory_limit=0
    ) as worker:
        told(worker.address)
        await worker.finished()


def _script(folder: Path) -> None:
    """Let this process's model be a scripted engine that may be held."""
    import rewriter.engine
    from rewriter.nightly.station import Call
    from tests import nights

    real_end = Call.end

    def end(self: Call, at_once: bool) -> None:
        real_end(self, at_once)
        with (folder / "told").open("a") as stream:
            stream.write(f"{os.getpid()}\n")

    def write(request: Any, number: int) -> str:
        hold, held = folder / "hold", folder / "held"
        with suppress(FileNotFoundError):
            if hold.read_text() in request.messages[-1].content and not held.exists():
                held.write_text(str(os.getpid()))
                while hold.exists():
                    time.sleep(0.02)
        return nights.same_words(request, number)

    desk = nights.Desk(folder, write)
    Call.end = end  # type: ignore[method-assign]
    rewriter.engine.inspect = desk.inspect  # type: ignore[assignment]
    rewriter.engine.plan = lambda header, settings: SimpleNamespace()  # type: ignore[assignment]
    rewriter.engine.load = lambda path, settings: _load(folder, desk, path, settings)  # type: ignore[assignment]


def _load(folder: Path, desk: Any, path: Path, settings: Any) -> Any:
    with (folder / "loads").open("a") as stream:
        stream.write(f"{os.getpid()} {settings.threads}\n")
    return desk.load(path, settings)


def _child(command: list[Any], pipe: int) -> None:
    def told(address: str) -> None:
        with os.fdopen(pipe, "w") as stream:
            stream.write(json.dumps([os.getpid(), address]) + "\n")

    if command[0] == "scheduler":
        asyncio.run(_scheduler(told, *command[1:]))
    else:
        _script(Path(command[2]))
        asyncio.run(_worker(told, *command[1:]))


def main() -> None:
    """Fork what is asked for."""
    import rewriter
    import rewriter.nightly.station
    from rewriter.settings import WritingSettings
    from tests.nights import TEXTS, Engine, same_words
    from tests.scripts import LARGE

    rewriter.rewrite(TEXTS["bac.txt"], Engine(same_words, parameters=LARGE), WritingSettings(words=50))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are nobody's concern
    for line in sys.stdin:
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(reading)
            try:
                _child(json.loads(line), writing)
            finally:
                os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            print(pipe.readline().strip(), flush=True)


if __name__ == "__main__":
    main()
