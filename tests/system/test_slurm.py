"""Trainings as jobs of a real Slurm, which is started here: what one sees; no signal at any moment loses anything."""
import fcntl
import json
import os
import random
import re
import shlex
import shutil
import signal as signals
import subprocess
import tempfile
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import slurm_cluster

ROOT = Path(__file__).resolve().parents[2]
JAVA = os.environ.get("SCOREBOOK_JAVA") or shutil.which("java")
STEPS, INTERVAL, GRID = 24, 2, 8
SETTINGS = {
    "data": "emoji", "flip": True, "conditional": True, "device": "cpu", "threads": 1, "dropout": 0.1,
    "base_channels": 8, "multipliers": "1,2", "attention_resolutions": "16", "groups": 4, "lr_decay": "cosine",
    "epochs": 2, "max_batches_per_epoch": STEPS // 2, "batch_size": 4, "log_interval": 1, "evaluation_batches": 2,
    "checkpoint_interval": INTERVAL, "sample_interval": GRID, "sample_steps": 30, "sample_count": 2}
FILES = "model.safetensors", "ema.safetensors", "optimizer.safetensors", "state.json"
SIGNALS = "USR1", "TERM", "CONT+TERM", "KILL", "scancel", "requeue", "node down"
MOMENTS = "queued", "loading", "training", "writing a checkpoint", "sampling"
TO_A_JOB = "scancel", "requeue", "node down"  # one that waits has no process that gets a signal
MATRIX = [(signal, moment) for signal in SIGNALS for moment in MOMENTS if moment != "queued" or signal in TO_A_JOB]
LONG = 180  # seconds: a machine may be busy
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # what suits a JVM of some seconds


def chosen():
    """Each signal and each moment at least once; all with SCOREBOOK_SLURM=all."""
    if os.environ.get("SCOREBOOK_SLURM") == "all":
        return MATRIX
    cases = random.Random(7).sample(MATRIX, len(MATRIX))
    found = []
    for case in cases:
        if any(all(name != seen[i] for seen in found) for i, name in enumerate(case)):
            found.append(case)
    return found


class Slurm:
    """The cluster, and commands that see it."""

    def __init__(self, folder):
        self.cluster = slurm_cluster.Cluster()
        self.folder = Path(folder) / "my 'runs' 100%"
        self.folder.mkdir()
        self.environment = {**self.cluster.environment, "SCOREBOOK_RUNS": str(self.folder)}
        (self.folder / "settings.json").write_text(json.dumps(SETTINGS))

    def close(self):
        self.cluster.close()

    def scorebook(self, *arguments, **variables):
        command = [JAVA, "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1",
                   f"-Dscorebook.log={self.folder}/cli.log", "-cp", f"{ROOT}/target/lib/*", "org.scorebook.cli.Main"]
        return subprocess.run([*command, *arguments], text=True, capture_output=True, timeout=LONG,
                              env={**self.environment, **variables}, cwd=self.folder)

    def train(self, name, *options, exclusive=True, **variables):
        whole_node = ("--set-sbatch", "exclusive=") if exclusive else ()
        result = self.scorebook("train", "--config", "settings.json", "--run-name", name, "--launcher", "slurm",
                                *whole_node, *options, **{"JAVA_TOOL_OPTIONS": SHORT_LIVED, **variables})
        assert result.returncode == 0, result.stdout + result.stderr
        return Run(self, result.stdout.strip())

    def call(self, *command):
        return self.cluster.call(*command)


class MissedMoment(Exception):
    """It was over between two looks."""


