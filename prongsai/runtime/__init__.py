"""Running the house on one machine: the database server, the web server and the worker.

Nothing here imports Django, so that a command can start PostgreSQL before the settings are read.
"""
