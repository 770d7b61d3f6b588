"""One file for each family of kinds; every ``Detector`` in a module here is found by discovery."""
