"""A PDF is read in a bounded child; whatever it holds, there is a text or a reason."""

import io

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from crawler.reading.pdf import pdf_text

FONT = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    }
)
RESOURCES = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): FONT})})


def document(*lines: str, password: str | None = None) -> bytes:
    """A small PDF (synthetic) with one page a line."""
    writer = PdfWriter()
    for line in lines:
        page = writer.add_blank_page(300, 200)
        page[NameObject("/Resources")] = RESOURCES
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 100 Td ({line}) Tj ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_the_text_of_every_page() -> None:
    found = pdf_text(document("The lighthouse fund", "has three boards"))
    assert found.refused is None
    assert found.pages == 2
    assert found.text.split("\f") == ["The lighthouse fund", "has three boards"]


@pytest.mark.parametrize(
    "data", [b"", b"not a document", document("cut off")[:200], b"%PDF-1.7\n" + b"\xff" * 5000]
)
def test_what_is_no_document_has_a_reason(data: bytes) -> None:
    assert pdf_text(data).refused


def test_a_password_is_a_reason() -> None:
    assert pdf_text(document("secret", password="x")).refused == "encrypted with a password"


def test_a_document_that_eats_memory_is_stopped() -> None:
    bomb = PdfWriter()
    page = bomb.add_blank_page(10, 10)
    page[NameObject("/Resources")] = RESOURCES
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F1 12 Tf (aaaaaaaa) Tj ET\n" * 3_000_000)
    page[NameObject("/Contents")] = bomb._add_object(stream.flate_encode())
    target = io.BytesIO()
    bomb.write(target)
    assert len(target.getvalue()) < 500_000
    assert pdf_text(target.getvalue(), seconds=5, megabytes=300).refused
