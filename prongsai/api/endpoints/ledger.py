"""The ledger: its key, its signed heads, and the proofs that anybody can check without this site."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from prongsai import ledger as book
from prongsai.api import shapes
from prongsai.api.problems import BadRequest
from prongsai.api.schemas import CheckpointOut, ConsistencyOut, LedgerOut, ProofOut
from prongsai.compliance.evidence import open_evidence
from prongsai.ledger.keys import origin
from prongsai.ledger.models import Checkpoint

router = Router(tags=["ledger"])

LAST = 2**63 - 1
OPENED = (
    "S0",
)  # as on the page of evidence: of an internal matter it can be proven that it happened, not what


@router.get(
    "/ledger",
    response=LedgerOut,
    summary="Name and key of the ledger, and its newest signed checkpoint",
    description="ชื่อและกุญแจตรวจสอบของสมุดบันทึก และจุดตรวจล่าสุดที่ลงนามแล้ว",
)
def ledger(request: HttpRequest) -> Any:
    shapes.province_of(request)
    newest = Checkpoint.objects.order_by("-tree_size").first()
    return {
        "log": origin(),
        "verifier_key": book.verifier_key(),
        "checkpoint": shapes.checkpoint(newest) if newest else None,
        "verifier": shapes.url(request, "portal:verify-program"),
    }


@router.get(
    "/ledger/checkpoints/{tree_size}",
    response=CheckpointOut,
    summary="The checkpoint that was signed at a size",
    description="จุดตรวจที่ลงนามเมื่อสมุดบันทึกมีขนาดนั้น",
)
def checkpoint(request: HttpRequest, tree_size: int = Path(..., ge=1, le=LAST)) -> Any:
    shapes.province_of(request)
    return shapes.checkpoint(get_object_or_404(Checkpoint, pk=tree_size))


@router.get(
    "/ledger/consistency",
    response=ConsistencyOut,
    summary="That the ledger only grew from one checkpoint to another",
    description="พิสูจน์ว่าสมุดบันทึกมีแต่เพิ่มขึ้น ระหว่างจุดตรวจสองจุด",
)
def consistency(
    request: HttpRequest,
    old_size: int = Query(..., ge=1, le=LAST, description="Size at the older checkpoint"),
    new_size: int = Query(..., ge=1, le=LAST, description="Size at the newer checkpoint"),
) -> Any:
    shapes.province_of(request)
    if old_size > new_size:
        raise BadRequest(("old_size", "ต้องไม่มากกว่า new_size", "Must not be greater than new_size."))
    try:
        return book.consistency(old_size, new_size)
    except Checkpoint.DoesNotExist as error:
        raise Http404 from error


@router.get(
    "/ledger/entries/{entry}/proof",
    response=ProofOut,
    summary="That an entry of public evidence stands in the ledger",
    description="พิสูจน์ว่าหลักฐานที่เปิดเผยรายการหนึ่งอยู่ในสมุดบันทึก",
)
def inclusion_proof(request: HttpRequest, entry: int = Path(..., ge=1, le=LAST)) -> Any:
    found = get_object_or_404(open_evidence(shapes.province_of(request).pk), pk=entry)
    return book.proof(found.pk, with_opening=found.secrecy in OPENED)
