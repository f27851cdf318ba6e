"""A course of three exercises, and a class that has answered them in all ways: right, wrong, in pieces, and hostile."""
import copy
import json
import os
import zipfile
from pathlib import Path

import nbformat

REAL = Path(__file__).resolve().parents[2] / "notebooks" / "06-autograd-questions.ipynb"
REAL_POINTS = [1, 0, 1, 3, 3, 4]
ANSWERS = {
    "1": "double alpha(double t) {\n    // BEGIN SOLUTION\n    return Math.exp(-t);\n    // END SOLUTION\n}",
    "2": "double sigma(double t) {\n    // BEGIN SOLUTION\n    return Math.sqrt(1 - Math.exp(-2 * t));\n"
         "    // END SOLUTION\n}",
    "3": "double ratio(double t) {\n    // BEGIN SOLUTION\n    return alphaBar(t) / (1 - alphaBar(t));\n"
         "    // END SOLUTION\n}",
}
WRONG = {number: text.replace("return ", "return 0.1 + ") for number, text in ANSWERS.items()}
STUBS = {number: text.partition("    // BEGIN")[0]
         + f'    // your answer\n'
         f'    throw new UnsupportedOperationException("Exercise {number} is not answered yet.");\n}}'
         for number, text in ANSWERS.items()}


def check(number, call, expected):
    return (f'Check.exercise("{number}");\n'
            f'double found{number} = {call};\n'
            f"if (!(Math.abs(found{number} - {expected}) < 1e-9)) {{\n"
            f'    throw new IllegalStateException("Exercise {number}: {call} is " + found{number});\n}}')


CHECKS = {"1": check("1", "alpha(1)", "decay(1)"),
          "2": check("2", "sigma(1)", "Math.sqrt(1 - Math.pow(decay(1), 2))"),
          "3": check("3", "ratio(1)", "decay(2) / (1 - decay(2))")}


def code(source, name):
    return nbformat.v4.new_code_cell(source, id=name)


def course():
    """The notebook with its solutions."""
    cells = [nbformat.v4.new_markdown_cell("# A course of three exercises", id="title"),
             code("import org.scorebook.course.Check;", "setup"),
             code("double decay(double t) {\n    return Math.exp(-t);\n}", "lesson")]
    for number in ANSWERS:
        cells.append(nbformat.v4.new_markdown_cell(f"### Exercise {number}", id=f"heading{number}"))
        cells.append(code(ANSWERS[number], f"answer{number}"))
        if number == "3":
            cells.append(code("double alphaBar(double t) {\n    return decay(2 * t);\n}", "between"))
        cells.append(code(CHECKS[number], f"check{number}"))
    return nbformat.v4.new_notebook(cells=cells)


class HandIn:
    """What one student has made of the course's notebook."""

    def __init__(self, answers=ANSWERS):
        self.notebook = course()
        for number, text in {**ANSWERS, **answers}.items():
            self.cell(f"answer{number}").source = text

    def cell(self, name):
        return next(cell for cell in self.notebook.cells if cell.id == name)

    def place(self, name):
        return self.notebook.cells.index(self.cell(name))

    def remove(self, *names):
        self.notebook.cells = [cell for cell in self.notebook.cells if cell.id not in names]
        return self

    def edit(self, name, source):
        self.cell(name).source = source
        return self

    def add(self, source, before, name="own"):
        self.notebook.cells.insert(self.place(before), code(source, name))
        return self

    def append(self, *sources):
        self.notebook.cells += [code(source, f"own{i}") for i, source in enumerate(sources)]
        return self


def split_check():
    hand_in = HandIn()
    first, rest = CHECKS["1"].split("\n", 2)[0:2], CHECKS["1"].split("\n", 2)[2]
    return hand_in.edit("check1", "\n".join(first)).add(rest, "heading2")


def merged():
    return HandIn().edit("answer2", ANSWERS["2"] + "\n\n" + CHECKS["2"]).remove("check2")


def reordered():
    hand_in = HandIn()
    checks = [hand_in.cell(f"check{number}") for number in CHECKS]
    others = [cell for cell in hand_in.notebook.cells if not cell.id.startswith("check")]
    hand_in.notebook.cells = others[:3] + checks + others[3:]
    return hand_in


