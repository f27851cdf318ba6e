"""A kernel that may do anything: it hangs, dies, floods, and is replaced. Used by execute.py."""
import contextlib
import json
import os
import queue
import signal
import subprocess
import threading
import time
from collections import deque

import nbformat
import zmq
from jupyter_client.manager import KernelManager

START_SECONDS = 60
GRACE_SECONDS = 5  # for a kernel that was interrupted, and for the last message of a cell
LARGEST_MESSAGE = 32 << 20  # bytes; the connection of a kernel that sends more is cut
WAITING_MESSAGES = 100


class KernelFailed(Exception):
    """A kernel could not be started; the sentence says what it printed last."""


class Wrapped(KernelManager):
    """A kernel whose command is the last part of another one, which confines it."""

    wrap = ()

    def format_kernel_cmd(self, extra_arguments=None):
        wrap = [part.replace("{connection_file}", self.connection_file) for part in self.wrap]
        return wrap + super().format_kernel_cmd(extra_arguments)


class Outputs:
    """What a cell shows, up to a number of bytes; of what follows there is one sentence."""

    def __init__(self, cell, limit):
        self.cell, self.limit, self.left = cell, limit, limit
        self._clear_first = False

    def take(self, message):
        kind, content = message["msg_type"], message["content"]
        if kind == "clear_output":
            self._clear_first = bool(content.get("wait"))
            if not self._clear_first:
                self.cell.outputs.clear()
        elif kind == "error":
            self.add(nbformat.v4.new_output("error", ename=_text(content, "ename", 1000),
                                            evalue=_text(content, "evalue", 100_000), traceback=_traceback(content)))
        elif self.left >= 0 and kind in ("stream", "display_data", "execute_result"):
            self._take_counted(message)

    def _take_counted(self, message):
        self.left -= len(json.dumps(message["content"]))
        if self.left < 0:
            size = f"{self.limit / 1e6:g} MB"
            self.add(nbformat.v4.new_output("stream", name="stderr",
                                            text=f"The rest is left out: a cell can show {size}.\n"))
            return
        output = nbformat.v4.output_from_msg(message)
        last = self.cell.outputs[-1] if self.cell.outputs and not self._clear_first else None
        if output.output_type == "stream" and last and last.get("name") == output.name:
            last.parts.append(output.text)
            return
        if output.output_type == "stream":
            output.parts = [output.text]
        output.display_id = message["content"].get("transient", {}).get("display_id")
        self.add(output)

    def add(self, output):
        if self._clear_first:
            self.cell.outputs.clear()
            self._clear_first = False
        self.cell.outputs.append(output)

    def update(self, content):
        """Another picture in place of one that is there."""
        for output in self.cell.outputs:
            if output.get("display_id") and output.display_id == content["transient"]["display_id"]:
                self.left -= len(json.dumps(content))
                if self.left >= 0:
                    output.data, output.metadata = map(nbformat.from_dict, (content["data"], content["metadata"]))

    def finish(self):
        """Makes of the outputs what a notebook file holds."""
        for output in self.cell.outputs:
            if output.output_type == "stream":
                output.text = "".join(output.pop("parts", [output.text]))
            output.pop("display_id", None)


def _text(content, name, most):
    return str(content.get(name, ""))[:most]


def _traceback(content):
    lines = content.get("traceback")
    return [str(line)[:10_000] for line in (lines if isinstance(lines, list) else [])[:200]]


