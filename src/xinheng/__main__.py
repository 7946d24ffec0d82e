"""``python -m xinheng``."""

from xinheng.cli import main

main()
