"""What is refused beside the sitting itself, in sentences as in `errors`: banks, appeals, works, entrants."""

from quizapp.errors import PaperFailed, Refused


class MarkNotSettled(Refused):
    message = "Bài viết này chưa có điểm chính thức nên chưa thể đề nghị phúc khảo."


class AppealTooLate(Refused):
    message = "Thời hạn đề nghị phúc khảo đã hết {until}; đề nghị này không được ghi nhận."


class AppealedAlready(Refused):
    message = "Bài viết này đã được đề nghị phúc khảo; thể lệ cho mỗi bài một lần."


class AppealMarked(Refused):
    message = (
        "Giám khảo đã chấm lại xong hoặc đã có trả lời nên không rút được nữa. Kết quả phúc khảo hiện ở trang này."
    )


class MarkNotOpen(Refused):
    message = (
        "Lượt thi này chưa phúc khảo được: xin chờ đến khi đợt thi kết thúc lúc {closes_at} và điểm của bạn được "
        "công bố."
    )


class MarkAppealedAlready(Refused):
    message = "Lượt thi này đã được đề nghị phúc khảo; thể lệ cho mỗi lượt thi một lần."


class MarkAppealAnswered(Refused):
    message = "Ban tổ chức đã trả lời đề nghị này nên không rút được nữa. Câu trả lời hiện ở trang này."


class AppealNotWaiting(Refused):
    message = "Đề nghị phúc khảo này không còn ở bước đó. Xin xem tình trạng hiện nay rồi làm tiếp."


class NobodyForAppeal(Refused):
    message = (
        "Chưa giao được: mọi giám khảo đã chấm bài này, cùng công đoàn với người viết hoặc đã nhận đủ số bài. Xin thêm "
        "một giám khảo (hoặc tăng số bài tối đa) ở trang Ban Giám khảo, rồi bấm giao lại."
    )


class AlreadyChosen(Refused):
    message = "Bài {code} đã được chọn rồi. Xin tải lại trang."


class WorkIsCopied(Refused):
    message = "Bài {code} đã bị kết luận là bài chép ở mục “Bài giống nhau” nên không giới thiệu được."


class WorkWithoutConsent(Refused):
    message = "Người viết bài {code} chưa đồng ý hoặc đã rút đồng ý, nên chưa công bố được."


class BankCodeTaken(Refused):
    message = "Đã có ngân hàng câu hỏi mã “{code}”. Xin chọn mã khác."


class ImportGone(Refused):
    message = (
        "Tệp này đã được nhập, đã hoàn tác hoặc bản xem trước đã hết hạn, nên lần bấm này không thay đổi gì. "
        "Xin mở lại trang Nhập câu hỏi để xem tình trạng hiện nay."
    )


class ImportChangedSince(Refused):
    message = (
        "Chưa hoàn tác được vì sau khi nhập đã có người sửa, duyệt, đưa vào dùng hoặc rút: câu {questions}. "
        "Xin xử lý riêng từng câu trong ngân hàng."
    )


class BankFileFailed(PaperFailed):
    message = "Máy chủ không tạo được tệp này. Câu hỏi vẫn còn nguyên; xin thử định dạng khác hoặc báo quản trị."


class PausedNow(Refused):
    message = "Cuộc thi đang tạm dừng từ {since:%H:%M ngày %d/%m/%Y}: {reason}. Xin chờ Ban tổ chức cho thi tiếp."


class PausedAlready(Refused):
    message = "Cuộc thi đang tạm dừng rồi; xin tải lại trang để xem."


class NotPaused(Refused):
    message = "Cuộc thi không còn tạm dừng; xin tải lại trang để xem tình trạng hiện nay."


class ShiftAfterStart(Refused):
    message = (
        "Đã có {attempts} lượt thi bắt đầu, nên không dời giờ mở được nữa. Muốn cho thi lâu hơn, xin chọn “Thêm giờ”."
    )


class ClosedAllTheSame(Refused):
    message = "Với thay đổi này đợt thi vẫn đóng lúc {closes_at:%H:%M ngày %d/%m/%Y}, đã qua. Xin nhập nhiều phút hơn."


class TakenOutAlready(Refused):
    message = (
        "Khoảng giờ này trùng với khoảng đã được bù từ {starts_at:%H:%M} đến {ends_at:%H:%M ngày %d/%m/%Y}. "
        "Xin chọn phần chưa bù, hoặc hoàn tác lần bù trước."
    )


class UndoCutsSitters(Refused):
    message = (
        "{people} người đang làm bài trong giờ đã thêm; hoàn tác lúc này sẽ cắt ngang bài thi của họ. Xin chờ họ nộp "
        "bài rồi hoàn tác."
    )


class ChangeGone(Refused):
    message = "Thay đổi này đã được hoàn tác trước đó, hoặc cuộc thi còn đang tạm dừng vì nó. Xin tải lại trang."


class OutsideSittings(Refused):
    message = "Lúc này ngoài ca thi nên chưa thể vào thi. {next}"


