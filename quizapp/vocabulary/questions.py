"""Words of questions and their keys."""

from quizapp.vocabulary.word import Word


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


class KeyVerdict(Word):
    """How a wrong key is put right in one contest."""

    VOID = "void", "Bỏ câu hỏi"  # it counts for nobody; the other questions of the paper carry its marks
    ALL_RIGHT = "all_right", "Tính đúng cho mọi người"
    NEW_KEY = "new_key", "Đổi đáp án"


class MultipleMarks(Word):
    """What a question with several right options gives."""

    ALL_OR_NOTHING = "all_or_nothing", "chỉ khi chọn đúng và đủ"
    PARTIAL = "partial", "theo phần đúng"
