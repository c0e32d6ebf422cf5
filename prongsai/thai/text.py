"""Thai text in one import: the small modules behind it each hold one matter."""

from prongsai.thai.clean import Forbidden, clean, find_forbidden
from prongsai.thai.encoding import EncodingError, decode_bytes
from prongsai.thai.names import ACADEMIC_TITLES, CIVIL_TITLES, RANKS, name_key, split_title
from prongsai.thai.order import sort_key
from prongsai.thai.search import like_pattern, search_normalise, search_terms

__all__ = [
    "ACADEMIC_TITLES",
    "CIVIL_TITLES",
    "RANKS",
    "EncodingError",
    "Forbidden",
    "clean",
    "decode_bytes",
    "find_forbidden",
    "like_pattern",
    "name_key",
    "search_normalise",
    "search_terms",
    "sort_key",
    "split_title",
]
