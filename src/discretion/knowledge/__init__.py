"""Facts with their sources: data files and their loader."""

from discretion.knowledge._claim import Claim, Confidence
from discretion.knowledge._describe import describe
from discretion.knowledge._help_lines import HelpLine, help_lines
from discretion.knowledge._mail_domains import is_shared_mail_domain, plain_domain
from discretion.knowledge._normalise import normalise
from discretion.knowledge._platform_id import PlatformNotNamed, platform_id
from discretion.knowledge._regions import is_region
from discretion.knowledge._values._place_tables import Place, place
from discretion.knowledge._values._places import places_named

__all__ = [
    "Claim",
    "Confidence",
    "HelpLine",
    "Place",
    "PlatformNotNamed",
    "describe",
    "help_lines",
    "is_region",
    "is_shared_mail_domain",
    "normalise",
    "place",
    "places_named",
    "plain_domain",
    "platform_id",
]
