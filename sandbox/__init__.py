"""The platforms played on loopback, from the vendors' documents; knows nothing of the product."""
