"""Addresses of all doors."""

from django.urls import include, path

urlpatterns = [path("", include("xinheng.web.portal.urls"))]
