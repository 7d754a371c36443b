"""The command line: a thin function for each verb, over the same API that a program would use."""

from formcheck.cli.app import main

__all__ = ["main"]
