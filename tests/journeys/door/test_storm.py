"""More than an organization can take, over real connections: `bench/submit_storm.py` in small."""

import asyncio

from bench.submit_storm import storm


def test_a_storm_of_submissions_gets_right_answers_loses_nothing_and_leaves_the_staff_their_list(
    door, set_form
) -> None:
    set_form(captcha="off")
    found = asyncio.run(storm(door, seconds=3))

    assert set(found.answers) <= {201, 429}
    assert found.answers.total() == found.offered == 600
    assert found.answers[201] >= 16
    assert found.tickets == found.heard == found.answers[201]
    assert found.unhurried == 0
    assert found.lists
