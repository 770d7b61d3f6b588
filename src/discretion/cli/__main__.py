"""`python -m discretion.cli`."""

from discretion.cli import main

if __name__ == "__main__":
    main()
