"""Chat exports: the messages that people can download from the apps, or keep on their own machine."""

from discretion.exports._errors import NotReadable
from discretion.exports._read import Export, read_export
from discretion.exports._skipped import Skipped

__all__ = ["Export", "NotReadable", "Skipped", "read_export"]
