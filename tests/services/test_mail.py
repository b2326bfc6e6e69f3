"""Mail as it lies in the mailbox of a real SMTP server: when it comes, what it tells, and that it is never lost."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.config import Settings
from app.domain.telling import Preference, due
from app.models import Letter, Member, now
from app.repositories.letters import LetterRepository
from app.repositories.notices import NoticeRepository, Telling
from app.services import mail_orders, notice_preferences
from app.services.mail import Mail
from tests.harness.database import AGREEMENT, DANA, DISTRICT, UNION, URSULA
from tests.harness.post_office import Bureau, bureau

SOON = Preference("immediate")
CANARY = "a word that only the union may read"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Bureau]:
    async with bureau(tmp_path) as opened:
        yield opened


async def letters(desk: Bureau, status: str) -> list[Letter]:
    async with desk.mail.database.reading() as session:
        return list(await LetterRepository(session).with_status(status, 100))


def body(message) -> str:
    return message.get_body(("plain",)).get_content()


async def test_what_happens_within_a_minute_comes_in_one_mail_soon(desk: Bureau) -> None:
    at = now()
    await desk.prefer(DANA, SOON)
    by = {"id": URSULA, "name": "Ursula", "party": "union"}
    await desk.tell(DANA, "suggestion.proposed", subject={"by": by, "article": "art_1", "count": 3})
    await desk.tell(DANA, "session.near")

    early = await desk.work(at + timedelta(seconds=5))
    [mail] = await desk.work(at + timedelta(seconds=90))
    again = await desk.work(at + timedelta(hours=5))

    assert early == again == []
    assert mail["To"] == "dana@example.org"
    assert mail["Subject"] == "Agreement: 4 things happened"
    assert "- Ursula (union) suggested 3 changes in art_1" in body(mail)
    assert "- A session is near" in body(mail)
    assert f"https://parley.test/agreements/{AGREEMENT}#article-art_1" in body(mail)
    assert mail["Auto-Submitted"] == "auto-generated"


async def test_more_of_the_same_joins_the_mail_that_waits(desk: Bureau) -> None:
    await desk.prefer(DANA, SOON)
    for number in range(3):
        more = Telling(
            "suggestion.proposed",
            {"suggestions": [f"s{number}"], "count": 1},
            [DANA],
            f"entry/{number}",
            gathers="suggestion.proposed/ursula/art_1",
            gathers_since=now() - timedelta(minutes=10),
        )
        async with desk.mail.database.transaction() as session:
            await NoticeRepository(session).tell(AGREEMENT, more, now())
        await desk.mail.address_news(now())

    [mail] = await desk.work(now() + timedelta(minutes=2))

    assert "Somebody suggested 3 changes" in body(mail)


async def test_a_daily_digest_waits_for_its_hour(desk: Bureau) -> None:
    daily = Preference("daily", 7, time_zone="America/Los_Angeles", language="es")
    await desk.prefer(DANA, daily)
    await desk.tell(DANA)
    hour = due(now(), daily)

    before = await desk.work(hour - timedelta(minutes=1))
    await desk.tell(DANA, "table.stalled")
    [mail] = await desk.work(hour)

    assert before == []
    assert mail["Subject"] == "Agreement: 2 novedades"
    assert "- Se acerca una sesión" in body(mail)
    assert "- La mesa lleva un tiempo sin moverse" in body(mail)


async def test_in_quiet_hours_nothing_comes(desk: Bureau) -> None:
    at = now()
    hour = (at + timedelta(minutes=1)).hour
    quiet = replace(SOON, quiet_from=hour, quiet_until=(hour + 2) % 24)
    await desk.prefer(DANA, quiet)
    await desk.tell(DANA)

    during = await desk.work(at + timedelta(minutes=5))
    after = await desk.work(due(at, quiet))

    assert due(at, quiet) > at + timedelta(minutes=5)
    assert during == []
    assert len(after) == 1


async def test_a_mail_that_was_late_still_keeps_quiet(desk: Bureau) -> None:
    at = now()
    await desk.prefer(DANA, SOON)
    await desk.tell(DANA)
    await desk.mail.address_news(at)
    late = at + timedelta(hours=3)
    quiet = replace(SOON, quiet_from=late.hour, quiet_until=(late.hour + 1) % 24)
    async with desk.mail.database.transaction() as session:
        await notice_preferences.keep(session, DANA, quiet)

    assert await desk.work(late) == []
    assert len(await desk.work(late + timedelta(hours=1))) == 1


async def test_what_was_read_on_the_site_is_not_mailed(desk: Bureau) -> None:
    at = now()
    await desk.prefer(DANA, SOON)
    await desk.tell(DANA)
    await desk.mail.address_news(at)
    async with desk.mail.database.transaction() as session:
        for notice in await LetterRepository(session).notices_in((await letters(desk, "waiting"))[0].id):
            held = await session.merge(notice)
            held.read_at = at

    assert await desk.work(at + timedelta(hours=1)) == []
    assert len(await letters(desk, "dropped")) == 1


async def test_a_topic_that_somebody_muted_and_mail_that_is_off_stay_on_the_site(desk: Bureau) -> None:
    await desk.prefer(DANA, replace(SOON, muted=frozenset({"meetings"})))
    await desk.prefer(URSULA, Preference("off"))
    await desk.tell(DANA)
    await desk.tell(URSULA)

    assert await desk.work(now() + timedelta(days=2)) == []


async def test_every_mail_is_stopped_in_one_click_without_a_login(desk: Bureau) -> None:
    await desk.prefer(DANA, SOON)
    await desk.tell(DANA)
    [mail] = await desk.work(now() + timedelta(minutes=2))
    token = mail["List-Unsubscribe"].strip("<>").rpartition("/")[2]

    await notice_preferences.stop(desk.mail.database, desk.mail.stopping_seal, token)
    await desk.tell(DANA)

    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<https://parley.test/api/v1/unsubscriptions/")
    assert f"https://parley.test/unsubscribe/{token}" in body(mail)
    # An address with a dot in its last part would be taken for a file and not for a page.
    assert "." not in token
    assert await desk.work(now() + timedelta(days=2)) == []


async def test_mail_about_private_matters_carries_no_text_unless_the_party_says_so(desk: Bureau) -> None:
    private = {"private_to": UNION, "subject": {"thread": "thr_1", "text": CANARY}}
    await desk.prefer(URSULA, SOON)
    await desk.prefer(DANA, SOON)
    await desk.tell(URSULA, "thread.mentioned", **private)
    await desk.tell(DANA, "thread.mentioned", **private)
    [bare] = await desk.work(now() + timedelta(minutes=2))
    async with desk.mail.database.transaction() as session:
        await LetterRepository(session).let_text_travel(AGREEMENT, UNION, carries_text=True)
    await desk.tell(URSULA, "thread.mentioned", **private)
    [full] = await desk.work(now() + timedelta(minutes=4))

    assert bare["To"] == full["To"] == "ursula@example.org"
    assert CANARY not in bare.as_string()
    assert "Only your party knows of this." in body(bare)
    assert CANARY in body(full)


@pytest.mark.parametrize("parting", ["removed", "moved"])
async def test_whoever_has_left_the_party_gets_nothing_of_it(desk: Bureau, parting: str) -> None:
    await desk.prefer(URSULA, SOON)
    await desk.tell(URSULA, "thread.mentioned", private_to=UNION, subject={"text": CANARY})
    await desk.mail.address_news(now())
    async with desk.mail.database.transaction() as session:
        member = await session.get_one(Member, URSULA)
        if parting == "removed":
            member.removed_at = now()
        else:
            member.party_key = DISTRICT

    assert await desk.work(now() + timedelta(minutes=5)) == []
    assert len(await letters(desk, "dropped")) == 1


async def test_while_the_server_is_down_a_letter_waits_and_then_goes(desk: Bureau) -> None:
    at = now() + timedelta(minutes=2)
    await desk.prefer(DANA, SOON)
    await desk.tell(DANA)
    await desk.office.close()
    down = await desk.work(at)
    await desk.office.open()

    too_soon = await desk.work(at + timedelta(seconds=30))
    [mail] = await desk.work(at + timedelta(minutes=1))

    assert down == too_soon == []
    assert mail["To"] == "dana@example.org"


async def test_a_letter_that_never_goes_is_dead_told_without_an_address_and_tried_anew_when_asked(
    desk: Bureau, caplog: pytest.LogCaptureFixture
) -> None:
    at = now() + timedelta(minutes=2)
    await desk.prefer(DANA, SOON)
    await desk.tell(DANA)
    desk.office.answers = {"dana@example.org": "451 4.3.0 dana@example.org is busy"}
    for days in range(20):
        await desk.work(at + timedelta(days=days))
    [dead] = await letters(desk, "dead")
    desk.office.answers = {}

    tried = await mail_orders.retry(desk.mail.database, [])
    [mail] = await desk.work(at + timedelta(days=30))

    assert (dead.attempts, dead.problem) == (10, "SMTP 451 4.3.0")
    assert "is dead after 10 attempts: SMTP 451 4.3.0" in caplog.text
    assert "dana" not in caplog.text
    assert tried == 1
    assert mail["To"] == "dana@example.org"


async def test_an_address_that_takes_no_mail_gets_none_again_and_its_member_is_told_on_the_site(desk: Bureau) -> None:
    at = now() + timedelta(minutes=2)
    await desk.prefer(DANA, SOON)
    await desk.tell(DANA)
    desk.office.answers = {"dana@example.org": "550 5.1.1 no such person"}
    await desk.work(at)
    desk.office.answers = {}
    await desk.tell(DANA)

    after = await desk.work(at + timedelta(minutes=5))
    async with desk.mail.database.reading() as session:
        refused_at = await LetterRepository(session).refused_at("dana@example.org")

    assert after == []
    assert refused_at == at
    assert [one.problem for one in await letters(desk, "dead")] == ["SMTP 550 5.1.1"]


async def test_a_refusal_that_is_about_the_sender_condemns_no_address(desk: Bureau) -> None:
    await desk.prefer(DANA, SOON)
    await desk.tell(DANA)
    desk.office.answers = {"dana@example.org": "550 5.7.1 relaying denied"}

    await desk.work(now() + timedelta(minutes=2))

    [waiting] = await letters(desk, "waiting")
    assert (waiting.attempts, waiting.problem) == (1, "SMTP 550 5.7.1")


async def test_a_worker_that_dies_between_claim_and_sending_leaves_the_letter_to_another(desk: Bureau) -> None:
    at = now() + timedelta(minutes=2)
    await desk.prefer(DANA, SOON)
    await desk.tell(DANA)
    await desk.mail.address_news(at)
    async with desk.mail.database.transaction() as session:
        claimed = await LetterRepository(session).claim("a worker that died", at, timedelta(minutes=5))
    assert claimed is not None

    held = await desk.work(at + timedelta(minutes=4))
    [mail] = await desk.work(at + timedelta(minutes=6))
    after = await desk.work(at + timedelta(minutes=60))

    assert held == after == []
    assert mail["Message-ID"] == f"<{claimed.id}@parley.test>"


async def test_a_worker_that_dies_after_sending_sends_the_same_message_once_more(desk: Bureau) -> None:
    class Dying(Mail):
        async def _close(self, *_: object) -> None:
            raise ConnectionResetError

    at = now() + timedelta(minutes=2)
    await desk.prefer(DANA, SOON)
    await desk.tell(DANA)
    await desk.mail.address_news(at)
    with pytest.raises(ConnectionResetError):
        await Dying(desk.mail.database, desk.mail.settings).send_due(at)

    await desk.work(at + timedelta(minutes=6))
    await desk.work(at + timedelta(hours=6))

    assert [mail["Message-ID"] for mail in desk.office.mails] == [desk.office.mails[0]["Message-ID"]] * 2


async def test_on_a_server_several_workers_at_once_send_each_letter_once(tmp_path: Path, postgres_url: str) -> None:
    async with bureau(tmp_path, postgres_url) as desk:
        workers = [Mail(desk.mail.database, desk.mail.settings) for _ in range(3)]
        await desk.prefer(DANA, SOON)
        await desk.tell(DANA)
        async with desk.mail.database.transaction() as session:
            for number in range(12):
                await desk.mail.post(session, f"person{number}@example.org", "Invitation", "text")
        later = now() + timedelta(minutes=2)
        await asyncio.gather(*(worker.address_news(now()) for worker in workers))

        taken = await asyncio.gather(*(worker.send_due(later) for worker in workers))

        assert sum(taken) == 13
        assert len({mail["To"] for mail in desk.office.mails}) == len(desk.office.mails) == 13


async def test_several_workers_send_each_letter_once(desk: Bureau) -> None:
    others = [Mail(desk.mail.database, desk.mail.settings) for _ in range(3)]
    async with desk.mail.database.transaction() as session:
        for number in range(12):
            await desk.mail.post(session, f"person{number}@example.org", "Invitation", "text")

    taken = [await worker.send_due(now()) for worker in (*others, desk.mail)]

    assert sum(taken) == 12
    assert len({mail["To"] for mail in desk.office.mails}) == len(desk.office.mails) == 12


async def test_a_letter_with_a_token_lies_sealed_in_the_store_and_is_forgotten_when_sent(desk: Bureau) -> None:
    async with desk.mail.database.transaction() as session:
        await desk.mail.post(session, "new@example.org", "Invitation", "https://parley.test/join/ply_inv_secret")
    [kept] = await letters(desk, "waiting")

    [mail] = await desk.work(now())

    assert "ply_inv_secret" not in (kept.text or "")
    assert "ply_inv_secret" in mail.get_content()
    assert [one.text for one in await letters(desk, "sent")] == [None]


async def test_without_a_server_an_invitation_goes_to_the_log_and_notices_stay_on_the_site(
    desk: Bureau, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    mail = Mail(desk.mail.database, Settings(data_dir=Path("unused"), secret_key="a secret for tests only"))
    await desk.prefer(DANA, SOON)
    await desk.tell(DANA)
    async with mail.database.transaction() as session:
        await mail.post(session, "new@example.org", "Invitation", "the link")

    await mail.address_news(now())
    sent = await mail.send_due(now() + timedelta(days=1))

    assert sent == 1
    assert "the link" in caplog.text
    assert "dana" not in caplog.text


async def test_a_name_cannot_smuggle_a_header_in(desk: Bureau) -> None:
    async def post() -> None:
        async with desk.mail.database.transaction() as session:
            await desk.mail.post(session, "dana@example.org", "Hello\r\nBcc: eve@example.org", "text")

    with pytest.raises(ValueError, match="linefeed"):
        await post()
