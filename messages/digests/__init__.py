"""What leaders read: digests in words, and the content of their pictures, workbook and letter."""
