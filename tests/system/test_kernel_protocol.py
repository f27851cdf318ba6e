"""Jupyter's own conformance tests of kernels, on the Java kernel."""
import unittest

from kernels import NAME, kernelspec

try:
    import jupyter_kernel_test
except ImportError:
    jupyter_kernel_test = None

MISSING = "jupyter_kernel_test is not installed (Debian: python3-jupyter-kernel-test)"


# The base class is named in full: imported by name, the test loader would run it too, on Jupyter's Python kernel.
@unittest.skipUnless(jupyter_kernel_test, MISSING)
class JavaKernelTests(jupyter_kernel_test.KernelTests if jupyter_kernel_test else unittest.TestCase):
    kernel_name = NAME
    language_name = "Java"
    file_extension = ".jshell"

    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("to stderr");'

    completion_samples = [
        {"text": '"abc".leng', "matches": {"length()"}},
        {"text": "Math.floorM", "matches": {"floorMod("}},
        {"text": "System.currentTime", "matches": {"currentTimeMillis()"}},
        {"text": "noSuchName.x", "matches": set()},
    ]

    complete_code_samples = ["1 + 2", "int x = 1;", "int f() {\n    return 1;\n}", "for (;;) { }", "// a"]
    incomplete_code_samples = ["int f() {", "for (int i = 0; i < 3; i++) {\n", "1 +", 'String s = """\n    text']
    invalid_code_samples = ["int x = 1; )", "class 5 { }"]

    code_generate_error = 'throw new IllegalStateException("on purpose");'
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": '"text".toUpperCase()', "result": "TEXT"},
        {"code": "java.util.List.of(1, 2, 3)", "result": "[1, 2, 3]"},
        {"code": "new java.awt.image.BufferedImage(2, 2, 1)", "mime": "image/png"},
    ]
    code_display_data = [
        {"code": 'display("shown");', "mime": "text/plain"},
        {"code": "display(new java.awt.image.BufferedImage(2, 2, 1));", "mime": "image/png"},
    ]

    code_history_pattern = "1?+*2"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.max"

    @classmethod
    def setUpClass(cls):
        kernelspec()
        super().setUpClass()

    @unittest.skip("payloads are deprecated in the protocol, and this kernel sends none")
    def test_pager(self):
        pass

    @unittest.skip("this kernel has no call that clears a cell's output: update a display instead")
    def test_clear_output(self):
        pass


if __name__ == "__main__":
    unittest.main()
