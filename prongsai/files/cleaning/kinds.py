"""Which kinds can be cleaned, by their names in ``files.kinds``."""

from collections.abc import Callable

from prongsai.files.cleaning.office import clean_office
from prongsai.files.cleaning.pdf import clean_pdf
from prongsai.files.cleaning.pictures import clean_picture

CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "jpeg": clean_picture,
    "png": clean_picture,
    "webp": clean_picture,
    "pdf": clean_pdf,
    "docx": clean_office,
    "xlsx": clean_office,
    "docm": clean_office,
    "xlsm": clean_office,
}
