"""One size: fill its database, start the server and the limit on it, and measure the pages of both."""

import json
import os

from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.web.fill import fill
from bench.web.server import LIMIT, MARKET, measure, memory_mb, running, weigh
from hirehall.market.jobs.models import Job
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.models import Party, User
from hirehall.people.accounts.queries import find_actor

AIM_SHARE, AIM_P95_MS, AIM_BYTES = 1 / 3, 100, 150_000
PEER = "bare page with three queries"
# The pages whose share of the limit has an aim.
AIMED = ("search", "job page", "profile", "proposal list")
# One connection shows what a reader waits for, sixteen what the server can carry.
FEW, MANY = (1, 60), (16, 160)


def pages(client: Actor, freelancer: Actor) -> dict[str, tuple[str, str, str]]:
    """Name -> who reads it, its address, and a text that must be on it."""
    job = Job.objects.filter(client_id=client.party_id).earliest("id")
    return {
        "search": ("freelancer", "/find/work/?q=booking&kind=fixed", "jobs"),
        "job page": ("freelancer", f"/jobs/{job.pk}/", job.title),
        "profile": ("client", f"/talent/{freelancer.party_id}/", "an hour"),
        "proposal list": ("client", f"/proposals/to/{job.pk}/", "Compare"),
        "talent search": ("client", "/find/talent/?q=booking", "freelancers"),
        "freelancer's home": ("freelancer", "/", "Hello"),
        "client's home": ("client", "/", "Hello"),
        "messages": ("client", "/messages/", "Messages"),
    }


def run(people: int, requests: int) -> None:
    """Print the rows as one line of JSON."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("remember_policy")
    if not Party.objects.exists():
        fill(people)
    actors = {kind: find_actor(_somebody(kind), None) for kind in ("client", "freelancer")}
    readers = {kind: _sign_in(actor) for kind, actor in actors.items()}
    wanted = pages(actors["client"], actors["freelancer"])
    counts = {name: _count_queries(readers[who], path) for name, (who, path, _) in wanted.items()}
    cookies = {kind: f"sessionid={reader.cookies['sessionid'].value}" for kind, reader in readers.items()}
    connections.close_all()
    pool = {"HIREHALL_DB_POOL": "24"}
    rows = []
    with running(LIMIT, pool) as server:
        measure(server, "/bare/", "", "Bare", connections=1, requests=5)
        limit = {n: measure(server, "/bare/", "", "Bare", connections=n, requests=r * 3) for n, r in (FEW, MANY)}
    with running(MARKET, pool) as server:
        for name, (who, path, expected) in wanted.items():
            measure(server, path, cookies[who], expected, connections=1, requests=5)
            for number, count in (FEW, MANY):
                speed = measure(server, path, cookies[who], expected, connections=number, requests=count)
                peer = limit[number]
                share = speed.per_second / peer.per_second
                aim = AIM_SHARE if name in AIMED else None
                rows.append(_row(f"{name}, {number} conn.", "requests/s", people, speed.per_second, peer.per_second, share, aim))
                rows.append(_row(f"{name}, {number} conn., median", "ms", people, speed.median_ms, peer.median_ms))
                rows.append(_row(f"{name}, {number} conn., server's CPU", "ms", people, speed.cpu_ms, peer.cpu_ms))
                p95 = AIM_P95_MS if name in AIMED and number == 1 else None
                rows.append(_row(f"{name}, {number} conn., 95th percentile", "ms", people, speed.p95_ms, peer.p95_ms, None, p95))
            rows.append(_row(f"{name}, weight compressed", "bytes", people, weigh(server[0], path, cookies[who]), None, None, AIM_BYTES))
            rows.append(_row(f"{name}, queries", "queries", people, counts[name], None))
        rows += _watch_memory(server, wanted, cookies, people, requests)
    print(json.dumps(rows))


def _watch_memory(server: tuple[str, int], wanted: dict, cookies: dict, people: int, requests: int) -> list[dict]:
    before = memory_mb(server[1])
    share = max(16, requests // len(wanted))
    for who, path, expected in wanted.values():
        measure(server, path, cookies[who], expected, connections=16, requests=share)
    after = memory_mb(server[1])
    name = f"memory after {share * len(wanted)} more requests"
    return [_row(name, "MB", people, after, before, after / before, 1.1)]


def _row(measure_name: str, unit: str, size: int, ours: float, peer: float | None, ratio: float | None = None, aim: float | None = None) -> dict:
    """One row as DESIGN.md wants it. Shares have to reach their aim; times, weights and memory have to stay below it."""
    value = ours if ratio is None else ratio
    met = None if aim is None else (value >= aim if unit == "requests/s" else value <= aim)
    return {
        "measure": measure_name, "unit": unit, "size": size, "ours": round(ours, 2), "peer": peer and round(peer, 2),
        "peers_name": PEER if unit != "MB" else "before them", "ratio": ratio and round(ratio, 3), "aim": aim, "met": met,
        "load": round(os.getloadavg()[0], 2),
    }  # fmt: skip


def _somebody(kind: str) -> User:
    party = Party.objects.filter(kind=kind).earliest("id")
    return User.objects.get(email=f"p{int(party.name.split()[-1])}@bench.example")


def _sign_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def _count_queries(reader: Client, path: str) -> int:
    reader.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert reader.get(path).status_code == 200, path
    return len(seen)
