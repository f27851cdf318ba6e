"""Trainings that notebooks start: they run in processes of their own, and go on when the kernel or the command ends."""
import json
import os

OPEN = ("queued", "running")


def folder(notebooks):
    """Where kernels put the runs: they are started in the folder of the notebooks."""
    return notebooks / (os.environ.get("SCOREBOOK_RUNS") or "runs")


def at_work(notebooks):
    """The IDs of the runs that wait or train now."""
    return {path.parent.name for path in folder(notebooks).glob("*/status.json") if _is_at_work(path)}


def _is_at_work(path):
    try:
        status = json.loads(path.read_text(encoding="utf-8"))
        if status["state"] in OPEN and status["pid"] and not status.get("slurmJob"):  # those are elsewhere
            os.kill(status["pid"], 0)
        return status["state"] in OPEN
    except (OSError, ValueError, KeyError, TypeError):  # gone, damaged, or its process is no more
        return False


def sentence(run):
    """What a user may do about one that goes on."""
    command = os.environ.get("SCOREBOOK_COMMAND") or "environment/scorebook"
    return f"its training {run} goes on: '{command} jobs show {run}' shows it, '{command} jobs cancel {run}' stops it"
