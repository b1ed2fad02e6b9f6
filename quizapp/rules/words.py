"""How long an essay is, and what its rule says to that."""

from quizapp.rules.round_rules import EssayRule
from quizapp.rules.wording import number


def count_words(text: str) -> int:
    """Return how many words a text has: what stands between blanks and has a letter or a digit.

    So each Vietnamese syllable counts, as in Word; a dash that stands alone does not. NFC and NFD give the same.
    """
    return sum(any(map(str.isalnum, each)) for each in text.split())


def limit_problem(words: int, rule: EssayRule) -> str | None:
    """Return in Vietnamese what to do about a text that is too short or too long by the rule, or None."""
    unit = rule.unit.label
    if rule.most_words is not None and words > rule.most_words:
        most, over = number(rule.most_words), number(words - rule.most_words)
        return f"Bài viết có {number(words)} {unit}, vượt mức {most} {unit}; hãy bớt ít nhất {over} {unit}."
    if rule.least_words is not None and words < rule.least_words:
        least, lacking = number(rule.least_words), number(rule.least_words - words)
        return f"Bài viết mới có {number(words)} {unit}, cần ít nhất {least} {unit}; hãy viết thêm {lacking} {unit}."
    return None
