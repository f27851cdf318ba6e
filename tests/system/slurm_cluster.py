"""A Slurm of its own on this host: munge, slurmctld, some slurmd, with all files in one folder."""
import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

PROGRAMS = "munged", "slurmctld", "slurmd", "sbatch"
PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
CONFIGURATION = """ClusterName=scorebook
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.sock
CredType=cred/munge
SlurmctldPort={controller}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool/%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
ReturnToService=2
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0,sched_min_interval=0,requeue_delay=1
SlurmdTimeout=10
KillWait=30
MinJobAge=600
GresTypes=gpu
NodeName=n[1-{nodes}] NodeHostname={host} NodeAddr=127.0.0.1 Port={ports} CPUs=2 Gres=gpu:1
PartitionName=debug Nodes=ALL Default=YES MaxTime=INFINITE State=UP PriorityTier=2
PartitionName=scavenge Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=1
PartitionName=cancelling Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=1 PreemptMode=CANCEL
"""


def missing(programs=PROGRAMS):
    """The programs that are not here."""
    return [name for name in programs if not shutil.which(name, path=PATH)]


def required():
    """For a class of tests: says so and skips it where there is no Slurm; in CI there must be."""
    return unittest.skipIf(missing() and not os.environ.get("CI"), f"no Slurm here: {', '.join(missing())} not found")


def with_settings(cls, settings):
    """Gives a class of tests a cluster, and a folder with a training's settings.json; both go when it has ended."""
    cls.cluster = Cluster()
    cls.addClassCleanup(cls.cluster.close)
    folder = tempfile.TemporaryDirectory()
    cls.addClassCleanup(folder.cleanup)
    cls.folder = Path(folder.name)
    (cls.folder / "settings.json").write_text(json.dumps(settings))


def free_ports(count):
    """The first of so many neighbours that nobody listens at."""
    for first in range(21000 + os.getpid() % 1250 * 8, 60000, count):  # another process begins elsewhere
        try:
            for port in range(first, first + count):
                with socket.socket() as s:
                    s.bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
    raise RuntimeError("no ports are free")


class Cluster:
    """Ends with `with`, `close()`, or this process: also one that SIGTERM ends, or that could not start it."""

    def __init__(self, nodes=3):
        self.folder = Path(tempfile.mkdtemp(prefix="slurm-"))  # short: the path of a socket has at most 107 characters
        self.lock = threading.Lock()  # one node at a time is repaired
        self.nodes = [f"n{i + 1}" for i in range(nodes)]
        self.environment = {**os.environ, "PATH": PATH, "SLURM_CONF": str(self.folder / "slurm.conf"), "LC_ALL": "C"}
        self.environment.pop("SCOREBOOK_LOCKS", None)  # queues are where a user's are
        atexit.register(self.close)
        if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            self.start()
        except BaseException:
            self.close()
            raise

    def start(self):
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        self.configure()
        self.munge()
        self.start_accounts()
        self.call("slurmctld", "-c")
        for node in self.nodes:
            self.up(node)
        self.wait(lambda: self.call("sinfo", "-h", "-N", "-o", "%T").split() == ["idle"] * 3 * len(self.nodes), 120,
                  "nodes are idle")

    def configure(self):
        first = free_ports(3 + len(self.nodes))
        user = subprocess.run(["id", "-un"], text=True, capture_output=True, check=True).stdout.strip()
        text = CONFIGURATION.format(host=socket.gethostname().split(".")[0], user=user, folder=self.folder,
                                    controller=first, nodes=len(self.nodes),
                                    ports=f"{first + 1}-{first + len(self.nodes)}")
        (self.folder / "slurm.conf").write_text(text + self.accounting(first + len(self.nodes) + 1))
        (self.folder / "gres.conf").write_text("Name=gpu File=/dev/null\n")  # in name only

    def accounting(self, port):
        """What the configuration says of it, which may use a port and its neighbour."""
        return ""

    def start_accounts(self):
        """Before the controller; with the usual configuration there are none."""

    def munge(self):
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        self.call("munged", "--force", f"--socket={self.folder}/munge.sock", f"--key-file={key}",
                  f"--pid-file={self.folder}/munged.pid", f"--log-file={self.folder}/munged.log",
                  f"--seed-file={self.folder}/seed")

    def call(self, *command):
        result = subprocess.run(command, text=True, capture_output=True, env=self.environment, timeout=60,
                                cwd=self.folder)
        if result.returncode:
            raise RuntimeError(f"{' '.join(command)}: {result.stdout}{result.stderr}")
        return result.stdout

    def up(self, node):
        """Starts a node."""
        self.call("slurmd", "-N", node, "-c")

    def down(self, node):
        """The node dies with all that runs on it, without a word."""
        slurmd = int((self.folder / f"slurmd-{node}.pid").read_text())
        steps = [pid for pid in processes(self.folder)
                 if any(f"SLURMD_NODENAME={node}" in variables(child) for child in descendants([pid]))]
        for pid in [slurmd, *descendants(steps), *steps]:
            kill(pid, signal.SIGKILL)

    @staticmethod
    def wait(condition, seconds, what, seen=lambda: ""):
        """What was seen is asked for at the end, not before."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"in {seconds} s it did not come: {what} {seen()}")
            time.sleep(0.1)

    def close(self):
        """Ends all jobs and daemons."""
        daemons = [int(file.read_text()) for file in self.folder.glob("*.pid")]
        steps = processes(self.folder)
        for pid in [*daemons, *descendants(steps), *steps]:
            kill(pid, signal.SIGKILL)
        for pid in daemons:
            self.wait(lambda pid=pid: not Path(f"/proc/{pid}/stat").exists() or is_zombie(pid), 10, "daemons end")
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def kill(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def commandline(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def variables(pid):
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


def state(pid):
    """As ps has it, such as Z for one that has ended and T for one that is stopped; empty for none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def is_zombie(pid):
    return state(pid) == "Z"


def has_signal(pid):
    """Whether one waits for a process, which is stopped, to be handled."""
    try:
        return "ShdPnd:\t0000000000000000" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def pids():
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def processes(folder):
    """The slurmstepd of a cluster, which alone belong to it by their environment."""
    mark = f"SLURM_CONF={folder}/slurm.conf"
    return [pid for pid in pids() if commandline(pid).startswith("slurmstepd") and mark in variables(pid)]


def descendants(roots):
    """All processes below some."""
    children = {}
    for pid in pids():
        try:
            parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(pid)
        except OSError:
            pass
    found, left = [], list(roots)
    while left:
        below = children.get(left.pop(), [])
        found += below
        left += below
    return found