class Run:
    def __init__(self, slurm, name):
        self.slurm = slurm
        self.id = name
        self.folder = slurm.folder / name
        self.released = set()

    def status(self):
        return json.loads((self.folder / "status.json").read_text())

    def job(self):
        return self.status()["slurmJob"]

    def queue(self):
        """State, reason and node, as Slurm has them."""
        return self.slurm.call("squeue", "-h", "-t", "all", "-j", self.job(), "-o", "%T|%r|%N").strip().split("|")

    def show(self):
        """The first line of jobs show."""
        result = self.slurm.scorebook("jobs", "show", self.id)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout.splitlines()[0]

    def steps(self, folder):
        return sorted(int(path.name[5:13]) for path in (self.folder / folder).glob("step-*"))

    def parts(self, folder):
        return list((self.folder / folder).glob(".step-*"))

    def log(self):
        path = self.folder / "log.txt"
        return path.read_text() if path.exists() else ""

    def wait(self, condition, what):
        self.slurm.cluster.wait(condition, LONG, f"{what} of {self.id}",
                                lambda: f"{self.queue()}\n{self.log()[-1500:]}\n{self.status()}")

    def freeze(self, moment):
        """Lets its process go on by milliseconds until it is in the middle of a moment, and leaves it stopped there.

        What comes then comes at that moment, on however fast a machine. Returns the process, 0 for a job that waits.
        """
        if moment == "queued":
            return 0
        self.release()
        end = time.monotonic() + LONG
        while time.monotonic() < end:
            status = self.status()
            if status["state"] not in ("queued", "running"):
                raise MissedMoment(f"{self.id} is {status['state']} ({status['error']}) without having been seen"
                                   f" {moment}: {self.log()[-1500:]}")
            if self.id in slurm_cluster.commandline(status["pid"]):
                slurm_cluster.kill(status["pid"], signals.SIGSTOP)
                while slurm_cluster.state(status["pid"]) not in ("", "T", "Z"):
                    time.sleep(0.0002)
                if self.is_at(moment) and slurm_cluster.state(status["pid"]) == "T":
                    return status["pid"]
                slurm_cluster.kill(status["pid"], signals.SIGCONT)
            time.sleep(0.002 if moment == "writing a checkpoint" else 0.01)
        raise AssertionError(f"{self.id} is not {moment} in {LONG} s: {self.log()[-1500:]}")

    def is_at(self, moment):
        if moment == "loading":
            return f"process {self.status()['pid']} takes {self.id}" in self.log()
        if moment == "training":
            return (self.folder / "metrics.jsonl").exists()
        if moment == "writing a checkpoint":
            return bool(self.parts("checkpoints"))
        undrawn = [step for step in set(self.steps("checkpoints")) - set(self.steps("samples")) if step % GRID == 0]
        return STEPS in undrawn if moment == "drawing the last grid" else bool(undrawn)

    def thaw(self, process):
        """As soon as its signal is there; Slurm may have woken it itself, or it is no more."""
        if process:
            told = slurm_cluster.has_signal
            self.wait(lambda: slurm_cluster.state(process) != "T" or told(process), "a signal")
            slurm_cluster.kill(process, signals.SIGCONT)

    def release(self):
        """It need not wait for its time; in the second of its last end a node would not take it again."""
        begun = self.log().count(f" takes {self.id}")
        if self.queue()[0] == "PENDING" and (self.job(), begun) not in self.released:
            self.released.add((self.job(), begun))
            start = "now+2" if begun else "now"
            attempt(self.slurm, "scontrol", "update", f"jobid={self.job()}", f"StartTime={start}")  # or it begins now

    def send(self, signal, process):
        """To a process that is stopped, which gets it as it goes on."""
        job = self.job()
        if signal == "scancel":
            self.slurm.call("scancel", job)
        elif signal == "requeue":
            attempt(self.slurm, "scontrol", "requeue", job)
        elif signal == "node down":
            self.node_down()
        else:
            for name in signal.split("+"):
                attempt(self.slurm, "scancel", "--batch", f"--signal={name}", job)
                if name == "CONT":
                    slurm_cluster.kill(process, signals.SIGSTOP)  # until what follows is there
        self.thaw(process)

    def preempt(self):
        """Another job takes its node."""
        other = self.slurm.call("sbatch", "--parsable", "--exclusive", "--output=/dev/null", "--partition=debug",
                                f"--nodelist={self.queue()[2]}", "--wrap=sleep 1").strip()
        self.wait(lambda: self.queue()[0] != "RUNNING", "a pre-emption")
        self.slurm.call("scancel", other)

    def node_down(self):
        """Dies, is noticed, and is repaired."""
        node = self.queue()[2] or "n3"
        with self.slurm.cluster.lock:
            self.slurm.cluster.down(node)
            self.slurm.call("scontrol", "update", f"nodename={node}", "state=down", "reason=test")
            self.slurm.cluster.up(node)
            attempt(self.slurm, "scontrol", "update", f"nodename={node}", "state=resume")

    def settle(self):
        """Until Slurm has done what follows from a signal."""
        self.wait(lambda: self.queue()[0] not in ("RUNNING", "COMPLETING"), "Slurm's answer")

    def finish(self):
        """Goes on as a person would."""
        end = time.monotonic() + LONG
        while self.status()["state"] != "succeeded":
            assert time.monotonic() < end, self.log()[-1500:]
            self.release()
            time.sleep(0.3)

    def result(self):
        folder = self.folder / "checkpoints" / f"step-{STEPS:08}"
        grids = {path.name: path.read_bytes() for path in (self.folder / "samples").glob("*.png")}
        losses = json.loads((self.folder / "loss_history.json").read_text())
        return {name: (folder / name).read_bytes() for name in FILES}, grids, losses


