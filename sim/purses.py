"""In which currency a client of the demo pays, what a price in dollars is in it, and the rates that staff have set."""

from hirehall.money.payments.actions.conversions import set_rate
from hirehall.money.payments.conversion import read_rate
from hirehall.money.payments.policy import main_unit, taken
from hirehall.people.accounts.actors import SYSTEM
from sim.driver import Driver

AT_HOME = {"GB": "GBP", "JP": "JPY", "KW": "KWD", **dict.fromkeys(("AT", "BE", "DE", "ES", "FI", "FR", "IE", "IT", "NL", "PT"), "EUR")}
# One in so many clients elsewhere buys for a branch in Osaka.
ABROAD_ONE_IN, ABROAD = 9, "JPY"
# Whole prices: people ask for 450 and not for 448.37.
STEP = 100
RATES = (("EUR", "USD", "1.0842"), ("GBP", "USD", "1.2715"), ("USD", "JPY", "151.87"), ("KWD", "USD", "3.2531"))


def unit_of(country: str, number: int) -> str:
    """The currency of a client; the demo's first one pays in the main one."""
    if number == 0:
        return main_unit()
    wanted = ABROAD if number % ABROAD_ONE_IN == 4 else AT_HOME.get(country, "")
    return wanted if wanted in taken().names else main_unit()


def price(unit: str, dollars: int) -> int:
    """A price that was thought of in dollars as a round one of a currency, in minor units."""
    return (taken().least_in(unit, dollars * 100) + STEP // 2) // STEP * STEP


def set_rates(driver: Driver) -> None:
    """Rates as a market has them on its first day."""
    for one, other, figures in RATES:
        if {one, other} <= set(taken().names):
            driver.act(set_rate, SYSTEM, one, other, read_rate(figures), source="Invented for the demo")
