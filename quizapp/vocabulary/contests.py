"""Words of contests, attempts, boards and prizes."""

from quizapp.vocabulary.word import Word


class Phase(Word):
    """Where an instant lies against a window."""

    UPCOMING = "upcoming", "Sắp mở"
    OPEN = "open", "Đang mở"
    BETWEEN = "between", "Ngoài ca thi"  # inside the window, outside its sittings
    CLOSED = "closed", "Đã kết thúc"


class AttemptState(Word):
    """Derived from stored instants, never stored itself."""

    OPEN = "open", "Đang làm"
    OVERDUE = "overdue", "Hết giờ"
    HANDED_IN = "handed_in", "Đã nộp"


class LimitPer(Word):
    """The span in which attempts are counted against the limit; days and weeks are those of the contest's zone."""

    ROUND = "round", "mỗi đợt"
    SITTING = "sitting", "mỗi ca thi"
    DAY = "day", "mỗi ngày"
    WEEK = "week", "mỗi tuần"  # Monday to Sunday
    CONTEST = "contest", "cả cuộc thi"


class Weekday(Word):
    """In the order of `date.weekday()`."""

    MONDAY = "mon", "thứ Hai"
    TUESDAY = "tue", "thứ Ba"
    WEDNESDAY = "wed", "thứ Tư"
    THURSDAY = "thu", "thứ Năm"
    FRIDAY = "fri", "thứ Sáu"
    SATURDAY = "sat", "thứ Bảy"
    SUNDAY = "sun", "Chủ nhật"


class Purpose(Word):
    """What a round is sat for; only what is sat for real is in any total."""

    REAL = "real", "Thi"
    PRACTICE = "practice", "Thi thử"
    REHEARSAL = "rehearsal", "Diễn tập"  # by organisers, before the contest is public


class Source(Word):
    """Where an attempt came from."""

    ONLINE = "online", "Thi trực tuyến"
    IMPORTED = "imported", "Nhập từ tệp"


class WindowChangeKind(Word):
    """How a window was changed after the rules were set."""

    EXTENSION = "extension", "Thêm giờ"  # closes later
    SHIFT = "shift", "Dời giờ"  # opens and closes later, or earlier
    OUTAGE = "outage", "Bù giờ sự cố"  # an interval that does not count
    PAUSE = "pause", "Tạm dừng"  # an interval that does not count and whose end is not known yet


class PredictionTarget(Word):
    """What a prediction question asks to be guessed: always people, never attempts."""

    ALL_RIGHT = "all_right", "số người trả lời đúng tất cả các câu hỏi của đợt thi"
    PARTICIPANTS = "participants", "số người tham gia đợt thi"


class PrizeBy(Word):
    """How those are found who get a prize."""

    RANK = "rank", "theo thứ hạng"
    LOT = "lot", "rút thăm"  # among all who are on the board


class OnTie(Word):
    """What happens when more people share the last prized rank than there are prizes left."""

    ASK = "ask", "Ban tổ chức quyết định"
    LOT = "lot", "rút thăm trong những người bằng nhau"
    ALL = "all", "trao cho tất cả những người bằng nhau"


class OnePrize(Word):
    """How many prizes a person may get; side prizes do not count."""

    NO = "none", "được nhận nhiều giải"
    ROUND = "highest_per_round", "mỗi đợt thi một giải cao nhất"
    CONTEST = "highest", "một giải cao nhất trong cả cuộc thi"


class TieDecision(Word):
    """What organisers choose for a tie at the border of a prize."""

    LOT = "lot", "Rút thăm"
    ALL = "all", "Trao cho tất cả"
    NOBODY = "nobody", "Không trao phần còn lại"


class Counting(Word):
    """Which of a person's attempts count, or how they are put together."""

    BEST = "best", "lượt có kết quả cao nhất"
    FIRST = "first", "lượt đầu tiên"
    LAST = "last", "lượt cuối cùng"
    SUM = "sum", "tổng điểm các lượt"
    MEAN = "mean", "điểm trung bình các lượt"


class Order(Word):
    SHUFFLED = "shuffled", "xáo trộn"
    FIXED = "fixed", "giữ nguyên"


class ShownWhen(Word):
    AT_ONCE = "at_once", "ngay sau khi nộp bài"
    AFTER_ROUND = "after_round", "sau khi đợt thi kết thúc"
    AFTER_CONTEST = "after_contest", "sau khi cuộc thi kết thúc"
    NEVER = "never", "không công bố"


class BoardWhen(Word):
    LIVE = "live", "cập nhật trong suốt cuộc thi"
    AFTER_ROUND = "after_round", "sau khi đợt thi kết thúc"
    AFTER_PUBLISH = "after_publish", "khi Ban tổ chức công bố"


class Names(Word):
    MASKED = "masked", "che bớt"
    FULL = "full", "đầy đủ"


class StandingsOf(Word):
    PEOPLE = "people", "Cá nhân"
    UNIONS = "unions", "Đơn vị"


class Measure(Word):
    """What a union is ranked by."""

    ENTRANTS = "entrants", "số người dự thi"
    ATTEMPTS = "attempts", "số lượt thi"
    RATE = "rate", "tỷ lệ tham gia"
    WINNERS = "winners", "số giải cá nhân"
    SUM = "sum", "tổng điểm"
    MEAN = "mean", "điểm trung bình"
    TOP_K_MEAN = "top_k_mean", "điểm trung bình của những người cao điểm nhất"


class TieBreak(Word):
    """A link of the chain that orders people."""

    MARKS = "marks", "điểm cao hơn"
    PREDICTION = "prediction", "dự đoán gần đúng hơn"
    SECONDS = "seconds", "thời gian làm bài ít hơn"
    SUBMITTED_AT = "submitted_at", "nộp bài sớm hơn"
