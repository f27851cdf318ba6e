"""Chromium without a window, driven over a pipe by its DevTools protocol. Standard library only."""
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ("--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync --disable-default-apps --remote-debugging-pipe").split()
LOADED = """document.readyState === 'complete' && location.protocol !== 'about:'"""
# MathJax has drawn, every picture is decoded, and the fonts are there.
DRAWN = """Promise.all([window.MathJax && MathJax.startup ? MathJax.startup.promise : 0, document.fonts.ready,
                        ...Array.from(document.images, image => image.decode().catch(() => 0))]).then(() => true)"""


class ChromiumError(RuntimeError):
    """What the browser did not do, in one sentence."""


class Chromium:
    """One page. Messages are JSON closed by a zero byte: to the browser on its descriptor 3, back on its 4."""

    def __init__(self, seconds, *flags):
        """At most so many seconds for each answer."""
        self._seconds, self._flags = seconds, flags

    def __enter__(self):
        self._home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        ends = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10) for pair in (os.pipe(), os.pipe()) for fd in pair]
        their_in, self._out, self._in, their_out = ends
        self._process = subprocess.Popen(
            [PROGRAM, *FLAGS, f"--user-data-dir={self._home.name}", *self._flags, "about:blank"],
            pass_fds=(3, 4), preexec_fn=lambda: (os.dup2(their_in, 3), os.dup2(their_out, 4)),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(their_in)
        os.close(their_out)
        self._number, self._rest, self._session = 0, b"", None
        try:
            target = self.call("Target.createTarget", url="about:blank")["targetId"]
            self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            self.call("Page.enable")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        try:
            self._session = None
            self.call("Browser.close")
            self._process.wait(20)
        except (OSError, ChromiumError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        os.close(self._in)
        os.close(self._out)
        self._home.cleanup()

    def call(self, method, **params):
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + self._seconds
        while True:
            answer = self._receive(method, until)
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise ChromiumError(f"Chromium refuses {method}: {answer['error']['message']}")
                return answer["result"]
            self.told(answer)

    def told(self, event):
        """Takes what the browser tells without being asked."""

    def _receive(self, method, until):
        while b"\0" not in self._rest:
            if not select.select([self._in], [], [], max(0, until - time.monotonic()))[0]:
                raise ChromiumError(f"Chromium does not answer {method} within {self._seconds} s.")
            data = os.read(self._in, 1 << 16)
            if not data:
                raise ChromiumError(f"Chromium ended during {method}.")
            self._rest += data
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)

    def evaluate(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise ChromiumError(f"Chromium fails at a page: {expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def open(self, path):
        """Opens a file and waits until all of it is drawn, its maths included."""
        failure = self.call("Page.navigate", url=Path(path).resolve().as_uri()).get("errorText")
        if failure:
            raise ChromiumError(f"Chromium cannot open {path}: {failure}")
        until = time.monotonic() + self._seconds
        while not self.evaluate(LOADED):
            if time.monotonic() > until:
                raise ChromiumError(f"Chromium does not load {path} within {self._seconds} s.")
            time.sleep(0.05)
        self.evaluate(DRAWN)
