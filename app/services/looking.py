"""Who may look back: the one place where the ground rules on observers bear on the record of the table.

Members who write or lead see all that was ever at the table. An observer sees its past from the sight on that grants
what is tabled: below that, the very number of acts would tell what is being bargained over. Caucuses have no part in
any of it, whoever asks.
"""

from app.domain.sight import Sight
from app.errors import NotFound
from app.services.acting import Acting


def require_record(acting: Acting) -> None:
    """Raise `NotFound` for an observer who is not let see what was tabled."""
    if acting.sight < Sight.TABLED:
        raise NotFound
