"""What the sender of a frame is told when it was put right or left out, in words for people."""

from dataclasses import dataclass
from typing import Final

from app.domain.ids import ArticleId
from app.errors import AgreementSigned, ArticleClosed, ArticleStruck, WrongStage

_DETAILS: Final = {
    "read_only": "You may read this text but not change it; your change was left out.",
    "made_suggestion": "Agreed text changes only when the other side accepts; your change became a suggestion.",
    "made_draft": "In caucus the table's text stands; your change became a draft of your party.",
    "table_restored": "What stands at the table is changed at the table; it was put back.",
    "restored": "What the other side suggested is theirs to change; it was put back.",
    "text_cleaned": "Control characters were taken out of what you inserted.",
    "suggestion_renamed": "A suggestion of yours came under a name that was taken; it got another.",
    ArticleClosed.code: ArticleClosed.detail,
    ArticleStruck.code: ArticleStruck.detail,
    AgreementSigned.code: AgreementSigned.detail,
    WrongStage.code: WrongStage.detail,
}
_STAGES: Final = {"preparing": WrongStage.code, "signed": AgreementSigned.code}


@dataclass(frozen=True, slots=True)
class Notice:
    """A stable code, a sentence, and the article that it is about."""

    code: str
    detail: str
    article_id: ArticleId | None = None

    @property
    def fields(self) -> dict[str, str]:
        """What goes beside code and detail on the wire."""
        return {} if self.article_id is None else {"article_id": self.article_id}


def notice(code: str, article: ArticleId | None = None) -> Notice:
    """Tell by its code (or an agreement's stage) why something was put right or left out."""
    named = _STAGES.get(code, code)
    return Notice(named, _DETAILS.get(named, "This text takes no changes now; yours was put back."), article)
