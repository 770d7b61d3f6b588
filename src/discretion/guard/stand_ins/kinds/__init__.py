"""What offers stand-ins, one file for each family of kinds; found by discovery."""
