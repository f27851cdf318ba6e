"""The library as others take it: a Maven project that depends on it."""
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TREE = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:tree"
PROJECT = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>org.example</groupId><artifactId>{name}</artifactId><version>1</version>
<packaging>{packaging}</packaging>{body}</project>"""
DEPENDENCY = """<dependencies><dependency><groupId>org.scorebook</groupId><artifactId>scorebook</artifactId>
<version>0.1.0</version></dependency></dependencies>"""


class DependencyTest(unittest.TestCase):
    def test_it_brings_nothing_that_is_only_for_tests(self):
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            (folder / "user").mkdir()
            (folder / "library").symlink_to(ROOT)
            modules = "<modules><module>library</module><module>user</module></modules>"
            (folder / "pom.xml").write_text(PROJECT.format(name="all", packaging="pom", body=modules))
            (folder / "user" / "pom.xml").write_text(PROJECT.format(name="user", packaging="jar", body=DEPENDENCY))
            tree = folder / "tree.txt"  # the library's own is written first, and then replaced
            result = subprocess.run(["mvn", "-q", "-o", "--batch-mode", "-f", str(folder), "-pl", "org.example:user",
                                     "-am", TREE, f"-DoutputFile={tree}"],
                                    capture_output=True, text=True, timeout=300)
            self.assertEqual(0, result.returncode, result.stdout)
            brought = tree.read_text()
        self.assertIn("org.knowm.xchart:xchart", brought)
        for word in ("junit", "opentest4j", "archunit"):
            self.assertNotIn(word, brought)


if __name__ == "__main__":
    unittest.main()
