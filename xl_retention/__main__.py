"""`python -m xl_retention` is `xl-retention`."""

from xl_retention.cli import main

main()
