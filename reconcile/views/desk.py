"""What every screen needs: who is asking, about which election, and what that officer may do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property

from reconcile import access
from reconcile.access import Deed
from reconcile.actions.errors import ActionRefused
from reconcile.models import Election, MatchRun, Officer, Place, StoredVersion

CHOSEN = "election"  # key of the session


@dataclass
class Desk:
    """The frame of a page. `run` is the newest finished run: the one whose answers are shown."""

    user: Officer
    elections: tuple[Election, ...]
    election: Election | None

    @cached_property
    def run(self) -> MatchRun | None:
        if self.election is None:
            return None
        run = access.latest_run(self.user, self.election)
        if run:
            run.election = self.election  # its rules are read once a page
        return run

    @cached_property
    def places(self) -> list[Place]:
        return list(access.places_for(self.user, self.election)) if self.election else []

    @cached_property
    def standing(self) -> list[StoredVersion]:
        """Return the lists that are approved or wait for it: whoever edits is told before saving."""
        return access.standing_versions(self.election) if self.election else []

    @property
    def standing_elsewhere(self) -> str:
        """Return the other places whose lists an officer of one place could touch; "" for who sees them all."""
        own = self.user.place_id
        return ", ".join(one.place.name for one in self.standing if own and one.place_id != own)

    @property
    def role(self) -> str:
        return access.role_of(self.user) or ""

    @property
    def days_left(self) -> int | None:
        """Days from the date of the data to voting day: what officers call H-26."""
        return (self.election.voting_day - self.election.as_of).days if self.election else None

    @property
    def deadline(self) -> date | None:
        """The last day to move somebody who is held."""
        return self.election.rules.detainee_deadline if self.election else None

    @property
    def days_to_deadline(self) -> int:
        return (self.deadline - self.election.as_of).days if self.deadline and self.election else 0

    @property
    def may(self) -> dict[str, bool]:
        """Return what the officer may do, by name, for templates."""
        return {deed.value: access.may(self.user, deed) for deed in Deed}


def desk_for(request: HttpRequest) -> Desk:
    """Return the frame for this officer. Refuses (403) an account without a role."""
    user = access.officer_of(request.user)
    chosen = request.session.get(CHOSEN)
    elections = tuple(access.elections_for(user))
    election = next((one for one in elections if one.pk == chosen), elections[0] if elections else None)
    return Desk(user, elections, election)


def desk_of(user: Officer, election: Election) -> Desk:
    """Return the frame for an officer whose only election is known."""
    return Desk(user, (election,), election)


def show(request: HttpRequest, template: str, desk: Desk, *, piece: str = "", **parts: Any) -> HttpResponse:
    """Render a screen, or only the `piece` of it that htmx asks for again and again.

    Nothing of it stays in the browser's store: these computers are shared.
    """
    asked = piece if piece and request.headers.get("HX-Request") else template
    answer = render(request, asked, {"desk": desk, **parts})
    add_never_cache_headers(answer)
    return answer


def number_sent(text: str | None) -> int | None:
    """Return a number as a form or an address carries it; None where it is none, or longer than any of ours."""
    return int(text) if text and text.isdecimal() and len(text) < 16 else None


@contextmanager
def telling_refusals(request: HttpRequest) -> Iterator[None]:
    """Ask an action: where it says no, the rest of the block is left out and the next page says why."""
    try:
        yield
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
