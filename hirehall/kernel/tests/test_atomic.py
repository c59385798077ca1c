"""Acting on many: one that fails neither stops nor undoes the others, and is told."""

import pytest

from hirehall.kernel import clock
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.models import SentMail


@action
def keep(key: str) -> None:
    SentMail.objects.create(key=key, to="x@example.org", subject="", sent_at=clock.now())
    if key.startswith("bad"):
        raise ValueError("This one can't be done.")


@pytest.mark.django_db
def test_what_fails_is_undone_and_told_and_the_rest_is_done():
    with pytest.raises(ExceptionGroup, match="2 of 5 failed") as caught:
        act_on_each(["one", "bad", "two", "bad too", "three"], keep)
    assert [error.__notes__ for error in caught.value.exceptions] == [["keep of bad"], ["keep of bad too"]]
    assert set(SentMail.objects.values_list("key", flat=True)) == {"one", "two", "three"}
    assert act_on_each([], keep) == 0
    assert act_on_each(["four"], keep) == 1
