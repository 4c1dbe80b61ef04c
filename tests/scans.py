"""Papers as officers scan them: only their first bytes matter here."""

from django.core.files.uploadedfile import SimpleUploadedFile

PDF, JPEG, PNG = b"%PDF-1.7 made up", b"\xff\xd8\xff\xe0 made up", b"\x89PNG\r\n\x1a\n made up"


def paper(content: bytes = PDF, name: str = "surat.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
