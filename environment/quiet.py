"""An interrupt while a program still loads what it needs ends it as any interrupt does, without a traceback."""
import sys

_default = sys.excepthook


def _hook(kind, error, trace):
    if not issubclass(kind, KeyboardInterrupt):
        _default(kind, error, trace)


sys.excepthook = _hook
