"""Cleaned and folded texts, remembered: the same cell is looked at many times on its way to a draft."""

from functools import lru_cache

from quizapp.rules import vietnamese

clean = lru_cache(maxsize=8_192)(vietnamese.clean)
fold = lru_cache(maxsize=8_192)(vietnamese.fold)
