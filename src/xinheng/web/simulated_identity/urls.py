"""Addresses of the simulated provider; each answers only where the settings offer it."""

from __future__ import annotations

from django.urls import path

from xinheng.web.simulated_identity import views

app_name = "simulated_identity"

urlpatterns = [
    path(".well-known/openid-configuration", views.discovery, name="discovery"),
    path("authorize", views.authorize, name="authorize"),
    path("token", views.token, name="token"),
    path("jwks", views.jwks, name="jwks"),
]
