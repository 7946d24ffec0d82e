"""Addresses of signing in, and of one's own account."""

from __future__ import annotations

from django.urls import path

from xinheng.web.sign_in import account, entering, first_password, letters, unified

app_name = "sign_in"

urlpatterns = [
    path("", entering.sign_in, name="sign_in"),
    path("second-factor/", entering.second_factor, name="second_factor"),
    path("enrol/", entering.enrol, name="enrol"),
    path("new-password/", entering.new_password, name="new_password"),
    path("out/", entering.sign_out, name="sign_out"),
    path("first-password/", first_password.first_password, name="first_password"),
    path("letters/", letters.write, name="letters"),
    path("with/<slug:provider>/", unified.go, name="with"),
    path("with/<slug:provider>/back/", unified.back, name="back"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/recovery-codes/", account.recovery_codes, name="recovery_codes"),
    path("account/devices/<int:number>/end/", account.end, name="end_device"),
    path("account/devices/end-others/", account.end_all_others, name="end_others"),
    path("account/identities/<slug:provider>/link/", unified.link, name="link"),
    path("account/identities/confirm/", unified.confirm, name="confirm_link"),
    path("account/identities/<int:number>/unlink/", account.unlink, name="unlink"),
]