def without_ids():
    """As an editor of 2020 wrote it; the student has also deleted the markers."""
    hand_in = HandIn({number: "\n".join(line for line in text.split("\n") if "SOLUTION" not in line)
                      for number, text in ANSWERS.items()})
    hand_in.notebook.nbformat_minor = 4
    for cell in hand_in.notebook.cells:
        del cell["id"]
    return hand_in


def windows():
    hand_in = HandIn()
    for cell in hand_in.notebook.cells:
        cell.source = cell.source.replace("\n", "\r\n")
    return hand_in


def copied():
    hand_in = HandIn()
    hand_in.notebook.cells += [copy.deepcopy(hand_in.cell("check1")) for _ in range(2)]
    return hand_in


FAKE_CHECK = "class Check {\n    static void exercise(String number) {\n        throw new Error();\n    }\n}"
BOMB = """
var threads = new java.util.ArrayList<Thread>();
for (int i = 0; i < 100_000; i++) {
    Thread thread = new Thread(() -> { try { Thread.sleep(3_000); } catch (InterruptedException e) { } });
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
}"""
PROCESSES = """
int started = 0;
try {
    for (; started < 5_000; started++) new ProcessBuilder("sleep", "30").start();
} finally {
    System.out.println("started " + started);
}"""
DISK = """
byte[] block = new byte[1 << 20];
for (int i = 0; i < 9; i++)
    try (var out = new java.io.FileOutputStream(System.getProperty("java.io.tmpdir") + "/fill" + i)) {
        for (int j = 0; j < 200; j++) out.write(block);
    }"""


def intruder(places):
    """Looks for what it must not see, and writes where it must not."""
    lines = []
    for name, path in places.items():
        quoted = json.dumps(str(path))
        lines.append(f'System.out.println("{name} read: " + new java.io.File({quoted}).exists());')
        lines.append(f'try {{ java.nio.file.Files.writeString(java.nio.file.Path.of({quoted}), "harm"); }}'
                     ' catch (java.io.IOException e) { System.out.println(e.getClass()); }')
        lines.append(f"new java.io.File({quoted}).delete();")
    return "\n".join(lines)


def write_class(folder, outside, port):
    """Writes the hand-ins; returns by student the points of each exercise, None where there are none."""
    expected = {}

    def hand_in(student, points, made):
        (folder / f"{student}.ipynb").write_text(json.dumps(made.notebook))  # nbformat would mend it
        expected[student] = points

    _write_honest(hand_in)
    _write_hostile(hand_in, folder, outside, port)
    _write_odd(folder, outside, expected)
    _write_real(folder, expected)
    return expected


def _write_honest(hand_in):
    hand_in("good", [1, 1, 1], HandIn())
    hand_in("windows", [1, 1, 1], windows())
    hand_in("wrong-first", [0, 1, 1], HandIn({"1": WRONG["1"]}))
    hand_in("wrong-all", [0, 0, 0], HandIn(WRONG))
    hand_in("partly", [1, 0, 1], HandIn({"2": STUBS["2"]}))
    hand_in("untouched", [0, 0, 0], HandIn(STUBS))
    hand_in("does-not-compile", [1, 0, 1], HandIn({"2": "double sigma(double t) { return }"}))
    hand_in("check-deleted", [1, 1, 1], HandIn().remove("check2"))
    hand_in("check-edited", [0, 1, 1], HandIn({"1": WRONG["1"]}).edit("check1", 'Check.exercise("1");'))
    hand_in("check-split", [1, 1, 1], split_check())
    hand_in("check-merged", [1, 1, 1], merged())
    hand_in("check-copied", [1, 1, 1], copied())
    hand_in("checks-first", [1, 1, 1], reordered())
    hand_in("without-ids", [1, 1, 1], without_ids())
    only_answers = HandIn().remove("title", "setup", "lesson", "between", *(f"check{n}" for n in CHECKS))
    hand_in("only-answers", [1, 1, 1], only_answers)
    hand_in("answer-at-the-end", [1, 1, 1], HandIn({"1": STUBS["1"]}).append(ANSWERS["1"]))


