"""One file for each chat format; every module here is found by discovery.

A module has ``TITLE``, the name to show to people; ``recognise(head)``, whether a file is of this format; and
``read(file)``, which yields its messages. Its own name, as in ``risuai``, is the format's. ``LAST_RESORT =
True`` marks a format so loose that all others are asked before it.
"""
