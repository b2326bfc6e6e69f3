import weakref

from app.crdt.document import Document, seed
from app.domain.ids import ArticleId
from app.domain.log import Register

PARAGRAPHS = [{"style": "paragraph", "level": 1, "runs": [{"text": "Seven hours.", "marks": {}}]}]


def test_a_document_that_nobody_holds_is_freed_with_everything_inside_pycrdt():
    document = Document([seed([(ArticleId("art_1"), PARAGRAPHS)])], Register())
    inside = weakref.ref(document.yjs._doc)

    del document

    assert inside() is None
