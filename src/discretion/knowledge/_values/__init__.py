"""From the words of a fact to its value: one module for each sort of value."""
