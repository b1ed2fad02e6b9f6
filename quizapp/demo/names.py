"""Made-up names of people and unions: Vietnamese in form, of nobody in particular."""

from collections.abc import Iterator
from random import Random

FAMILY = (
    *("Nguyễn",) * 38,
    *("Trần",) * 12,
    *("Lê",) * 10,
    *("Phạm",) * 7,
    *("Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý") * 2,
    "Đinh",
    "Trịnh",
    "Đoàn",
    "Mai",
    "Cao",
    "Tạ",
)
WOMEN = (
    ("Thị", "Thị", "Thị", "Thị Thu", "Thị Ngọc", "Thị Kim", "Ngọc", "Thanh", "Thùy", "Hồng"),
    "Anh Ánh Bích Chi Cúc Dung Duyên Giang Hà Hạnh Hằng Hiền Hoa Hòa Hồng Huệ Hương Lan Liên Linh Loan Mai My "
    "Nga Ngân Ngọc Nhung Oanh Phương Quyên Quỳnh Tâm Thảo Thắm Thu Thủy Tiên Trang Trinh Tuyết Uyên Vân Xuân Yến",
)
MEN = (
    ("Văn", "Văn", "Văn", "Hữu", "Đức", "Minh", "Quốc", "Công", "Xuân", "Ngọc", "Thanh", "Quang"),
    "An Anh Bảo Bình Chiến Cường Dũng Duy Đạt Định Đông Đức Hải Hiếu Hòa Hoàng Hùng Huy Hưng Khánh Khoa Kiên Lâm "
    "Long Lộc Mạnh Minh Nam Nghĩa Phong Phúc Quân Quang Sơn Tài Tâm Thái Thắng Thành Thiện Thịnh Tiến Toàn Trung "
    "Trường Tuấn Tùng Vinh",
)
TRADES = (
    "Công ty TNHH May",
    "Công ty Cổ phần Dệt",
    "Công ty TNHH Giày da",
    "Công ty TNHH Điện tử",
    "Công ty Cổ phần Gỗ",
    "Công ty TNHH Thủy sản",
    "Công ty Cổ phần Vận tải",
    "Công ty TNHH Cơ khí",
    "Công ty Cổ phần Xây dựng",
    "Trường Trung học cơ sở",
    "Trường Mầm non",
    "Bệnh viện Đa khoa",
    "Hợp tác xã Thương mại",
    "Công ty Cổ phần Bao bì",
)
PLACES = (
    "An Bình",
    "Bình Minh",
    "Đại Phong",
    "Đông Sơn",
    "Hòa Lợi",
    "Hương Lúa",
    "Lam Giang",
    "Mỹ Thuận",
    "Phú Cường",
    "Sông Thao",
    "Tân Tiến",
    "Thịnh Vượng",
    "Trường An",
    "Xuân Hòa",
)


def people(rng: Random) -> Iterator[str]:
    """Give full names without end, six women to four men."""
    while True:
        middle, given = WOMEN if rng.random() < 0.6 else MEN
        yield f"{rng.choice(FAMILY)} {rng.choice(middle)} {rng.choice(given.split())}"


def employers(rng: Random) -> Iterator[str]:
    """Give names of employers, each once: 196 of them."""
    yield from rng.sample([f"{trade} {place}" for trade in TRADES for place in PLACES], len(TRADES) * len(PLACES))
