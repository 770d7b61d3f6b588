"""How a run is shown: in the terminal, as a page, as one JSON document."""
