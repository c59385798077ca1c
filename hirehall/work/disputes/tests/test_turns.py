"""A dispute's moves stand in the lists of contracts and on the dashboard, where the contracts' own room knows of none."""

import pytest

from hirehall.work.disputes.actions.solutions import offer_settlement
from hirehall.work.disputes.rules import Split
from tests.support.cast import browse_as
from tests.support.disputes import make_heard


def marked(actor, path: str) -> int:
    """How often a page says that it is the reader's turn."""
    return browse_as(actor).get(path).content.decode().count("Your turn")


@pytest.mark.feature("CTR-11", "CTR-15")
def test_an_offer_in_a_dispute_is_the_other_sides_move(cast, django_assert_max_num_queries):
    dispute = make_heard(cast)
    assert marked(cast.ada, "/contracts/") == 0
    offer_settlement(cast.cyd, dispute.id, Split(5_000), "Half of the half.")
    ada = browse_as(cast.ada)
    with django_assert_max_num_queries(24):
        text = ada.get("/contracts/").content.decode()
    assert "In dispute:" in text and "offers a split" in text and "Your turn" in text
    assert f"/disputes/{dispute.id}/" in browse_as(cast.ada).get("/").content.decode()
    assert marked(cast.cyd, "/contracts/") == 0
