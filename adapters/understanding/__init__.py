"""Reads what customers say: shapes by rule, intent and tone by a small trained model, slots by a tagger."""
