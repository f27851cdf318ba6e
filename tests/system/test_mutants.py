"""What is said of mutants: that one passes, or is called another mistake than it is."""
import functools
import unittest
from unittest import mock

import mutants
from exercises import Trial
from mutants import Verdict
from nbformat.v4 import new_code_cell, new_output

KNOWN = {"01, exercise 2, SQUARE at 3:1": "x is 0 or 1"}
UNNAMED = {"01, exercise 2, AXIS at the result: A": "a mean has no order"}


@mock.patch.object(mutants, "known", lambda file: KNOWN if file == mutants.SURVIVORS else UNNAMED)
class VerdictTest(unittest.TestCase):
    def problems(self, name="SIGN at 3:1", kind="SIGN", whole=False, state="killed", hint=""):
        return list(mutants.problems([Verdict("01", "2", name, kind, whole, state, hint)]))

    def test_killed(self):
        self.assertEqual([], self.problems())

    def test_one_that_passes(self):
        self.assertIn("01, exercise 2, SIGN at 3:1: passes all checks", self.problems(state="survived")[0])

    def test_one_that_no_check_can_tell(self):
        self.assertEqual([], self.problems("SQUARE at 3:1", "SQUARE", state="survived"))
        self.assertIn("take it from surviving-mutants.json", self.problems("SQUARE at 3:1", "SQUARE")[0])

    def test_hints(self):
        sign = "with the other sign your value is right: look for a lost or a turned minus sign"
        self.assertEqual([], self.problems(whole=True, hint=sign))
        self.assertIn("names another mistake", self.problems(kind="FACTOR", whole=True, hint=sign)[0])
        self.assertIn("SIGN at 3:1: none named; mend it", self.problems(whole=True)[0])
        listed = functools.partial(self.problems, "AXIS at the result: A", "AXIS", True)
        self.assertEqual([], listed())
        self.assertIn(": named; mend it", listed(hint="in reverse order your values are right")[0])
        self.assertEqual([], self.problems(kind="FACTOR", hint=sign), "inside, it may come to another at the result")

    def test_a_cut_gradient_must_be_named(self):
        detached = "GRADIENT at 3:1: `x` -> `x.stopGradient()`"
        self.assertIn("none named", self.problems(detached, "GRADIENT")[0])
        self.assertEqual([], self.problems(detached, "GRADIENT", hint="nothing that is tracked leads there"))
        self.assertEqual([], self.problems(detached, "GRADIENT", hint="sin x is cut from x"), "the author's")
        self.assertEqual([], self.problems("GRADIENT at 3:1: `x.stopGradient()` -> `x`", "GRADIENT"))

    def test_what_is_said_in_general_is_no_hint(self):
        source = 'Check.exercise("2").hint("x (and y) "\n    + "add")'
        self.assertEqual("", self.hint(source, "✗ f\nHint: x (and y) add\n"))
        self.assertEqual("half of your value is right", self.hint(source, "✗ f\nHint: half of your value is right\n"))

    def hint(self, source, text):
        check = new_code_cell(source, outputs=[new_output("stream", text=text)])
        return mutants.found_hint(Trial("01", "2", "a", checks=[check]))

    def test_table(self):
        lines = mutants.table([Verdict("01", "2", "a", "SIGN", True, "killed", ""),
                               Verdict("01", "2", "b", "AXIS", False, "survived", "")])
        self.assertEqual(["AXIS", *"100100000"], lines.splitlines()[1].split())
        self.assertEqual(["SIGN", *"101010001"], lines.splitlines()[2].split())
        self.assertEqual(["all", *"201110001"], lines.splitlines()[3].split())


if __name__ == "__main__":
    unittest.main()
