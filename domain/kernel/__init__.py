"""Messages, refusals, the bus and the model base that every area stands on."""
