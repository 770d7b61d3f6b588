"""One module for each system: loads it and answers rows; runs in that system's own environment."""
