"""Addresses of the desk, mounted under ``/office/complaints/intake/``."""

from django.urls import path

from prongsai.complaints.desk import views, views_envelope, views_receipt

urlpatterns = [
    path("", views.index, name="intake"),
    path("drafts/<uuid:pk>/delete/", views.delete_draft, name="intake-draft-delete"),
    path("receipt/", views_receipt.receipt, name="intake-receipt"),
    path("receipt/given/", views_receipt.receipt_given, name="intake-receipt-given"),
    path(
        "receipt/<slug:document>.<str:kind>", views_receipt.receipt_document, name="intake-receipt-document"
    ),
    path("envelopes/<uuid:pk>/<uuid:file>/", views_envelope.envelope_scan, name="intake-envelope"),
    path("<slug:channel>/", views.intake, name="intake-channel"),
]
