"""A form's file as people write it, XLSForm in a workbook, CSV or Markdown, and what is wrong with it."""
