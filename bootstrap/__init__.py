"""Settings, wiring and the command line: where ports meet adapters."""
