"""Addresses of all doors."""

from django.urls import include, path

urlpatterns = [
    path("", include("xinheng.web.operations.urls")),
    path("api/v1/", include("xinheng.api.v1.urls")),
    path("desk/catalogue/", include("xinheng.web.desk.catalogue.urls")),
    path("desk/profiles/", include("xinheng.web.desk.profiles.urls")),
    path("desk/screening/", include("xinheng.web.desk.screening.urls")),
    path("desk/stops/", include("xinheng.web.desk.stops")),
    path("desk/work/", include("xinheng.web.desk.work")),
    path("", include("xinheng.web.portal.urls")),
    path("me/", include("xinheng.web.me.urls")),
    path("sign-in/", include("xinheng.web.sign_in.urls")),
    path("simulated-identity/", include("xinheng.web.simulated_identity.urls")),
    path("desk/", include("xinheng.web.desk.urls")),
]
handler400 = "xinheng.web.errors.bad_request"
handler403 = "xinheng.web.errors.forbidden"
handler404 = "xinheng.web.errors.not_found"
handler500 = "xinheng.web.errors.server_error"
