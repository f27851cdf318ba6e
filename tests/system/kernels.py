"""A Java kernel in its own process, and a client that keeps every message the kernel sends it.

Tests send cells and wait for what they need to see. Every wait has a deadline, and a wait that fails says what was
seen until then.
"""
import itertools
import os
import queue
import re
import struct
import tempfile
import time
import unittest
import zlib

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import KernelManager

NAME = "java"
SECONDS = 60  # a machine may be busy
CHANNELS = ("iopub", "shell", "stdin")


def kernelspec():
    """The kernelspec under test: the script that runs the tests names its place in JUPYTER_PATH."""
    try:
        return KernelSpecManager().get_kernel_spec(NAME)
    except NoSuchKernel:
        message = "no kernelspec `%s`: run `environment/scorebook test`, which builds it and sets JUPYTER_PATH"
        raise AssertionError(message % NAME) from None


def measured(what, seconds):
    print("%-60s %6.2f s" % (what, seconds), flush=True)


def plain(lines):
    """Traceback lines as one text, without terminal colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(lines))


def running(pid):
    """Whether the process is there and more than an entry that nobody has collected yet."""
    try:
        os.kill(pid, 0)
        with open("/proc/%d/stat" % pid) as stat:
            return stat.read().rpartition(")")[2].split()[0] not in "ZX"
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return not os.path.isdir("/proc/self")


class Cell:
    """What one request led to: its reply, and every message that names it as its parent."""

    def __init__(self, code):
        self.code = code
        self.sent_at = time.monotonic()
        self.replied_at = None
        self.reply = None
        self.messages = []
        self.arrivals = []
        self.input_requests = []

    def take(self, channel, message):
        if channel == "shell":
            self.reply = message["content"]
            self.replied_at = time.monotonic()
        elif channel == "stdin":
            self.input_requests.append(message)
        else:
            self.messages.append(message)
            self.arrivals.append(time.monotonic())

    @property
    def idle(self):
        return any(content["execution_state"] == "idle" for content in self.of("status"))

    @property
    def done(self):
        return self.reply is not None and self.idle

    @property
    def status(self):
        return self.reply and self.reply["status"]

    @property
    def seconds(self):
        return self.replied_at - self.sent_at

    def kinds(self):
        """The types of its messages on iopub, in order, without busy and idle."""
        return [message["msg_type"] for message in self.messages if message["msg_type"] != "status"]

    def of(self, kind):
        return [message["content"] for message in self.messages if message["msg_type"] == kind]

    def text(self, name="stdout"):
        return "".join(content["text"] for content in self.of("stream") if content["name"] == name)

    def streams(self):
        """(stream, text) in the order printed, with neighbours on the same stream joined."""
        parts = itertools.groupby(self.of("stream"), key=lambda content: content["name"])
        return [(name, "".join(content["text"] for content in group)) for name, group in parts]

    @property
    def result(self):
        """The MIME bundle of its execute_result, or None."""
        results = self.of("execute_result")
        return results[0]["data"] if results else None

    @property
    def value(self):
        return self.result and self.result.get("text/plain")

    def describe(self):
        parts = ["%s %.700s" % (message["msg_type"], repr(message["content"])) for message in self.messages[-8:]]
        counts = {kind: self.kinds().count(kind) for kind in self.kinds()}
        return "cell %.200s\n  reply %.1500s\n  iopub %s, the last:\n    %s" % (
            repr(self.code), repr(self.reply), counts, "\n    ".join(parts))


class Kernel:
    """Starts the kernel; call close() at the end. Stuck is a kernel that let a deadline pass."""

    def __init__(self, **environment):
        kernelspec()
        self.stuck = False
        self.log = tempfile.TemporaryFile()
        self.cells = {}
        self.orphans = []
        self.manager = KernelManager(kernel_name=NAME)
        started = time.monotonic()
        self.manager.start_kernel(stdout=self.log, stderr=self.log, env={**os.environ, **environment})
        try:
            self.connect()
        except BaseException:
            self.manager.shutdown_kernel(now=True)
            raise
        self.started_at = started

    def connect(self):
        self.client = self.manager.client()
        self.client.start_channels()
        try:
            self.client.wait_for_ready(timeout=120)
        except RuntimeError as error:
            raise AssertionError("the kernel did not start: %s\n%s" % (error, self.log_tail())) from None

    def close(self):
        if not self.log.closed:
            self.client.stop_channels()
            self.manager.shutdown_kernel(now=True)
            self.log.close()

    @property
    def pid(self):
        return self.manager.provisioner.process.pid

    def send(self, code, **options):
        """Sends a cell and returns at once."""
        options.setdefault("allow_stdin", False)
        return self.expect(self.client.execute(code, **options), code)

    def expect(self, msg_id, code):
        """Keeps what the request with this id leads to."""
        self.cells[msg_id] = cell = Cell(code)
        return cell

    def finish(self, cell, seconds=SECONDS):
        self.wait(lambda: cell.done, "reply and idle", cell, seconds)
        return cell

    def run(self, code, seconds=SECONDS, **options):
        return self.finish(self.send(code, **options), seconds)

    def value(self, code):
        """The text/plain of the cell's result; fails if the cell does."""
        cell = self.run(code)
        assert cell.status == "ok", cell.describe()
        return cell.value

    def post(self, method, *arguments, **named):
        """Sends any other request on the shell channel, by the client's name for it, and returns at once."""
        return self.expect(getattr(self.client, method)(*arguments, **named), "%s %r %r" % (method, arguments, named))

    def ask(self, method, *arguments, **named):
        """Posts a request and returns its reply's content."""
        return self.finish(self.post(method, *arguments, **named)).reply

    def control(self, kind, content=None, seconds=SECONDS):
        """A request on the control channel; returns the reply."""
        message = self.client.session.msg(kind, content or {})
        self.client.control_channel.send(message)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                reply = self.client.get_control_msg(timeout=0.1)
            except queue.Empty:
                continue
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return reply
        raise AssertionError("no reply to %s within %s s\n%s" % (kind, seconds, self.log_tail()))

    def interrupt(self):
        return self.control("interrupt_request")

    def pump(self):
        """Takes what has arrived on all channels, or waits a moment for output."""
        if not any([self.drain(channel, 0) for channel in CHANNELS]):
            self.drain("iopub", 0.02)

    def drain(self, channel, seconds):
        get = getattr(self.client, "get_%s_msg" % channel)
        for count in itertools.count():
            try:
                message = get(timeout=seconds)
            except queue.Empty:
                return count
            seconds = 0
            cell = self.cells.get(message["parent_header"].get("msg_id"))
            if cell:
                cell.take(channel, message)
            else:
                self.orphans.append((channel, message))

    def wait(self, condition, what, cell=None, seconds=SECONDS):
        deadline = time.monotonic() + seconds
        look = time.monotonic() + 1
        while not condition():
            now = time.monotonic()
            if now > look:
                look = now + 1
                self.check(self.manager.is_alive(), "the kernel ended while waiting for " + what, cell)
            self.check(now < deadline, "no %s within %s s" % (what, seconds), cell)
            self.pump()

    def check(self, good, problem, cell):
        if not good:
            self.stuck = True
            raise AssertionError(problem + "\n" + self.seen(cell))

    def listen(self, seconds):
        """Takes whatever arrives for this long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.pump()

    def seen(self, cell):
        cells = [cell] if cell else list(self.cells.values())[-3:]
        return "\n".join([each.describe() for each in cells] + [self.log_tail()])

    def log_tail(self):
        self.log.seek(0)
        return "kernel's own log: " + (self.log.read()[-2000:].decode("utf-8", "replace") or "empty")


def pixels(png):
    """(width, height, channels, rows) of an 8-bit PNG, with each chunk's checksum and the closing chunk checked."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n", "not a PNG: %r" % png[:8]
    chunks = list(png_chunks(png))
    assert chunks[0][0] == b"IHDR" and chunks[-1] == (b"IEND", b""), [kind for kind, _ in chunks]
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    assert (depth, interlaced) == (8, 0), "bit depth %d, interlace %d" % (depth, interlaced)
    channels = {0: 1, 2: 3, 6: 4}[colour]
    data = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    return width, height, channels, unfiltered(data, width * channels, channels)


