"""How runs ended in jobs that Slurm's controller has forgotten: its accounts know (slurmdbd, MariaDB, started here)."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import slurm_cluster

ROOT = Path(__file__).resolve().parents[2]
JAVA = os.environ.get("SCOREBOOK_JAVA") or shutil.which("java")
MISSING = slurm_cluster.missing(["slurmdbd", "mariadbd", "mariadb-install-db", *slurm_cluster.PROGRAMS])
DATABASE = """DbdHost=localhost
DbdPort={port}
SlurmUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.sock
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort={database}
StorageUser={user}
StorageLoc=accounts
PidFile={folder}/slurmdbd.pid
LogFile={folder}/slurmdbd.log
"""
STORAGE = """AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=localhost
AccountingStoragePort={port}
AccountingStoragePass={folder}/munge.sock
JobAcctGatherType=jobacct_gather/none
"""
CREATED = "2026-01-01T00:00:00Z"


class AccountedCluster(slurm_cluster.Cluster):
    """With accounts of all jobs in a database."""

    def accounting(self, port):
        self.port = port
        return STORAGE.format(port=port, folder=self.folder)

    def start_accounts(self):
        database = self.port + 1
        self.call("mariadb-install-db", "--no-defaults", f"--datadir={self.folder}/db", "--skip-test-db",
                  "--auth-root-authentication-method=normal")
        self.daemon = subprocess.Popen(
            ["mariadbd", "--no-defaults", f"--datadir={self.folder}/db", f"--socket={self.folder}/db.sock",
             f"--pid-file={self.folder}/mariadbd.pid", f"--port={database}", "--bind-address=127.0.0.1",
             "--skip-grant-tables", *(["--user=root"] if os.getuid() == 0 else [])],
            env=self.environment, stdout=subprocess.DEVNULL, stderr=(self.folder / "mariadbd.log").open("w"))
        self.wait((self.folder / "mariadbd.pid").exists, 60, "a database")
        user = subprocess.run(["id", "-un"], text=True, capture_output=True, check=True).stdout.strip()
        configuration = self.folder / "slurmdbd.conf"
        configuration.write_text(DATABASE.format(port=self.port, user=user, folder=self.folder, database=database))
        configuration.chmod(0o600)
        self.call("slurmdbd")
        self.wait(lambda: self.answers("sacctmgr", "--immediate", "add", "cluster", "scorebook"), 60, "accounts")

    def answers(self, *command):
        try:
            self.call(*command)
            return True
        except RuntimeError:
            return False

    def close(self):
        super().close()
        if hasattr(self, "daemon"):
            self.daemon.wait()

    def forget(self):
        """The controller begins anew, without any job."""
        pid = int((self.folder / "slurmctld.pid").read_text())
        self.call("scontrol", "shutdown", "slurmctld")
        self.wait(lambda: slurm_cluster.state(pid) in ("", "Z"), 30, "the controller's end")
        self.call("slurmctld", "-c")
        self.wait(lambda: self.answers("scontrol", "ping"), 30, "a controller")


@unittest.skipIf(MISSING, f"no Slurm with accounts here: {', '.join(MISSING)} not found")
class SacctTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = AccountedCluster()
        cls.addClassCleanup(cls.cluster.close)

    def submit(self, *options, program="sleep 300"):
        return self.cluster.call("sbatch", "--parsable", "--output=/dev/null", *options, f"--wrap={program}").strip()

    def account(self, job):
        return self.cluster.call("sacct", "-n", "-X", "-P", "-o", "State", "-j", job).strip()

    def squeue(self, job):
        return self.cluster.call("squeue", "-h", "-t", "all", "-j", job, "-o", "%T").strip()

    def wait(self, job, state):
        self.cluster.wait(lambda: self.squeue(job) == state, 150, f"job {job} is {state}")

    def test_the_end_of_a_run_is_what_the_accounts_say(self):
        jobs = self.jobs()
        self.cluster.wait(lambda: all(self.account(job).startswith(state) for state, job in jobs.items()), 60,
                          "all ends are in the accounts", lambda: {job: self.account(job) for job in jobs.values()})
        self.cluster.forget()
        lines = self.listed(jobs)
        for state, words in {
                "COMPLETED": "failed .*Slurm job {} ended on n2",
                "FAILED": "failed .*Slurm job {} failed on n1",
                "CANCELLED": r"cancelled \(Slurm job {} was cancelled",
                "TIMEOUT": "failed .*Slurm job {} ran out of its time limit on n1",
                "PREEMPTED": r"cancelled \(Slurm job {} was ended for another job \(pre-empted\) on n2",
                "NODE_FAIL": "failed .*Slurm job {} lost its node on n3",
                "DEADLINE": "failed .*Slurm job {} ran past its deadline"}.items():
            with self.subTest(state):
                self.assertRegex(lines[state], words.format(jobs[state]))

    def jobs(self):
        """One for each end."""
        jobs = {"TIMEOUT": self.submit("--nodelist=n1", "--time=0:01"),
                "NODE_FAIL": self.submit("--nodelist=n3", "--no-requeue"),
                "PREEMPTED": self.submit("--nodelist=n2", "--partition=cancelling", "--exclusive"),
                "COMPLETED": self.submit("--nodelist=n2", "--array=1", program="true"),
                "FAILED": self.submit("--nodelist=n1", program="false"),
                "CANCELLED": self.submit("--nodelist=n3"),
                "DEADLINE": self.submit("--nodelist=n1", "--exclusive", "--time=1", "--deadline=now+63")}
        jobs["COMPLETED"] += "_1"
        for state in "NODE_FAIL", "PREEMPTED", "CANCELLED":
            self.wait(jobs[state], "RUNNING")
        self.cluster.call("scancel", jobs["CANCELLED"])
        self.submit("--nodelist=n2", "--exclusive", program="true")
        self.cluster.down("n3")
        self.cluster.call("scontrol", "update", "nodename=n3", "state=down", "reason=test")
        for state, job in jobs.items():
            self.wait(job, state)
        return jobs

    def listed(self, jobs):
        """How runs that were at work in these jobs are, when somebody has looked."""
        with tempfile.TemporaryDirectory() as folder:
            for state, job in jobs.items():
                run = Path(folder) / state.lower()
                for name in "samples", "checkpoints":
                    (run / name).mkdir(parents=True)
                (run / "status.json").write_text(json.dumps({
                    "state": "running", "pid": 1, "host": "elsewhere", "slurmJob": job, "firstStep": 0, "step": 5,
                    "totalSteps": 50, "epoch": 0, "created": CREATED, "updated": CREATED, "imagesPerSecond": 1.0}))
            result = subprocess.run(
                [JAVA, "-Djava.awt.headless=true", f"-Dscorebook.log={folder}/log", "-cp", f"{ROOT}/target/lib/*",
                 "org.scorebook.cli.Main", "jobs", "list", "--save-dir", folder], text=True, capture_output=True,
                env=self.cluster.environment, timeout=120)
            self.assertEqual(0, result.returncode, result.stderr)
            statuses = {state: json.loads((Path(folder) / state.lower() / "status.json").read_text()) for state in jobs}
        return {state: f"{status['state']} ({status['error']})" for state, status in statuses.items()}


if __name__ == "__main__":
    unittest.main()
