"""The four usual shapes of a contest, as what a contest file has under `contest:`; an organiser begins with one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

Tree = dict[str, Any]

DAYS_AHEAD = 14  # time enough to issue the thể lệ and tell the unions
WEEKS = 4
CHAIN = ["marks", "seconds", "submitted_at"]
FULL_PAPER = (("nghi-quyet-02", 5), ("bo-luat-lao-dong-2019", 15))


@dataclass(frozen=True)
class Shape:
    """A shape of contests, in the words of organisers. `make`: from a union's code and the Monday of the first week."""

    title: str
    about: str
    make: Callable[[str, date], Tree]

    def tree(self, organiser: str, day: date) -> Tree:
        """Return a contest of this shape, right as it stands, that opens on a Monday some two weeks after `day`."""
        earliest = day + timedelta(days=DAYS_AHEAD)
        return self.make(organiser, earliest + timedelta(days=-earliest.weekday() % 7))


def _weekly(organiser: str, monday: date) -> Tree:
    keys = [f"tuan-{number}" for number in range(1, WEEKS + 1)]
    by_week = [
        {
            "key": f"{key}-ca-nhan",
            "title": f"Cá nhân – Tuần {number}",
            "of": "people",
            "rounds": [key],
            "order": ["marks", "prediction", "seconds", "submitted_at"],
        }
        for number, key in enumerate(keys, start=1)
    ]
    of_weeks = [
        prize
        for number, key in enumerate(keys, start=1)
        for prize in _prizes(f"{key}-ca-nhan", (1, 2, 3, 5), f" tuần {number}")
    ]
    return {
        **_head("Cuộc thi tìm hiểu hằng tuần", "cuoc-thi-hang-tuan", organiser, monday),
        "rounds": [
            _round(key, f"Tuần {number}", monday + timedelta(weeks=number - 1), days=7)
            | {
                "attempts": {"limit": 2, "per": "round", "counted": "best"},
                "avoid_seen": True,
                "prediction": {"target": "all_right"},
                "show": {"result": "at_once", "answers": "after_round"},
            }
            for number, key in enumerate(keys, start=1)
        ],
        "standings": [*by_week, _of_people("sum"), _of_unions("rate")],
        "prizes": [*_prizes("ca-nhan", (1, 2, 3, 10), " chung cuộc"), *of_weeks, _collective(3)],
        "one_prize_per_person": "highest_per_round",
        "appeals": _until(monday + timedelta(weeks=WEEKS, days=7)),
        "publish": {"board": "after_round", "names": "masked"},
    }


def _one_round(organiser: str, monday: date) -> Tree:
    return {
        **_head("Cuộc thi tìm hiểu trực tuyến", "cuoc-thi-truc-tuyen", organiser, monday),
        "rounds": [
            _round("dot-1", "Đợt thi", monday, days=14)
            | {
                "attempts": {"limit": 2, "per": "round", "counted": "best"},
                "show": {"result": "at_once", "answers": "after_round"},
                "practice": {"attempts": 2},
            }
        ],
        "standings": [_of_people(), _of_unions("rate"), _of_unions("entrants", "tap-the-so-nguoi")],
        "prizes": [*_prizes("ca-nhan", (1, 3, 10, 15)), _collective(3)],
        "appeals": _until(monday + timedelta(days=21)),
        "publish": {"board": "live", "names": "masked"},
    }


def _with_essay(organiser: str, monday: date) -> Tree:
    essay = {
        "prompt": "Theo anh (chị), công đoàn cơ sở nơi mình làm việc cần đổi mới điều gì trước hết? Vì sao?",
        "marks": 10,
        "words": {"min": 200, "max": 500, "count": "chu"},
        "judges": 2,
        "gap": "20%",
        "feedback": "published",
        "appeals": _until(monday + timedelta(days=49)),
    }
    return {
        **_head("Cuộc thi trắc nghiệm và tự luận", "trac-nghiem-va-tu-luan", organiser, monday),
        "rounds": [
            _round("dot-1", "Đợt thi", monday, days=14)
            | {
                "attempts": {"limit": 1},
                "time": {"minutes": 60},
                "essay": essay,
                "show": {"result": "after_round", "answers": "after_round"},
            }
        ],
        "standings": [_of_people(), _of_unions("entrants")],
        "prizes": [*_prizes("ca-nhan", (1, 2, 3, 10)), _collective(3)],
        "appeals": _until(monday + timedelta(days=21)),
        "publish": {"board": "after_publish", "names": "masked"},
    }


