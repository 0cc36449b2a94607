"""Excel workbooks: what an import reads from them, and what an export writes."""
