"""Printed documents: service report, settlement sheet and asset labels as PDF."""