def _in_person(organiser: str, monday: date) -> Tree:
    saturday = monday + timedelta(days=5)
    return {
        **_head("Hội thi tập trung", "hoi-thi-tap-trung", organiser, monday),
        "entry": {"registration": "closed"},
        "divisions": [
            {"key": "A", "title": "Bảng A – Doanh nghiệp", "kinds": ["doanh_nghiep"]},
            {"key": "B", "title": "Bảng B – Cơ quan, đơn vị khác"},
        ],
        "rounds": [
            {
                "key": "vong-thi",
                "title": "Buổi thi",
                "opens": f"{saturday}T07:30",
                "closes": f"{saturday}T11:30",
                "attempts": {"limit": 1},
                "time": {"minutes": 45},
                "paper": [{"bank": FULL_PAPER[0][0], "count": 10}, {"bank": FULL_PAPER[1][0], "count": 30}],
                "show": {"result": "after_round", "answers": "after_contest"},
            }
        ],
        "standings": [_of_people() | {"by_division": True}, _of_unions("mean")],
        "prizes": [
            *(each | {"count": dict.fromkeys("AB", each["count"])} for each in _prizes("ca-nhan", (1, 2, 3, 5))),
            _collective(3),
        ],
        "appeals": _until(saturday + timedelta(days=7)),
        "publish": {"board": "after_publish", "names": "full"},
    }


def _head(title: str, slug: str, organiser: str, monday: date) -> Tree:
    return {
        "slug": f"{slug}-{monday:%d-%m-%Y}",
        "title": title,
        "organiser": organiser,
        "audience": {"units": [organiser]},
        "entry": {"registration": "open"},
    }


def _round(key: str, title: str, first: date, *, days: int) -> Tree:
    return {
        "key": key,
        "title": title,
        "opens": f"{first}T07:00",
        "closes": f"{first + timedelta(days=days - 1)}T24:00",
        "time": {"minutes": 20},
        "paper": [{"bank": bank, "count": count} for bank, count in FULL_PAPER],
    }


def _of_people(combine: str | None = None) -> Tree:
    board = {"key": "ca-nhan", "title": "Cá nhân – Chung cuộc", "of": "people", "rounds": "all", "order": [*CHAIN]}
    return board | ({"combine": combine} if combine else {})


def _of_unions(measure: str, key: str = "tap-the") -> Tree:
    titles = {"rate": "Tỷ lệ đoàn viên dự thi", "entrants": "Số người dự thi", "mean": "Điểm trung bình"}
    title = f"Tập thể – {titles[measure]}"
    return {"key": key, "title": title, "of": "unions", "rounds": "all", "level": "grassroots", "measure": measure}


def _prizes(board: str, counts: tuple[int, ...], whose: str = "") -> list[Tree]:
    names = (("nhat", "Nhất"), ("nhi", "Nhì"), ("ba", "Ba"), ("khuyen-khich", "Khuyến khích"))
    return [
        {"key": f"{key}-{board}", "title": f"Giải {name}{whose}", "standings": board, "count": count}
        for (key, name), count in zip(names, counts, strict=True)
    ]


def _collective(count: int) -> Tree:
    return {"key": "giai-tap-the", "title": "Giải Tập thể", "standings": "tap-the", "count": count}


def _until(day: date) -> Tree:
    return {"until": f"{day}T24:00"}


SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "hang-tuan": Shape(
            "Thi hằng tuần, có câu hỏi dự đoán",
            "Bốn tuần, mỗi tuần hai lượt thi 20 câu hỏi và một câu dự đoán số người trả lời đúng tất cả. "
            "Có giải từng tuần, giải chung cuộc và giải tập thể.",
            _weekly,
        ),
        "mot-dot": Shape(
            "Một đợt trắc nghiệm",
            "Hai tuần, 20 câu hỏi trong 20 phút, hai lượt thi và lấy lượt cao điểm nhất. "
            "Xếp hạng cá nhân và đơn vị theo tỷ lệ, số người dự thi.",
            _one_round,
        ),
        "tu-luan": Shape(
            "Trắc nghiệm và tự luận",
            "Một lượt thi 60 phút gồm 20 câu hỏi và một bài viết 200–500 chữ. "
            "Mỗi bài viết do hai giám khảo chấm độc lập, lệch nhiều thì có người thứ ba.",
            _with_essay,
        ),
        "tap-trung": Shape(
            "Thi tập trung, chia bảng",
            "Một buổi thi tại hội trường, làm trên giấy hoặc trên máy; kết quả bài giấy nhập vào từ tệp. "
            "Chia bảng doanh nghiệp và cơ quan, mỗi bảng có giải riêng.",
            _in_person,
        ),
    }
)
