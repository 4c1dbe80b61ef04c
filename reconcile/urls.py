"""Addresses of the screens, in the order of the flow. They carry ids and codes, never a person's data."""

from django.urls import path

from reconcile.views import home, lists, people, runs

app_name = "reconcile"

urlpatterns = [
    path("", home.home, name="home"),
    path("election/", home.choose_election, name="choose_election"),
    path("help/", home.explain, name="help"),
    path("lists/", lists.lists, name="lists"),
    path("lists/upload/", lists.upload, name="upload"),
    path("lists/<int:pk>/", lists.source_list, name="list"),
    path("runs/start/", runs.start, name="start_run"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("people/", people.people, name="people"),
    path("people/search/", people.search, name="search"),
    path("people/<int:pk>/", people.person, name="person"),
]
