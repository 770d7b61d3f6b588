"""Facts with their sources: data files and their loader."""

from discretion.knowledge._claim import Claim, Confidence
from discretion.knowledge._help_lines import HelpLine, help_lines
from discretion.knowledge._regions import is_region

__all__ = ["Claim", "Confidence", "HelpLine", "help_lines", "is_region"]
