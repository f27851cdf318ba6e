"""The Python files are as flake8 wants them, by the settings in .flake8."""
import shutil
import subprocess
import sys
import unittest
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLAKE8 = [sys.executable, "-m", "flake8"] if find_spec("flake8") else [shutil.which("flake8")]


class StyleTest(unittest.TestCase):
    @unittest.skipUnless(FLAKE8[0], "needs flake8 (Debian: apt-get install flake8)")
    def test_flake8_finds_nothing(self):
        found = subprocess.run([*FLAKE8, "environment", "tests"], cwd=ROOT, capture_output=True, text=True)
        self.assertEqual(("", "", 0), (found.stdout, found.stderr, found.returncode))


if __name__ == "__main__":
    unittest.main()
