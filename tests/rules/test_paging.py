"""A page that is asked for is always one that there is."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.paging import page_count, page_within


@given(st.integers(0, 10_000), st.integers(1, 200))
def test_all_pages_hold_all_and_the_last_is_not_empty(count, on_a_page):
    pages = page_count(count, on_a_page)
    assert (pages - 1) * on_a_page <= count <= pages * on_a_page
    assert pages == 1 or (pages - 1) * on_a_page < count


@given(st.integers(-5, 500), st.integers(0, 1000), st.integers(1, 50))
def test_a_page_that_there_is_not_means_the_nearest(page, count, on_a_page):
    meant = page_within(page, count, on_a_page)
    assert 1 <= meant <= page_count(count, on_a_page)
    assert meant == page or not 1 <= page <= page_count(count, on_a_page)
