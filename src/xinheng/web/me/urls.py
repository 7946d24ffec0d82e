"""Addresses of the subject's own pages."""

from __future__ import annotations

from django.urls import path

from xinheng.web.me import messages, person, views

app_name = "me"

urlpatterns = [
    path("", views.home, name="home"),
    path("messages/", messages.mine, name="mine"),
    path("own/whole/", person.whole, name="own-whole"),
    path("own/looks/", person.looks, name="own-looks"),
    path("own/messages/", person.messages, name="own-messages"),
    path("<slug:code>/", views.file, name="file"),
    path("<slug:code>/looks/", views.looks, name="looks"),
    path("<slug:code>/agents/", views.agents, name="agents"),
    path("<slug:code>/agents/<int:number>/end/", views.end, name="end"),
    path("<slug:code>/messages/", messages.messages, name="messages"),
    path("<slug:code>/messages/read/", messages.all_read, name="all-read"),
    path("<slug:code>/messages/<int:number>/", messages.message, name="message"),
]
