"""Customers and the machines they own."""
