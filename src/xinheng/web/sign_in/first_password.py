"""The first password: set with the code of an activation letter; nobody has one from the start."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xinheng.core.errors import XinhengError
from xinheng.usecases.sign_on.activation import activate
from xinheng.usecases.sign_on.passwords import WeakPassword
from xinheng.web.language import language_of
from xinheng.web.sign_in.browser import address_of
from xinheng.web.sign_in.entering import page
from xinheng.web.sign_in.forms import FirstPasswordForm
from xinheng.web.sign_in.steps import take_first_step
from xinheng.web.today import now


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code", "new", "again")
def first_password(request: HttpRequest) -> HttpResponse:
    """Ask for the name, the code and a password; the second factor comes next."""
    form = FirstPasswordForm(request.POST or None, language=language_of(request))
    refusal: XinhengError | None = None
    if form.is_valid():
        given = form.cleaned_data
        try:
            username = activate(given["username"], given["code"], given["new"], address=address_of(request), at=now())
        except XinhengError as error:
            refusal = error
            form.refuse(error, "new" if isinstance(error, WeakPassword) else "code")
        else:
            return take_first_step(request, username, method="password", asked="")
    return page(request, "first_password", form, refusal=refusal)