class WaitForNextAttempt(Refused):
    message = (
        "Giữa hai lượt thi phải cách nhau {wait}. Bạn được bắt đầu lượt tiếp theo từ {until:%H:%M:%S ngày %d/%m/%Y}."
    )


class ExcludedFromContest(Refused):
    message = (
        "Theo thể lệ, {who} không dự thi cuộc thi này. Nếu bạn không còn giữ nhiệm vụ đó, xin báo Ban tổ chức để xem "
        "lại tài khoản."
    )


class WrongEntrantRole(Refused):
    message = (
        "Cuộc thi này dành cho {wanted}. Tài khoản của bạn đang ghi là {role}; nếu ghi chưa đúng, xin nhờ công đoàn "
        "cơ sở hoặc Ban tổ chức sửa."
    )


class IdentityMissing(Refused):
    message = "Tài khoản của bạn chưa ghi {fields}. Xin nhờ công đoàn cơ sở hoặc Ban tổ chức bổ sung rồi vào thi."


class WrongAge(Refused):
    message = (
        "Cuộc thi này dành cho người {ages}, tính đến ngày khai mạc {on:%d/%m/%Y}; theo ngày sinh {born:%d/%m/%Y}, "
        "hôm đó bạn {age} tuổi. Nếu ngày sinh ghi sai, xin nhờ công đoàn cơ sở hoặc Ban tổ chức sửa."
    )


class DivisionNotChosen(Refused):
    message = "Xin chọn bảng thi của bạn trước khi bắt đầu: {titles}. Bảng đã chọn thì không đổi được."


class SeedTooLate(Refused):
    message = (
        "Cuộc thi đã đóng lúc {closed_at:%H:%M ngày %d/%m/%Y} nên không công bố mầm rút thăm được nữa: lúc này kết quả "
        "đã có thể biết trước. Chỗ nào cần rút thăm, xin chọn cách khác mà thể lệ cho phép và ghi rõ lý do."
    )


class TieChanged(Refused):
    message = (
        "Chỗ bằng nhau này vừa thay đổi hoặc đã được quyết định. Xin xem lại những người bằng nhau hiện nay rồi mới "
        "quyết định."
    )


class TieStillRunning(Refused):
    message = (
        "Bảng này còn đợt thi chưa kết thúc nên những người bằng nhau còn thay đổi. Xin chờ hết đợt thi, tính lại bảng "
        "rồi quyết định."
    )


class ChoiceNotLeft(Refused):
    message = "Thể lệ không cho chọn cách này. Xin chọn một trong các cách hiện trên trang."


class SameFileAgain(Refused):
    message = (
        "Tệp này đã được nhập lúc {at:%H:%M ngày %d/%m/%Y} ({attempts} lượt thi) nên chưa nhập lại. Nếu tệp đó sai, "
        "xin rút lại lần nhập trước."
    )


class AlreadyTakenBack(Refused):
    message = "Lần nhập này đã được rút lại trước đó; không có gì thay đổi."


class QuestionGone(Refused):
    message = (
        "Đề “{paper}” có câu “{ref}” của ngân hàng “{bank}” không còn dùng được. Xin báo Ban tổ chức thay câu này rồi "
        "bắt đầu lại."
    )


class PaperNotChosen(Refused):
    message = "Đợt thi này có nhiều đề. Xin chọn một đề rồi bấm “Bắt đầu thi”."


class NothingToPrepare(Refused):
    message = (
        "Đề của đợt “{round}” không làm trước được: đề có sẵn câu hỏi, hoặc phải tránh những câu mà từng người đã gặp."
    )


class BlanksLeft(Refused):
    message = "Đợt thi này phải trả lời hết mới nộp được. Còn thiếu: {what}. Bài chưa nộp; xin trả lời rồi nộp lại."


class AlreadyDisqualified(Refused):
    message = "Kết quả này đã không được công nhận từ trước. Xin tải lại trang để xem lý do đã ghi."


class PairDecided(Refused):
    message = "Hai tài khoản này đã có kết luận. Muốn kết luận lại, xin bỏ kết luận đang có trước."


class NotReadyToPublish(Refused):
    message = "Cuộc thi chưa công bố được: còn mục bắt buộc phải sửa. Xin xem danh sách “Còn thiếu”."


class PublishedAndSat(Refused):
    message = "Đã có người bắt đầu thi hoặc thi thử nên không thôi công bố được nữa."


class RehearsedAfterPublishing(Refused):
    message = "Cuộc thi đã công bố nên không diễn tập được nữa; người dự thi có thể thi thử nếu thể lệ cho phép."


class SameTruth(Refused):
    message = "Đếm lại vẫn được {people} người như đã ghi, nên không có gì thay đổi."


class KeyWorkUnderWay(Refused):
    message = "Máy chủ đang làm một việc sửa đáp án khác của cuộc thi này. Xin chờ việc đó xong rồi làm lại."
