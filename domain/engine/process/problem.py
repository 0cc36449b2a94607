"""What is wrong with a definition."""

from domain.kernel.messages import Message


class Problem(Message):
    """Something to be mended before publishing.

    Args:
        node: the id of the node, or empty for the definition as a whole.
        message: Chinese; names the node's title and says what to do.
    """

    node: str
    message: str
