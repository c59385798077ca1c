"""Addresses of memberships."""

from django.urls import path

from hirehall.money.memberships import views

app_name = "memberships"
urlpatterns = [
    path("", views.plans, name="plans"),
    path("take/<slug:plan_code>/", views.take, name="take"),
    path("leave/", views.leave, name="leave"),
    path("stay/", views.stay, name="stay"),
    path("pay/", views.pay, name="pay"),
]
