"""The same seed gives the same market."""

import pytest
from django.db import transaction

from tests.support.years import play, store_in_memory, told


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_market():
    found = []
    for _ in range(2):
        with store_in_memory(), transaction.atomic():
            play(5)
            found.append(told())
            transaction.set_rollback(True)
    assert found[0] == found[1]
