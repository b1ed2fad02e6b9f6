"""What can go wrong in the field's own terms: facts in, a Vietnamese sentence out; nothing of HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


class QuizError(Exception):
    """A refusal that a person can read; `facts` fill the sentence."""

    message: ClassVar[str] = "Có lỗi xảy ra."

    def __init__(self, **facts: Any):
        self.facts = facts
        super().__init__(self.message.format(**facts))


class NotFound(QuizError):
    message = "Không tìm thấy trang hoặc dữ liệu này, hoặc bạn không có quyền xem."


class Refused(QuizError):
    """A rule of the contest says no."""


class RoundNotOpen(Refused):
    message = (
        "Đợt thi mở từ {opens_at:%H:%M ngày %d/%m/%Y} đến {closes_at:%H:%M ngày %d/%m/%Y}; lúc này chưa thể vào thi."
    )


class RoundClosed(Refused):
    message = "Đợt thi đã đóng lúc {closes_at:%H:%M ngày %d/%m/%Y}."


class NoAttemptsLeft(Refused):
    message = "Bạn đã dùng hết {limit} lượt thi của {span}."


class WrongEntryCode(Refused):
    message = "Mã dự thi chưa đúng. Mã được ghi trong thông báo của Ban tổ chức; xin nhập lại."


class NotInAudience(Refused):
    message = "Cuộc thi này dành cho {audience}. Tài khoản của bạn thuộc {unit}."


class NotEnoughQuestions(Refused):
    message = "Ngân hàng câu hỏi “{bank}” chỉ còn {found} câu phù hợp, đề thi cần {wanted} câu."


class PreviewGone(Refused):
    message = "Bản xem trước này không còn. Xin bấm “Tính kết quả để xem trước” rồi xem lại trước khi công bố."


class ExportBusy(Refused):
    message = "Máy chủ đang tạo một tệp Excel khác. Xin chờ một phút rồi bấm tải lại."


class ExportFailed(QuizError):
    message = "Máy chủ không tạo được tệp Excel. Kết quả vẫn còn nguyên; xin thử lại sau ít phút hoặc báo quản trị."


class PaperBusy(Refused):
    message = "Máy chủ đang tạo một tệp khác. Xin chờ một phút rồi bấm tải lại."


class PaperFailed(QuizError):
    message = "Máy chủ không tạo được tệp này. Bài và điểm vẫn còn nguyên; xin thử lại sau ít phút hoặc báo quản trị."


class NamesSealed(Refused):
    message = (
        "Còn bài chưa có điểm và kết quả chưa công bố nên chưa được rọc phách. "
        "Xin bỏ dấu ở ô “Kèm trang Rọc phách”, hoặc chờ đến khi mọi bài đã có điểm."
    )


class ChangedMeanwhile(Refused):
    message = "Dữ liệu vừa được người khác thay đổi nên chưa lưu gì. Xin tải lại trang, xem lại rồi làm lại."


class StillSitting(Refused):
    message = "Lượt thi này còn đang làm, chưa thể quyết định về câu đến muộn. Xin chờ đến khi lượt thi kết thúc."


class TooLateToReopen(Refused):
    message = "Đã hết giờ sửa bài viết ({closes_at:%H:%M:%S ngày %d/%m/%Y}). Bản đã nộp là bài dự thi."


class EssayWithJudges(Refused):
    message = "Bài viết này đã giao cho giám khảo nên không thay đổi được nữa. Bản đã nộp là bài dự thi."


class LateTextWithJudges(Refused):
    message = (
        "Bài viết này đã giao cho giám khảo nên không thay được nữa. Bỏ chọn bản viết đến muộn thì các câu khác vẫn "
        "quyết định được."
    )


class AnotherAttemptRuns(Refused):
    message = "Bạn đang làm lượt thi thứ {number} của đợt này. Xin nộp lượt đó rồi mở lại lượt này."


class StillWriting(Refused):
    message = "Bài viết này còn đang được viết nên chưa thể có điểm. Xin chờ đến khi lượt thi kết thúc."


class AlreadyDecided(Refused):
    message = "Lượt thi này đã được quyết định. Muốn quyết định lại, xin hoàn tác quyết định đang có trước."


class NothingToCount(Refused):
    message = "Chưa chọn câu nào để tính. Xin đánh dấu ít nhất một câu, hoặc bấm “Không tính”."


class QuestionRefused(Refused):
    message = "{why}"


class RubricCodeTaken(Refused):
    message = "Mã “{code}” đã có phiếu chấm khác dùng. Xin chọn mã khác."


class AssessmentLocked(Refused):
    message = "Bài này đã đủ giám khảo chấm xong nên điểm không sửa được nữa. Cần sửa, xin báo Ban tổ chức."


class AssessmentIncomplete(Refused):
    message = "Chưa chấm xong: {what}"


class AssessmentChanged(Refused):
    message = (
        "Bài này vừa được lưu từ một trang khác của bạn, nên trang này không lưu đè lên. Xin tải lại trang để xem bản "
        "đã lưu. Muốn thay bản đó bằng những gì đang ghi ở đây, xin bấm lưu hai lần."
    )


class TrialUnfinished(Refused):
    message = "Còn {left} bài chấm thử chưa chấm. Xin chấm thử xong rồi mới chấm bài thi; chưa lưu gì."


class SampleInUse(Refused):
    message = "Đã có giám khảo chấm bài mẫu này nên không sửa được nữa. Cần thay, xin rút bài này rồi thêm bài mới."


class AlreadyTried(Refused):
    message = "Bạn đã chấm bài mẫu này rồi; điểm chấm thử đã cho thì không đổi."


class AllocationWithdrawn(Refused):
    message = "Bài này không còn giao cho bạn nữa nên phần chấm vừa gửi chưa được lưu. Xin về danh sách bài."


class LeaseTaken(AllocationWithdrawn):
    message = (
        "Thời gian giữ bài này đã hết và giám khảo khác đã nhận, nên phần vừa gửi chưa được lưu. Phần ghi trước đó vẫn "
        "xem lại được. Xin về danh sách bài."
    )


class FinishedAlready(Refused):
    message = "Bài {code} bạn đã chấm xong nên không trả lại được. Thấy có điều chưa ổn, xin báo Ban tổ chức."


class GivenOut(Refused):
    message = "Bài của đợt thi này do Ban tổ chức phân; giám khảo không tự nhận."


class RoundNotOver(Refused):
    message = "Đợt thi còn mở đến {closes_at:%H:%M ngày %d/%m/%Y}; từ lúc đó giám khảo mới nhận bài để chấm được."


class HoldsEnough(Refused):
    message = "Bạn đang giữ {count} bài chưa chấm xong. Xin chấm xong hoặc trả lại bớt rồi nhận tiếp."


class NothingToTake(Refused):
    message = (
        "Lúc này không còn bài nào bạn nhận được: các bài đều đã có người chấm, thuộc công đoàn của bạn, hoặc bạn đã "
        "nhận đủ số bài. Bài do giám khảo khác trả lại sẽ nhận được ở đây; xin thử lại sau."
    )


class NothingToRepeat(Refused):
    message = "Chưa giám khảo nào chấm xong bài để chấm lặp. Xin làm lại khi các giám khảo đã chấm được một số bài."


class NothingToDecide(Refused):
    message = "Bài này không chờ quyết định. Xin tải lại trang để xem tình trạng hiện nay."


class RoundStillOpen(Refused):
    message = "Đợt thi còn mở đến {closes_at:%H:%M ngày %d/%m/%Y}. Muốn phân bài ngay, xin đánh dấu ô “Phân ngay”."


class RubricMissing(Refused):
    message = "Thể lệ dùng phiếu chấm mã “{code}” nhưng chưa có phiếu này. Xin soạn phiếu chấm với đúng mã đó trước."


class NoJudges(Refused):
    message = "Chưa có giám khảo nào. Xin thêm ít nhất {count} giám khảo rồi phân bài."


class TooManyTexts(Refused):
    message = "Đợt thi này đã có {most} văn bản để so. Xin bỏ bớt văn bản không cần rồi thêm lại."


class LastAdmin(Refused):
    message = "Đây là quản trị cuối cùng của {union}. Xin giao quyền quản trị cho người khác trước."


class UploadRefused(QuizError):
    """A photo or file of an essay that cannot be taken in."""

    message = "“{name}” chưa được nhận: {what}"


class NoRoomForFiles(Refused):
    message = (
        "Bài viết có nhiều nhất {most} trang ảnh; hiện đã có {there} trang nên không thêm được {more} trang nữa. "
        "Xin bỏ bớt rồi gửi lại."
    )


class FilesClosed(Refused):
    message = "Bài thi đã đóng nên không thêm, bỏ hay xếp lại ảnh được nữa. Những trang đã có đều được tính."


class UploadRush(QuizError):
    message = "Nhiều người đang gửi ảnh cùng lúc. Tệp vừa rồi chưa được nhận; xin chờ ít giây rồi gửi lại."


class UploadUnchecked(UploadRush):
    message = "Máy chủ chưa kiểm tra được vi-rút nên chưa nhận tệp. Xin thử lại sau ít phút."


class BadShape(QuizError):
    """What was sent cannot be an answer to this paper."""

    message = "{what}"


class BadLogIn(QuizError):
    message = "Số điện thoại (hoặc mã đoàn viên) hay mật khẩu chưa đúng. Xin kiểm tra lại."


class LogInThrottled(QuizError):
    message = (
        "Đã thử sai nhiều lần. Xin chờ {wait} rồi thử lại. Nếu quên mật khẩu, nhờ công đoàn cơ sở hoặc Ban tổ chức "
        "cấp mã đăng nhập mới."
    )


class LogInRush(QuizError):
    message = "Rất nhiều người đang đăng nhập cùng lúc. Xin chờ vài giây rồi bấm lại."


class LogInLocked(LogInThrottled):
    message = (
        "Tên đăng nhập này đã bị thử sai quá nhiều lần nên không đăng nhập bằng mật khẩu được nữa. Xin nhờ công đoàn "
        "cơ sở hoặc Ban tổ chức cấp mã đăng nhập mới, rồi nhập mã đó vào ô mật khẩu."
    )


class PhoneTaken(Refused):
    message = (
        "Số điện thoại này đã có tài khoản. Xin đăng nhập; nếu quên mật khẩu, nhờ công đoàn cơ sở cấp mã đăng nhập mới."
    )


@dataclass(frozen=True, order=True)
class RowProblem:
    """One thing to mend in a file: `row` counts from 1, as the program that made it shows; 0 is the whole file."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        place = f"Dòng {self.row}" if self.row else "Tệp"
        return f"{place}, {self.column}: {self.text}" if self.column else f"{place}: {self.text}"


class BadFile(QuizError):
    """A file was refused whole; nothing of it was taken in."""

    message = "Tệp chưa được nhập vì có {count} lỗi."

    def __init__(self, problems: Sequence[RowProblem]):
        self.problems = sorted(problems)
        super().__init__(count=len(self.problems))
