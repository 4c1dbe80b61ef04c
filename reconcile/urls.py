"""Addresses of the screens, in the order of the flow. They carry ids and codes, never a person's data."""

from django.urls import path

from reconcile.views import comparison, deeds, downloads, home, lists, people, runs, uploads

app_name = "reconcile"

urlpatterns = [
    path("", home.home, name="home"),
    path("election/", home.choose_election, name="choose_election"),
    path("help/", home.explain, name="help"),
    path("lists/", lists.lists, name="lists"),
    path("lists/<int:pk>/", lists.source_list, name="list"),
    path("lists/<int:pk>/remove/", uploads.remove_file, name="remove_file"),
    path("lists/<int:pk>/correction/", downloads.correction, name="correction"),
    path("lists/<int:pk>/export/", downloads.export, name="export"),
    path("templates/<slug:kind>/", downloads.template, name="template"),
    path("uploads/new/", uploads.begin, name="begin_upload"),
    path("uploads/<int:pk>/", uploads.upload, name="upload"),
    path("uploads/<int:pk>/files/", uploads.add_files, name="add_files"),
    path("uploads/<int:pk>/send/", deeds.send, name="send_files"),
    path("uploads/<int:pk>/back/", deeds.back, name="back"),
    path("uploads/<int:pk>/confirm/", uploads.confirm, name="confirm_recognition"),
    path("uploads/<int:pk>/expected/", deeds.expect, name="expect"),
    path("uploads/<int:pk>/doubles/", deeds.settle_doubles, name="settle_doubles"),
    path("uploads/<int:pk>/accept/", deeds.accept, name="accept_warnings"),
    path("uploads/<int:pk>/confirm-change/", deeds.confirm_change, name="confirm_change"),
    path("uploads/<int:pk>/check-again/", deeds.check_again, name="check_again"),
    path("uploads/<int:pk>/apply/", deeds.apply, name="apply_upload"),
    path("uploads/<int:pk>/cancel/", deeds.cancel, name="cancel_upload"),
    path("uploads/<int:pk>/undo/", deeds.undo, name="undo_upload"),
    path("uploads/<int:pk>/changes/", lists.changes, name="changes"),
    path("links/<int:pk>/", deeds.settle_link, name="settle_link"),
    path("runs/start/", runs.start, name="start_run"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("people/", people.people, name="people"),
    path("people/search/", people.search, name="search"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/find/", comparison.find_voter, name="find_voter"),
    path("people/<int:pk>/number/", comparison.reveal, name="reveal"),
]
