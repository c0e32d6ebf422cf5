"""Papers that come back: printed by the house, signed in ink, scanned, and found again by their QR.

=============  =====================================================================================
``reading``    the child process that reads QR codes and cuts pages (no Django)
``child``      this side of it
``parts``      which pages are one paper
``finding``    whose paper it is, among the records that the person may see
``models``     ``SignedPaper``: a signed version of a document of a record
``acts``       ``FileSigned``: the verb, which each measure declares for its own records
=============  =====================================================================================
"""
