"""The tar stream inside a copy (POSIX ustar/pax, so that ``tar`` reads it too).

    header.json              first: format, versions, when; lets a restore refuse before anything is done
    files/ab/cdef…           the sealed files, as they lie on the disk
    database/00000000 …      pg_dump's custom format, cut into parts
    index/00000000.json …    SHA-256 and size of every member since the last index
    manifest.json            last: SHA-256 of every index, totals, counts

An index after every few thousand members keeps memory flat with a million files.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from .errors import Damaged
from .sealing import Reader

FORMAT = "prongsai-backup/v1"
HEADER, MANIFEST, INDEX = "header.json", "manifest.json", "index/"
FILES, DATABASE = "files/", "database/"
BLOCK = 256 * 1024  # bytes read at a time
INDEX_EVERY = 5000  # members
LARGEST_JSON = 32 * 1024 * 1024  # bytes, of one index or manifest


class Packer:
    """Yields the bytes of the archive, member by member, and keeps the index."""

    def __init__(self) -> None:
        self.members = self.bytes = 0
        self._entries: list[dict[str, Any]] = []
        self._indexes: list[str] = []

    def json(self, name: str, content: dict[str, Any]) -> Iterator[bytes]:
        data = _dump(content)
        yield from self.member(name, len(data), [data])

    def member(self, name: str, size: int, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """One member of exactly ``size`` bytes."""
        yield _head(name, size)
        digest, written = hashlib.sha256(), 0
        for chunk in chunks:
            digest.update(chunk)
            written += len(chunk)
            yield chunk
        if written != size:
            raise Damaged(
                f"ไฟล์ {name} เปลี่ยนขนาดขณะสำรองข้อมูล", f"{name} changed its size while it was copied."
            )
        yield bytes(-size % tarfile.BLOCKSIZE)
        self.members += 1
        self.bytes += size
        self._entries.append({"name": name, "size": size, "sha256": digest.hexdigest()})
        if len(self._entries) >= INDEX_EVERY:
            yield from self._index()

    def finish(self, facts: dict[str, Any]) -> Iterator[bytes]:
        """The last index, the manifest, and the end of the archive."""
        if self._entries:
            yield from self._index()
        manifest = _dump(
            {**facts, "members": self.members, "bytes": self.bytes, "indexes": list(self._indexes)}
        )
        yield _head(MANIFEST, len(manifest)) + manifest + bytes(-len(manifest) % tarfile.BLOCKSIZE)
        yield bytes(2 * tarfile.BLOCKSIZE)

    def _index(self) -> Iterator[bytes]:
        data = _dump({"entries": self._entries})
        self._indexes.append(hashlib.sha256(data).hexdigest())
        name = f"{INDEX}{len(self._indexes):08}.json"
        yield _head(name, len(data)) + data + bytes(-len(data) % tarfile.BLOCKSIZE)
        self._entries.clear()


class Member:
    """One member while it is read; ``chunks`` must be taken to the end before the next one comes."""

    def __init__(self, name: str, size: int, content: BinaryIO) -> None:
        self.name, self.size = name, size
        self._content = content
        self.digest = hashlib.sha256()

    def chunks(self) -> Iterator[bytes]:
        while chunk := self._content.read(BLOCK):
            self.digest.update(chunk)
            yield chunk

    def json(self) -> dict[str, Any]:
        if self.size > LARGEST_JSON:
            raise _unreadable(self.name)
        try:
            content = json.loads(b"".join(self.chunks()))
        except ValueError as error:
            raise _unreadable(self.name) from error
        if not isinstance(content, dict):
            raise _unreadable(self.name)
        return content


class Unpacker:
    """Gives the members in order and compares every one with the indexes, and these with the manifest."""

    def __init__(self, plain: Reader) -> None:
        self._plain = plain
        self._seen: list[dict[str, Any]] = []
        self._indexes: list[str] = []
        self._members = self._bytes = 0
        self.manifest: dict[str, Any] | None = None

    def members(self) -> Iterator[Member]:
        """All but indexes and manifest. Ends normally only when everything has been compared and was right."""
        try:
            with tarfile.open(fileobj=self._plain, mode="r|", bufsize=BLOCK) as tar:  # type: ignore[call-overload]
                for info in tar:
                    content = tar.extractfile(info)
                    if content is None:
                        raise _unreadable(info.name)
                    member = Member(info.name, info.size, content)
                    if info.name.startswith(INDEX):
                        self._compare(member)
                    elif info.name == MANIFEST:
                        self._conclude(member.json())
                    else:
                        yield member
                        for _rest in member.chunks():
                            pass
                        self._note(member)
        except tarfile.TarError as error:
            raise _unreadable(str(error)) from error
        while self._plain.read(BLOCK):  # to the end of the cipher, which says whether it was cut off
            pass
        if self.manifest is None:
            raise _unreadable(MANIFEST)

    def _note(self, member: Member) -> None:
        self._members += 1
        self._bytes += member.size
        self._seen.append({"name": member.name, "size": member.size, "sha256": member.digest.hexdigest()})

    def _compare(self, index: Member) -> None:
        told = index.json().get("entries")
        if told != self._seen:
            raise Damaged(
                "ค่าแฮชของข้อมูลที่กู้คืนไม่ตรงกับบัญชีในข้อมูลสำรอง",
                f"What was read does not have the SHA-256 that {index.name} tells.",
            )
        self._indexes.append(index.digest.hexdigest())
        self._seen.clear()

    def _conclude(self, manifest: dict[str, Any]) -> None:
        found = (self._indexes, self._members, self._bytes, [])
        told = (manifest.get("indexes"), manifest.get("members"), manifest.get("bytes"), self._seen)
        if found != told:
            raise Damaged("บัญชีในข้อมูลสำรองไม่ตรงกับข้อมูล", "The manifest does not agree with what was read.")
        self.manifest = manifest


def _head(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(format=tarfile.PAX_FORMAT)


def _dump(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _unreadable(what: str) -> Damaged:
    return Damaged(f"โครงสร้างของข้อมูลสำรองไม่ถูกต้อง ({what})", f"The backup's structure is not right ({what}).")
