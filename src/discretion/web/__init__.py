"""The dashboard's parts: what is drawn for a person to look at."""
