"""How what a dispute holds is split when a bank has frozen some of it, or has taken some of it back. Pure.

A bank decides only whether its customer pays by this card; the dispute decides to whom the money belongs. So a freeze
takes nothing out of a dispute. The freelancer's part is paid from what is there, then from what the bank still decides
about (that part waits as an award), and last from what the bank has taken: that the client has back already, so the
operator's guarantee account pays it and the client owes it. The client's part is met the other way round.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Moves:
    """What moves now, from where: the four add up to what was decided, but for what the client has or waits for."""

    release: int  # from escrow to the freelancer
    award: int  # to the freelancer when the bank has decided
    cover: int  # to the freelancer from the guarantee account; the client owes it
    give_back: int  # from escrow to the client


def moves_of(*, held: int, there: int, frozen: int, to_freelancer: int, to_client: int, over: bool) -> Moves:
    """What a split of `held` does when so much of it is there and so much is frozen; the rest of it a bank has taken.

    With `over` the client gets all that is left of what is there.

    >>> moves_of(held=100, there=60, frozen=40, to_freelancer=70, to_client=30, over=True)
    Moves(release=60, award=10, cover=0, give_back=0)
    >>> moves_of(held=100, there=60, frozen=0, to_freelancer=70, to_client=30, over=True)
    Moves(release=60, award=0, cover=10, give_back=0)
    >>> moves_of(held=100, there=60, frozen=40, to_freelancer=0, to_client=50, over=False)
    Moves(release=0, award=0, cover=0, give_back=10)
    """
    release = min(to_freelancer, there)
    award = min(to_freelancer - release, frozen)
    left, taken = there - release, max(0, held - there - frozen)
    give_back = left if over else min(left, max(0, to_client - taken - frozen))
    return Moves(release, award, to_freelancer - release - award, give_back)


def shares_of(*, awarded: int, there: int, frozen: int) -> tuple[int, int]:
    """Of what waits as an award: (what is there to pay it, what the bank has taken of it).

    >>> shares_of(awarded=30, there=20, frozen=0)
    (20, 10)
    >>> shares_of(awarded=30, there=0, frozen=40)
    (0, 0)
    """
    paid = min(awarded, there)
    return paid, max(0, awarded - paid - frozen)
