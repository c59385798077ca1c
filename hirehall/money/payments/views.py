"""Pages of money: the overview, and the door for payment companies."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.money.payments import debt_queries, earnings, queries, statement, webhooks
from hirehall.money.payments.gateways.port import BadSignature, GatewayDown
from hirehall.money.payments.policy import numbers_in
from hirehall.money.payments.reasons import reason_words
from hirehall.people.accounts.acting import acting, open_to_all

RECENT = 8
HOLDS_SHOWN = 60
LARGEST_MESSAGE = 64 * 1024


@acting()
def overview(request: HttpRequest) -> HttpResponse:
    """What there is, what comes, and what happened last."""
    actor, now = request.actor, clock.now()
    in_use = queries.list_balances_for(actor)
    balances = queries.balances_among(in_use, request.GET.get("unit", ""))
    waiting = list(queries.list_waiting_holds_for(actor, balances.unit)[:HOLDS_SHOWN])
    series = earnings.by_month_for(actor, balances.unit, now)
    return http.page(
        request,
        "payments/overview.html",
        balances=balances,
        in_use=in_use,
        coming=earnings.due_dates(waiting),
        months=[(date_format(month, "M"), total) for month, total in series],
        rows=statement.list_rows_for(actor, unit=balances.unit)[0:RECENT],
        others=[(name or _("Others"), total) for name, total in earnings.by_other_for(actor, balances.unit, now)],
        withdrawals=queries.list_withdrawals_for(actor)[:5],
        methods=queries.list_methods_for(actor),
        reason_words=reason_words,
        floor=numbers_in(balances.unit).withdrawal_floor_minor,
        owed=debt_queries.owed_by(str(actor.party_id)),
    )


@csrf_exempt
@open_to_all
@require_POST
def webhook(request: HttpRequest, name: str) -> HttpResponse:
    """The door for payment companies; their signature is what lets them in."""
    if len(request.body) > LARGEST_MESSAGE:
        return JsonResponse({"taken": False}, status=413)
    try:
        signature = request.headers.get(webhooks.signature_header(name), "")
        is_new = webhooks.receive(name, request.body, signature)
    except (BadSignature, json.JSONDecodeError, KeyError):
        return JsonResponse({"taken": False}, status=400)
    except GatewayDown:
        # To understand it the company had to be asked, and did not answer: it shall send the message again.
        return JsonResponse({"taken": False}, status=503)
    return JsonResponse({"taken": True, "new": is_new})