def _write_hostile(hand_in, folder, outside, port):
    hand_in("other-check", [0, 1, 1], HandIn({"1": WRONG["1"]}).add(FAKE_CHECK, "heading1"))
    lenient = FAKE_CHECK.replace("throw new Error();", "")
    hand_in("other-check-in-answer", [0, 0, 0], HandIn({"1": WRONG["1"] + "\n" + lenient}))
    other_lesson = "double decay(double t) {\n    return 0.1 + Math.exp(-t);\n}"
    hand_in("other-lesson", [0, 1, 1], HandIn({"1": WRONG["1"]}).edit("lesson", other_lesson))
    hand_in("exit", [0, 1, 1], HandIn({"1": ANSWERS["1"] + "\nSystem.exit(0);"}))
    hand_in("halt", [1, 1, 1], HandIn().add("Runtime.getRuntime().halt(0);", "check1"))
    hand_in("endless", [0, 1, 1], HandIn({"1": "double alpha(double t) { while (true) { } }"}))
    stubborn = "double alpha(double t) { for (;;) try { Thread.sleep(9); } catch (Throwable e) { } }"
    hand_in("stubborn", [0, 1, 1], HandIn({"1": stubborn}))
    flood = 'for (int i = 0; i < 4_000; i++) System.out.println("\u2713 ".repeat(5_000));'
    hand_in("flood", [1, 1, 1], HandIn().append(flood))
    hand_in("hoard", [1, 1, 1], HandIn().add("var all = new java.util.ArrayList<long[]>();\n"
                                             "while (true) all.add(new long[1 << 22]);", "heading1"))
    hand_in("threads", [1, 1, 1], HandIn().append(BOMB))
    hand_in("processes", [1, 1, 1], HandIn().append(PROCESSES))
    hand_in("disk", [1, 1, 1], HandIn().add(DISK, "heading1"))
    places = {"canary": outside / "canary", "course": outside / "course" / "tiny.ipynb",
              "neighbour": folder / "good.ipynb", "marks": outside / "marks" / "records"}
    hand_in("intruder", [1, 1, 1], HandIn().append(intruder(places)))
    call = f'new java.net.Socket("127.0.0.1", {port}).getOutputStream().write(1);'
    hand_in("caller", [1, 1, 1], HandIn().append(call))
    kill = ("ProcessHandle.current().parent().ifPresent(ProcessHandle::destroyForcibly);\n"
            'new ProcessBuilder("kill", "-9", "-1").start();\nThread.sleep(5_000);')
    hand_in("killer", [1, 1, 1], HandIn().add(kill, "heading3"))


def _write_odd(folder, outside, expected):
    whole = (folder / "good.ipynb").read_text()
    (folder / "truncated.ipynb").write_text(whole[:200])
    (folder / "text.ipynb").write_text("I could not open it, sorry.\n")
    (folder / "folder.ipynb").mkdir()
    os.symlink(outside / "course" / "tiny.ipynb", folder / "link.ipynb")
    expected.update({name: None for name in ("truncated", "text", "folder.ipynb", "link")})
    with zipfile.ZipFile(folder / "zipped.zip", "w") as archive:
        archive.writestr("hand-in/tiny.ipynb", whole)
    (folder / "in a folder").mkdir()
    Path(folder / "in a folder" / "tiny.ipynb").write_text(whole)
    expected.update({"zipped": [1, 1, 1], "in a folder": [1, 1, 1]})


def _write_real(folder, expected):
    """A notebook of the project, its second answer taken out."""
    notebook = json.loads(REAL.read_text(encoding="utf-8"))
    answers = [cell for cell in notebook["cells"]
               if cell["cell_type"] == "code" and "// BEGIN SOLUTION" in "".join(cell["source"])]
    answers[1]["source"] = ['throw new UnsupportedOperationException("Exercise 2 is not answered yet.");']
    (folder / "real").mkdir()
    (folder / "real" / REAL.name).write_text(json.dumps(notebook), encoding="utf-8")
    expected["real"] = REAL_POINTS
