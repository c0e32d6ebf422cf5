"""What a check of the whole ledger says, in Thai and for programs."""

from collections.abc import Sequence
from dataclasses import dataclass

# What can be wrong. Each sentence names the place; {columns} are database columns.
SENTENCES = {
    "entry_changed": "{entry} ถูกแก้ไข: {columns} ไม่ตรงกับที่บันทึกไว้เดิม",
    "entry_missing": "{entry} หายไป",
    "entry_not_in_tree": "{entry} ไม่อยู่ในต้นไม้แฮชและไม่อยู่ในคิว",
    "leaf_changed": "ค่าแฮชของ{entry} ถูกแก้ไข",
    "leaf_missing": "ลำดับ {leaf_index} หายไปจากต้นไม้แฮช",
    "node_changed": "ต้นไม้แฮชเหนือลำดับ {leaf_index} ถึง {last_leaf_index} ไม่ตรงกับรายการ เริ่มที่{entry}",
    "node_surplus": "ต้นไม้แฮชมีค่าเกินจำนวนรายการ {leaf_index} รายการ",
    "root_changed": "ลำดับ {leaf_index} ถึง {last_leaf_index} ไม่ตรงกับจุดตรวจสอบที่ลงนามไว้ เริ่มที่{entry}",
    "checkpoint_changed": "จุดตรวจสอบที่ {tree_size} รายการถูกแก้ไข หรือลายมือชื่อไม่ถูกต้อง",
    "checkpoint_beyond": "จุดตรวจสอบลงนามไว้ {tree_size} รายการ แต่มีอยู่เพียง {leaf_index} รายการ รายการท้ายหายไป",
    "checkpoint_missing": "รายการตั้งแต่ลำดับ {leaf_index} ไม่มีจุดตรวจสอบที่ลงนาม",
}


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing found wrong. ``leaf_index`` counts from 0; with ``last_leaf_index`` it is an inclusive range."""

    what: str  # a key of SENTENCES
    entry_id: int | None = None
    leaf_index: int | None = None
    last_leaf_index: int | None = None
    tree_size: int | None = None
    columns: Sequence[str] = ()

    @property
    def message_th(self) -> str:
        return SENTENCES[self.what].format(
            entry=f"รายการที่ {self.entry_id}"
            + ("" if self.leaf_index is None else f" (ลำดับ {self.leaf_index})"),
            leaf_index=self.leaf_index,
            last_leaf_index=self.last_leaf_index,
            tree_size=self.tree_size,
            columns=", ".join(self.columns),
        )


@dataclass(frozen=True, slots=True)
class Verification:
    """``entries`` in the tree were recomputed, ``pending`` wait for it; up to ``first_broken`` all is as it was written."""

    entries: int
    pending: int
    checkpoints: int
    first_broken: Broken | None

    @property
    def ok(self) -> bool:
        return self.first_broken is None

    @property
    def message_th(self) -> str:
        if self.first_broken:
            return f"พบความผิดปกติ: {self.first_broken.message_th}"
        waiting = f" รอเข้าต้นไม้แฮช {self.pending:,} รายการ" if self.pending else ""
        return f"ถูกต้องครบถ้วน {self.entries:,} รายการ จุดตรวจสอบ {self.checkpoints:,} จุด{waiting}"
