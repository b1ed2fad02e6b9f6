"""How long a log-in lasts and how its device is called."""

from datetime import timedelta

import pytest

from quizapp.rules.log_ins import device_name, log_in_span

CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1"


def test_a_contestant_stays_for_a_contest_a_role_for_a_day():
    assert log_in_span(has_role=False) == timedelta(days=60)
    assert log_in_span(has_role=True) == timedelta(hours=12)


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME, "Chrome trên điện thoại Android"),
        (CHROME + " Zalo android/24", "Zalo trên điện thoại Android"),
        (EDGE, "Edge trên máy tính Windows"),
        (SAFARI, "Safari trên iPhone"),
        ("curl/8.0", "Trình duyệt lạ"),
        ("", "Trình duyệt lạ"),
    ],
)
def test_a_device_is_called_as_people_call_it(user_agent, name):
    assert device_name(user_agent) == name
