"""The official papers of protection (domain analysis 3.6). Both are S4 and carry no QR: a scan must not lead to the file."""

from prongsai.protection.documents.papers import OrderPaper, RequestPaper

OFFICE = (RequestPaper(), OrderPaper())

__all__ = ["OFFICE", "OrderPaper", "RequestPaper"]
