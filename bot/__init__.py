"""Messages and presses become commands; refusals become words."""
