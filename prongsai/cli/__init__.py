"""The ``prongsai`` command. ``prongsai --help`` lists what it can do."""


def main() -> int:
    from prongsai.cli.command import main as run

    return run()
