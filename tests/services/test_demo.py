from pathlib import Path

from app.domain.ids import table_of
from app.main import opened
from app.repositories.agreements import AgreementRepository
from app.repositories.ledger import LedgerRepository
from app.services.attempts import Attempts
from app.services.demo import DANA, PEOPLE, URSULA, Demonstration
from app.services.logins import Doorkeeper
from app.services.migrating import migrate
from app.services.passwords import Passwords
from tests.harness.actors import SECRET, Settings


async def test_it_is_a_real_agreement_in_bargaining_and_is_made_once(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, secret_key=SECRET)
    await migrate(settings)

    async with opened(settings) as (database, rooms):
        demonstration = Demonstration(database, rooms, settings)
        first, again = await demonstration.make(), await demonstration.make()
        async with database.reading() as session:
            agreement = await AgreementRepository(session).get(first)
            tally = (await AgreementRepository(session).tallies([first]))[first]
            head = await LedgerRepository(session).head(first)
        pending = await rooms.read(table_of(first), lambda document: len(document.pending()))
        doorkeeper = Doorkeeper(database, Passwords(), Attempts(), 1)
        entered = [await doorkeeper.open(one.email, demonstration.password_of(one), "") for one in PEOPLE]

    assert first == again
    assert agreement.status == "bargaining"
    assert tally.by_party() == {URSULA.party: 5, DANA.party: 2}
    assert (pending, tally.accepted) == (7, 1)
    assert head.seq > 10
    assert [login.account.name for login in entered] == [one.name for one in PEOPLE]


def test_its_passwords_are_told_by_the_secret_and_by_nothing_else(tmp_path: Path) -> None:
    one, other = (
        Demonstration(None, None, Settings(data_dir=tmp_path, secret_key=secret)) for secret in (SECRET, SECRET.upper())
    )

    assert one.password_of(URSULA) != one.password_of(DANA)
    assert one.password_of(URSULA) != other.password_of(URSULA)
