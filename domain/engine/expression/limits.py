"""How large a formula and what it computes with may be.

Source: docs/reference/expressions.md, rules EX-30 to EX-34.
"""

TEXT_LENGTH = 4000
"""Characters of a formula."""
DEPTH = 20
"""Levels of parentheses, of negations and of the tree."""
NODES = 200
"""Fields, values, operators and conditions of a formula; every item of a list counts."""
LITERAL_LENGTH = 200
"""Characters of a text in quotes."""
LIST_ITEMS = 100

NUMBER_MAX = 10**12
"""The largest number in a formula, and in data that is computed with."""
NUMBER_MIN = 1e-12
"""Numbers nearer to zero are zero when they are computed with."""
DECIMALS = 6
AMOUNT_MAX_FEN = 10**13
"""The largest amount in a formula, and in data that is computed with: 100 billion yuan."""
