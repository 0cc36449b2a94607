"""The product on a stage: `fixloop serve` by the clock of the platforms that are played beside it."""

import sys
from pathlib import Path

from adapters.clock import follow
from bootstrap.cli import main

if __name__ == "__main__":
    follow(Path(sys.argv[1]))
    main(["serve"])
