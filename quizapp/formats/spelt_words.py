"""Words of the rules as people spell them: with or without marks, by their label, or by what else means just that."""

import re
from enum import StrEnum
from typing import TypeVar

from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import (
    Counting,
    LimitPer,
    Measure,
    OnePrize,
    OnTie,
    Order,
    PredictionTarget,
    PrizeBy,
    ShownWhen,
    StandingsOf,
    TieBreak,
    UnionKind,
    Weekday,
    Word,
)

W = TypeVar("W", bound=StrEnum)

DAYS = "t2 t3 t4 t5 t6 t7 cn"
LONG_DAYS = "thu_2 thu_3 thu_4 thu_5 thu_6 thu_7 chu_nhat"
# Only what can mean nothing else: "time" may be a span or an instant, weekday "2" may be Monday or Tuesday.
ALSO: dict[type[StrEnum], dict[str, StrEnum]] = {
    Counting: {
        **dict.fromkeys(("highest", "max", "cao_nhat", "lan_cao_nhat", "diem_cao_nhat"), Counting.BEST),
        **dict.fromkeys(("lan_dau", "dau_tien", "lan_dau_tien"), Counting.FIRST),
        **dict.fromkeys(("latest", "lan_cuoi", "cuoi_cung", "lan_cuoi_cung"), Counting.LAST),
        **dict.fromkeys(("total", "tong", "tong_diem", "cong_don"), Counting.SUM),
        **dict.fromkeys(("average", "avg", "trung_binh", "diem_trung_binh"), Counting.MEAN),
    },
    LimitPer: {
        **dict.fromkeys(("weekly", "tuan"), LimitPer.WEEK),
        **dict.fromkeys(("daily", "ngay"), LimitPer.DAY),
        **dict.fromkeys(("dot", "dot_thi"), LimitPer.ROUND),
        **dict.fromkeys(("ca", "ca_thi"), LimitPer.SITTING),
        "cuoc_thi": LimitPer.CONTEST,
    },
    Measure: {
        **dict.fromkeys(("participants", "people", "so_nguoi"), Measure.ENTRANTS),
        **dict.fromkeys(("participation_rate", "ty_le"), Measure.RATE),
        **dict.fromkeys(("average", "avg"), Measure.MEAN),
        **dict.fromkeys(("total",), Measure.SUM),
        "so_luot": Measure.ATTEMPTS,
    },
    OnTie: dict.fromkeys(("draw", "rut_tham"), OnTie.LOT),
    OnePrize: {"true": OnePrize.CONTEST, "false": OnePrize.NO},
    Order: {**dict.fromkeys(("random", "shuffle", "ngau_nhien", "xao_tron"), Order.SHUFFLED), "co_dinh": Order.FIXED},
    PredictionTarget: {
        **dict.fromkeys(("all_correct", "dung_tat_ca"), PredictionTarget.ALL_RIGHT),
        **dict.fromkeys(("entrants", "so_nguoi_tham_gia", "so_nguoi_du_thi"), PredictionTarget.PARTICIPANTS),
    },
    PrizeBy: dict.fromkeys(("draw", "random"), PrizeBy.LOT),
    ShownWhen: dict.fromkeys(("immediately", "ngay"), ShownWhen.AT_ONCE),
    StandingsOf: {
        **dict.fromkeys(("person", "individual", "individuals"), StandingsOf.PEOPLE),
        **dict.fromkeys(("union", "unit", "units", "tap_the"), StandingsOf.UNIONS),
    },
    TieBreak: {
        **dict.fromkeys(("mark", "score", "diem"), TieBreak.MARKS),
        **dict.fromkeys(("duration",), TieBreak.SECONDS),
        **dict.fromkeys(("submitted", "handed_in"), TieBreak.SUBMITTED_AT),
        **dict.fromkeys(("distance", "guess", "du_doan"), TieBreak.PREDICTION),
    },
    UnionKind: {
        **dict.fromkeys(("tinh", "thanh_pho", "ldld_tinh"), UnionKind.PROVINCE),
        **dict.fromkeys(("xa", "phuong", "dac_khu"), UnionKind.COMMUNE),
        **dict.fromkeys(("cdcs", "grassroot", "base"), UnionKind.GRASSROOTS),
    },
    Weekday: {
        **dict(zip(DAYS.split(), Weekday, strict=True)),
        **dict(zip(LONG_DAYS.split(), Weekday, strict=True)),
    },
}


def spelt(text: str, kind: type[W]) -> W | None:
    """Return the word of a kind that a text spells; None: none of them, or more than one might be meant."""
    key = _key(text)
    for word in kind:
        if key in (_key(word.value), _key(word.name)) or (isinstance(word, Word) and key == _key(word.label)):
            return word
    also = ALSO.get(kind, {}).get(key)
    return also if isinstance(also, kind) else None


def _key(text: str) -> str:
    """'All-or-nothing' → 'all_or_nothing', 'Đoàn viên' → 'doan_vien'."""
    return re.sub(r"[\s_-]+", "_", fold(text))
