"""What both played platforms share: a clock, faults on demand, a journal and a loopback HTTP server."""
