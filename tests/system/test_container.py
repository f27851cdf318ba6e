"""environment/Dockerfile and compose.yaml: what they name exists and fits the commands. Needs no Docker."""
import http.server
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.request
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "environment" / "scorebook"
HEALTH = ROOT / "environment" / "health.py"
COMPOSE = (ROOT / "environment" / "compose.yaml").read_text(encoding="utf-8")
HOME = "/home/student/scorebook"


def instructions():
    """Pairs of keyword and rest, with lines that go on joined."""
    text = (ROOT / "environment" / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", text)).splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line]


def stages():
    found = []
    for keyword, rest in instructions():
        if keyword == "FROM":
            found.append([])
        if found:
            found[-1].append((keyword, rest))
    return found


def named(stage, keyword):
    return [rest for word, rest in stage if word == keyword]


def words(array):
    return re.findall(r"[^\s\[\],\"]+", array)


def can_mount():
    return os.geteuid() == 0 and subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode == 0


class DockerfileTest(unittest.TestCase):
    def setUp(self):
        self.all, self.last = instructions(), stages()[-1]

    def test_what_is_copied_exists_and_is_not_ignored(self):
        ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
        for rest in named(self.all, "COPY"):
            if "--from=" not in rest:
                for source in rest.split()[:-1]:
                    self.assertTrue((ROOT / source).exists(), source)
        for needed in ("pom.xml", "lib/src", "lib/resources", "notebooks", "environment/page", "LICENSE"):
            self.assertTrue((ROOT / needed).exists(), needed)
            for pattern in ignored:
                parts = Path(needed).parts
                name = pattern.removeprefix("**/")
                self.assertFalse(any(fnmatch(part, name) for part in parts), f"{pattern} ignores {needed}")
        for unwanted in (".git", "**/target", "**/runs", "**/outputs"):
            self.assertIn(unwanted, ignored)

    def test_stages_exist(self):
        stage_names = {rest.split()[-1] for rest in named(self.all, "FROM") if " AS " in rest}
        self.assertLessEqual({"cpu", "cuda"}, stage_names, "what ENGINE can be")
        for source in re.findall(r"--from=(\S+)", " ".join(named(self.all, "COPY"))):
            self.assertIn(source, stage_names)

    def test_programs_of_the_image_exist(self):
        entry, = named(self.last, "ENTRYPOINT")
        self.assertEqual(["environment/scorebook"], words(entry))
        self.assertTrue(os.access(ROOT / words(entry)[0], os.X_OK))
        check = named(self.last, "HEALTHCHECK")[0]
        self.assertEqual(["python3", str(HEALTH.relative_to(ROOT))], words(check.split("CMD")[1]))
        for keyword in ("ENTRYPOINT", "CMD"):  # a shell in between would keep SIGTERM for itself
            self.assertTrue(named(self.last, keyword)[0].startswith("["), keyword)
        verb = words(named(self.last, "CMD")[0])[0]
        self.assertRegex(subprocess.run([SCRIPT, "help"], capture_output=True, text=True).stdout, f"(?m)^  {verb} ")

    def test_nothing_runs_as_root(self):
        users = [index for index, (keyword, _) in enumerate(self.last) if keyword == "USER"]
        self.assertEqual(1, len(users))
        self.assertEqual("student", self.last[users[0]][1])
        self.assertIn("useradd --create-home --uid \"$UID\" student", " ".join(named(self.all, "RUN")))
        self.assertFalse(named(self.last, "RUN"))

    def test_what_the_script_would_install_is_there(self):
        script = SCRIPT.read_text(encoding="utf-8")
        packages = set(" ".join(named(stages()[0], "RUN")).split())
        fonts = re.search(r"debian_fonts=\((.*?)\)", script)[1].split()
        self.assertLessEqual({*fonts, "dataset-fashion-mnist", "openjdk-17-jdk-headless"}, packages)
        self.assertNotIn("maven", packages)

    def test_the_engine_is_the_version_that_the_library_is_built_for(self):
        version = re.search(r"<pytorch.version>(.*)</pytorch.version>", (ROOT / "pom.xml").read_text("utf-8"))[1]
        text = " ".join(rest for _, rest in self.all)
        self.assertEqual([version, version], re.findall(r"(?:torch==|PYTORCH_VERSION=)([\d.]+)", text))

    def test_ports(self):
        self.assertEqual(["8888", "8000"], named(self.last, "EXPOSE")[0].split())
        self.assertEqual(["8888:8888", "8000:8000"], re.findall(r"127\.0\.0\.1:(\d+:\d+)", COMPOSE))
        self.assertEqual(["8000", "8888"], re.findall(r"127\.0\.0\.1:(\d+)", HEALTH.read_text(encoding="utf-8")))
        for port in ("8888", "8000"):
            self.assertIn(f"http://localhost:{port}", COMPOSE)


class ComposeTest(unittest.TestCase):
    def test_files_that_it_names_exist(self):
        folder = ROOT / "environment"
        context = folder / re.search(r"context: (\S+)", COMPOSE)[1]
        self.assertTrue((context / re.search(r"dockerfile: (\S+)", COMPOSE)[1]).is_file())
        self.assertTrue((folder / re.search(r"- (\S+/notebooks):", COMPOSE)[1]).is_dir())

    def test_volumes_are_declared_and_their_folders_belong_to_the_user(self):
        declared = set(re.findall(r"(?m)^  (\w+):$", COMPOSE.split("\nvolumes:\n")[1]))
        used = dict(re.findall(r"- (\w+):(/[\w./]+)", COMPOSE))
        self.assertEqual(declared, set(used))
        made = re.search(r"install -d -o student -g student (.*)", " ".join(named(stages()[0], "RUN")))[1].split()
        self.assertLessEqual(set(used.values()), set(made))

    def test_the_service_is_given_its_token_and_time_to_stop(self):
        serve = re.search(r"(?ms)^  serve:\n(.*?)^  \S", COMPOSE)[1]
        self.assertIn("SCOREBOOK_TOKEN", serve)
        self.assertIn("read_only: true", serve)
        grace = int(re.search(r"stop_grace_period: (\d+)s", COMPOSE)[1])
        seconds = re.search(r"Duration.ofSeconds\((\d+)\)\);", (ROOT / "lib/src/org/scorebook/cli/Serve.java")
                            .read_text(encoding="utf-8"))[1]
        self.assertGreater(grace, int(seconds), "Docker must not kill what finishes its pictures")

    def test_its_command_is_one_of_the_command_line(self):
        command = words(re.search(r"command: (.*)", COMPOSE)[1])
        self.assertEqual("serve", command[0])
        usage = subprocess.run([SCRIPT, "serve", "--help"], capture_output=True, text=True, timeout=300).stdout
        for option in [word for word in command if word.startswith("--")]:
            self.assertIn(option + "=", usage)
        self.assertRegex(usage, r"port to listen at[^)]*default: 8000")


class HealthTest(unittest.TestCase):
    def answer(self, status):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}/health"

    def status(self, *addresses):
        return subprocess.run([sys.executable, HEALTH, *addresses], capture_output=True, timeout=30).returncode

    def test_one_that_answers_is_enough(self):
        nobody = "http://127.0.0.1:9/health"
        self.assertEqual(1, self.status(nobody))
        self.assertEqual(0, self.status(nobody, self.answer(200)))
        self.assertEqual(1, self.status(self.answer(503)))


class ReadOnlyTest(unittest.TestCase):
    """The service of compose.yaml has no system that it can write to."""

    @unittest.skipUnless(can_mount(), "needs root, to mount the project's folder without leave to write")
    def test_the_service_starts_from_a_folder_that_cannot_be_written(self):
        with tempfile.TemporaryDirectory() as folder:
            command = (f'mount --bind "{ROOT}" "{ROOT}" && mount -o remount,ro,bind "{ROOT}" && ! touch "{ROOT}/x" '
                       f'&& exec "{SCRIPT}" serve --port 0')
            service = subprocess.Popen(["unshare", "-m", "sh", "-c", command], cwd=folder, text=True,
                                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            try:
                url = next(filter(None, (re.search(r"serves at (\S+)", line) for line in service.stdout)))[1]
                with urllib.request.urlopen(url + "health", timeout=60) as answer:
                    self.assertEqual(200, answer.status)
                service.send_signal(signal.SIGTERM)
                self.assertEqual(128 + signal.SIGTERM, service.wait(60))
            finally:
                service.kill()
                service.wait()
                service.stdout.close()


if __name__ == "__main__":
    unittest.main()
