"""`python -m discretion`."""

from discretion.cli import main

if __name__ == "__main__":
    main()
