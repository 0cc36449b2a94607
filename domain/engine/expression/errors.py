"""What is wrong with a formula or with the data it is asked about."""


class FormulaError(ValueError):
    """A formula cannot be used; the message tells its author what is wrong and what to write.

    Args:
        message: a complete Chinese sentence.
        column: where in the formula, counted from 1.
    """

    def __init__(self, message: str, column: int) -> None:
        super().__init__(f"第 {column} 个字：{message}")
        self.message = message
        self.column = column


class WrongValue(TypeError):
    """The data hold a value of another type than the field's: a defect of whoever collected them."""
