"""Uploads that are too large do not fill the disk while they come in."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from .druck import MAX_BYTES


class BegrenzteDatei(TemporaryFileUploadHandler):
    """Keeps of a file what may be taken at most; its size is told as it is.

    So the form of the page can still say which file was too large.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= MAX_BYTES:
            super().receive_data_chunk(raw_data, start)
