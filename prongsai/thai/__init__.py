"""How dates, numbers, search, order, names and files behave in Thai. Plain Python: no Django, usable alone.

``digits`` numbers and money · ``dates`` Buddhist-era dates and fiscal years · ``text`` cleaning, search, sort order,
names, byte decoding · ``filenames`` download names and headers · ``csvfile`` CSV for Excel · ``baht`` amounts in words ·
``ids`` 13-digit numbers and telephone numbers.

Every parser raises a subclass of ``ValueError`` whose text is a formal Thai sentence that can be shown to a person.
"""
