"""What students get: files that Jupyter accepts as they are, and a real Jupyter server in a folder of their own."""
import json
import os
import re
import socketserver
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
import uuid
from pathlib import Path

import nbformat
from tornado.ioloop import IOLoop
from tornado.websocket import websocket_connect

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "environment"))
import notebooks  # noqa: E402

SCOREBOOK = ROOT / "environment" / "scorebook"
NAMES = [path.name for path in notebooks.select(None)]


class HandoutTest(unittest.TestCase):
    def test_jupyter_would_write_the_files_as_they_are(self):
        for options in [], ["--with-solutions"]:
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run([SCOREBOOK, "course", "student", "--out", folder, "--no-compile", *options], check=True,
                               stdout=subprocess.DEVNULL)
                for name in NAMES:
                    with self.subTest(name, options=options):
                        text = Path(folder, name).read_text(encoding="utf-8")
                        notebook = nbformat.reads(text, as_version=4)
                        nbformat.validate(notebook)
                        self.assertEqual(text, nbformat.writes(notebook) + "\n")


class Lab:
    """`scorebook lab --student FOLDER`, asked over HTTP as its pages ask it."""

    def __init__(self, folder, home):
        self.folder, self._home = folder, home

    def __enter__(self):
        with socketserver.TCPServer(("127.0.0.1", 0), None) as free:
            port = free.server_address[1]
        self._log = open(self._home / "log", "w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [SCOREBOOK, "lab", "--student", self.folder, "--no-browser", f"--port={port}"], cwd=self._home,
            stdin=subprocess.DEVNULL, stdout=self._log, stderr=subprocess.STDOUT,
            env={**os.environ, "HOME": str(self._home), "JUPYTER_RUNTIME_DIR": str(self._home / "runtime")})
        until = time.monotonic() + 180
        while not (found := re.search(r"(http://(?:127\.0\.0\.1|localhost):\d+/)\S*\?token=(\w+)", self.said())):
            if self._process.poll() is not None or time.monotonic() > until:
                raise AssertionError("the server did not start: " + self.said())
            time.sleep(0.1)
        self._url, self._token = found.groups()
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(60)
        self._log.close()

    def said(self):
        return (self._home / "log").read_text(encoding="utf-8")

    def ask(self, path, method="GET", body=None):
        request = urllib.request.Request(
            self._url + "api/" + path, method=method, data=body and json.dumps(body).encode(),
            headers={"Authorization": "token " + self._token})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null")

    def value(self, code):
        """The value of a cell in a kernel that the server has started."""
        kernel = self.ask("kernels", "POST", {"name": "java"})["id"]
        try:
            return IOLoop().run_sync(lambda: self._value(kernel, code), timeout=120)
        finally:
            self.ask("kernels/" + kernel, "DELETE")

    async def _value(self, kernel, code):
        socket = await websocket_connect(
            f"{self._url.replace('http', 'ws', 1)}api/kernels/{kernel}/channels?token={self._token}")
        header = {"msg_id": uuid.uuid4().hex, "session": uuid.uuid4().hex, "username": "", "version": "5.3",
                  "msg_type": "execute_request", "date": "2024-01-01T00:00:00Z"}
        await socket.write_message(json.dumps({
            "header": header, "parent_header": {}, "metadata": {}, "channel": "shell", "buffers": [],
            "content": {"code": code, "silent": False}}))
        while True:
            message = json.loads(await socket.read_message())
            if message["msg_type"] == "execute_result":
                return message["content"]["data"]["text/plain"]
            if message["msg_type"] == "error":
                raise AssertionError(message["content"]["evalue"])


class LabTest(unittest.TestCase):
    def test_work_in_a_folder_of_ones_own_is_not_lost(self):
        home = Path(self.enterContext(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        folder = home / "my course"
        with Lab(folder, home) as lab:
            listed = {entry["name"] for entry in lab.ask("contents/")["content"]}
            self.assertEqual({*NAMES, "README.md"}, listed)
            self.assertIn("java", lab.ask("kernelspecs")["kernelspecs"])
            self.assertRegex(lab.value("org.scorebook.base.LibraryVersion.text()"), r"^\d+\.\d+")
            self.answer(lab, NAMES[1], "int exercise1(double beta, double rest) { return 228; }")
            (folder / NAMES[0]).unlink()
        with Lab(folder, home) as lab:
            self.assertIn(f"{NAMES[0]} is new.", lab.said())
            self.assertNotIn(NAMES[1], lab.said())
            sources = [cell["source"] for cell in lab.ask("contents/" + NAMES[1])["content"]["cells"]]
            self.assertIn("int exercise1(double beta, double rest) { return 228; }", sources)
            self.assertIn(NAMES[0], {entry["name"] for entry in lab.ask("contents/")["content"]})

    def answer(self, lab, name, source):
        """Opens a notebook, changes its first answer, and saves it, as Jupyter's page does."""
        model = lab.ask("contents/" + name)
        cells = model["content"]["cells"]
        answer = next(cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("solution"))
        self.assertIn("Exercise 1 is not answered yet.", answer["source"])
        answer["source"] = source
        lab.ask("contents/" + name, "PUT", {"type": "notebook", "format": "json", "content": model["content"]})


if __name__ == "__main__":
    unittest.main()
