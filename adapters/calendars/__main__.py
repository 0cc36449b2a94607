"""`python -m adapters.calendars [FIRST_YEAR]`: print a year file of mainland China from the library."""

import sys

from adapters.calendars.mainland import FIRST_YEAR_KEPT, days_of_library, year_file

if __name__ == "__main__":
    first_year = int(sys.argv[1]) if len(sys.argv) > 1 else FIRST_YEAR_KEPT
    sys.stdout.write(year_file(days_of_library(first_year)))
