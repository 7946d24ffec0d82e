"""Addresses of the accounts, below ``/desk/accounts/``."""

from __future__ import annotations

from django.urls import path

from xinheng.web.desk.accounts import account, deeds, letters, listing, opening

urlpatterns = [
    path("", listing.accounts, name="accounts"),
    path("add/", opening.add, name="account-add"),
    path("sheet/", opening.sheet, name="accounts-sheet"),
    path("sheet/accounts.csv", opening.blank, name="accounts-blank"),
    path("letters/", letters.letters, name="accounts-letters"),
    path("of/<str:name>/", account.account, name="account"),
    path("of/<str:name>/role/", deeds.give_role, name="account-role"),
    path("of/<str:name>/role/end/", deeds.take_role, name="account-role-end"),
    path("of/<str:name>/hand-over/", deeds.hand_over, name="account-hand-over"),
    path("of/<str:name>/cover/", deeds.cover, name="account-cover"),
    path("of/<str:name>/close/", deeds.close, name="account-close"),
    path("of/<str:name>/secret/", deeds.secret, name="account-secret"),
    path("of/<str:name>/identities/", deeds.link, name="account-link"),
    path("of/<str:name>/identities/<int:number>/end/", deeds.unlink, name="account-unlink"),
]