class Kernel:
    """One kernel process, and what it says about the cells that it was given."""

    def __init__(self, name, folder, wrap=(), memory=None):
        self.memory = memory
        self.over_memory = False
        self._log = deque(maxlen=40)
        self._shown = {}  # of each message with a cell: its outputs
        context = zmq.Context()
        context.setsockopt(zmq.MAXMSGSIZE, LARGEST_MESSAGE)
        context.setsockopt(zmq.RCVHWM, WAITING_MESSAGES)
        self._manager = Wrapped(kernel_name=name, context=context)
        self._manager.wrap = wrap
        assert self._manager.kernel_spec  # or there is none of this name
        try:
            self._manager.start_kernel(cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.PIPE)
            self.process = self._manager.provisioner.process
            threading.Thread(target=self._read_log, args=(self.process.stderr,), daemon=True).start()
            self._client = self._manager.client()
            self._client.start_channels(stdin=False, hb=False)
            self._client.wait_for_ready(timeout=START_SECONDS)
            about = self._client.kernel_info(reply=True, timeout=START_SECONDS)["content"]
            self.language = about["language_info"]
        except (RuntimeError, OSError, LookupError, TimeoutError) as error:
            self.kill()
            said = b"".join(self._log).decode("utf-8", "replace").strip()[-2000:]
            raise KernelFailed(f"The kernel did not start: {said or error}") from error
        except BaseException:
            self.kill()
            raise
        if memory:
            threading.Thread(target=self._watch_memory, daemon=True).start()

    def _read_log(self, stream):
        with contextlib.suppress(OSError, ValueError):
            for line in iter(lambda: stream.readline(1000), b""):
                self._log.append(line)

    def _watch_memory(self):
        while self.alive:
            if sum(_resident(pid) for pid in [self.process.pid, *descendants(self.process.pid)]) > self.memory:
                self.over_memory = True
                self._kill_processes()
            time.sleep(0.2)

    @property
    def alive(self):
        return self.process.poll() is None

    def run(self, outputs, seconds):
        """Executes a cell; returns ok, error, timeout or died. After a timeout the kernel may have to be killed."""
        request = self._client.execute(outputs.cell.source, allow_stdin=False, stop_on_error=False)
        self._shown[request] = outputs
        state = self._wait(request, seconds)
        if state != "timeout":
            return state
        with contextlib.suppress(Exception):  # whatever the kernel has done to its own sockets
            self._manager.interrupt_kernel()
        after = self._wait(request, GRACE_SECONDS)
        if after == "timeout":
            self.kill()
        return "died" if after == "died" and self.over_memory else "timeout"

    def _wait(self, request, seconds):
        deadline, reply, idle = time.monotonic() + seconds, None, False
        while not (reply and idle):
            if time.monotonic() > deadline:
                return reply or "timeout"
            message = self._next("iopub", 0 if reply is None else 0.05)
            if message and message["msg_type"] == "status":
                idle |= (message["parent_header"].get("msg_id") == request
                         and message["content"].get("execution_state") == "idle")
            elif message:
                self._show(message)
            if reply is None:
                reply = self._reply(request, 0 if message else 0.05)
                if reply:
                    deadline = time.monotonic() + GRACE_SECONDS  # its last output may be dropped, and never come
                elif not message and not self.alive:
                    return "died"
        return reply

    def _reply(self, request, seconds):
        message = self._next("shell", seconds)
        if message and message["parent_header"].get("msg_id") == request and message["msg_type"] == "execute_reply":
            self._shown[request].cell.execution_count = _count(message["content"].get("execution_count"))
            return "ok" if message["content"].get("status") == "ok" else "error"
        return None

    def _next(self, channel, seconds):
        """The next message that is whole; None where none comes."""
        try:
            message = getattr(self._client, f"get_{channel}_msg")(timeout=seconds)
            return message if isinstance(message["content"], dict) else None
        except queue.Empty:
            return None
        except Exception:  # signed by nobody, no JSON, no header: the kernel is not to be believed
            return None

    def _show(self, message):
        with contextlib.suppress(Exception):  # a message without what its type must have shows nothing
            if message["msg_type"] == "update_display_data":
                for outputs in self._shown.values():
                    outputs.update(message["content"])
            else:
                self._shown[message["parent_header"]["msg_id"]].take(message)

    def _kill_processes(self):
        for pid in [*descendants(self.process.pid), self.process.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill(self):
        """Ends it and what it has started, at once."""
        if self._manager.has_kernel:
            self.process = self._manager.provisioner.process
            if self.process:
                self._kill_processes()
            self._manager.shutdown_kernel(now=True)
        if hasattr(self, "_client"):
            self._client.stop_channels()


def _count(value):
    return value if isinstance(value, int) and value >= 0 else None


def descendants(pid):
    """The processes that a process has started, and those that these have; where /proc tells."""
    children = {}
    for entry in os.listdir("/proc") if os.path.isdir("/proc/self") else ():
        if entry.isdigit():
            children.setdefault(_parent(entry), []).append(int(entry))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found[1:]


def _parent(pid):
    with contextlib.suppress(OSError), open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
        return int(file.read().rpartition(")")[2].split()[1])
    return None


def _resident(pid):
    """Bytes of memory that the process has to itself or shares with others."""
    with contextlib.suppress(OSError, IndexError, ValueError), open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
