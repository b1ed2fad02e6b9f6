"""What is refused beside the sitting itself, in sentences as in `errors`: banks, appeals, works to be shown."""

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
