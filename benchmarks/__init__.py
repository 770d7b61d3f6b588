"""Measurements, one command each: accuracy, speed, real posts, and the report that joins them."""
