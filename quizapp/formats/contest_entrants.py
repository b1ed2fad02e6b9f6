"""Who may enter a contest of a contest file, what is asked of them, and the divisions they are ranked in; and back."""

import re
from collections.abc import Sequence
from typing import Any

from quizapp.formats import contest_values as values
from quizapp.formats.marked_section import Section
from quizapp.formats.spelt_words import spelt
from quizapp.rules.contest_rules import DivisionRules, EntrantsRule
from quizapp.vocabulary import EntrantRole, Excluded, IdentityField, UnionKind, Workplace

OLDEST = 120
DIVISION_KEY = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


def read_entrants(audience: Section) -> EntrantsRule:
    age = audience.section("age")
    least, most = values.count(age, "min", most=OLDEST), values.count(age, "max", most=OLDEST)
    if least and most and least > most:
        age.wrong("min", f"lớn hơn “max” ({most}); xin ghi “min” không quá “max”")
    return EntrantsRule(
        roles=values.sorted_words(audience, "roles", EntrantRole),
        least_age=least,
        most_age=most,
        without_unit=values.flag(audience, "without_unit"),
        excluded=values.sorted_words(audience, "excluded", Excluded),
    )


def write_audience(units: Sequence[str], rule: EntrantsRule) -> dict[str, Any]:
    written: dict[str, Any] = {"units": list(units)}
    if rule.roles:
        written["roles"] = [each.value for each in rule.roles]
    ages = {"min": rule.least_age, "max": rule.most_age}
    if age := {key: value for key, value in ages.items() if value is not None}:
        written["age"] = age
    if rule.without_unit:
        written["without_unit"] = True
    if rule.excluded:
        written["excluded"] = [each.value for each in rule.excluded]
    return written


def read_identity(section: Section) -> tuple[IdentityField, ...]:
    found = values.sorted_words(section, "identity", IdentityField)
    if found and IdentityField.FULL_NAME not in found:
        section.wrong("identity", f"phải có full_name (họ và tên); xin chọn trong [{', '.join(IdentityField)}]")
    return found or tuple(IdentityField)


def read_divisions(section: Section) -> tuple[DivisionRules, ...]:
    parts = section.sections("divisions")
    divisions = tuple(_division(part) for part in parts)
    values.refuse_twins(parts, [each.key for each in divisions])
    return divisions


def write_division(division: DivisionRules) -> dict[str, Any]:
    written: dict[str, Any] = {"key": division.key, "title": division.title}
    if division.units:
        written["units"] = list(division.units)
    if kinds := [each.value for each in (*division.kinds, *division.workplaces)]:
        written["kinds"] = kinds
    if division.roles:
        written["roles"] = [each.value for each in division.roles]
    if division.chosen:
        written["chosen"] = True
    return written


def _division(section: Section) -> DivisionRules:
    key = section.text("key", most=40)
    if key and not DIVISION_KEY.fullmatch(key):
        section.wrong("key", f"“{key}” phải là chữ không dấu, chữ số và dấu “-” ở giữa, ví dụ A hoặc khoi-1")
    kinds = section.texts("kinds")
    of_unions = [spelt(each, UnionKind) for each in kinds]
    of_places = [spelt(each, Workplace) for each in kinds]
    for written, *found in zip(kinds, of_unions, of_places, strict=True):
        if found == [None, None]:
            known = ", ".join((*UnionKind, *Workplace))
            section.wrong("kinds", f"“{written}” không phải giá trị của khóa này; xin ghi trong: {known}")
    return DivisionRules(
        key=key,
        title=section.text("title", f"Bảng {key}"),
        units=section.texts("units"),
        kinds=tuple(each for each in UnionKind if each in of_unions),
        workplaces=tuple(each for each in Workplace if each in of_places),
        roles=values.sorted_words(section, "roles", EntrantRole),
        chosen=values.flag(section, "chosen"),
    )
