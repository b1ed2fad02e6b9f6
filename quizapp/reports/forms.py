"""What an organiser types to publish results and to withdraw them."""

from wtforms import BooleanField, HiddenField

from quizapp.web.forms import BaseForm, TextField, a_reason, whole


class PublishForm(BaseForm):
    snapshot = HiddenField()
    early = BooleanField("Tôi hiểu: kết quả này có đợt thi chưa kết thúc, thứ hạng còn có thể thay đổi")
    provisional = BooleanField("Tôi hiểu: còn bài viết chưa có điểm, đây chỉ là kết quả tạm tính")

    @property
    def snapshot_id(self) -> int | None:
        return whole(self.snapshot.data)


class WithdrawForm(BaseForm):
    reason = TextField("Lý do gỡ công bố", a_reason())
