"""What holds for a log-in: how long it lasts, how its device is called."""

from datetime import timedelta

CONTESTANT_SPAN = timedelta(days=60)
ROLE_SPAN = timedelta(hours=12)

# The first that matches is the name: each browser also claims to be those below it.
_BROWSERS = {
    "Zalo": "Zalo",
    "FBAN": "Facebook",
    "FBAV": "Facebook",
    "coc_coc_browser": "Cốc Cốc",
    "SamsungBrowser": "Samsung Internet",
    "UCBrowser": "UC Browser",
    "EdgA": "Edge",
    "Edg/": "Edge",
    "OPR/": "Opera",
    "FxiOS": "Firefox",
    "Firefox": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "điện thoại Android",
    "Windows": "máy tính Windows",
    "CrOS": "máy tính ChromeOS",
    "Macintosh": "máy tính Mac",
    "Linux": "máy tính Linux",
}


def log_in_span(*, has_role: bool) -> timedelta:
    """Return how long a log-in lasts: a contestant's for a whole contest, that of a person with a role for a day."""
    return ROLE_SPAN if has_role else CONTESTANT_SPAN


def device_name(user_agent: str) -> str:
    """Return what a person calls the device of a browser: 'Chrome trên điện thoại Android'."""
    browser = next((name for part, name in _BROWSERS.items() if part in user_agent), "Trình duyệt lạ")
    system = next((name for part, name in _SYSTEMS.items() if part in user_agent), "")
    return f"{browser} trên {system}" if system else browser
