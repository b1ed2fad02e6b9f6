"""A word of the field."""

from enum import StrEnum


class Word(StrEnum):
    """A word with the label that the interface shows for it."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Word":
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word
