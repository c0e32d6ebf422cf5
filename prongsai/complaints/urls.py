"""Public addresses of measure 5, mounted by the portal under ``/complaints/``."""

from django.urls import path

from prongsai.complaints import (
    views_documents,
    views_figures,
    views_files,
    views_public,
    views_review,
    views_signature,
    views_statistics,
    views_tracking,
)

app_name = "complaints"

urlpatterns = [
    path("", views_public.how, name="how"),
    path("new/", views_public.new, name="new"),
    path("letter.<str:kind>", views_documents.blank_letter, name="blank-letter"),
    path("receipt/", views_public.receipt, name="receipt"),
    path("receipt/kept/", views_public.receipt_kept, name="receipt-kept"),
    path("receipt/proof.json", views_public.receipt_proof, name="receipt-proof"),
    path("receipt/receipt.<str:kind>", views_documents.receipt_document, name="receipt-document"),
    path("receipt/copy.txt", views_public.receipt_copy, name="receipt-copy"),
    path("track/", views_tracking.track, name="track"),
    path("track/matter/", views_tracking.matter, name="matter"),
    path("track/matter/send/", views_tracking.send_more, name="send-more"),
    path("track/matter/files/<uuid:pk>/", views_files.matter_file, name="matter-file"),
    path("track/matter/signature/", views_signature.signature, name="signature"),
    path("track/matter/review/", views_review.ask_review, name="ask-review"),
    path("track/matter/leave/", views_tracking.leave, name="leave"),
    path("track/matter/proof.json", views_tracking.matter_proof, name="matter-proof"),
    path("track/matter/copy.txt", views_tracking.matter_copy, name="matter-copy"),
    path("statistics/", views_statistics.statistics, name="statistics"),
    path("statistics/statistics.<str:kind>", views_figures.statistics_document, name="statistics-document"),
]
