"""SLA clocks: how long a work order may take, how long it has taken, and who is told before it is late."""
