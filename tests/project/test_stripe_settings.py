"""A market that is joined to Stripe: what its pages may load, and that half of the settings is not enough."""

import os
import subprocess
import sys

from hirehall.project.settings import CONTENT_SECURITY_POLICY, allow_stripe
from tests.support.database import ROOT


def test_only_a_market_that_is_joined_lets_stripes_script_in():
    ours = CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert "stripe" not in str(ours)
    joined = {name: list(places) for name, places in ours.items()}
    allow_stripe(joined, "")
    assert joined["script-src"] == ["'self'", "https://js.stripe.com"]
    assert joined["frame-src"] == ["'self'", "https://js.stripe.com", "https://hooks.stripe.com"]
    assert joined["connect-src"] == ["'self'", "https://api.stripe.com"]


def test_half_of_the_settings_stops_the_start():
    environment = {**os.environ, "HIREHALL_STRIPE_KEY": "sk_test_x", "HIREHALL_STRIPE_PUBLIC_KEY": "pk_test_x"}
    command = [sys.executable, "-c", "import hirehall.project.settings"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode
    assert "HIREHALL_STRIPE_WEBHOOK_SECRET" in done.stderr
