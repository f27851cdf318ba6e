"""A training as a job of a real Slurm, started, seen, stopped and resumed from the cells of a notebook."""
import json

import slurm_cluster
from kernels import KernelTest

SETTINGS = {
    "data": "emoji", "device": "cpu", "threads": 1, "base_channels": 8, "multipliers": "1,2", "groups": 4,
    "attention_resolutions": "16", "max_batches_per_epoch": 1000, "epochs": 1000, "batch_size": 4, "log_interval": 1,
    "evaluation_batches": 1, "sample_interval": 0, "checkpoint_interval": 100000, "run_name": "cell"}
SECONDS = 120  # a machine may be busy


@slurm_cluster.required()
class SlurmFromCells(KernelTest):
    @classmethod
    def setUpClass(cls):
        slurm_cluster.with_settings(cls, SETTINGS)
        cls.environment = {**cls.cluster.environment, "SCOREBOOK_RUNS": str(cls.folder)}
        super().setUpClass()

    def shown(self, cell):
        return [content["data"]["text/html"] for kind in ("display_data", "update_display_data")
                for content in cell.of(kind)]

    def last(self, cell):
        return (self.shown(cell) or [""])[-1]

    def status(self, name):
        return json.loads((self.folder / name / "status.json").read_text())

    def wait(self, condition, what, cell=None):
        self.kernel.wait(condition, what, cell, SECONDS)

    def test_a_training_is_started_watched_stopped_and_resumed(self):
        """It would take hours."""
        self.ok("import java.nio.file.Path; import org.scorebook.config.*; import org.scorebook.run.*;"
                "import org.scorebook.slurm.SlurmOptions;")
        self.ok('var settings = RunConfig.read(Path.of("%s/settings.json"));' % self.folder)
        refused = self.failing('TrainingJob.start(settings, Launcher.slurm(SlurmOptions.usual().partition("none")))')
        self.assertIn("sbatch refuses: invalid partition specified: none", refused.reply["evalue"])
        started = self.ok('var job = TrainingJob.start(settings, Launcher.slurm(SlurmOptions.usual()'
                          '.partition("scavenge").gpus(1).time("1:00:00").with("begin", "now+1hour"))); job')
        name = started.value.split(":")[0]
        job = self.status(name)["slurmJob"]
        self.assertRegex(started.value, rf"^cell-[\d-]+: queued .*Slurm job {job} waits: BeginTime")
        self.assertEqual(["scavenge", "gres:gpu:1", "1:00:00"], self.cluster.call(
            "squeue", "-h", "-j", job, "-O", "partition,tres-per-job,timelimit").split())
        panel = self.ok("job.watch();")
        self.wait(lambda: f"Slurm job {job} waits: BeginTime" in self.last(panel), "why it waits", panel)
        self.cluster.call("scontrol", "update", f"jobid={job}", "StartTime=now")
        self.wait(lambda: ": running, step" in self.last(panel) and "<img" in self.last(panel), "losses", panel)
        self.ok("job.cancel();")
        self.wait(lambda: ": cancelled, step" in self.last(panel), "the end", panel)
        self.assertValue("cancelled", "job.status().state()")
        done = self.status(name)["step"]
        self.assertGreater(done, 0)
        self.assertEqual([f"step-{done:08}"], [path.name for path in (self.folder / name / "checkpoints").iterdir()])
        self.ok("job.resume();")
        resumed = self.status(name)["slurmJob"]
        self.assertNotEqual(job, resumed)
        self.cluster.call("scontrol", "update", f"jobid={resumed}", "StartTime=now")
        self.wait(lambda: self.status(name)["step"] > done, "more steps")
        self.assertValue(str(done), "job.status().firstStep()")
        self.ok('TrainingJob.find("cell").cancel();')
        self.wait(lambda: self.status(name)["state"] == "cancelled", "the end")
