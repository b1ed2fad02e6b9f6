"""What is wrong with one cell of a row of results."""


class Wrong(Exception):
    """A row cannot be taken in: the column that is to blame, and a sentence with the remedy."""

    def __init__(self, column: str, text: str):
        self.column, self.text = column, text
        super().__init__(text)
