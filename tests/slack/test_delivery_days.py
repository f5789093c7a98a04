"""Slack is out of reach for days: what is said then is of that day, and what people did goes out too."""

from storage.db import Database
from tests.conversation import at
from tests.slack.living import living
from tests.slack.outgoing import later, put, texts, until
from tests.slack.standin import Fault, Slack
from tests.slack.watching import wait_sent


def test_daily_posts_of_days_gone_by_are_dropped_and_the_rest_goes_out(
    sqlite: Database, slack: Slack
) -> None:
    with living(sqlite, slack, "http") as life:
        life.slash(life.sam, "action add Print the posters due: 2 June")
        life.slash(life.sam, "action add Book the hall due: 4 June")
        wait_sent(slack, sqlite)
        slack.misbehave(Fault.SLOW_DOWN, times=1_000)
        put(life, life.sam, "A change that somebody made")
        later(life, (at("2020-06-05 08:00") - life.clock.now()).total_seconds())
        slack.behave()
        later(life, (at("2020-06-05 12:00") - life.clock.now()).total_seconds())
        until(life, lambda: len(life.direct(life.sam)) == 2)

        told = texts(life.direct(life.sam))
        sent = str(life.slash(life.sam, "plan sent").json["blocks"])
        assert (told[0], told[1].partition(":")[0]) == ("A change that somebody made", "Friday 5 June")
        assert sent.count("Not sent: its day was over before it could be delivered.") > 0
