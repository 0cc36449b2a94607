"""The clock becomes commands: one function per tick, due times are columns."""
