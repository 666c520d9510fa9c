"""Chromium without a window, for the tests of pages: the DevTools protocol over a pipe, and no network for it.

https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 30.0
"""Seconds that an answer may take."""
_FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",  # which root may not have; the pages are our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-first-run",
    "--hide-scrollbars",
)
_KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Escape": (27, "")}


def program() -> str | None:
    """Where the browser is, if there is one."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def _alone() -> list[str]:
    """What cuts the network off whatever follows it, where the system lets us."""
    cut = ["unshare", "--map-root-user", "--net"]
    works = shutil.which("unshare") and subprocess.run([*cut, "true"], check=False, capture_output=True).returncode == 0
    return cut if works else []


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """Run the browser with an empty profile."""
    found = program()
    assert found is not None
    # The browser reads orders from file 3 and answers on file 4.
    shell = ["sh", "-c", 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1', "sh"]
    command = [*_alone(), *shell, found, *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
    environment = {**os.environ, "HOME": str(profile)}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, bufsize=0)
    with process:
        try:
            yield Browser(process)
        finally:
            process.kill()


class Browser:
    """The end of the pipe."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._orders, self._answers = process.stdin.fileno(), process.stdout.fileno()
        self._heard = b""
        self._number = 0
        self._results: dict[int, dict[str, Any]] = {}
        self._tabs: dict[str, Tab] = {}

    def open(self) -> Tab:
        """Open an empty tab in front of the others: what lies behind is painted once a second."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._tabs[session] = tab = Tab(self, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            tab.call(f"{domain}.enable")
        tab.call("Page.bringToFront")
        tab.call("Emulation.setFocusEmulationEnabled", enabled=True)
        return tab

    def call(self, method: str, session: str | None = None, **parameters: object) -> dict[str, Any]:
        """Give an order and return its result."""
        self._number = number = self._number + 1
        order = {"id": number, "method": method, "params": parameters, **({"sessionId": session} if session else {})}
        rest = json.dumps(order).encode() + b"\0"
        while rest:
            rest = rest[os.write(self._orders, rest) :]
        self.wait(lambda: number in self._results)
        answer = self._results.pop(number)
        assert "error" not in answer, f"{method}: {answer['error']}"
        return dict(answer["result"])

    def wait(self, until: Callable[[], bool]) -> None:
        """Hear what the browser tells until something is so."""
        limit = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < limit, "the browser does not answer"
            if select.select([self._answers], [], [], 0.1)[0]:
                part = os.read(self._answers, 1 << 20)
                assert part, "the browser has ended"
                *messages, self._heard = (self._heard + part).split(b"\0")
                for message in messages:
                    self._tell(json.loads(message))

    def _tell(self, message: dict[str, Any]) -> None:
        if "id" in message:
            self._results[message["id"]] = message
        elif tab := self._tabs.get(message.get("sessionId", "")):
            tab.told(message["method"], message["params"])


class Tab:
    """A page: what it asked for, what went wrong on it, and hands to point and type with."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session
        self._loaded = False
        self.problems: list[str] = []
        """Errors and warnings of the console, and exceptions that nobody caught."""
        self.requests: list[str] = []

    def load(self, url: str) -> None:
        """Go to a page, and wait until it is loaded."""
        self.problems.clear()
        self.requests.clear()
        self._loaded = False
        self.call("Page.navigate", url=url)
        self._browser.wait(lambda: self._loaded)

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Give an order about this page and return its result."""
        return self._browser.call(method, self._session, **parameters)

    def told(self, event: str, about: dict[str, Any]) -> None:
        """Take down an event."""
        if event == "Page.loadEventFired":
            self._loaded = True
        elif event == "Network.requestWillBeSent":
            self.requests.append(about["request"]["url"])
        elif event == "Runtime.exceptionThrown":
            self.problems.append(json.dumps(about["exceptionDetails"]))
        elif event == "Runtime.consoleAPICalled" and about["type"] in ("error", "warning", "assert"):
            self.problems.append(json.dumps(about["args"]))
        elif event == "Log.entryAdded" and about["entry"]["level"] in ("error", "warning"):
            self.problems.append(about["entry"]["text"])

    def run(self, script: str) -> Any:
        """Return what a script's expression is worth, once its promise is kept."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def show(self, width: int, height: int = 900, theme: str = "light") -> None:
        """Take a screen's width in CSS pixels, and a theme; nothing moves by degrees."""
        phone = width < 720
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)
        features = {"prefers-color-scheme": theme, "prefers-reduced-motion": "reduce"}
        self.call("Emulation.setEmulatedMedia", features=[{"name": n, "value": v} for n, v in features.items()])

    def screenshot(self) -> bytes:
        """What stands on the screen, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot")["data"])

    def hover(self, selector: str) -> tuple[float, float]:
        """Point at the first line of an element, scrolled into view."""
        box = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'center'}); const b = e.getClientRects()[0];"
            "return [b.left + b.width / 2, b.top + b.height / 2]; })()"
        )
        x, y = map(float, box)
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        return x, y

    def click(self, selector: str) -> None:
        """Point at an element and press the button."""
        x, y = self.hover(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, key: str) -> None:
        """Press Tab, Enter or Escape."""
        code, text = _KEYS[key]
        about = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **about)
        self.call("Input.dispatchKeyEvent", type="keyUp", **about)
