"""Files of records that are not secret: encrypted on the disk like all others, their keys in the row, like the record's text.

So they are read without a passphrase, by whoever the register lets see the record, and a copy of the disk alone shows
nothing. ``UNSEALED`` stands where an envelope stands, shut and open; the file's row names no envelope.
"""

import json
from typing import Any


class Unsealed:
    """The two halves of an envelope that are needed here; nothing is hidden from the database."""

    def put(self, content: dict[str, Any], *, context: str) -> bytes:
        return json.dumps(content, ensure_ascii=False).encode()

    def put_key(self, key: bytes, *, context: str) -> bytes:
        return key

    def json(self, box: bytes | memoryview, *, context: str) -> Any:
        return json.loads(bytes(box))

    def get_key(self, box: bytes | memoryview, *, context: str) -> bytes:
        return bytes(box)


UNSEALED = Unsealed()
