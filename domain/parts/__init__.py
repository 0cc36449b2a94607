"""Spare parts: what there is, where every piece is, who answers for it, and what it cost."""
