"""What the demo's rolls are asked for: how the DP4 became the DPHP, and what is wrong inside the DPT."""

from reconcile.actions import inspecting, stages
from reconcile.actions.claims import Progress
from reconcile.models import Election, Officer


def look_at_rolls(election: Election, by: Officer, progress: Progress) -> None:
    """Compare the two earlier stages and inspect the fixed roll, as an officer would ask for it."""
    comparison = stages.queue_comparison(election=election, first="DP4", second="DPHP", by=by, in_background=False)
    stages.execute_comparison(comparison=comparison, progress=progress)
    inspection = inspecting.queue_inspection(election=election, stage="DPT", by=by, in_background=False)
    inspecting.execute_inspection(inspection=inspection, progress=progress)
