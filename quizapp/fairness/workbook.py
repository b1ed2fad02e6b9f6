"""Makes the workbook of a jury's figures."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from statistics import fmean
from typing import Any
from zoneinfo import ZoneInfo

from quizapp.fairness import reports
from quizapp.fairness.reports import Jury
from quizapp.formats import jury_figures
from quizapp.models import Person, Round
from quizapp.rules import judge_figures as rules
from quizapp.rules.judge_figures import Figure
from quizapp.rules.wording import decimal, hundredths


def write(round_: Round, out: Path, *, by: Person | None, now: datetime) -> None:
    """Write the figures that the pages show, as .xlsx."""
    jury = reports.jury(round_)
    figures, zone = jury.figures, ZoneInfo(round_.contest.rules.timezone)
    facts: list[tuple[str, Any]] = [
        ("Cuộc thi", round_.contest.title),
        ("Đợt thi", round_.title),
        ("Bài có hai điểm trở lên", figures.essays),
        ("Trùng điểm", _percent(figures.exact)),
        (f"Lệch không quá {hundredths(figures.within)} điểm", _percent(figures.adjacent)),
        ("Kappa có trọng số", _coefficient(figures.kappa)),
        ("ICC(2,1), một giám khảo", _coefficient(figures.icc_one)),
        ("ICC(2,k), điểm trung bình", _coefficient(figures.icc_mean)),
        ("Lệch quá quy định", _percent(figures.apart) if figures.apart else "Thể lệ không quy định"),
        ("Người xuất tệp", by.full_name if by else "Máy chủ"),
        ("Xuất lúc", now.astimezone(zone)),
    ]
    out.write_bytes(jury_figures.workbook(f"{round_.contest.title} – {round_.title}", facts, _rows(jury)))


def _rows(jury: Jury) -> Iterator[list[Any]]:
    again: dict[int, list[int]] = {}
    for each in rules.repeats(jury.markings):
        again.setdefault(each.before.judge, []).append(abs(each.difference))
    for judge in jury.judges:
        each_of, seeds = jury.by_judge[judge.seat_id], again.get(judge.seat_id, [])
        severity, drift = each_of.severity.value, each_of.drift.value
        evenness = each_of.evenness.value
        yield [
            judge.name,
            judge.union,
            each_of.finished,
            _whole(each_of.mean),
            _whole(each_of.spread.value),
            each_of.severity.count,
            _whole(severity.value if severity else None),
            _whole(severity.margin if severity else None),
            _whole(drift.value if drift else None),
            _whole(drift.margin if drift else None),
            _whole(each_of.halo.value, 100),
            _whole(evenness, 10_000),
            each_of.sides.cases,
            each_of.sides.with_others,
            len(seeds),
            _whole(fmean(seeds) if seeds else None),
        ]


def _whole(value: float | None, times: int = 1) -> int | None:
    return None if value is None else round(value * times)


def _percent(figure: Figure[float]) -> str:
    return _missing(figure) if figure.value is None else f"{decimal(figure.value * 100, 1)} %"


def _coefficient(figure: Figure[float]) -> str:
    return _missing(figure) if figure.value is None else decimal(figure.value)


def _missing(figure: Figure[float]) -> str:
    return f"Chưa đủ số liệu (cần {figure.least} bài)" if figure.is_few else "Không tính được: các điểm bằng nhau"
