"""The forms of signing in. A label is in both languages; what a use case refuses is told at the field that it is about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language

from xinheng.core.access.passwords import MOST_CHARACTERS
from xinheng.core.access.sign_on import terms_on
from xinheng.core.errors import Text, XinhengError
from xinheng.usecases.sign_on.passwords import WeakPassword
from xinheng.web.today import today

_LONGEST_CODE = 40


class PlainForm(forms.Form):
    """A form whose fields look alike; ``refuse`` tells what a use case said."""

    def __init__(self, *arguments: Any, language: str = "zh", **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.language = language
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "form-control")

    def refuse(self, error: XinhengError, field: str) -> None:
        """Tell at a field what was refused, why, and what to do now; of a weak password each thing that it lacks."""
        if isinstance(error, WeakPassword):
            lacking: tuple[Text, ...] = error.facts["faults"]  # type: ignore[assignment]
            for one in lacking:
                self.add_error(field, str(getattr(one, self.language)))
            return
        what, _, mend = error.explanation.in_language(self.language)
        between = ". " if self.language == "en" else "。"
        self.add_error(field, f"{what.rstrip('。.')}{between}{mend}")


def _said(zh: str, en: str) -> str:
    """Return words in the language of whoever reads them, with the figures that are in force today."""
    words = en if (get_language() or "").startswith("en") else zh
    return words.replace("{characters}", str(terms_on(today()).password_characters))


_SAID = lazy(_said, str)
"""The same, chosen when it is shown: a form is written once for all readers."""


def _name() -> forms.CharField:
    attributes = {"autocomplete": "username", "autocapitalize": "off", "spellcheck": "false"}
    return forms.CharField(label=_SAID("用户名", "User name"), max_length=64, widget=forms.TextInput(attrs=attributes))


def _password(zh: str, en: str, *, complete: str, hint: tuple[str, str] = ("", "")) -> forms.CharField:
    return forms.CharField(
        label=_SAID(zh, en),
        help_text=_SAID(*hint),
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": complete}),
    )


def _code(zh: str, en: str, *, hint: tuple[str, str], complete: str = "one-time-code") -> forms.CharField:
    attributes = {"autocomplete": complete, "autocapitalize": "characters", "spellcheck": "false"}
    widget = forms.TextInput(attrs=attributes)
    return forms.CharField(label=_SAID(zh, en), help_text=_SAID(*hint), max_length=_LONGEST_CODE, widget=widget)


_NEW_HINT = (
    "至少 {characters} 位；不含用户名、常见词语和 123456、qwerty 一类的序列。一句自己编的话较好记，也较难猜。",
    "At least {characters} characters, without your name, common words, or runs such as 123456 and qwerty. A made-up sentence is easier.",
)


class SignInForm(PlainForm):
    """Name and password."""

    username = _name()
    password = _password("密码", "Password", complete="current-password")


class CodeForm(PlainForm):
    """A code of the authenticator, or a recovery code."""

    code = _code(
        "验证码",
        "Code",
        hint=(
            "验证器应用上的 6 位数字；手机不在身边的，输入一个恢复码。",
            "Six digits from your authenticator app; without your phone, a recovery code.",
        ),
    )


class EnrolForm(PlainForm):
    """The first code of a new authenticator."""

    code = _code(
        "应用显示的 6 位验证码",
        "The six digits that the app shows",
        hint=("每 30 秒更换一次。", "They change every 30 seconds."),
    )


class _TwiceForm(PlainForm):
    """A new password, typed twice."""

    def clean(self) -> dict[str, Any]:
        """See that both are the same."""
        cleaned = super().clean() or {}
        new, again = cleaned.get("new"), cleaned.get("again")
        if new and again and new != again:
            self.add_error("again", _said("两次输入的新密码不一致。", "The two new passwords differ."))
        return cleaned


class NewPasswordForm(_TwiceForm):
    """The present password, and another in its place."""

    current = _password("当前密码", "Present password", complete="current-password")
    new = _password("新密码", "New password", complete="new-password", hint=_NEW_HINT)
    again = _password("再次输入新密码", "New password again", complete="new-password")


class FirstPasswordForm(_TwiceForm):
    """The name and the code of an activation letter, and the first password."""

    username = _name()
    code = _code(
        "激活码",
        "Activation code",
        hint=(
            "激活函上的 16 位字母和数字，大小写和连字符不限。",
            "16 letters and digits in your letter; capitals and hyphens do not matter.",
        ),
        complete="off",
    )
    new = _password("新密码", "New password", complete="new-password", hint=_NEW_HINT)
    again = _password("再次输入新密码", "New password again", complete="new-password")


class LetterForm(PlainForm):
    """Whom a letter is for."""

    username = _name()
