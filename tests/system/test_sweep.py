"""A sweep, and shards of a drawing, as arrays of jobs of a real Slurm: what comes of them is what one process makes."""
import csv
import json
import os
import shutil
import signal
import subprocess
import unittest
from pathlib import Path

import slurm_cluster

ROOT = Path(__file__).resolve().parents[2]
JAVA = os.environ.get("SCOREBOOK_JAVA") or shutil.which("java")
SETTINGS = {
    "data": "emoji", "device": "cpu", "threads": 1, "base_channels": 8, "multipliers": "1,2", "groups": 4, "epochs": 2,
    "attention_resolutions": "16", "max_batches_per_epoch": 20, "batch_size": 8, "evaluation_batches": 2,
    "sample_interval": 0, "sample_steps": 5, "run_name": "tiny"}
SWEEP = "sweep", "--config", "settings.json", "--grid", "lr=1e-3,1e-2", "--seeds", "2"
SLURM = "--launcher", "slurm", "--max-parallel", "2"
LONG = 600  # seconds: a machine may be busy


@slurm_cluster.required()
class SweepTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        slurm_cluster.with_settings(cls, SETTINGS)

    @classmethod
    def command(cls, *arguments):
        return [JAVA, "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1",
                f"-Dscorebook.log={cls.folder}/cli.log", "-cp", f"{ROOT}/target/lib/*", "org.scorebook.cli.Main",
                *arguments]

    def scorebook(self, *arguments, runs="cluster", code=0):
        result = subprocess.run(self.command(*arguments), text=True, capture_output=True, timeout=LONG, cwd=self.folder,
                                env={**self.cluster.environment, "SCOREBOOK_RUNS": str(self.folder / runs),
                                     "SCOREBOOK_LOCKS": str(self.folder / "locks")})
        self.assertEqual(code, result.returncode, result.stdout + result.stderr)
        return result.stdout

    def rows(self, runs):
        table, = (self.folder / runs).glob("sweep-*/table.csv")
        with table.open() as file:
            return list(csv.DictReader(file))

    def weights(self, runs):
        """Of all members, by their names without the time."""
        return {run.name[:-16]: (run / "checkpoints" / "step-00000040" / "ema.safetensors").read_bytes()
                for run in (self.folder / runs).glob("sweep-*/0*")}

    def jobs(self):
        sweep, = (self.folder / "cluster").glob("sweep-*")
        return json.loads((sweep / "slurm.json").read_text())

    def state(self, member):
        return self.cluster.call("squeue", "-h", "-t", "all", "-r", "-j", self.jobs()[member], "-o", "%T").strip()

    def wait(self, condition, what):
        self.cluster.wait(condition, LONG, what)

    def test_an_array_is_the_sweep_of_one_machine(self):
        self.assertIn("4 of 4 runs were submitted", self.scorebook(*SWEEP, *SLURM))
        at_work = self.stopped(2)  # what follows comes before one of them ends, on however fast a machine
        self.assertIn("0 of 4 runs were submitted", self.scorebook(*SWEEP, *SLURM))  # they are in the queue
        shown = self.scorebook("sweep", "show", "latest")
        self.assertRegex(shown, r"4 runs, .*waiting")
        self.assertRegex(shown, r"Slurm job \d+_\d waits: JobArrayTaskLimit")
        self.assertIn("wait in Slurm's queue", self.refusal(*SWEEP))
        self.cluster.call("scancel", self.jobs()["3"])  # which has not begun
        self.cluster.call("scontrol", "requeue", self.jobs()["0"])
        for process in at_work:
            slurm_cluster.kill(process, signal.SIGCONT)
        self.wait(lambda: self.state("0") == "PENDING", "member 0 is back in the queue")
        self.cluster.call("scontrol", "update", f"jobid={self.jobs()['0']}", "StartTime=now+2")
        self.wait(lambda: all(self.state(member) == "COMPLETED" for member in "012"), "three members end")
        self.assertIn("1 of 4 runs were submitted", self.scorebook(*SWEEP, *SLURM))
        self.wait(lambda: self.state("3") == "COMPLETED", "the last member ends")
        shown = self.scorebook("sweep", "show", "latest")
        self.assertIn("4 runs, 4 succeeded", shown)
        self.scorebook(*SWEEP, "--parallel", "2", runs="local")
        self.assertEqual(self.rows("local"), self.rows("cluster"))
        self.assertEqual(self.weights("local"), self.weights("cluster"))
        self.assertEqual(4, len(self.weights("local")))
        self.assertGreater(self.most_at_once("local"), 1)
        self.is_compared_by_fid("local")

    def stopped(self, count):
        """The processes of so many members, as soon as they train."""
        found = {}

        def stop_all():
            for file in (self.folder / "cluster").glob("sweep-*/0*/metrics.jsonl"):
                process = json.loads((file.parent / "status.json").read_text())["pid"]
                slurm_cluster.kill(process, signal.SIGSTOP)
                found[file.parent.name] = process
            return len(found) == count
        self.wait(stop_all, "members train")
        return found.values()

    def most_at_once(self, runs):
        """How many members were trained at the same moment."""
        spans = [(status["started"], status["finished"]) for status in
                 (json.loads(file.read_text()) for file in (self.folder / runs).glob("sweep-*/0*/status.json"))]
        return max(sum(begin <= moment < end for begin, end in spans) for moment, _ in spans)

    def is_compared_by_fid(self, runs):
        """Nothing is trained anew; the figure is the one that evaluate has for the same images."""
        before = self.weights(runs)
        self.scorebook(*SWEEP, "--figure", "fid", "--number", "8", runs=runs)
        self.assertEqual(before, self.weights(runs))
        files = sorted((self.folder / runs).glob("sweep-*/0*/evaluation.json"))
        figures = [json.loads(file.read_text())["fid"] for file in files]
        self.assertEqual(4, len(set(figures)))
        self.assertIn("fid", self.scorebook("sweep", "show", "latest", runs=runs))
        result, = (self.folder / runs).glob("sweep-*/results.json")
        told = [run["value"] for row in json.loads(result.read_text())["combinations"] for run in row["runs"]]
        self.assertEqual(sorted(figures), sorted(told))
        again = self.folder / "again.json"
        self.scorebook("evaluate", str(files[0].parent), "--number", "8", "--json", str(again), runs=runs)
        self.assertEqual(figures[0], json.loads(again.read_text())["fid"])

    def refusal(self, *arguments):
        result = subprocess.run(self.command(*arguments), text=True, capture_output=True, timeout=LONG, cwd=self.folder,
                                env={**self.cluster.environment, "SCOREBOOK_RUNS": str(self.folder / "cluster")})
        self.assertNotEqual(0, result.returncode, result.stdout)
        return result.stderr

    def test_shards_of_an_array_are_the_drawing_of_one_process(self):
        drawing = "sample", "fashion-mnist", "--device", "cpu", "--number", "10", "--batch-size", "3", "--steps", "3"
        script = self.folder / "shards.sh"
        words = " ".join(f"'{word}'" for word in self.command(*drawing, "--output-dir", str(self.folder / "shards")))
        script.write_text(f"#!/bin/sh\nexport OMP_NUM_THREADS=1\nexec {words} --shard $SLURM_ARRAY_TASK_ID/3\n")
        job = self.cluster.call("sbatch", "--parsable", "--array=0-2", str(script)).strip()
        self.wait(lambda: self.cluster.call("squeue", "-h", "-t", "all", "-r", "-j", job, "-o", "%T").split()
                  == ["COMPLETED"] * 3, "three shards end")
        environment = {**self.cluster.environment, "OMP_NUM_THREADS": "1"}
        subprocess.run(self.command(*drawing, "--output-dir", str(self.folder / "whole")), check=True, timeout=LONG,
                       capture_output=True, env=environment)
        pictures = {name: {path.name: path.read_bytes() for path in (self.folder / name).glob("*.png")}
                    for name in ("shards", "whole")}
        self.assertEqual(11, len(pictures["whole"]))
        self.assertEqual(pictures["whole"], pictures["shards"])


if __name__ == "__main__":
    unittest.main()
