"""A person who uses Hirehall only by its JSON API, over real HTTP."""

import re
import time
import uuid
from typing import Any

import httpx

PASSWORD = "a long phrase that nobody guesses"


class Refusal(Exception):
    """The API said no; `code` is the stable code and `status` the HTTP status."""

    def __init__(self, answer: httpx.Response):
        body = answer.json().get("error", {})
        super().__init__(f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:600]}")
        self.status, self.code, self.message, self.details = (
            answer.status_code, body.get("code"), body.get("message"), body.get("details"),
        )  # fmt: skip


class Caller:
    """Signs up, confirms the mail, makes a token, and then calls operations with it."""

    def __init__(self, market, name: str, kind: str):
        self.market, self.name, self.mail = market, name, f"{name.split(maxsplit=1)[0].lower()}@people.example"
        self.http = httpx.Client(base_url=market.address, timeout=20)
        self._sign_up(kind)
        me = self.get("/me")
        self.party_id: str = me["party_id"]

    def _sign_up(self, kind: str) -> None:
        account = "/api/account/app/v1"
        asked = {"email": self.mail, "password": PASSWORD, "name": self.name, "kind": kind, "time_zone": "Europe/Berlin"}
        answer = self.http.post(f"{account}/auth/signup", json=asked)
        assert answer.status_code == 401, answer.text  # Accepted; the address is still to be confirmed.
        session = answer.json()["meta"]["session_token"]
        key = re.search(r"/confirm-email/([^/\s]+)/", self.market.mail_to(self.mail)).group(1)
        answer = self.http.post(f"{account}/auth/email/verify", json={"key": key}, headers={"X-Session-Token": session})
        assert answer.status_code == 200, answer.text
        session = answer.json()["meta"].get("session_token", session)
        made = self.http.post("/api/v1/tokens", json={"label": "story"}, headers={"X-Session-Token": session})
        assert made.status_code == 201, made.text
        self.http.headers["Authorization"] = f"Bearer {made.json()['secret']}"

    def get(self, path: str, **query: Any) -> Any:
        return self._read(self.http.get(f"/api/v1{path}", params=query))

    def items(self, path: str, **query: Any) -> list:
        return self.get(path, **query)["items"]

    def post(self, path: str, body: dict | None = None, **more: Any) -> Any:
        """A write with a fresh idempotency key; `files=` and `data=` go out as a form."""
        content = more or {"json": body or {}}
        return self._read(self.http.post(f"/api/v1{path}", headers={"Idempotency-Key": uuid.uuid4().hex}, **content))

    def wait(self, path: str, until, seconds: float = 20) -> Any:
        """Read again until `until(answer)` holds; things that are settled elsewhere take a moment."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = self.get(path)
            if until(found):
                return found
            time.sleep(0.1)
        raise AssertionError(f"{path} never became as expected: {found}")

    def _read(self, answer: httpx.Response) -> Any:
        if answer.status_code >= 400:
            raise Refusal(answer)
        return answer.json() if answer.content else None
