"""The gateway: what leaves is checked, what returns is restored, and the story does not break."""
