"""What the prose of a notebook quotes from its outputs. Behind each such number stands an HTML comment, a marker, which
says where the number comes from; neither the page nor JupyterLab shows it. It stands directly behind the number, or
behind the formula that ends with it.

    1.7<!-- explicit; large mode -->              in a table: the row, by one or more of its cells, and the column
    0.2<!-- explicit; ± large mode -->            what stands behind ± in that cell
    0.70<!-- w = 2; recall -->                    in text: the first number behind these words, in this order
    2.0<!-- dy/dw; #2 -->                         the second number there
    672,721<!-- # parameters -->                  the number before these words
    86<!-- 100 * {w = 1; right class} --> %       what is computed from such values
    4.4<!-- picture 1f3a5c7e -->                  read off the picture whose SHA-256 begins so
    <!-- given: 0.1, 15 % -->                     a line at the end of a cell: numbers in it that are no results

A value is taken from the nearest cell that has it, above before below. It must round to the number as quoted.
"""
import ast
import base64
import hashlib
import math
import operator
import re

MARKER = re.compile(r"<!--(.*?)-->", re.S)
GIVEN = re.compile(r"\n+<!-- given: (.*?) -->\s*\Z")
UNSIGNED = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
FOUND = re.compile(rf"(?<![\w.])[-\u2212]?{UNSIGNED}(?:[eE][-+]?\d+)?(?!\w)")
QUOTED = re.compile(rf"((?<![\w)\]])[-\u2212])?({UNSIGNED})(?: *\\cdot *10\^\{{?(-?\d+)\}}?)?[)\]}}*]*\$?\Z")
# Decimals and percentages are results unless said otherwise; whole numbers count things as often as not.
RESULT = re.compile(r"(?<![\w.])\d+\.\d+(?: %)?|(?<![\w.])\d+ %")
NO_PROSE = re.compile(r"```.*?```|\$\$.*?\$\$|\$[^$]*\$|`[^`]*`|\]\([^)]*\)", re.S)
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
             ast.Pow: operator.pow, ast.USub: operator.neg}
FUNCTIONS = {"abs": abs, "log": math.log, "sqrt": math.sqrt}


class Fault(Exception):
    """What is wrong with a marker, in one sentence that follows the place and the number."""


def faults(notebook):
    """What is wrong with the numbers of the notebook's prose, each as a sentence that names the cell."""
    wrong, results = [], False
    for i, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            wrong += [f"cell {i}: {fault}" for fault in _faults_of_markers(notebook, i)]
            wrong += [f"cell {i}: {fault}" for fault in _unmarked(cell.source)] if results else []
        results = results or bool(cell.get("outputs"))
    return wrong


def without_markers(source):
    return MARKER.sub("", GIVEN.sub("", source))


def _faults_of_markers(notebook, i):
    source = GIVEN.sub("", notebook.cells[i].source)
    for marker in MARKER.finditer(source):
        quoted = QUOTED.search(without_markers(source[:marker.start()]))
        words = marker[1].strip()
        if not quoted:
            yield f"no number stands before the marker “{words}”"
            continue
        try:
            _compare(quoted, _value(words, notebook, i))
        except Fault as fault:
            yield f"quotes {quoted[0].rstrip('*$')} as “{words}”, but {fault}"


def _compare(quoted, value):
    if value is None:
        return
    exponent = int(quoted[3] or 0)
    digits = len(quoted[2].partition(".")[2])
    number = float(quoted[2].replace(",", "")) * 10 ** exponent * (-1 if quoted[1] else 1)
    unit = 10.0 ** (exponent - digits)
    if abs(value - number) > unit / 2 * (1 + 1e-6):
        raise Fault(f"the outputs have {value:.6g}")


def _value(words, notebook, i):
    """The number that a marker names; None where a picture, unchanged, has it."""
    if words.startswith("picture "):
        return _picture(words.split()[1], notebook, i)
    if "{" not in words:
        return _named(words, notebook, i)
    names = re.findall(r"\{(.*?)\}", words)
    values = [_named(name, notebook, i) for name in names]
    return _computed(re.sub(r"\{.*?\}", lambda _, it=iter(values): f"({next(it)!r})", words))


