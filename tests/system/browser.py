"""Chromium without a window, with every request it makes made visible. Standard library only."""
import base64
import socketserver
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "environment"))
import chromium  # noqa: E402

CHROMIUM = chromium.PROGRAM
SECONDS = 120  # for each answer


class Proxy:
    """A proxy that goes nowhere: it notes the first line of each request and hangs up."""

    def __enter__(self):
        self.requests = requests = []

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                requests.append(self.rfile.readline(4096).decode("latin-1").strip())

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = "127.0.0.1:%d" % self._server.server_address[1]
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


class Browser(chromium.Chromium):
    """One page, and all that it asked of the network."""

    def __init__(self, proxy, reached=""):
        """Everything goes to the proxy but what is asked of the host that is `reached`, such as 127.0.0.1:8000."""
        super().__init__(SECONDS, f"--proxy-server={proxy}", f"--proxy-bypass-list=<-loopback>;{reached}")
        self.events = []

    def __enter__(self):
        super().__enter__()
        for domain in ("Network", "Runtime", "Log"):
            self.call(domain + ".enable")
        return self

    def told(self, event):
        self.events.append(event)

    def open(self, path, settle=0.3):
        """Opens a file or address, waits until it and its maths are there; returns the addresses that it asked for."""
        self.events.clear()
        url = path if str(path).startswith("http:") else Path(path).resolve().as_uri()
        failure = self.call("Page.navigate", url=url).get("errorText")
        if failure:
            raise RuntimeError(f"{path}: {failure}")
        until = time.monotonic() + SECONDS
        while self.evaluate("document.readyState") != "complete" or self.evaluate("location.protocol") == "about:":
            if time.monotonic() > until:
                raise TimeoutError(f"{path} did not load.")
            time.sleep(0.05)
        self.evaluate("window.MathJax && MathJax.startup ? MathJax.startup.promise.then(() => 1) : 0")
        time.sleep(settle)
        self.evaluate("0")
        return [event["params"]["request"]["url"] for event in self.events
                if event.get("method") == "Network.requestWillBeSent"]

    def look(self, width, height=800, dark=False, scale=1):
        """Sets the size of the window and the colour scheme."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale,
                  mobile=width < 500)
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def picture(self, path, whole=True):
        data = self.call("Page.captureScreenshot", captureBeyondViewport=whole)["data"]
        Path(path).write_bytes(base64.b64decode(data))
