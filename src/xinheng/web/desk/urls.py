"""Addresses of the desk. Every view is guarded by ``for_signed_in``."""

from __future__ import annotations

from django.urls import path

from xinheng.web.desk import (
    asking,
    correcting,
    corrections,
    files,
    home,
    mending,
    messages,
    pasting,
    recording,
    severity,
    submissions,
    submitting,
)

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("messages/", messages.messages, name="messages"),
    path("messages/read/", messages.all_read, name="all-read"),
    path("messages/<int:number>/", messages.message, name="message"),
    path("account/", messages.account, name="account"),
    path("submit/", submitting.submit, name="submit"),
    path("submit/<slug:agency>/<slug:item>/record/", recording.record, name="record"),
    path("submit/<slug:agency>/<slug:item>/rows/", pasting.rows, name="rows"),
    path("submissions/", submissions.submissions, name="submissions"),
    path("submissions/<int:number>/", submissions.submission, name="submission"),
    path("submissions/<int:number>/issues/", submissions.issues, name="issues"),
    path("submissions/<int:number>/rejects.xlsx", submissions.rejects, name="rejects"),
    path("submissions/<int:number>/mend/", mending.mend, name="mend"),
    path("submissions/<int:number>/severity/", severity.severity, name="severity"),
    path("waiting/", submissions.waiting, name="waiting"),
    path("questions/", asking.questions, name="questions"),
    path("questions/<int:number>/", asking.question, name="question"),
    path("files/", files.files, name="files"),
    path("files/<slug:code>/", files.file, name="file"),
    path("files/<slug:code>/<slug:key>/", files.record, name="file-record"),
    path("files/<slug:code>/<slug:key>/withdraw/", correcting.withdraw, name="withdraw"),
    path("files/<slug:code>/<slug:key>/correct/", correcting.correct, name="correct"),
    path("withdrawals/", corrections.corrections, name="withdrawals"),
    path("withdrawals/<int:number>/", corrections.correction, name="withdrawal"),
]