def _computed(expression):
    def of(node):
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.BinOp):
            return OPERATORS[type(node.op)](of(node.left), of(node.right))
        if isinstance(node, ast.UnaryOp):
            return OPERATORS[type(node.op)](of(node.operand))
        if isinstance(node, ast.Call):
            return FUNCTIONS[node.func.id](*map(of, node.args))
        raise KeyError(type(node).__name__)
    try:
        return of(ast.parse(expression.strip(), mode="eval").body)
    except (SyntaxError, KeyError, ArithmeticError) as error:
        raise Fault(f"this cannot be computed: {error}") from error


def _picture(digest, notebook, i):
    sums = [(abs(i - j), hashlib.sha256(base64.b64decode(output["data"]["image/png"])).hexdigest()[:8])
            for j, cell in enumerate(notebook.cells) for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})]
    if digest not in [found for _, found in sums]:
        raise Fault("no picture has this sum: look at the one that is meant, and write what it shows and its sum; the "
                    f"nearest have {', '.join(found for _, found in sorted(sums)[:3]) or 'none'}")


def _named(words, notebook, i):
    parts = [part.strip() for part in words.split(";")]
    for j in [*range(i - 1, -1, -1), *range(i + 1, len(notebook.cells))]:
        text = _text(notebook.cells[j])
        value = _in_tables(text, parts) if text else None
        if value is None and text:
            value = _in_lines(text, parts)
        if value is not None:
            return value
    raise Fault(f"no output has a number at “{words}”")


def _text(cell):
    """What the outputs of a cell say as plain text."""
    outputs = cell.get("outputs", [])
    return "\n".join(o.text if o.output_type == "stream" else o.get("data", {}).get("text/plain", "") for o in outputs)


def _in_tables(text, parts):
    *names, column = parts
    spread = column.startswith("± ")
    column = column.removeprefix("± ")
    lines = [[field.strip() for field in line.split("|")] for line in text.splitlines()]
    for k in range(1, len(lines)):
        if re.fullmatch("-{5,}", lines[k][0]) and column in lines[k - 1]:
            rows = [row for row in _rows(lines[k + 1:]) if all(any(map(_same(name), row)) for name in names)]
            if len(rows) > 1:
                raise Fault(f"{len(rows)} rows of a table fit")
            if rows:
                mean, _, deviation = rows[0][lines[k - 1].index(column)].partition(" ± ")
                return _number(deviation if spread else mean)
    return None


def _same(name):
    """Whether a cell of a table is the one meant: 3 is 3.0, too."""
    value = _number(name)
    return lambda cell: cell == name or value is not None and _number(cell) == value


def _rows(lines):
    for line in lines:
        if len(line) < 2:
            return
        yield line


def _in_lines(text, parts):
    *words, last = parts if re.match(r"#(\d+\Z| )", parts[-1]) else [*parts, "#1"]
    end = 0
    for part in words:
        place = re.compile(_bounded(part)).search(text, end)
        if not place:
            return None
        end = place.end()
    if last.startswith("# "):
        numbers, nth = re.findall(rf"({FOUND.pattern}) {_bounded(last[2:])}", text[end:]), 1
    else:
        numbers, nth = FOUND.findall(text[end:].partition("\n")[0]), int(last[1:])
    return _number(numbers[nth - 1]) if len(numbers) >= nth else None


def _bounded(words):
    """A pattern for these words that does not begin or end within a longer word or number."""
    before, after = r"(?<![\w.])" if re.match(r"\w", words) else "", r"(?!\w)" if re.search(r"\w\Z", words) else ""
    return before + re.escape(words) + after


def _number(text):
    try:
        return float(text.replace(",", "").replace("\u2212", "-"))
    except ValueError:
        return None


def _unmarked(source):
    given = GIVEN.search(source)
    left = given[1].split(", ") if given else []
    source = GIVEN.sub("", source).partition("\n## References")[0]
    source = NO_PROSE.sub(" ", MARKER.sub("\0", source)).replace("*", "")
    unmarked = [match[0] for match in RESULT.finditer(source) if not source.startswith("\0", match.end())]
    yield from (f"no marker says where {number} comes from, and the cell does not list it as given"
                for number in unmarked if number not in left)
    yield from (f"lists {number} as given, which it does not quote without a marker"
                for number in left if number not in unmarked)
