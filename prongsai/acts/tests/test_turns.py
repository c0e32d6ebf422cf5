"""A turn is a courtesy: whoever holds it for long does not hold anybody up for good."""

import threading

from prongsai.acts.turns import turn


def test_others_go_on_while_somebody_keeps_the_turn():
    entered, other = threading.Event(), []

    def enter() -> None:
        with turn():
            other.append("entered")
            entered.set()

    with turn():
        thread = threading.Thread(target=enter, daemon=True)
        thread.start()
        assert entered.wait(30)
    thread.join(30)
    with turn():  # and it is free again
        other.append("again")
    assert other == ["entered", "again"]
