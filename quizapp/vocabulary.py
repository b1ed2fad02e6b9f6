"""The field's words: each has one spelling in code, database and URL, and one label for people."""

from enum import StrEnum


class Word(StrEnum):
    """A word with the label that the interface shows for it."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Word":
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word


class Role(Word):
    """What a person may do; all but contestant hold for a subtree of unions."""

    CONTESTANT = "contestant", "Người dự thi"
    ORGANISER = "organiser", "Ban tổ chức"
    JUDGE = "judge", "Giám khảo"
    ADMIN = "admin", "Quản trị"


class UnionKind(Word):
    CONFEDERATION = "tong_lien_doan", "Tổng Liên đoàn"
    PROVINCE = "tinh_thanh", "Liên đoàn Lao động tỉnh, thành phố"
    SECTOR = "nganh", "Công đoàn ngành, tổng công ty"
    COMMUNE = "xa_phuong", "Công đoàn xã, phường, đặc khu"
    INDUSTRIAL_ZONE = "kcn", "Công đoàn khu công nghiệp"
    GRASSROOTS = "co_so", "Công đoàn cơ sở"
    SECTION = "bo_phan", "Công đoàn bộ phận"


class EntrantRole(Word):
    """What an entrant is to the union, as the confederation's own figures split them."""

    OFFICER = "can_bo", "Cán bộ công đoàn"
    MEMBER = "doan_vien", "Đoàn viên"
    WORKER = "nguoi_lao_dong", "Người lao động"


class QuestionKind(Word):
    SINGLE = "single", "Chọn một phương án"
    MULTIPLE = "multiple", "Chọn nhiều phương án"
    TRUE_FALSE = "true_false", "Đúng hay sai"
    NUMBER = "number", "Trả lời bằng số"
    SHORT = "short", "Trả lời ngắn"
    ESSAY = "essay", "Tự luận"


class Level(Word):
    EASY = "de", "Dễ"
    MEDIUM = "trung_binh", "Trung bình"
    HARD = "kho", "Khó"


class Confidence(Word):
    """How surely a question's key is known."""

    TEXT = "van_ban", "Theo văn bản"
    SECONDARY = "thu_cap", "Theo nguồn thứ cấp"


class Phase(Word):
    """Where an instant lies against a window."""

    UPCOMING = "upcoming", "Sắp mở"
    OPEN = "open", "Đang mở"
    CLOSED = "closed", "Đã kết thúc"


class AttemptState(Word):
    """Derived from stored instants, never stored itself."""

    OPEN = "open", "Đang làm"
    OVERDUE = "overdue", "Hết giờ"
    HANDED_IN = "handed_in", "Đã nộp"


class LimitPer(Word):
    ROUND = "round", "mỗi đợt"
    CONTEST = "contest", "cả cuộc thi"


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
    MEAN = "mean", "điểm trung bình"


class TieBreak(Word):
    """A link of the chain that orders people."""

    MARKS = "marks", "điểm cao hơn"
    SECONDS = "seconds", "thời gian làm bài ít hơn"
    SUBMITTED_AT = "submitted_at", "nộp bài sớm hơn"


class WordUnit(Word):
    """What the rules call a counted word; both count what stands between blanks, as Word does."""

    TU = "tu", "từ"
    CHU = "chu", "chữ"


class Combine(Word):
    """How the marks of the judges who agree become one."""

    MEAN = "mean", "trung bình cộng"
    MEDIAN = "median", "trung vị"
    SUM = "sum", "tổng"


class Resolution(Word):
    """What decides when two judges are too far apart."""

    NEAREST = "nearest", "trung bình cộng hai điểm gần nhau nhất của ba giám khảo"
    MEDIAN = "median", "điểm đứng giữa của ba giám khảo"
    CHAIR = "chair", "Trưởng Ban Giám khảo quyết định"


class Turn(Word):
    """As what an essay came to a judge. A judge is not told."""

    FIRST = "first", "chấm thường"
    THIRD = "third", "chấm lần ba"
    SEED = "seed", "chấm lặp để kiểm tra"  # the judge has marked it before; counts for figures alone
    APPEAL = "appeal", "chấm phúc khảo"


class FileKind(Word):
    """What a writer may add to an essay."""

    PHOTO = "photo", "ảnh chụp"
    PDF = "pdf", "tệp PDF"
    DOCX = "docx", "tệp Word (.docx)"


class Verdict(Word):
    """What organisers say of two texts that are alike."""

    COPIED = "copied", "Chép nhau"
    HARMLESS = "harmless", "Trùng hợp, chấp nhận được"


class Giving(Word):
    """How essays come to judges."""

    PUSH = "push", "Ban tổ chức phân bài"
    PULL = "pull", "giám khảo tự nhận bài"


class FeedbackWhen(Word):
    """When a writer reads what the judges said, without their names."""

    NEVER = "never", "không công bố nhận xét"
    SETTLED = "settled", "khi bài viết đã có điểm"
    PUBLISHED = "published", "khi Ban tổ chức công bố kết quả"


class EssayState(Word):
    """Derived from allocations, assessments and settlements, never stored itself."""

    UNALLOCATED = "unallocated", "Chưa phân"
    BEING_MARKED = "being_marked", "Đang chấm"
    FAR_APART = "far_apart", "Lệch điểm, chờ giám khảo thứ ba"
    FOR_THE_CHAIR = "for_the_chair", "Chờ Trưởng Ban Giám khảo"
    SETTLED = "settled", "Đã có điểm"


class AppealState(Word):
    """Where an appeal stands; derived, never stored itself."""

    NEW = "new", "Mới"
    BEING_MARKED = "being_marked", "Đang chấm lại"
    TO_DECIDE = "to_decide", "Chờ quyết định"
    ANSWERED = "answered", "Đã trả lời"
    WITHDRAWN = "withdrawn", "Đã rút"


class AppealAnswer(Word):
    """What the organisers make of an appeal."""

    KEEP = "keep", "Giữ nguyên điểm"
    TAKE = "take", "Lấy điểm chấm lại"
    OTHER = "other", "Quyết định điểm khác"


class WorkState(Word):
    """Where a work that was chosen to be shown stands; derived, never stored itself."""

    ASKED = "asked", "Chờ người viết trả lời"
    AGREED = "agreed", "Người viết đồng ý"
    DECLINED = "declined", "Người viết không đồng ý"
    PUBLISHED = "published", "Đang giới thiệu"


class QuestionState(Word):
    """Where a question of a bank stands; derived from its versions, never stored itself."""

    DRAFT = "draft", "Bản nháp"
    REVIEWED = "reviewed", "Đã duyệt, chưa dùng"
    IN_USE = "in_use", "Đang dùng"
    REVISED = "revised", "Đang dùng, có bản sửa chờ"
    RETIRED = "retired", "Đã rút"


class BulkChange(Word):
    """What may be done to many questions of a bank at once."""

    TOPIC = "topic", "Đổi chủ đề"
    LEVEL = "level", "Đổi mức độ"
    ADD_TAGS = "add_tags", "Thêm nhãn"
    DROP_TAGS = "drop_tags", "Bỏ nhãn"
    USE = "use", "Đưa vào dùng"
    RETIRE = "retire", "Rút khỏi ngân hàng"
    RESTORE = "restore", "Trả về bản nháp"
    MOVE = "move", "Chuyển sang ngân hàng khác"
