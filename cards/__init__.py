"""What people see, laid out without queries, clocks or platform words."""
