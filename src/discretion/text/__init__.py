"""Text as people type it: spans, messages, conversations, and folding that keeps offsets."""

from discretion.text._fold import Folded, fold, unaccented, unleet
from discretion.text._language import EVALUATED, Language, evaluated_language
from discretion.text._message import Author, Conversation, Message, Setting
from discretion.text._respell import respell
from discretion.text._span import Span

__all__ = [
    "EVALUATED",
    "Author",
    "Conversation",
    "Folded",
    "Language",
    "Message",
    "Setting",
    "Span",
    "evaluated_language",
    "fold",
    "respell",
    "unaccented",
    "unleet",
]
