"""The pure stages run where Django is not: a fresh process that imports them all has loaded nothing of it."""

import subprocess
import sys

PURE = (
    "reading", "matching", "deciding", "reconciling", "generating", "writing.results", "writing.papers", "evaluating",
    "diffing", "inspecting",
)  # fmt: skip


def test_the_pure_stages_do_not_load_django() -> None:
    imports = "; ".join(f"import reconcile.{stage}" for stage in PURE)
    program = f"import sys; {imports}; print(sorted(name for name in sys.modules if name.split('.')[0] == 'django'))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
