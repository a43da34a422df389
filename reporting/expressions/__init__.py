"""XLSForm's expressions: read, turned into XPath for lxml, evaluated as ODK does."""
