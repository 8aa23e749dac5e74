"""How values become what people read: dates, sentences, codes, files."""
