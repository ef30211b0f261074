"""A one-page PDF, small and whole, for the attachments of the demonstration newsroom."""

from __future__ import annotations


def one_page(lines: list[str]) -> bytes:
    """A valid PDF 1.4 file with the lines on one A4 page; characters outside Windows-1252 become question marks."""
    shown = b" T* ".join(b"(" + _literal(line) + b") Tj" for line in lines)
    content = b"BT /F1 12 Tf 16 TL 72 770 Td " + shown + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    return _with_references(objects)


def _literal(line: str) -> bytes:
    coded = line.encode("cp1252", "replace")
    return coded.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _with_references(objects: list[bytes]) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, value in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    )
