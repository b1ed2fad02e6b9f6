"""Headers that every answer carries: nothing foreign is loaded, nothing private is kept by a cache."""

from flask import Flask, Response

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: over https the CSRF check wants to see that a form came from this site.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def init_app(app: Flask) -> None:
    app.after_request(harden)


def harden(response: Response) -> Response:
    headers = response.headers
    for name, value in FIXED.items():
        headers[name] = value
    headers.setdefault("Cache-Control", "no-store")
    return response
