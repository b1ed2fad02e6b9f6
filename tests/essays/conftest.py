"""The jury of the tests of judging, seen by organisers."""

from tests.judging.conftest import jury, new_jury

__all__ = ["jury", "new_jury"]
