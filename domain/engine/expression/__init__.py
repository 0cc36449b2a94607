"""Conditions of rules: a formula in Chinese becomes a tree for Python, for databases and for people."""

from domain.engine.expression.errors import FormulaError, WrongValue
from domain.engine.expression.expression import Expression, parse
from domain.engine.expression.fields import Field, FieldType, Schema

__all__ = ["Expression", "Field", "FieldType", "FormulaError", "Schema", "WrongValue", "parse"]
