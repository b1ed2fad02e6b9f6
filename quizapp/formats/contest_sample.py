"""A contest file to begin with: one round, with what each line means and what else it may say."""

from datetime import date, timedelta

_TEXT = """\
# Tệp mẫu: sửa những chỗ cần sửa rồi bấm “Kiểm tra”. Chữ sau dấu # là lời giải thích, để lại hay xóa đều được.
# Giữ nguyên khoảng trắng ở đầu dòng: các dòng cùng cấp phải thẳng cột với nhau.
contest:
  slug: cuoc-thi-moi                  # tên trong địa chỉ trang: chữ thường không dấu, số, gạch nối
  title: "Tên cuộc thi"
  organiser: {organiser}              # mã công đoàn tổ chức
  audience: {{units: [{organiser}]}}    # mã những công đoàn được dự thi, gồm cả các đơn vị bên dưới
  entry: {{registration: open}}         # open: người chưa có tài khoản tự đăng ký; closed: không
  rounds:
    - key: tuan-1
      title: "Tuần 1"
      opens: {opens}T07:00         # năm-tháng-ngày, chữ T, giờ:phút
      closes: {closes}T24:00        # 24:00 là nửa đêm cuối ngày
      attempts: {{limit: 2, per: round, counted: best}}   # số lượt; best là tính lượt cao điểm nhất
      time: {{minutes: 20}}
      paper:                          # mã ngân hàng xem ở trang Ngân hàng câu hỏi
        - {{bank: nghi-quyet-02, count: 5}}
        - {{bank: bo-luat-lao-dong-2019, count: 15}}
      show: {{result: at_once, answers: after_round}}     # điểm hiện ngay, đáp án hiện sau khi đợt thi kết thúc
  publish: {{board: live, names: masked}}   # live: bảng xếp hạng hiện ngay; masked: che bớt họ tên
"""


def contest_sample(organiser: str, today: date) -> str:
    """Return a contest file that is right as it stands, for the union of this code; its round opens in a week."""
    opens = today + timedelta(days=7)
    return _TEXT.format(organiser=organiser, opens=opens, closes=opens + timedelta(days=6))
