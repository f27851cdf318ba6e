"""A training seen from a notebook: its display, a kernel that restarts, and a child that outlives the kernel's cell."""
import json
import os
import re
import tempfile
import time
from pathlib import Path

from kernels import KernelTest

GREY = bytes.fromhex("89504e470d0a1a0a0000000d494844520000000100000001080000000"
                     "03a7e9b550000000a49444154789c63680000008200810f7c0f740000000049454e44ae426082")


class Run:
    """A run directory as another process would write it; that process is this one."""

    def __init__(self, folder):
        self.folder = Path(folder) / "mine-20260101-000000"
        for name in "samples", "checkpoints":
            (self.folder / name).mkdir(parents=True)
        self.now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self.write(0)

    def write(self, step, state="running", **more):
        status = {"state": state, "pid": os.getpid(), "firstStep": 0, "step": step, "totalSteps": 50, "epoch": 0,
                  "created": self.now, "started": self.now, "updated": self.now, "device": "cpu",
                  "imagesPerSecond": 12.5, **more}
        new = self.folder / "new"
        new.write_text(json.dumps(status))
        new.rename(self.folder / "status.json")

    def log(self, step):
        with open(self.folder / "metrics.jsonl", "a") as metrics:
            metrics.write(json.dumps({"step": step, "train_loss": 1 / step}) + "\n")


class Jobs(KernelTest):
    runs = tempfile.TemporaryDirectory()
    environment = {"SCOREBOOK_RUNS": runs.name, "SCOREBOOK_LOCKS": runs.name + "/locks"}

    def shown(self, cell):
        return [content["data"]["text/html"] for kind in ("display_data", "update_display_data")
                for content in cell.of(kind)]

    def test_display_follows_the_run_and_ends_with_it(self):
        run = Run(self.runs.name)
        self.ok("import org.scorebook.run.*;")
        cell = self.ok('TrainingJob.find("mine").watch();')
        self.assertLess(cell.seconds, 30)
        self.assertEqual(len(cell.of("display_data")), 1)
        for step in range(5, 30, 5):
            run.log(step)
        (run.folder / "samples" / "step-00000025.png").write_bytes(GREY)
        run.write(25, stepMode="eager", stepObstacle="a <layer> asks")
        self.kernel.wait(lambda: any("step 25 of 50, 12.5 images/s" in html for html in self.shown(cell)),
                         "step 25")
        self.kernel.wait(lambda: self.shown(cell)[-1].count("<img") == 2, "chart and samples", cell)
        self.assertIn("Samples at step 25", self.shown(cell)[-1])
        self.assertIn("each step is computed operation by operation: a &lt;layer&gt; asks", self.shown(cell)[-1])
        other = self.ok("1 + 1")
        run.write(50, "succeeded")
        self.kernel.wait(lambda: "succeeded" in self.shown(cell)[-1], "the end", cell)
        self.assertEqual(other.of("update_display_data"), [])
        self.assertEqual(len(cell.of("display_data")), 1)
        count = len(self.shown(cell))
        run.write(49)
        self.kernel.listen(2.5)
        self.assertEqual(len(self.shown(cell)), count)

    def test_waiting_can_be_interrupted(self):
        run = Run(tempfile.mkdtemp(dir=self.runs.name))
        self.ok("import org.scorebook.run.*;")
        code = 'TrainingJob.find("mine", java.nio.file.Path.of("%s")).await();' % run.folder.parent
        cell = self.kernel.send(code)
        self.kernel.wait(lambda: self.shown(cell), "a bar", cell)
        self.kernel.interrupt()
        self.kernel.finish(cell)
        self.assertEqual(cell.status, "error", cell.describe())
        self.assertValue("running", 'TrainingJob.find("mine", java.nio.file.Path.of("%s")).status().state()'
                         % run.folder.parent)

    def test_a_child_process_starts_and_reports(self):
        """It need not train to its end: its folder says how it ended, whatever the kernel does."""
        self.ok("import org.scorebook.config.*; import org.scorebook.run.*;")
        cell = self.ok('var job = TrainingJob.start(RunConfig.preset("fashion-mnist-quick").with("device", "cpu")'
                       '.with("data_dir", "/no/such/folder").with("data", "folder")); job')
        self.assertLess(cell.seconds, 30)
        self.assertRegex(cell.value, r"fashion-mnist-quick-\d{8}-\d{6}: (queued|running|failed)")
        folder = Path(self.runs.name) / cell.value.split(":")[0]

        def seen():
            return json.loads((folder / "status.json").read_text())

        self.kernel.wait(lambda: seen()["state"] == "failed", "the child's end", cell)
        self.assertTrue(seen()["error"])
        self.assertNotEqual(seen()["pid"], self.kernel.pid)
        self.assertTrue(re.search("failed: ", (folder / "log.txt").read_text()))
