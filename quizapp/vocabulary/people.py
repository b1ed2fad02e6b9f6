"""Words of people and unions."""

from quizapp.vocabulary.word import Word


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


class Workplace(Word):
    """What kind of place a union is in."""

    ENTERPRISE = "doanh_nghiep", "Doanh nghiệp"
    PUBLIC_SERVICE = "su_nghiep", "Đơn vị sự nghiệp"
    AGENCY = "co_quan", "Cơ quan"
    FREE_WORKERS = "nghiep_doan", "Nghiệp đoàn"
    OTHER = "khac", "Loại khác"


class EntrantRole(Word):
    """What an entrant is to the union, as the confederation's own figures split them."""

    OFFICER = "can_bo", "Cán bộ công đoàn"
    MEMBER = "doan_vien", "Đoàn viên"
    WORKER = "nguoi_lao_dong", "Người lao động"


class IdentityField(Word):
    """What an entrant must have told, and what is locked after the first attempt."""

    FULL_NAME = "full_name", "họ và tên"
    BIRTH_DATE = "birth_date", "ngày sinh"
    PHONE = "phone", "số điện thoại"
    UNIT = "unit", "đơn vị"


class Excluded(Word):
    """People who may not enter."""

    ORGANISERS = "organisers", "thành viên Ban tổ chức"
    AUTHORS = "question_authors", "người soạn và duyệt câu hỏi"
    JUDGES = "judges", "giám khảo"


class DuplicateVerdict(Word):
    """What organisers say of two accounts that look like one person."""

    SAME = "same", "Cùng một người"
    DIFFERENT = "different", "Hai người khác nhau"


class DuplicateSign(Word):
    """What two accounts share that makes them look like one person's, the surest first."""

    PHONE = "phone", "cùng số điện thoại, ghi khác cách"
    MEMBER_NUMBER = "member_number", "cùng mã đoàn viên, ghi khác cách"
    NAME_AND_BIRTH = "name_and_birth", "cùng họ tên và ngày sinh"
    NAME_AND_UNIT = "name_and_unit", "cùng họ tên và đơn vị, năm sinh gần nhau"
