"""Run the command line by ``python -m planlog``."""

from planlog.cli import main

main()
