"""The language of a page: Chinese unless the reader chose English with ``?lang=en``, which a cookie remembers.

What a browser says it prefers is not asked: an official page has one first language, and a link shows everyone the
same.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

COOKIE = "xinheng_lang"
ONE_YEAR = 365 * 24 * 60 * 60
FIRST = "zh"
HTML_LANG = {"zh": "zh-CN", "en": "en"}
DJANGO_LANGUAGE = {"zh": "zh-hans", "en": "en"}


class Language:
    """Middleware: puts ``zh`` or ``en`` on the request as ``request.language``, and says so in the answer's headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in the language chosen for it; a choice in the address is remembered for a year."""
        asked = request.GET.get("lang")
        language = chosen(asked, request.COOKIES.get(COOKIE))
        request.language = language  # type: ignore[attr-defined]
        with translation.override(DJANGO_LANGUAGE[language]):
            response = self.get_response(request)
        response.headers["Content-Language"] = HTML_LANG[language]
        patch_vary_headers(response, ["Cookie"])
        if asked == language:
            response.set_cookie(
                COOKIE, asked, max_age=ONE_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
            )
        return response


def chosen(*wishes: str | None) -> str:
    """Return the first wish that is a language of ours, else Chinese."""
    return next((wish for wish in wishes if wish in HTML_LANG), FIRST)


def language_of(request: HttpRequest | None) -> str:
    """Return the language of a request; Chinese where it failed before a language was chosen."""
    return getattr(request, "language", FIRST)


def address_with(request: HttpRequest, **choice: str) -> str:
    """Return the address of this page with a choice in its question."""
    if not request.GET:
        return f"?{urlencode(choice)}"
    question = request.GET.copy()
    for name, value in choice.items():
        question[name] = value
    return f"?{question.urlencode()}"


def page_language(request: HttpRequest) -> dict[str, str]:
    """Context processor: ``language``, ``html_lang``, and the address of this page in the other language."""
    language = language_of(request)
    other = "en" if language == "zh" else "zh"
    return {
        "language": language,
        "html_lang": HTML_LANG[language],
        "other_language": other,
        "other_html_lang": HTML_LANG[other],
        "switch_url": address_with(request, lang=other),
    }