def attempt(slurm, *command):
    """What Slurm may refuse: that a job that waits gets a signal, for instance."""
    subprocess.run(command, env=slurm.environment, capture_output=True, timeout=60)


@slurm_cluster.required()
class SlurmTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.slurm = Slurm(folder.name)
        cls.addClassCleanup(cls.slurm.close)
        whole = cls.slurm.train("whole")
        whole.finish()
        cls.expected = whole.result()

    def test_signals_at_all_moments(self):
        """Each case in a job of its own; as many at once as there are processors."""
        with ThreadPoolExecutor(2) as pool:
            failures = [failure for failure in pool.map(lambda case: self.caught(*case), chosen()) if failure]
        self.assertEqual([], failures)

    def caught(self, signal, moment):
        began = time.monotonic()
        try:
            while True:
                try:
                    self.disturb(signal, moment)
                    break
                except MissedMoment as e:
                    assert time.monotonic() - began < LONG, e
            print(f"{signal} while {moment}: {time.monotonic() - began:.0f} s", flush=True)
        except Exception as e:  # all cases are told, not the first
            return f"{signal} while {moment}: {type(e).__name__}: {e}"
        return None

    def disturb(self, signal, moment):
        """The node that goes down before a job begins is one that no other case has."""
        place = "nodelist=n3" if (signal, moment) == ("node down", "queued") else "exclude=n3"
        run = self.slurm.train(re.sub(r"\W", "-", f"{signal}-{moment}"), "--set-sbatch", "begin=now+1hour",
                               "--set-sbatch", place)
        process = run.freeze(moment)
        before = max(run.steps("checkpoints"), default=0)
        run.send(signal, process)
        run.settle()
        line = run.show()
        saved = max(run.steps("checkpoints"), default=0)
        self.assertGreaterEqual(saved, before)
        lost = run.status()["step"] - saved
        self.assertLessEqual(lost, INTERVAL if signal in ("KILL", "node down") else 0, line)
        if signal == "scancel":
            self.assertRegex(line, rf"^{run.id}: cancelled")
            self.assertEqual("cancelled", run.status()["state"])
        elif signal == "KILL":
            self.assertRegex(line, rf"^{run.id}: failed.*Slurm job {run.job()} failed")
            self.assertEqual("failed", run.status()["state"])
        else:
            self.assertRegex(line, rf"^{run.id}: (queued|running)")
        if run.status()["state"] in ("cancelled", "failed"):
            self.assertIn("resume with: ", line)
            self.assertEqual(0, self.slurm.scorebook("jobs", "resume", run.id).returncode)
        run.finish()
        self.assertEqual(self.expected, run.result())

    def test_a_training_is_cancelled_and_resumed(self):
        run = self.slurm.train("steered", "--set-sbatch", "begin=now+1hour")
        process = run.freeze("training")
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(self.slurm.scorebook, "jobs", "cancel", run.id)
            run.thaw(process)
            cancelled = asked.result()
        self.assertRegex(cancelled.stdout, rf"^{run.id}: cancelled, step \d+ of {STEPS} \(cancelled at step")
        self.assertEqual([run.status()["step"]], run.steps("checkpoints")[-1:])
        self.assertEqual(0, self.slurm.scorebook("train", "--resume", run.id, "--detach").returncode)
        run.finish()
        first = re.findall(r"is Slurm job (\d+)", run.log())
        self.assertEqual(2, len(set(first)))

    def test_what_waits_says_why_and_slurm_is_asked_once_for_all(self):
        runs = [self.slurm.train(f"waiting-{i}", "--set-sbatch", f"begin=now+{i + 1}hour") for i in range(2)]
        runs.append(self.slurm.train("dependent", "--set-sbatch", f"dependency=afterok:{runs[0].job()}"))
        calls = self.slurm.folder / "calls"
        counted = self.slurm.folder / "counted"
        counted.mkdir()
        for name in ("squeue", "sacct", "scontrol"):
            program = shutil.which(name, path=slurm_cluster.PATH)
            (counted / name).write_text(f'#!/bin/sh\necho {name} >>"$CALLS"\nexec {program} "$@"\n')
            (counted / name).chmod(0o755)
        listed = self.slurm.scorebook("jobs", "list", PATH=f"{counted}:{slurm_cluster.PATH}", CALLS=str(calls))
        self.assertEqual(["squeue"], calls.read_text().split(), listed.stderr)
        for run in runs:
            reason = "Dependency" if run is runs[-1] else "BeginTime"
            self.assertRegex(listed.stdout, rf"{run.id} +queued .* Slurm job {run.job()} waits: {reason}\n")
            line = self.slurm.scorebook("jobs", "cancel", run.id).stdout
            why = f"cancelled: Slurm job {run.job()} was cancelled, before it began"
            self.assertIn(f"{run.id}: cancelled ({why}; resume with: ", line)

    def test_a_preempted_job_is_submitted_again_where_the_cluster_cancels(self):
        """Its last step is done, and the last grid begun. Slurm takes its time to answer: it has stopped by then."""
        slow = self.slurm.folder / "slow"
        slow.mkdir()
        asked, answer = slow / "asked", slow / "answer"
        (slow / "squeue").write_text(
            f"#!/bin/sh\ntouch {shlex.quote(str(asked))}\n"
            f"until [ -e {shlex.quote(str(answer))} ]; do sleep 0.1; done\n"
            f"exec {shutil.which('squeue', path=slurm_cluster.PATH)} \"$@\"\n")
        (slow / "squeue").chmod(0o755)
        run = self.slurm.train("scavenger", "--partition", "cancelling", "--resubmit", "--set-sbatch",
                               "begin=now+1hour", PATH=f"{slow}:{slurm_cluster.PATH}")
        run.freeze("drawing the last grid")
        first = run.job()
        run.preempt()
        run.wait(asked.exists, "a question to Slurm")
        self.assertEqual(("queued", f"stopped by SIGTERM at step {STEPS}"),
                         (run.status()["state"], run.status()["error"]))
        answer.touch()
        run.wait(lambda: run.job() != first, "another job")
        run.finish()
        self.assertIn(f"goes on as Slurm job {run.job()}", run.log())
        self.assertEqual(self.expected, run.result())

    def test_a_job_that_goes_back_into_the_queue_ends_the_command_that_asked_for_it(self):
        """As Slurm does, with all that runs in the job, where the command is not done at once."""
        ended = self.slurm.folder / "ended"
        ended.mkdir()
        real = shutil.which("scontrol", path=slurm_cluster.PATH)
        (ended / "scontrol").write_text(f"#!/bin/sh\n{real} \"$@\"\nkill -TERM $$\n")
        (ended / "scontrol").chmod(0o755)
        run = self.slurm.train("back", "--set-sbatch", "begin=now+1hour", PATH=f"{ended}:{slurm_cluster.PATH}")
        run.send("USR1", run.freeze("training"))
        run.settle()
        run.finish()
        self.assertNotIn("which failed", run.log())
        self.assertEqual(2, run.log().count(f"takes {run.id}"))
        self.assertEqual(self.expected, run.result())

    def test_a_preemption_of_a_training_that_is_done_changes_nothing(self):
        """The one partition cancels, the other puts back into the queue."""
        with ThreadPoolExecutor(2) as pool:
            runs = list(pool.map(self.preempted_when_done, ("cancelling", "scavenge")))
        runs[1].release()
        runs[1].wait(lambda: "there is nothing to do" in runs[1].log(), "another process")
        runs[1].settle()
        for run in runs:
            self.assertEqual(self.expected, run.result())
            self.assertRegex(run.show(), rf"^{run.id}: succeeded, step {STEPS} of {STEPS}$")

    def preempted_when_done(self, partition):
        run = self.slurm.train(f"done-{partition}", "--partition", partition, "--set-sbatch", "begin=now+1hour")
        process = run.freeze("drawing the last grid")
        with (run.folder / ".lock").open("a") as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX)  # it comes to its last word, and cannot say it
            slurm_cluster.kill(process, signals.SIGCONT)
            run.wait(lambda: STEPS in run.steps("samples"), "the last grid")
            run.preempt()
        run.wait(lambda: run.status()["state"] == "succeeded", "success")
        run.settle()
        return run

    def test_jobs_in_which_no_step_is_done_have_an_end(self):
        run = self.slurm.train("short", "--set-sbatch", "begin=now+1hour")
        for process in (1, 2):
            run.send("USR1", run.freeze("loading"))
            run.settle()
            self.assertEqual(process, run.log().count(f"takes {run.id}"))
        why = "stopped by SIGUSR1 at step 0, before a step was done, twice: the job needs more time; resume with: "
        self.assertRegex(run.show(), rf"^{run.id}: cancelled(, step 0 of {STEPS})? \({why}")

    def test_options_stand_over_the_usual_ones_of_the_user(self):
        for name, options, partition in ("given", ("--partition", "debug"), "debug"), ("usual", (), "scavenge"):
            run = self.slurm.train(name, "--set-sbatch", "begin=now+1hour", *options, SBATCH_PARTITION="scavenge",
                                   SBATCH_OUTPUT="/nowhere", SLURM_JOB_ID="1", SLURM_MEM_PER_NODE="1")
            shown = self.slurm.call("squeue", "-h", "-j", run.job(), "-o", "%P").strip()
            self.assertEqual(partition, shown)
            self.assertNotIn("/nowhere", self.slurm.call("scontrol", "show", "job", run.job()))
            self.slurm.call("scancel", run.job())

    def test_who_asks_for_a_gpu_waits_for_it(self):
        """Each node has one, in name only: this is about Slurm, and the trainings use the CPU."""
        node = "--set-sbatch", "nodelist=n3"
        first = self.slurm.train("first", "--gpus", "1", *node, "--set-sbatch", "begin=now+1hour", exclusive=False)
        process = first.freeze("loading")
        self.assertIn("CUDA_VISIBLE_DEVICES=0", slurm_cluster.variables(process))
        self.assertIn("TresPerJob=gres:gpu:1", self.slurm.call("scontrol", "show", "job", first.job()))
        second = self.slurm.train("second", "--gpus", "1", *node, exclusive=False)
        second.wait(lambda: second.queue()[1] == "Resources", "a reason")
        self.assertRegex(second.show(), rf"^{second.id}: queued .*Slurm job {second.job()} waits: Resources")
        other = self.slurm.train("other", *node, "--set-sbatch", "begin=now+1hour", exclusive=False)
        other.freeze("loading")  # the node has room for who needs none
        for run in other, first:
            self.slurm.call("scancel", run.job())
        second.wait(lambda: f"takes {second.id}" in second.log(), "a GPU")
        self.slurm.call("scancel", second.job())

    def test_refusals_are_slurms_own_words(self):
        start = "train", "--config", "settings.json", "--launcher", "slurm"
        for options, words in (
                (("--partition", "nowhere"), "sbatch refuses: invalid partition specified: nowhere; "),
                (("--gpus", "30"), "sbatch refuses: "),
                (("--set-sbatch", "colour=red"), "sbatch refuses: "),
                (("--set-sbatch", "output=x"), "sbatch's option output cannot be given: the run's log.txt is")):
            result = self.slurm.scorebook(*start, *options)
            self.assertNotEqual(0, result.returncode)
            self.assertIn(words, result.stderr)
            self.assertEqual(1, len(result.stderr.strip().splitlines()), result.stderr)
        absent = self.slurm.scorebook(*start, PATH="/nowhere")
        self.assertIn("there is no sbatch that can be run here", absent.stderr)

    def test_a_local_training_is_none_of_slurms(self):
        """In a job of his own somebody starts one: its end is not that of his job."""
        cache = self.slurm.folder / "cache"
        result = self.slurm.scorebook("train", "--config", "settings.json", "--run-name", "local", "--epochs", "1",
                                      "--set", "max_batches_per_epoch=1", SLURM_JOB_ID="1", XDG_CACHE_HOME=str(cache))
        self.assertEqual(0, result.returncode, result.stderr)
        run = Run(self.slurm, re.search(r"run (\S+) in", result.stdout).group(1))
        self.assertIsNone(run.job())
        queues = [path.name for path in (cache / "scorebook" / "devices").iterdir()]
        self.assertRegex(" ".join(queues), r"^\S+-job-1$")  # who shares the node need not wait


if __name__ == "__main__":
    unittest.main()
