"""How fast the house is: ``python -m bench`` (``make bench``) measures everything that was promised, in one run.

Figures of different machines, or of one machine at different hours, cannot be compared; ratios within one run can. So
submissions stand beside the commits that the same database on the same disk makes for pgbench, and kept pages beside
fresh ones. Processor time per request is the steadiest figure of all on a machine that does other work as well.
"""
