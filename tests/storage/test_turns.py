"""Turns are had in the order in which they were asked for."""

from concurrent.futures import ThreadPoolExecutor

from storage.turns import Turns


def test_turns_are_had_in_the_order_in_which_they_came() -> None:
    turns, had = Turns(), list[int]()

    def queue(number: int) -> None:
        assert turns.take(10)
        had.append(number)
        turns.give_back()

    assert turns.take(1)
    with ThreadPoolExecutor(5) as threads:
        for number in range(5):
            threads.submit(queue, number)
            while turns.waiting <= number:
                pass
        turns.give_back()
    assert had == [0, 1, 2, 3, 4]


def test_whoever_waits_in_vain_leaves_the_queue() -> None:
    turns = Turns()
    assert turns.take(1)
    assert not turns.take(0.01)
    turns.give_back()
    assert turns.take(0)
