"""The Java kernel over the wire. Start, restart, shutdown, and the end of the server."""
import subprocess
import sys
import time
import unittest

from kernels import Kernel, measured, running


class Lifetime(unittest.TestCase):
    """Start, restart and end."""

    LEFT_RUNNING = ('Thread left = new Thread(() -> { while (true) { try { Thread.sleep(1000); } '
                    'catch (InterruptedException e) { } } });\nleft.setDaemon(false);\nleft.start();')

    def start(self):
        kernel = Kernel()
        self.addCleanup(kernel.close)
        return kernel

    def until_gone(self, pid, limit):
        start = time.monotonic()
        while running(pid):
            self.assertLess(time.monotonic() - start, limit, "process %d is still there" % pid)
            time.sleep(0.05)
        return time.monotonic() - start

    def until_ended(self, kernel, limit=60):
        start = time.monotonic()
        while kernel.manager.is_alive():
            self.assertLess(time.monotonic() - start, limit, "the kernel is still there\n" + kernel.log_tail())
            time.sleep(0.05)
        return time.monotonic() - start

    def test_start_and_restart(self):
        kernel = self.start()
        self.assertEqual(kernel.value("1 + 1"), "2")
        measured("from start to the first result", time.monotonic() - kernel.started_at)
        self.assertLess(time.monotonic() - kernel.started_at, 60)
        kernel.value("int gone = 1;")
        kernel.client.stop_channels()
        start = time.monotonic()
        kernel.manager.restart_kernel()
        kernel.connect()
        self.assertEqual(kernel.run("gone").status, "error")
        self.assertEqual(kernel.run("2 + 2").of("execute_result")[0]["execution_count"], 2)
        measured("from restart to the second result", time.monotonic() - start)

    def shut_down(self, kernel, name):
        reply = kernel.control("shutdown_request", {"restart": False})
        self.assertEqual(reply["msg_type"], "shutdown_reply")
        measured("shutdown, until the process is gone: " + name, self.until_ended(kernel))
        self.assertEqual(reply["content"], {"status": "ok", "restart": False})

    def test_shutdown_with_a_thread_left_running(self):
        kernel = self.start()
        kernel.value(self.LEFT_RUNNING)
        self.shut_down(kernel, "with a thread left")

    def test_shutdown_of_a_busy_kernel(self):
        kernel = self.start()
        cell = kernel.send('System.out.println("started");\nwhile (true) { try { Thread.sleep(100); } '
                           'catch (InterruptedException e) { } }')
        kernel.wait(lambda: cell.text(), "first line", cell)
        self.shut_down(kernel, "busy")

    PARENT = """
import sys
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="java")
client.execute(sys.argv[1], reply=True, timeout=60)
print(manager.provisioner.process.pid, flush=True)
sys.stdin.read()
"""

    def test_kernel_ends_when_its_server_is_killed(self):
        server = subprocess.Popen([sys.executable, "-c", self.PARENT, self.LEFT_RUNNING], text=True,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        with server:
            pid = int(server.stdout.readline())
            self.assertTrue(running(pid))
            server.kill()
        measured("server killed, until the kernel is gone", self.until_gone(pid, 60))
