"""environment/scorebook: what it says when something is missing, and what it does not do twice."""
import os
import shutil
import stat
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("bash cat chmod cp cut date dirname echo env find grep head id ln ls mkdir mktemp mv readlink rm sed sort "
         "tail tr uname").split()
UNSTEADY = "target", ".git", "__pycache__", "runs", "outputs"  # other tests write there meanwhile


class ScriptTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))

    def copy(self):
        """The project without what was built: building must be asked for, and must fail before Maven is started."""
        project = self.folder / "project"
        shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(*UNSTEADY))
        return project

    def run_script(self, *arguments, project=ROOT, path=None, **variables):
        environment = {"PATH": str(path or self.bin), "HOME": str(self.folder), "LANG": "C.UTF-8", **variables}
        return subprocess.run([str(project / "environment" / "scorebook"), *arguments], env=environment, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=300)

    def assert_stops(self, result, *words):
        self.assertEqual(2, result.returncode, result.stderr)
        self.assertEqual(1, len(result.stderr.strip().splitlines()), result.stderr)
        self.assertTrue(result.stderr.startswith("scorebook: "), result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)

    def pretend(self, name, text):
        """A program that only prints: an old JDK cannot be installed just for a test."""
        program = self.bin / name
        program.write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    def java_home(self):
        return str(Path(os.environ["SCOREBOOK_JAVA"]).parents[1])

    def test_no_java(self):
        for command in ("notebooks", "test", "lab", "info"):
            self.assert_stops(self.run_script(command, project=self.copy_once()), "no Java found", "17", "JAVA_HOME")

    def copy_once(self):
        project = self.folder / "project"
        return project if project.exists() else self.copy()

    def test_old_java(self):
        self.pretend("java", "    java.home = /opt/jdk-11\n    java.specification.version = 11")
        self.assert_stops(self.run_script("notebooks", project=self.copy()), "is Java 11", "17")

    def test_java_without_compiler(self):
        self.pretend("java", f"    java.home = {self.folder}\n    java.specification.version = 21")
        self.assert_stops(self.run_script("notebooks", project=self.copy()), "without a compiler", "JDK")

    def test_java_home_without_java(self):
        self.assert_stops(self.run_script("info", project=self.copy(), JAVA_HOME=str(self.folder)), "no Java found")

    def test_no_maven(self):
        for command in ("notebooks", "test"):
            result = self.run_script(command, project=self.copy_once(), JAVA_HOME=self.java_home())
            self.assert_stops(result, "Maven (mvn) is missing")

    def test_unwritable_folder(self):
        project = self.copy()
        (project / "target").write_text("a file where the folder should be")
        self.assert_stops(self.run_script("notebooks", project=project), "cannot write to", "writable")

    def test_wrong_arguments(self):
        full = os.environ["PATH"]
        for arguments, word in ((["kernel", "--jar", "nowhere.jar"], "nowhere.jar"), (["kernel", "--jra"], "--jra"),
                                (["test", "--fast"], "--fast"), (["classpath", "all"], "all")):
            self.assert_stops(self.run_script(*arguments, path=full, JAVA_HOME=self.java_home()), word)
        unknown = self.run_script("notebook", path=full, JAVA_HOME=self.java_home())
        self.assertEqual(2, unknown.returncode)
        self.assertIn("notebook", unknown.stderr)
        self.assertNotIn("\tat ", unknown.stderr)

    def test_a_file_that_is_no_kernel_is_refused(self):
        path, jar = os.environ["PATH"], self.folder / "no-kernel.jar"
        (self.folder / "a.txt").write_text("a")
        subprocess.run([str(Path(self.java_home(), "bin", "jar")), "cf", jar, "-C", self.folder, "a.txt"], check=True)
        for file in (ROOT / "README.md", jar):
            result = self.run_script("kernel", "--jar", str(file), path=path, JAVA_HOME=self.java_home())
            self.assert_stops(result, "--jar needs the jar of a Java kernel", f"'{file}' is not a jar with a main")

    def test_help_of_each_command(self):
        for verb in ("pages", "notebooks", "test", "kernel", "classpath", "train", "sweep", "sample", "evaluate",
                     "models", "jobs", "serve", "course", "info", "doctor"):
            result = self.run_script(verb, "--help", path=os.environ["PATH"], JAVA_HOME=self.java_home())
            self.assertEqual(0, result.returncode, result.stderr)
            self.assertRegex(result.stdout, r"^[Uu]sage: (\S*/)?scorebook " + verb)

    def test_python_without_jupyter(self):
        result = self.run_script("lab", path=os.environ["PATH"], JAVA_HOME=self.java_home(),
                                 SCOREBOOK_PYTHON="/bin/false")
        self.assert_stops(result, "SCOREBOOK_PYTHON is /bin/false")

    def test_nothing_is_built_twice_and_nothing_left_in_the_home_folder(self):
        log = ROOT / "target" / ".built"
        before = log.stat().st_mtime_ns
        result = self.run_script("kernel", path=os.environ["PATH"], JAVA_HOME=self.java_home())
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertEqual("", result.stderr)
        self.assertEqual(before, log.stat().st_mtime_ns)
        self.assertEqual(["bin"], [path.name for path in self.folder.iterdir()])

    def test_doctor_finds_this_machine_well(self):
        result = self.run_script("doctor", path=os.environ["PATH"], JAVA_HOME=self.java_home())
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)
        for line in (r"ok +Java +\d+", r"ok +Fonts ", r"ok +Jupyter +Python 3", r"ok +Kernel +java: .*JavaKernel",
                     r"(ok|note) +Convolutions +right, with both gradients and second derivatives", r"ok +Gradient ",
                     r"ok +Training +.* same bytes on the CPU", "All is well"):
            self.assertRegex(result.stdout, "(?m)^" + line)

    def test_doctor_goes_on_where_the_engine_does_not_load(self):
        result = self.run_script("doctor", path=os.environ["PATH"], JAVA_HOME=self.java_home(),
                                 DJL_CACHE_DIR=str(self.bin / "bash" / "no-folder"))
        self.assertEqual(1, result.returncode, result.stdout + result.stderr)
        self.assertRegex(result.stdout, "(?m)^FAILED +Engine ")
        self.assertRegex(result.stdout, "(?m)^ok +Fonts ")
        self.assertNotIn("\tat ", result.stdout + result.stderr)

    def test_class_path_starts_anything(self):
        printed = self.run_script("classpath", path=os.environ["PATH"], JAVA_HOME=self.java_home()).stdout.strip()
        result = subprocess.run([os.environ["SCOREBOOK_JAVA"], "-cp", printed, "org.scorebook.cli.Main", "--version"],
                                capture_output=True, text=True, timeout=60)
        self.assertRegex(result.stdout, r"^Scorebook \d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    unittest.main()
