"""Words of essays, judges and appeals."""

from quizapp.vocabulary.word import Word


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
