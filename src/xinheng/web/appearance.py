"""How large and how strong a page is shown (适老化): large letters, high contrast; chosen with ``?look=``, remembered by a cookie.

Legal basis: 无障碍环境建设法 (2023) 第三十二条. Works without JavaScript, on every page, also printed; both may be chosen together.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from xinheng.web.language import ONE_YEAR, address_with

COOKIE = "xinheng_look"
PLAIN, LARGE, CONTRAST, BOTH = "plain", "large", "contrast", "large-contrast"
CLASSES = {PLAIN: "", LARGE: "look-large", CONTRAST: "look-contrast", BOTH: "look-large look-contrast"}
_LETTERS = {PLAIN: LARGE, LARGE: PLAIN, CONTRAST: BOTH, BOTH: CONTRAST}
_STRENGTH = {PLAIN: CONTRAST, CONTRAST: PLAIN, LARGE: BOTH, BOTH: LARGE}


class Appearance:
    """Middleware: puts the chosen look on the request as ``request.look``; a choice in the address is remembered for a year."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in the look chosen for it."""
        asked = request.GET.get("look")
        look = next((wish for wish in (asked, request.COOKIES.get(COOKIE)) if wish in CLASSES), PLAIN)
        request.look = look  # type: ignore[attr-defined]
        response = self.get_response(request)
        if asked == look:
            response.set_cookie(
                COOKIE, look, max_age=ONE_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
            )
        return response


def page_appearance(request: HttpRequest) -> dict[str, object]:
    """Context processor: the classes of the page, what is on, and the addresses of this page in the other looks."""
    look = getattr(request, "look", PLAIN)
    return {
        "look_classes": CLASSES[look],
        "large_letters": look in (LARGE, BOTH),
        "high_contrast": look in (CONTRAST, BOTH),
        "letters_url": address_with(request, look=_LETTERS[look]),
        "contrast_url": address_with(request, look=_STRENGTH[look]),
    }
