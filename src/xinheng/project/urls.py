"""Addresses of all doors."""

from django.urls import include, path

urlpatterns = [
    path("", include("xinheng.web.operations.urls")),
    path("", include("xinheng.web.portal.urls")),
    path("desk/", include("xinheng.web.desk.urls")),
]
handler400 = "xinheng.web.errors.bad_request"
handler403 = "xinheng.web.errors.forbidden"
handler404 = "xinheng.web.errors.not_found"
handler500 = "xinheng.web.errors.server_error"