def png_chunks(png):
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        end = at + 12 + length
        assert end <= len(png), "chunk %r needs %d bytes more than the file has" % (kind, end - len(png))
        body = png[at + 8:end - 4]
        checksum = struct.unpack(">I", png[end - 4:end])[0]
        assert checksum == zlib.crc32(kind + body), "checksum of chunk %r at byte %d" % (kind, at)
        yield kind, body
        at = end


def unfiltered(data, stride, channels):
    """The rows of pixels behind PNG's five line filters."""
    assert len(data) % (stride + 1) == 0, "%d bytes of pixels in rows of %d" % (len(data), stride + 1)
    rows = []
    above = bytes(stride)
    for start in range(0, len(data), stride + 1):
        above = unfilter(data[start], bytearray(data[start + 1:start + 1 + stride]), above, channels)
        rows.append(bytes(above))
    return rows


def unfilter(kind, row, above, channels):
    for i in range(len(row)) if kind else ():
        left = row[i - channels] if i >= channels else 0
        corner = above[i - channels] if i >= channels else 0
        predicted = (0, left, above[i], (left + above[i]) // 2, paeth(left, above[i], corner))[kind]
        row[i] = (row[i] + predicted) & 0xFF
    return row


def paeth(left, up, corner):
    estimate = left + up - corner
    distances = abs(estimate - left), abs(estimate - up), abs(estimate - corner)
    return (left, up, corner)[distances.index(min(distances))]


class KernelTest(unittest.TestCase):
    environment = {}

    @classmethod
    def setUpClass(cls):
        cls.kernel = Kernel(**cls.environment)
        cls.addClassCleanup(cls.kernel.close)

    def setUp(self):
        """One test that gets the kernel stuck does not fail those after it."""
        if self.kernel.stuck:
            self.kernel.close()
            self.setUpClass()

    def ok(self, code, **options):
        cell = self.kernel.run(code, **options)
        self.assertEqual(cell.status, "ok", cell.describe())
        return cell

    def failing(self, code, **options):
        """Runs a cell that must fail, and checks that the reply and the message for the page say the same."""
        cell = self.kernel.run(code, **options)
        self.assertEqual(cell.status, "error", cell.describe())
        self.assertEqual(len(cell.of("error")), 1, cell.describe())
        for field in ("ename", "evalue", "traceback"):
            self.assertEqual(cell.reply[field], cell.of("error")[0][field])
        self.assertIsInstance(cell.reply["evalue"], str)
        self.assertTrue(all(isinstance(line, str) for line in cell.reply["traceback"]))
        return cell

    def assertValue(self, expected, code):
        self.assertEqual(expected, self.kernel.value(code), "value of %r" % code)
