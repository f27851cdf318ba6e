"""Notebooks read and files written: a reader never sees half of one."""
import json
import os
import tempfile
from pathlib import Path

import nbformat


class PageError(Exception):
    """What went wrong, in one sentence for the user."""


def read(path):
    """The notebook in a file."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        nbformat.validate(json.loads(text))  # reads() would only log what is wrong
        notebook = nbformat.reads(text, as_version=4)
        return notebook
    except OSError as error:
        raise PageError(f"Cannot read {path}: {error.strerror}.") from error
    except Exception as error:  # nbformat raises a different type for each way in which a file can be wrong
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise PageError(f"{path} is not a notebook: {reason}") from error


def write(path, content):
    """Whole or not at all, text or bytes."""
    content = content.encode("utf-8") if isinstance(content, str) else content
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
