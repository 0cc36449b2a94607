"""Processes that the business owns: published definitions, running instances and the tasks of approvers."""
