"""How much of the record the caller may look at: the one place where the ground rules on observers bear on it.

Members who write or lead see all that was ever at the table. What an observer may see now holds for the past as
well: an article that is under tentative agreement now may be looked at as it was when it was last closed, and no
further. Caucuses have no part in any of it, whoever asks.
"""

from collections.abc import Iterable

from app.domain.chronicle import Chronicle
from app.domain.ids import ArticleId
from app.domain.lives import TENTATIVE, Told
from app.domain.sight import Sight
from app.errors import NotFound
from app.services.acting import Acting

_PUBLISHED = {"article.tentative", "article.reopened", "agreement.confirmed", "agreement.signed"}


def require_sight(acting: Acting) -> Sight:
    """Tell how much the caller sees of the table; raises `NotFound` where that is nothing."""
    if acting.sight is Sight.NOTHING:
        raise NotFound
    return acting.sight


def sees_proposals(sight: Sight) -> bool:
    """Whether what is proposed may be shown, and not only what is tentatively agreed."""
    return sight >= Sight.TABLED


def seen_articles(sight: Sight, story: Chronicle, seq: int, articles: Iterable[ArticleId]) -> list[ArticleId]:
    """Keep the articles that may be shown as they stood at an entry."""
    if sees_proposals(sight):
        return list(articles)
    return [article for article in articles if story.standing(article, seq) == TENTATIVE]


def seen_acts(sight: Sight, acts: Iterable[Told]) -> list[Told]:
    """Keep the acts that may be told."""
    return [act for act in acts if sees_proposals(sight) or act.kind in _PUBLISHED]
