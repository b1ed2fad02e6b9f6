"""A drawn lot as a file: it can be replayed, and what was changed in it is found."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.errors import BadFile
from quizapp.formats.lot_table import LotTable, replay, write
from quizapp.rules.lots import drawn


def table(contenders, count, division="A"):
    won = frozenset(drawn("5eed", "nhat", division, contenders)[:count])
    return LotTable("5eed", "nhat", division, contenders, won)


@given(st.sets(st.integers(1, 10**9), min_size=1, max_size=9), st.integers(0, 9), st.sampled_from(["", "A"]))
def test_a_file_says_what_was_drawn(contenders, count, division):
    (read,) = replay(write(table(sorted(contenders), count, division)))
    assert (read.prize_key, read.division, set(read.contenders)) == ("nhat", division, contenders)
    assert len(read.winners) == min(count, len(contenders))


def test_the_lot_is_the_digest_of_its_line():
    line = write(table([42], 1)).decode("utf-8-sig").splitlines()[1]
    assert line == f"5eed,nhat,A,42,{sha256(b'5eed|nhat|A|42').hexdigest()},1,x"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [(",1,x", ",1,", "trúng"), (",2,", ",3,", "thứ tự phải là 2"), ("5eed", "5eee", "mã thăm phải là")],
)
def test_what_was_changed_is_named_with_its_line(old, new, said):
    data = write(table([7, 8, 9], 2)).decode("utf-8-sig").replace(old, new)
    with pytest.raises(BadFile) as bad:
        replay(data.encode())
    assert said in str(bad.value.problems[0])


@pytest.mark.parametrize("data", [b"", b"a,b\n", b"\xff\xff", write(table([7], 1)) + b"5eed,nhat,A,x,,1,\n"])
def test_another_file_is_refused_in_words(data):
    with pytest.raises(BadFile) as bad:
        replay(data)
    assert str(bad.value.problems[0]).startswith("Dòng")
